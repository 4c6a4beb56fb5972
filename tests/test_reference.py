"""What load_reference fills: territory, addresses, words, calendar; and what an address tells."""

import csv
import datetime as dt
import gzip
import shutil
from collections.abc import Generator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from seniorportal import reference
from seniorportal.locate import UNKNOWN, locate, split
from seniorportal.models import (
    Address,
    CalendarDay,
    Category,
    ConsultationTopic,
    District,
    Language,
    Quarter,
    Street,
)

# A street in one quarter, one with letters behind the numbers, one through several districts.
STREETS = ("BÜRENSTRAßE", "OLPKETALSTRAßE", "MÄRKISCHE STRAßE", "AM ZEHNTHOF")


@pytest.fixture(scope="module")
def loaded(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Generator[str]:
    """Loaded once for all tests below, with four streets of the register."""
    folder = tmp_path_factory.mktemp("city") / "data"
    shutil.copytree(reference.DATA, folder)
    register = folder / "dortmund_adressen.csv.gz"
    with gzip.open(register, "rt", encoding="utf-8", newline="") as file:
        head, *rows = list(csv.reader(file))
    with gzip.open(register, "wt", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *(row for row in rows if row[0] in STREETS)])
    out = StringIO()
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(reference, "DATA", folder)
        call_command("load_reference", stdout=out)
        yield out.getvalue()
        transaction.set_rollback(True)


def test_the_city_has_12_districts_and_62_quarters_with_german_slugs(loaded: str) -> None:
    assert District.objects.count() == 12
    assert Quarter.objects.count() == 62
    assert {"hoerde", "luetgendortmund", "innenstadt-west"} <= set(
        District.objects.values_list("slug", flat=True)
    )
    hacheney = Quarter.objects.get(slug="hacheney")
    assert (hacheney.code, hacheney.district.slug) == ("52", "hoerde")


def test_a_second_run_changes_nothing(loaded: str) -> None:
    before = (
        list(Address.objects.order_by("pk").values_list("pk", flat=True)),
        list(ConsultationTopic.objects.values_list("pk", "name")),
        CalendarDay.objects.count(),
    )
    out = StringIO()
    call_command("load_reference", stdout=out)
    assert "neu geladen" in loaded
    lines = out.getvalue().splitlines()
    assert len(lines) >= 4 and all("unverändert" in line for line in lines)
    assert before == (
        list(Address.objects.order_by("pk").values_list("pk", flat=True)),
        list(ConsultationTopic.objects.values_list("pk", "name")),
        CalendarDay.objects.count(),
    )


def test_what_editors_renamed_stays(loaded: str) -> None:
    with transaction.atomic():
        Category.objects.filter(slug="lsbtiq").update(name="Queer im Alter")
        reference.load_vocabularies()
        assert Category.objects.get(slug="lsbtiq").name == "Queer im Alter"
        assert Category.objects.count() == 16
        transaction.set_rollback(True)


def test_the_words_of_the_field_are_there(loaded: str) -> None:
    assert {"tr", "ru", "pl", "ar"} <= set(Language.objects.values_list("code", flat=True))
    assert ConsultationTopic.objects.filter(parent=None).count() == 15
    part = ConsultationTopic.objects.get(name="Patientenverfügung")
    assert part.parent is not None and part.parent.code == "VOR"
    assert "&" not in "".join(Category.objects.values_list("slug", flat=True))


def test_the_calendar_knows_the_holidays_of_north_rhine_westphalia(loaded: str) -> None:
    assert CalendarDay.objects.count() == (dt.date(2030, 1, 1) - dt.date(2012, 1, 1)).days
    assert CalendarDay.objects.get(date="2026-06-04").public_holiday == "Fronleichnam"
    assert CalendarDay.objects.get(date="2026-11-01").public_holiday == "Allerheiligen"
    assert CalendarDay.objects.get(date="2026-07-20").school_holiday == "Sommerferien"
    assert CalendarDay.objects.get(date="2026-11-23").public_holiday == ""


def test_the_end_of_the_school_holidays_is_told_a_year_before(loaded: str) -> None:
    assert reference.school_holidays_warning(dt.date(2026, 11, 23)) == ""
    assert "bis 14.08.2029" in reference.school_holidays_warning(dt.date(2028, 9, 1))


@pytest.mark.parametrize(
    ("capitals", "written"),
    [
        ("BÜRENSTRAßE", "Bürenstraße"),
        ("AM ZEHNTHOF", "Am Zehnthof"),
        ("AUF DER HEIDE", "Auf der Heide"),
        ("VON-DER-RECKE-STRAßE", "Von-der-Recke-Straße"),
    ],
)
def test_street_names_are_written_as_people_write_them(capitals: str, written: str) -> None:
    assert reference.title(capitals) == written


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Olpketalstraße 83a", ("Olpketalstraße", 83, "a")),
        ("Kühlkamp 2-4", ("Kühlkamp", 2, "")),
        ("Lange Straße 42 (im Eugen-Krautscheid-Haus)", ("Lange Straße", 42, "")),
        ("Straße des 17. Juni 5", ("Straße des 17. Juni", 5, "")),
        ("Wilhelmplatz", ("Wilhelmplatz", None, "")),
        ("", ("", None, "")),
    ],
)
def test_an_address_is_read_as_people_write_it(text: str, parts: tuple[str, int | None, str]) -> None:
    assert split(text) == parts


def test_a_house_tells_its_quarter_and_coordinates(loaded: str) -> None:
    found = locate("Märkische Str. 21")
    assert found.exact and found.quarter is not None and found.district is not None
    assert (found.district.slug, found.quarter.slug) == ("innenstadt-ost", "ruhrallee")
    assert found.latitude == pytest.approx(51.508, abs=0.002)
    assert Street.objects.filter(name="Märkische Straße").exists()


def test_a_street_alone_tells_the_district_only_where_it_lies_in_one(loaded: str) -> None:
    short = locate("Bürenstraße")
    assert short.district is not None and short.district.slug == "mengede" and not short.exact
    assert locate("Bürenstraße 9999").district == short.district
    assert locate("Unbekannter Weg 1") == UNKNOWN


def test_an_address_costs_one_statement(loaded: str, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        locate("Olpketalstraße 83a")
