"""Jahresmeldung: prefilled, corrected, reported, checked; the figures follow at once and nothing counts twice."""

import datetime as dt
import io
import re
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from begegnung import numbers, returns
from begegnung.models import AnnualReturn
from seniorportal import outbox, register
from seniorportal.models import Carrier, OutgoingMail, Role, User, Venue
from tests.cast import make_membership, make_user
from tests.figures.rows import (
    make_carrier,
    make_district,
    make_engagement,
    make_hours,
    make_return,
    make_venue,
    make_visit,
    make_volunteer,
    read,
)

pytestmark = pytest.mark.django_db
TODAY = dt.date(2018, 2, 1)
YEAR = "/begegnung/verwalten/meldungen/2017/"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)


@pytest.fixture
def carrier() -> Carrier:
    return make_carrier(name="AWO", kind="verband")


@pytest.fixture
def hall(carrier: Carrier) -> Venue:
    return make_hall(carrier, "Saal am Markt")


def make_hall(carrier: Carrier, name: str, district: str = "Hörde") -> Venue:
    venue = make_venue(name=name, district=district)
    venue.carriers.add(carrier)
    return venue


def person(role: Role, name: str = "", **bound: Any) -> User:
    user = make_user(name or f"{role}", email=f"{name or role}@beispiel.invalid")
    make_membership(user, role, **bound)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def anna(carrier: Carrier) -> Client:
    return signed_in(person(Role.COORDINATION, "anna", carrier=carrier))


@pytest.fixture
def group() -> Client:
    """The working group of the associations."""
    return signed_in(person(Role.EVALUATION))


def send(client: Client, page: Any, path: str, **fields: str) -> Any:
    """The page of one house as it was shown, with some fields filled in."""
    html = page.content.decode()
    found = dict(
        re.findall(r'<input[^>]*name="(opening_hours|visits|volunteers|version)"[^>]*value="([^"]*)"', html)
    )
    found |= {"comment": ""}
    assert set(fields) <= {*found, "aktion"}, f"no such box: {set(fields) - set(found)}"
    return client.post(path, found | fields)


def tick(client: Client, action: str, *halls: Venue) -> Any:
    html = client.get(YEAR).content.decode()
    shown = re.search(r'name="gezeigt" value="([^"]*)"', html)
    assert shown
    return client.post(YEAR, {"aktion": action, "haus": [str(h.pk) for h in halls], "gezeigt": shown[1]})


def path_of(venue: Venue) -> str:
    return f"{YEAR}{venue.slug}/"


def declared(venue: Venue) -> AnnualReturn:
    return AnnualReturn.objects.get(venue=venue, year=2017)


# --- prefilled, and what a correction does ----------------------------------------------------------------------------


def test_what_is_known_stands_there_and_stays_counted(anna: Client, hall: Venue):
    """Reported without a correction, nothing of it becomes an estimate."""
    make_hours(hall, 1, "14:00", "17:30")  # 52 Tuesdays
    make_visit(hall, "monat", "2017-03-01", 120)
    make_visit(hall, "monat", "2017-04-01", 30, method="geschaetzt")
    make_engagement(make_volunteer(), hall, "2017-01-01")
    page = anna.get(path_of(hall))
    text = page.content.decode()
    assert 'value="182"' in text
    assert "<strong>150</strong> gezählt, davon 30 geschätzt" in text
    assert "<strong>1</strong> einzeln eingetragen" in text
    assert "Januar</a>" in text and "März</a>" not in text, "the months without a number are named"
    assert send(anna, page, path_of(hall), aktion="melden").status_code == 303
    row = declared(hall)
    assert (row.state, row.opening_hours, row.visits, row.volunteers) == ("gemeldet", None, None, None)
    assert (row.reported_on, row.reported_by.username) == (TODAY, "anna")
    assert (
        read("oeffnungsstunden", "2017", TODAY).value,
        read("oeffnungsstunden", "2017", TODAY).estimated_share,
    ) == (182, 0)
    visits = read("besuche", "2017", TODAY)
    assert (visits.value, visits.estimated_share) == (150, 0.2)
    assert read("ehrenamtliche", "2017", TODAY).estimated_share == 0


def test_corrections_are_stored_apart_and_can_be_taken_back(anna: Client, hall: Venue):
    make_hours(hall, 1, "14:00", "17:30")
    page = anna.get(path_of(hall))
    send(anna, page, path_of(hall), opening_hours="200", visits="900", volunteers="6", aktion="melden")
    row = declared(hall)
    assert (row.opening_hours, row.visits, row.volunteers) == (200, 900, 6)
    hours = read("oeffnungsstunden", "2017", TODAY)
    assert (hours.value, hours.estimated_share) == (200, 1)
    assert (read("besuche", "2017", TODAY).value, read("ehrenamtliche", "2017", TODAY).value) == (900, 6)
    again = anna.get(path_of(hall))
    assert "182 aus den Öffnungszeiten berechnet" in again.content.decode()
    send(anna, again, path_of(hall), opening_hours="182", aktion="speichern")
    assert (declared(hall).opening_hours, read("oeffnungsstunden", "2017", TODAY).estimated_share) == (
        None,
        0,
    )


def test_zero_is_none_and_empty_is_unknown(anna: Client, hall: Venue):
    send(anna, anna.get(path_of(hall)), path_of(hall), visits="0", aktion="melden")
    assert (declared(hall).visits, declared(hall).volunteers) == (0, None)
    assert read("besuche", "2017", TODAY).coverage == {"reported": 1, "active": 1}
    assert read("ehrenamtliche", "2017", TODAY).coverage == {"reported": 0, "active": 1}


def test_a_draft_is_in_no_figure(anna: Client, hall: Venue):
    send(anna, anna.get(path_of(hall)), path_of(hall), visits="900", aktion="speichern")
    assert (declared(hall).state, read("besuche", "2017", TODAY).value) == ("entwurf", 0)


@pytest.mark.parametrize("typed", ["viele", "-1", "1,5", "99999999"])
def test_bad_numbers_are_said_at_their_box_and_kept(anna: Client, hall: Venue, typed: str):
    answer = send(anna, anna.get(path_of(hall)), path_of(hall), visits=typed, volunteers="7", aktion="melden")
    text = answer.content.decode()
    assert answer.status_code == 200 and 'id="fehler-visits"' in text
    assert f'value="{typed}"' in text and 'value="7"' in text
    assert not AnnualReturn.objects.exists()


def test_a_second_click_reports_once(anna: Client, hall: Venue):
    page = anna.get(path_of(hall))
    for _ in range(2):
        assert send(anna, page, path_of(hall), visits="900", aktion="melden").status_code == 303
    assert AnnualReturn.objects.count() == 1


def test_two_coordinators_see_both_values(anna: Client, hall: Venue, carrier: Carrier):
    make_return(hall, 2017, state="entwurf", visits=500)
    bert = signed_in(person(Role.COORDINATION, "bert", carrier=carrier))
    page_of_bert = bert.get(path_of(hall))
    send(anna, anna.get(path_of(hall)), path_of(hall), visits="600", aktion="speichern")
    answer = send(bert, page_of_bert, path_of(hall), visits="700", aktion="melden")
    assert "Inzwischen gespeichert: «600»" in answer.content.decode()
    assert (declared(hall).visits, declared(hall).state) == (600, "entwurf")
    assert send(bert, answer, path_of(hall), aktion="melden").status_code == 303
    assert declared(hall).visits == 700


def test_a_running_year_cannot_be_reported(anna: Client, hall: Venue):
    path = f"/begegnung/verwalten/meldungen/2018/{hall.slug}/"
    page = anna.get(path)
    assert 'value="melden"' not in page.content.decode()
    send(anna, page, path, visits="5", aktion="melden")
    assert AnnualReturn.objects.get().state == "entwurf"
    assert anna.get("/begegnung/verwalten/meldungen/2019/").status_code == 404


# --- all houses on one page -------------------------------------------------------------------------------------------


def test_only_what_was_shown_and_ticked_is_reported(anna: Client, hall: Venue, carrier: Carrier):
    second, third = make_hall(carrier, "B"), make_hall(carrier, "C")
    html = anna.get(YEAR).content.decode()
    shown = re.search(r'name="gezeigt" value="([^"]*)"', html)[1]  # type: ignore[index]
    make_visit(second, "monat", "2017-03-01", 120)  # counted in between
    answer = anna.post(
        YEAR, {"aktion": "melden", "haus": [hall.pk, second.pk], "gezeigt": shown}, follow=True
    )
    text = answer.content.decode()
    assert "Ein Haus ist gemeldet." in text
    assert "Nicht dabei, weil sich inzwischen etwas geändert hat: B." in text
    assert [AnnualReturn.objects.filter(venue=v).count() for v in (hall, second, third)] == [1, 0, 0]
    assert "1 von 3 Häusern ist gemeldet, 0 davon geprüft." in text


def test_158_houses_and_one_return_each_give_the_figures_of_the_area_at_once(carrier: Carrier):
    """Every third counted by month, every third only declares, every third has nothing but a return without numbers."""
    districts = [make_district(name) for name in ("Hörde", "Eving", "Aplerbeck")]
    venues = Venue.objects.bulk_create(
        Venue(name=f"Haus {n:03d}", slug=f"haus-{n:03d}", report_area="begegnung", district=districts[n % 2])
        for n in range(158)
    )
    Venue.carriers.through.objects.bulk_create(
        Venue.carriers.through(venue=venue, carrier=carrier) for venue in venues
    )
    for number, venue in enumerate(venues):
        if number % 3 == 0:
            make_visit(venue, "monat", "2017-05-01", 100)
    anna = signed_in(person(Role.COORDINATION, "anna", carrier=carrier))
    before = read("besuche", "2017", TODAY)
    assert (before.value, before.coverage) == (5_300, {"reported": 53, "active": 158})
    for number, venue in enumerate(venues):
        numbers_ = {"visits": 50, "volunteers": 4, "opening_hours": 300} if number % 3 == 1 else {}
        make_return(venue, 2017, state="entwurf", **numbers_)
    assert read("besuche", "2017", TODAY).value == 5_300, "drafts change nothing"
    assert tick(anna, "melden", *venues[:100]).status_code == 303
    assert (
        tick(anna, "melden", *venues[100:]).status_code == 303
    )  # behind the hundredth: not shown, not reported
    assert AnnualReturn.objects.filter(state="gemeldet").count() == 100
    second = f"{YEAR}?seite=2"
    shown = re.search(r'name="gezeigt" value="([^"]*)"', anna.get(second).content.decode())[1]  # type: ignore[index]
    anna.post(YEAR, {"aktion": "melden", "haus": [v.pk for v in venues], "gezeigt": shown})
    assert AnnualReturn.objects.filter(state="gemeldet").count() == 158
    after = read("besuche", "2017", TODAY)
    assert after.value == 53 * 100 + 53 * 50
    assert after.coverage == {"reported": 106, "active": 158}
    assert after.estimated_share == round(53 * 50 / (53 * 150), 4)
    assert read("ehrenamtliche", "2017", TODAY).value == 53 * 4
    assert read("oeffnungsstunden", "2017", TODAY).value == 53 * 300
    text = anna.get(YEAR).content.decode()
    assert "158 von 158 Häusern sind gemeldet, 0 davon geprüft." in text
    assert "79 von 79" in text, "per district"
    houses = numbers.houses(2017, TODAY)
    assert sum(house.visits or 0 for house in houses) == after.value, "the page and the report have one rule"


def test_the_page_and_the_report_agree_whatever_was_counted(carrier: Carrier):
    """Date over door over month over year over return; closed is a reported nothing that displaces no number."""
    by_day, by_month, by_year, silent, closed, drafted = (make_hall(carrier, name) for name in "ABCDEF")
    make_visit(by_day, "tag", "2017-03-01", 7)
    make_visit(by_day, "monat", "2017-03-01", 99)
    make_visit(by_month, "monat", "2017-03-01", 40)
    make_visit(by_month, "jahr", "2017-01-01", 9999)
    make_visit(by_year, "jahr", "2017-01-01", 300, method="geschaetzt")
    make_visit(closed, "monat", "2017-08-01", None)
    for venue in (by_day, by_month, by_year, silent, closed):
        make_return(venue, 2017, visits=1000, volunteers=3, opening_hours=10)
    make_return(drafted, 2017, state="entwurf", visits=5)
    make_engagement(make_volunteer(), silent, "2017-06-01")
    found = {house.venue.name: house for house in numbers.houses(2017, TODAY)}
    assert {name: house.visits for name, house in found.items()} == {
        "A": 7, "B": 40, "C": 300, "D": 1000, "E": 1000, "F": 5,
    }  # fmt: skip
    assert found["D"].volunteers == 1 and found["A"].volunteers == 3
    for key, name in (
        ("besuche", "visits"),
        ("oeffnungsstunden", "opening_hours"),
        ("ehrenamtliche", "volunteers"),
    ):
        assert (
            sum(house.in_report(name) or 0 for house in found.values()) == read(key, "2017", TODAY).value
        ), key


# --- plausible? -------------------------------------------------------------------------------------------------------


def test_last_year_is_said_with_both_numbers(anna: Client, hall: Venue):
    make_return(hall, 2016, visits=1500)
    make_return(hall, 2017, state="entwurf", visits=3200)
    text = anna.get(path_of(hall)).content.decode()
    assert "2016 waren es 1.500 Besuche, jetzt sind es 3.200: 113 % mehr." in text
    assert send(anna, anna.get(path_of(hall)), path_of(hall), aktion="melden").status_code == 303, (
        "never a block"
    )


def test_comparable_houses_have_the_same_kind_of_carrier_and_similar_hours(hall: Venue, carrier: Carrier):
    parish = make_carrier(kind="gemeinde")
    make_return(hall, 2017, state="entwurf", opening_hours=290, visits=9000)
    for number, visits in enumerate((1000, 1200, 1600, 2000)):
        make_return(
            make_hall(make_carrier(kind="verband"), f"V{number}"),
            2017,
            opening_hours=210 + number,
            visits=visits,
        )
    make_return(make_hall(carrier, "zu klein"), 2017, opening_hours=200, visits=1)
    make_return(make_hall(parish, "andere Art"), 2017, opening_hours=290, visits=1)
    make_return(make_hall(carrier, "Entwurf"), 2017, state="entwurf", opening_hours=290, visits=1)

    def remarks() -> list[str]:
        return next(h for h in numbers.houses(2017, TODAY) if h.venue == hall).remarks()

    assert remarks() == [], "four are too few to speak of"
    make_return(make_hall(carrier, "der fünfte"), 2017, opening_hours=377, visits=1700)
    assert remarks() == [
        "Vergleichbare Häuser (Wohlfahrtsverband, 203 bis 377 Stunden, n = 5) haben in der Mitte 1.600 Besuche; "
        "hier sind es 9.000."
    ]


# --- checked by a second person ---------------------------------------------------------------------------------------


def test_checking_takes_somebody_else_with_the_right(anna: Client, group: Client, hall: Venue):
    send(anna, anna.get(path_of(hall)), path_of(hall), visits="900", aktion="melden")
    version = str(declared(hall).version)
    assert anna.post(path_of(hall), {"aktion": "pruefen", "version": version}).status_code == 403
    assert group.post(path_of(hall), {"aktion": "melden", "visits": "1"}).status_code == 403
    assert group.post(path_of(hall), {"aktion": "pruefen", "version": version}).status_code == 303
    row = declared(hall)
    assert (row.state, row.checked_on, row.checked_by.username) == ("geprueft", TODAY, "auswertung")
    send(anna, anna.get(path_of(hall)), path_of(hall), visits="950", aktion="speichern")
    row = declared(hall)
    assert (row.state, row.checked_on, row.visits) == ("gemeldet", None, 950), "changed: somebody looks again"


def test_nobody_checks_what_she_reported(carrier: Carrier, hall: Venue):
    both = person(Role.COORDINATION, "beides", carrier=carrier)
    make_membership(both, Role.EVALUATION)
    client = signed_in(both)
    send(client, client.get(path_of(hall)), path_of(hall), visits="900", aktion="melden")
    text = client.get(path_of(hall)).content.decode()
    assert "Geprüft</button>" not in text
    assert client.post(path_of(hall), {"aktion": "pruefen", "version": "1"}).status_code == 403


def test_a_question_makes_a_draft_again_until_it_is_answered(anna: Client, group: Client, hall: Venue):
    send(anna, anna.get(path_of(hall)), path_of(hall), visits="900", aktion="melden")
    version = str(declared(hall).version)
    group.post(path_of(hall), {"aktion": "rueckfrage", "rueckfrage": " ", "version": version})
    assert declared(hall).state == "gemeldet", "without words nothing is given back"
    group.post(
        path_of(hall), {"aktion": "rueckfrage", "rueckfrage": "Mit dem Sommerfest?", "version": version}
    )
    assert (declared(hall).state, read("besuche", "2017", TODAY).value) == ("entwurf", 0)
    assert "Rückfrage: Mit dem Sommerfest?" in anna.get(YEAR).content.decode()
    send(anna, anna.get(path_of(hall)), path_of(hall), aktion="melden")
    assert (declared(hall).state, declared(hall).question) == ("gemeldet", "")


def test_what_changed_under_the_checkers_eyes_is_not_checked(anna: Client, group: Client, hall: Venue):
    send(anna, anna.get(path_of(hall)), path_of(hall), visits="900", aktion="melden")
    version = str(declared(hall).version)
    send(anna, anna.get(path_of(hall)), path_of(hall), visits="950", aktion="speichern")
    group.post(path_of(hall), {"aktion": "pruefen", "version": version})
    assert declared(hall).state == "gemeldet"
    assert tick(group, "pruefen", hall).status_code == 303
    assert declared(hall).state == "geprueft"


# --- who sees what ----------------------------------------------------------------------------------------------------


def test_foreign_houses_are_nowhere(anna: Client, hall: Venue):
    foreign = make_hall(make_carrier(name="Fremder Träger"), "Fremder Saal")
    make_return(foreign, 2017, visits=123_457, comment="fremd")
    page = anna.get(YEAR).content.decode()
    for planted in ("Fremder", "123457", "123.457"):
        assert planted not in page
    assert (
        anna.get(path_of(foreign)).status_code
        == anna.post(path_of(foreign), {"visits": "1"}).status_code
        == 404
    )
    anna.post(YEAR, {"aktion": "melden", "haus": [foreign.pk], "gezeigt": ""})
    assert declared(foreign).visits == 123_457 and declared(foreign).reported_by is None
    number = returns.sheet_number(declared(foreign))
    text = anna.get(YEAR, {"bogen": number}, follow=True).content.decode()
    assert "gibt es unter Ihren Häusern nicht" in text
    assert b"Fremder" not in anna.get("/begegnung/verwalten/meldungen/2017.xlsx").content


def test_the_district_sees_its_coverage_and_the_hall_only_reads(hall: Venue, carrier: Carrier):
    make_hall(carrier, "Eving", district="Eving")
    vorort = signed_in(person(Role.VORORT, district=make_district("Hörde")))
    assert "0 von 1 Häusern sind gemeldet" in vorort.get(YEAR).content.decode()
    user = signed_in(person(Role.HALL, venue=hall))
    assert user.get(path_of(hall)).status_code == 200
    assert user.post(path_of(hall), {"visits": "1"}).status_code == 403
    assert user.post(YEAR, {"aktion": "melden", "haus": [hall.pk]}).status_code == 403
    assert signed_in(person(Role.TECHNICAL)).get(YEAR).status_code == 404


# --- paper and file ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("key", "number"), [(417, "4176"), (1, "18"), (120, "1206")])
def test_the_number_of_a_sheet_notices_a_slip(key: int, number: str):
    assert returns.sheet_number(AnnualReturn(pk=key)) == number
    assert returns.read_sheet_number(f" {number} ") == key
    for place, digit in enumerate(number):
        wrong = number[:place] + str((int(digit) + 3) % 10) + number[place + 1 :]
        assert returns.read_sheet_number(wrong) is None
    for rubbish in ("", "abc", "7", "٤١٧٦", "9" * 40):
        assert returns.read_sheet_number(rubbish) is None


def test_the_workbook_takes_no_text_for_a_formula(anna: Client, carrier: Carrier):
    from openpyxl import load_workbook

    hall = make_hall(carrier, "=HYPERLINK(1)")
    make_return(hall, 2017, visits=900, comment="+49")
    answer = anna.get("/begegnung/verwalten/meldungen/2017.xlsx")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    head, row = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert row[0] == "'=HYPERLINK(1)" and row[17] == "'+49"
    assert dict(zip(head, row, strict=True))["Besuche"] == 900
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)


# --- reminders --------------------------------------------------------------------------------------------------------


def test_a_reminder_a_month_while_something_is_missing(anna: Client, hall: Venue, carrier: Carrier):
    make_hall(carrier, "Zweiter")
    make_return(hall, 2017)
    assert [returns.remind(dt.date(2018, *day)) for day in ((1, 14), (7, 1), (12, 31))] == [0, 0, 0]
    assert returns.remind in register.all_reminders(), "the nightly job asks it"
    assert [returns.remind(TODAY), returns.remind(TODAY)] == [1, 0], "once a month"
    assert returns.remind(dt.date(2018, 3, 1)) == 1
    assert OutgoingMail.objects.filter(to__username="anna", kind="jahresmeldung").count() == 2
    outbox.send_due()
    assert mail.outbox[0].subject == "Eine Jahresmeldung steht noch aus"
    assert "/begegnung/verwalten/meldungen/2017/" in mail.outbox[0].body
    for text in ("Saal", "Zweiter", "AWO"):
        assert text not in mail.outbox[0].body


# --- what it costs ----------------------------------------------------------------------------------------------------


def test_statements_do_not_grow_with_the_houses(anna: Client, carrier: Carrier):
    def measured() -> int:
        with CaptureQueriesContext(connection) as reading:
            anna.get(YEAR)
        return len(reading)

    for number in range(2):
        make_return(make_hall(carrier, f"Haus {number}"), 2017, visits=number)
    few = measured()
    for number in range(18):
        hall = make_hall(carrier, f"Haus {number + 2}")
        make_visit(hall, "monat", "2017-03-01", number)
        make_return(hall, 2017, visits=number)
    assert measured() == few <= 14
