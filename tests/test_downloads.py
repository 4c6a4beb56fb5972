"""No file that leaves the portal holds a text that a spreadsheet calculates, or a line that somebody put into it."""

import csv
import io
import json
import pathlib
import re
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from seniorportal import spreadsheets
from seniorportal.models import Carrier, District, Role, Venue, Volunteer
from tests.cast import make_membership, make_user
from tests.concerns.people import signed_in
from tests.figures.rows import make_return, make_visit
from tests.public.town import make_carrier, make_date, make_district, make_house, make_offering, make_office

PLANTED = ("=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "＝1+1", "=1+1\x0b")
YEAR = 2017
ROOMS = ("seniorportal", "begegnung", "stadtteilzentrum", "seniorenbuero")
TABLES = re.compile(r"csv\.writer|DictWriter|Workbook\(")
BESIDE = re.compile(r"\.append\(\[|\.cell\(|writerow|DictWriter")
# The ledger of deletions: labels and numbers of ours, read again by `manage.py restore` and opened by nobody else.
FOR_OURSELVES = {"seniorportal/privacy/retention.py"}


class Town:
    def __init__(self, planted: str) -> None:
        carrier = make_carrier(name=f"{planted}T", short_name=planted)
        district = make_district()
        hall = Venue.objects.create(name=f"{planted}H", report_area="begegnung", district=district)
        hall.carriers.add(carrier)
        self.offering = make_offering(f"{planted}A", venue=hall, description=planted)
        self.day = make_date(self.offering)
        self.hall, self.office, self.house = hall, make_office(), make_house()
        make_return(hall, YEAR, visits=900, comment=planted)
        make_visit(hall, "jahr", f"{YEAR}-01-01", 900)
        self.volunteer = Volunteer.objects.create(carrier=carrier, number=4711)
        self.user = make_user("anna", name=planted)
        make_membership(self.user, Role.COORDINATION, carrier=carrier)
        make_membership(self.user, Role.EVALUATION)
        District.objects.update(name=planted)
        assert {planted, f"{planted}T"} <= set(
            Carrier.objects.values_list("name", "short_name").get(pk=carrier.pk)
        )

    def addresses(self) -> dict[str, str]:
        one = {"pk": self.offering.pk, "slug": "x"}
        return {
            name: reverse(name, kwargs=with_it)
            for name, with_it in {
                "public:offering_ics": one,
                "public:offering_day_ics": one | {"day": self.day.date.isoformat()},
                "public:offerings_ics": {},
                "public:noted_dates": {},
                "begegnung:venue_ics": {"slug": self.hall.slug},
                "stadtteilzentrum:centre_ics": {},
                "seniorenbuero:office_ics": {"bezirk": self.office.slug.removeprefix("seniorenbuero-")},
                "begegnung:manage:returns_xlsx": {"year": YEAR},
                "desk:numbers_csv": {},
                "desk:numbers_xlsx": {},
                "report:period_json": {"period": str(YEAR)},
                "report:period_csv": {"period": str(YEAR)},
                "report:period_xlsx": {"period": str(YEAR)},
                "staff:my_data_json": {},
                "begegnung:manage:volunteer_information": {"pk": self.volunteer.pk},
            }.items()
        }


def test_apostrophes_before_texts_only():
    assert [spreadsheets.plain(value) for value in ("=1", "Chor", "", 5, -5, None, "a=b")] == [
        "'=1", "Chor", "", 5, -5, None, "a=b"
    ]  # fmt: skip
    for planted in PLANTED:
        assert spreadsheets.plain(planted).startswith("'"), repr(planted)


def test_cells_are_written_in_one_room():
    writing = {}
    for room in ROOMS:
        for path in sorted((settings.BASE_DIR / room).rglob("*.py")):
            text = path.read_text()
            if TABLES.search(text):
                writing[str(path.relative_to(settings.BASE_DIR))] = text
    assert FOR_OURSELVES | {"seniorportal/spreadsheets.py"} <= writing.keys()
    for name, text in writing.items():
        if name not in FOR_OURSELVES | {"seniorportal/spreadsheets.py"}:
            assert "spreadsheets.fill(" in text and not BESIDE.search(text), name


def test_every_address_of_a_file_is_looked_at(db: None):
    written = {name for name, route in routes() if re.search(r"\.(xlsx|csv|json|ics|ods|tsv)$", route)}
    answers = {
        str(path.relative_to(settings.BASE_DIR))
        for room in ROOMS
        for path in (settings.BASE_DIR / room).rglob("*.py")
        if "attachment; filename" in path.read_text()
    }
    # JSON about one person, for a program: texts stay as they are, and the rooms have tests of their own.
    elsewhere = {"desk:help_request_information", "desk:helper_information"}
    assert written <= Town("=1+1").addresses().keys() | elsewhere
    # Views that hand a file over under an address without an ending: a new one belongs into the table above.
    assert answers == {
        "begegnung/manage/returns.py",
        "begegnung/manage/volunteers.py",
        "seniorenbuero/helping/helpers.py",
        "seniorenbuero/helping/requests.py",
        "seniorenbuero/numbers/views.py",
        "seniorportal/report/views.py",
        "seniorportal/staff/deletion.py",
    }


@pytest.mark.django_db
@pytest.mark.parametrize("planted", ("=1+1", "@SUM(1)", "\r=1+1", "-1\x0b"), ids=ascii)
def test_no_file_holds_a_formula(planted: str, tmp_path: pathlib.Path):
    town = Town(planted)
    client = signed_in(town.user)
    for name, address in town.addresses().items():
        answer: Any = client.get(
            address, {"a": town.offering.pk} if name == "public:noted_dates" else {}, follow=True
        )
        assert answer.status_code == 200, (name, answer.status_code)
        content = answer.getvalue()
        check(content, answer["Content-Type"], name)
        if name == "begegnung:manage:returns_xlsx":
            told = [cell.value for row in openpyxl.load_workbook(io.BytesIO(content)).active for cell in row]
            assert "\r" in planted or spreadsheets.plain(f"{planted}H") in told
    for form in ("csv", "xlsx", "json"):
        path = tmp_path / f"bericht.{form}"
        call_command("kurzbericht", str(YEAR), format=form, output=str(path))
        check(path.read_bytes(), form, form)


def check(content: bytes, kind: str, name: str) -> None:
    if "csv" in kind:
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
        assert len(lines) > 1 and not [cell for line in lines for cell in line if is_formula(cell)], name
    elif "sheet" in kind or kind == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert cells and not [cell for cell in cells if cell.data_type == "f" or is_formula(cell.value)], name
    elif "json" in kind:
        json.loads(content)  # a program reads it: texts stay as they are
    else:
        assert "calendar" in kind, (name, kind)
        lines = content.decode().replace("\r\n ", "").split("\r\n")
        # What was typed stands behind the name of a property, never at the beginning of a line.
        assert all(re.match(r"[A-Z-]+[;:]", line) for line in lines if line), name


def is_formula(value: Any) -> bool:
    return isinstance(value, str) and value.lstrip(" ").startswith(
        ("=", "+", "-", "@", "\t", "\r", "\n", "＝")
    )


def routes(patterns: Any = None, before: str = "", spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    for part in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(part.pattern)
        if isinstance(part, URLResolver):
            yield from routes(
                part.url_patterns, route, spaces + ((part.namespace,) if part.namespace else ())
            )
        elif isinstance(part, URLPattern):
            yield ":".join([*spaces, str(part.name)]), route
