"""A small demo: what is real, what stays unknown, what is example, and that removing takes all of it."""

import datetime as dt

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import F

from seniorportal import reference
from seniorportal.demo import accounts, phones
from seniorportal.demo.build import build, stand
from seniorportal.demo.bulk import prepare
from seniorportal.demo.remove import remove
from seniorportal.models import (
    Carrier,
    ContactPoint,
    Membership,
    Occurrence,
    Offering,
    Partner,
    Role,
    Room,
    User,
    Venue,
)
from seniorportal.programme import MONTHS_AHEAD, regenerate

TODAY = dt.date(2026, 11, 23)


@pytest.fixture(scope="module")
def city(as_owner: None) -> list[str]:
    """46 meeting places instead of 158, 200 offerings, a fiftieth of the figures; without addresses."""
    prepare("tests")
    reference.load_territory()
    reference.load_vocabularies()
    reference.load_calendar()
    return list(build(TODAY, places=46, number=260, part=0.02))


def test_each_step_says_in_german_what_it_made(city: list[str]) -> None:
    assert city[0] == "Träger: 28, davon neu 28"
    assert "Wirkliche Orte: 56, davon neu 56" in city
    assert "Beispiel-Begegnungsstätten: 3" in city


def test_the_real_places_are_43_and_the_house_and_12_offices(city: list[str]) -> None:
    real = Venue.objects.filter(example=False)
    assert real.filter(report_area="begegnung").count() == 43
    assert real.get(report_area="stadtteilzentrum").slug == "eugen-krautscheid-haus"
    assert real.filter(report_area="seniorenbuero").count() == 12
    assert Venue.objects.filter(slug="seniorenbuero-hoerde", district__slug="hoerde").exists()


def test_real_places_are_unconfirmed_with_the_year_of_their_source(city: list[str]) -> None:
    assert not Venue.objects.filter(example=False, confirmed_at__isnull=False).exists()
    assert not Offering.objects.filter(example=False, confirmed_at__isnull=False).exists()
    assert Venue.objects.get(slug="wilhelm-hansmann-haus").source_year == 2025


def test_what_no_source_tells_about_a_real_place_stays_unknown(city: list[str]) -> None:
    hoerde = Venue.objects.get(slug="buergersaal-hoerde")
    assert not hoerde.contact_points.exists()
    assert not hoerde.opening_hours.exists()
    assert not hoerde.accessibility.exists()
    house = Venue.objects.get(slug="eugen-krautscheid-haus")
    assert not house.opening_hours.filter(valid_until__isnull=True).exists()
    assert not house.opening_hours.filter(valid_until__gte=TODAY).exists()
    assert Venue.objects.get(slug="nachbarschaftstreff-benninghofen").street == ""


def test_every_number_of_a_real_place_stands_in_the_files(city: list[str]) -> None:
    files = "".join(
        (reference.DATA / name).read_text(encoding="utf-8")
        for name in ("begegnungsstaetten.csv", "seniorenbueros.csv", "angebote.csv")
    )
    numbers = list(ContactPoint.objects.filter(example=False).values_list("value", flat=True))
    numbers += Offering.objects.filter(example=False).exclude(phone="").values_list("phone", flat=True)
    assert len(numbers) > 25
    assert [number for number in numbers if number not in files] == []


def test_every_number_of_an_example_rings_nowhere(city: list[str]) -> None:
    numbers = [
        *ContactPoint.objects.filter(example=True).values_list("value", flat=True),
        *Partner.objects.filter(example=True).values_list("phone", flat=True),
        *Offering.objects.filter(example=True).exclude(phone="").values_list("phone", flat=True),
    ]
    assert numbers and all(phones.FICTIONAL.fullmatch(number) for number in numbers)
    assert not Carrier.objects.exclude(phone="").exists()


def test_the_118_real_offerings_keep_what_their_source_says(city: list[str]) -> None:
    assert Offering.objects.filter(example=False).count() == 118
    chess = Offering.objects.get(title="Schach", example=False)
    assert (chess.rule, chess.start, chess.source_year) == ("FREQ=WEEKLY;BYDAY=MO", dt.time(14, 30), 2019)
    assert chess.occurrences.filter(date__gt=TODAY).count() > 60
    lunch = Offering.objects.get(title="Offener Mittagstisch", example=False)
    assert lunch.rule == "" and not lunch.occurrences.exists() and lunch.start is None


def test_whether_somebody_looks_after_relatives_meanwhile_is_known_of_examples_only(city: list[str]) -> None:
    told = Offering.objects.filter(example=True).values_list("care_meanwhile", flat=True)
    assert {True, False, None} == set(told)
    relatives = Offering.objects.filter(
        example=True, target_groups__slug="pflegende-angehoerige", specialist=""
    )
    assert relatives and all(offering.care_meanwhile for offering in relatives)
    assert not Offering.objects.filter(example=False, care_meanwhile__isnull=False).exists()


def test_rooms_are_known_of_examples_only(city: list[str]) -> None:
    assert Room.objects.filter(venue__example=True, example=True).count() >= 2
    assert not Room.objects.filter(venue__example=False).exists()
    assert Offering.objects.filter(room__isnull=False).exists()
    elsewhere = Offering.objects.exclude(room__venue=F("venue")).filter(room__isnull=False)
    assert not elsewhere.exists()


def test_past_events_are_history_and_get_no_new_date(city: list[str]) -> None:
    day = Offering.objects.get(title="24. Dortmunder Seniorentag")
    assert [o.date for o in day.occurrences.all()] == [dt.date(2022, 9, 17)]
    assert day.active_until == dt.date(2022, 9, 17) and day.venue is None and day.meeting_point
    assert not Occurrence.objects.filter(offering=day, date__gte=TODAY).exists()


def test_a_place_that_is_no_venue_is_a_meeting_point_in_its_district(city: list[str]) -> None:
    bench = Offering.objects.get(title="Plauderbank", meeting_point__startswith="Kreuz-Apotheke")
    assert bench.venue is None and bench.district is not None and bench.district.slug == "hombruch"
    everywhere = Offering.objects.get(title="Boule-Aktionstage")
    assert everywhere.district is None
    singing = Offering.objects.get(title="So singt die Nordstadt")
    assert singing.venue is not None and singing.venue.slug == "seniorenbuero-innenstadt-nord"


def test_the_carriers_are_a_tree(city: list[str]) -> None:
    branch = Carrier.objects.get(slug="awo-koerne-wambel")
    assert branch.parent is not None and branch.parent.slug == "awo"
    office = Venue.objects.get(slug="seniorenbuero-innenstadt-ost")
    assert {c.slug for c in office.carriers.all()} == {"stadt-dortmund", "caritas"}
    unknown = Venue.objects.get(slug="seniorenbuero-hombruch")
    assert {c.slug for c in unknown.carriers.all()} == {"stadt-dortmund"}


def test_examples_are_plainly_called_so(city: list[str]) -> None:
    names = Venue.objects.filter(example=True).values_list("name", flat=True)
    assert names and all(name.startswith("Beispiel-Begegnungsstätte ") for name in names)
    at_real_places = Offering.objects.filter(example=True, venue__example=False).values_list(
        "title", flat=True
    )
    assert at_real_places and all(title.endswith("(Beispiel)") for title in at_real_places)
    assert all(name.endswith(" Beispiel") for name in User.objects.values_list("name", flat=True))


def test_nine_logins_with_their_roles_and_three_colleagues_nobody_signs_in_as(
    city: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    logins = [login for login, *_ in accounts.ACCOUNTS]
    assert User.objects.filter(username__in=logins).count() == 9
    others = User.objects.exclude(username__in=logins)
    assert len(others) == 3 and not any(one.has_usable_password() for one in others)
    assert not User.objects.filter(example=False).exists()
    tandem = Membership.objects.get(user__username="tandem-hombruch")
    assert tandem.role == Role.TANDEM and tandem.venue is not None and tandem.employer is not None
    assert (tandem.venue.slug, tandem.employer.kind) == ("seniorenbuero-hombruch", "verband")
    assert Membership.objects.get(user__username="hausleitung-ekh").venue == Venue.objects.get(
        report_area="stadtteilzentrum"
    )
    assert stand() is not None


def test_the_dates_are_those_that_the_programme_itself_would_make(city: list[str]) -> None:
    assert regenerate(Offering.objects.filter(first_date__isnull=False), TODAY) == (0, 0)
    last = Occurrence.objects.latest("date").date
    assert last > TODAY + dt.timedelta(days=30 * MONTHS_AHEAD - 10)


def test_a_second_load_of_the_real_rows_adds_none(city: list[str]) -> None:
    from seniorportal.demo import carriers, offerings, venues

    known, new_carriers = carriers.load()
    real, new_venues = venues.load(known)
    _, new_offerings = offerings.load(real, TODAY + dt.timedelta(days=30))
    assert (new_carriers, new_venues, new_offerings) == (0, 0, 0)


def test_removing_takes_every_example_row_and_what_hangs_on_it(city: list[str]) -> None:
    """The last test of this module: afterwards only the real rows are left."""
    hall = Venue.objects.filter(example=True).first()
    assert hall is not None
    by_hand = Offering.objects.create(title="Beim Ausprobieren angelegt", venue=hall)
    checked = Venue.objects.get(slug="wilhelm-hansmann-haus")
    checked.confirmed_by = User.objects.get(username="redaktion")
    checked.save()
    real = {model: model._default_manager.filter(example=False).count() for model in (Venue, Carrier)}

    assert sum(rows for _, rows in remove()) > 1000

    assert example_rows() == {}
    assert not Offering.objects.filter(pk=by_hand.pk).exists()
    checked.refresh_from_db()
    assert checked.confirmed_by is None
    assert real == {model: model._default_manager.count() for model in real}
    assert Offering.objects.count() == 118
    assert stand() is None


def example_rows() -> dict[str, int]:
    """Tables that still hold an example row, history included; asked of the database, not of the models."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.columns JOIN information_schema.tables"
            " USING (table_schema, table_name)"
            " WHERE table_schema = 'public' AND column_name = 'example' AND table_type = 'BASE TABLE'"
        )
        tables = [name for (name,) in cursor.fetchall()]
        assert len(tables) > 30
        found = {}
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}" WHERE example')
            if number := cursor.fetchone()[0]:
                found[table] = number
    assert apps.ready
    return found
