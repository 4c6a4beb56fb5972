"""Besuche zählen: what a box says, what is saved, what is asked again, and that nobody's number is lost."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from begegnung import months
from begegnung.counting import Entry
from begegnung.models import MeetingPlace
from seniorportal.models import CalendarDay, Carrier, Role, User, Venue, Visit
from tests.cast import make_membership, make_user
from tests.figures.rows import (
    make_carrier,
    make_closure,
    make_date,
    make_hours,
    make_house,
    make_offering,
    make_venue,
    make_visit,
    read,
)

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 23)  # a Monday
MONTH = "/begegnung/verwalten/zaehlen/2026-10/"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)


@pytest.fixture
def carrier() -> Carrier:
    return make_carrier(name="AWO")


@pytest.fixture
def hall(carrier: Carrier) -> Venue:
    return make_hall(carrier, "Saal am Markt")


def make_hall(carrier: Carrier, name: str, counting: str = "") -> Venue:
    venue = make_venue(name=name)
    venue.carriers.add(carrier)
    MeetingPlace.objects.create(venue=venue, counting=counting)
    return venue


@pytest.fixture
def anna(client: Client, carrier: Carrier) -> Client:
    return signed_in(client, make_user("anna"), carrier)


def signed_in(client: Client, user: User, carrier: Carrier) -> Client:
    make_membership(user, Role.COORDINATION, carrier=carrier)
    client.force_login(user)
    return client


def boxes(html: str) -> dict[str, str]:
    """The boxes of the page by name, with what stands in them."""
    found = re.findall(r'<input id="(z[^"]+)" name="\1" value="([^"]*)"', html)
    return dict(found)


def hidden(html: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(gezeigt|gefragt)" value="([^"]*)"', html))


Post = Callable[..., Any]


def send(client: Client, page: Any, path: str = MONTH, aktion: str = "", **typed: str) -> Any:
    """The page as it was shown, with some boxes filled in."""
    html = page.content.decode()
    data = hidden(html) | boxes(html) | {name.replace("_", "-"): text for name, text in typed.items()}
    assert set(typed) <= {name.replace("-", "_") for name in boxes(html)}, "no such box"
    return client.post(path, data | ({"aktion": aktion} if aktion else {}))


def stored(venue: Venue) -> dict[str, str]:
    rows = Visit.objects.filter(venue=venue).order_by("first_day")
    return {f"{row.scope} {row.first_day}": str(Entry.of(row)) for row in rows}


# --- what a box says --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "count", "estimated"),
    [
        ("22", 22, False),
        (" 0 ", 0, False),
        ("1.200", 1200, False),
        ("~120", 120, True),
        ("ca. 120", 120, True),
        ("ca 120", 120, True),
        ("etwa 120", 120, True),
        ("120?", 120, True),
        ("g", None, False),
        ("G", None, False),
        ("geschlossen", None, False),
        ("zu", None, False),
    ],
)
def test_a_box_is_read(typed: str, count: int | None, estimated: bool):
    assert Entry.read(typed) == Entry(count, estimated)


@pytest.mark.parametrize("typed", ["-3", "zwölf", "1,5", "12 13", "1.20", "²", "٣", "~g", "<b>"])
def test_what_is_no_number_is_said_in_a_sentence(typed: str):
    with pytest.raises(Exception, match="können wir nicht lesen"):
        Entry.read(typed)


def test_nothing_is_nothing_and_more_than_the_city_is_refused():
    assert Entry.read("  ") is None
    with pytest.raises(Exception, match="Mehr als 999"):
        Entry.read("1000000")


# --- the month of all halls -------------------------------------------------------------------------------------------


def test_zero_closed_and_missing_are_three_things_and_are_said(anna: Client, carrier: Carrier):
    halls = [make_hall(carrier, name) for name in ("A", "B", "C")]
    page = anna.get(MONTH)
    text = page.content.decode()
    for said in ("offen, niemand kam", "geschlossen", "fehlt, niemand hat gezählt"):
        assert said in text
    a, b, c = (f"z{hall.pk}_2026_10" for hall in halls)
    answer = send(anna, page, **{a: "0", b: "g", c: ""})
    assert (answer.status_code, answer["Location"]) == (303, MONTH)
    assert [stored(hall) for hall in halls] == [{"monat 2026-10-01": "0"}, {"monat 2026-10-01": "g"}, {}]
    again = anna.get(MONTH).content.decode()
    assert "2 Zahlen gespeichert." in again
    assert list(boxes(again).values()) == ["0", "g", ""]
    assert "2 von 3 Häusern" in again
    assert re.search(rf'name="z{halls[2].pk}-2026-10"[^>]*autofocus', again), "the first that is missing"


def test_only_changed_boxes_are_written(anna: Client, hall: Venue, carrier: Carrier):
    other = make_hall(carrier, "Zweiter Saal")
    make_visit(hall, "monat", "2026-10-01", 100)
    make_visit(other, "monat", "2026-10-01", 50, method="geschaetzt")
    send(anna, anna.get(MONTH), **{f"z{hall.pk}_2026_10": "101"})
    assert [row.version for row in Visit.objects.order_by("pk")] == [2, 1]
    assert stored(other) == {"monat 2026-10-01": "~50"}, "an estimate stays one"
    send(anna, anna.get(MONTH))
    assert [row.version for row in Visit.objects.order_by("pk")] == [2, 1]


def test_an_emptied_box_is_missing_again(anna: Client, hall: Venue):
    make_visit(hall, "monat", "2026-10-01", 100)
    send(anna, anna.get(MONTH), **{f"z{hall.pk}_2026_10": ""})
    assert stored(hall) == {}


def test_a_second_click_changes_nothing(anna: Client, hall: Venue):
    page = anna.get(MONTH)
    for _ in range(2):
        assert send(anna, page, **{f"z{hall.pk}_2026_10": "88"}).status_code == 303
    assert [row.version for row in Visit.objects.all()] == [1]


def test_errors_stand_at_their_box_and_the_rest_is_saved(anna: Client, hall: Venue, carrier: Carrier):
    other = make_hall(carrier, "Zweiter Saal")
    name = f"z{hall.pk}_2026_10"
    answer = send(anna, anna.get(MONTH), **{name: "viele", f"z{other.pk}_2026_10": "60"})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "„viele“ können wir nicht lesen" in text
    assert (
        "Eine Zahl ist</strong>" in text.replace(" noch nicht gespeichert.", "")
        or "noch nicht gespeichert" in text
    )
    assert boxes(text)[name.replace("_", "-")] == "viele", "what was typed stands there"
    assert stored(other) == {"monat 2026-10-01": "60"}
    assert send(anna, answer, **{name: "70"}).status_code == 303
    assert stored(hall) == {"monat 2026-10-01": "70"}


def test_a_number_ten_times_the_usual_is_asked_about_and_never_blocked(anna: Client, hall: Venue):
    for month in ("2026-08-01", "2026-09-01"):
        make_visit(hall, "monat", month, 100)
    name = f"z{hall.pk}_2026_10"
    answer = send(anna, anna.get(MONTH), **{name: "1000"})
    assert (
        "1000 sind zehnmal so viele wie sonst oder mehr (etwa 100). Stimmt die Zahl?"
        in answer.content.decode()
    )
    assert Visit.objects.filter(first_day="2026-10-01").count() == 0
    other = send(anna, answer, **{name: "10"})
    assert "10 sind nur ein Zehntel von sonst oder weniger (etwa 100)" in other.content.decode()
    assert send(anna, other).status_code == 303, "the same number again is the answer"
    assert "monat 2026-10-01" in stored(hall)
    assert send(anna, anna.get(MONTH), **{name: "999"}).status_code == 303


def test_like_last_month_is_an_estimate_that_is_looked_at_first(anna: Client, hall: Venue, carrier: Carrier):
    other = make_hall(carrier, "Zweiter Saal")
    make_visit(hall, "monat", "2026-09-01", 90)
    make_visit(hall, "monat", "2025-10-01", 70)
    page = anna.get(MONTH)
    answer = send(anna, page, aktion="wie-vormonat")
    assert answer.status_code == 200
    assert Visit.objects.filter(first_day="2026-10-01").count() == 0, "nothing is saved yet"
    assert boxes(answer.content.decode()) == {f"z{hall.pk}-2026-10": "~90", f"z{other.pk}-2026-10": ""}
    assert send(anna, answer).status_code == 303
    assert stored(hall)["monat 2026-10-01"] == "~90"
    year = send(anna, anna.get(MONTH), **{f"z{hall.pk}_2026_10": "v"})
    assert (year.status_code, stored(hall)["monat 2026-10-01"]) == (303, "~70")
    nothing = send(anna, anna.get(MONTH), **{f"z{other.pk}_2026_10": "w"})
    assert "Im Monat davor ist hier nichts gezählt." in nothing.content.decode()


def test_a_month_over_year_end_is_compared_with_december(anna: Client, hall: Venue):
    make_visit(hall, "monat", "2025-12-01", 40)
    path = "/begegnung/verwalten/zaehlen/2026-01/"
    page = anna.get(path)
    assert "wie im Dezember 2025" in page.content.decode()
    send(anna, page, path, **{f"z{hall.pk}_2026_01": "w"})
    assert stored(hall)["monat 2026-01-01"] == "~40"


# --- two coordinators on one grid -------------------------------------------------------------------------------------


def test_the_second_is_shown_both_values_and_the_rest_is_saved(anna: Client, hall: Venue, carrier: Carrier):
    other = make_hall(carrier, "Zweiter Saal")
    make_visit(hall, "monat", "2026-10-01", 100)
    name = f"z{hall.pk}_2026_10"
    bert = signed_in(Client(), make_user("bert"), carrier)
    page_of_bert = bert.get(MONTH)
    send(anna, anna.get(MONTH), **{name: "110"})
    answer = send(bert, page_of_bert, **{name: "120", f"z{other.pk}_2026_10": "30"})
    text = answer.content.decode()
    assert "Inzwischen gespeichert: „110“." in text
    assert boxes(text)[name.replace("_", "-")] == "120"
    assert stored(hall) == {"monat 2026-10-01": "110"}
    assert stored(other) == {"monat 2026-10-01": "30"}
    assert send(bert, answer).status_code == 303
    assert stored(hall) == {"monat 2026-10-01": "120"}


def test_untouched_boxes_never_undo_what_somebody_else_saved(anna: Client, hall: Venue, carrier: Carrier):
    """Not by saving, and not by letting the page fill in estimates first."""
    other = make_hall(carrier, "Zweiter Saal")
    make_visit(other, "monat", "2026-09-01", 25)
    make_visit(hall, "monat", "2026-10-01", 100)
    bert = signed_in(Client(), make_user("bert"), carrier)
    page_of_bert = bert.get(MONTH)
    send(anna, anna.get(MONTH), **{f"z{hall.pk}_2026_10": "110"})
    answer = send(bert, page_of_bert, aktion="wie-vormonat")
    assert boxes(answer.content.decode())[f"z{hall.pk}-2026-10"] == "110"
    send(bert, answer)
    assert (stored(hall), stored(other)["monat 2026-10-01"]) == ({"monat 2026-10-01": "110"}, "~25")


def test_the_same_number_from_both_is_no_conflict(anna: Client, hall: Venue, carrier: Carrier):
    bert = signed_in(Client(), make_user("bert"), carrier)
    page_of_bert = bert.get(MONTH)
    name = f"z{hall.pk}_2026_10"
    send(anna, anna.get(MONTH), **{name: "110"})
    assert send(bert, page_of_bert, **{name: "110"}).status_code == 303


# --- day by day -------------------------------------------------------------------------------------------------------


def test_a_hall_by_day_has_a_box_for_every_open_day_so_far(anna: Client, carrier: Carrier):
    hall = make_hall(carrier, "Tür", counting="tag")
    make_hours(hall, 1, "14:00", "17:00")  # Tuesdays: 3, 10, 17, 24 November
    make_closure(hall, "2026-11-10", "2026-11-10")
    CalendarDay.objects.create(date=dt.date(2026, 11, 3), public_holiday="Feiertag")
    make_date(make_offering(hall), "2026-11-06", "geplant")  # a Friday with something on
    make_date(make_offering(hall), "2026-11-13", "ausgefallen")
    path = f"/begegnung/verwalten/zaehlen/{hall.slug}/2026-11/"
    page = anna.get(path)
    days = [name.rpartition("-")[2] for name in boxes(page.content.decode())]
    assert days == ["06", "17"], "no holiday, no closed day, no cancelled one, none of tomorrow, no month"
    send(anna, page, path, **{f"z{hall.pk}_2026_11_06": "12", f"z{hall.pk}_2026_11_17": "g"})
    assert stored(hall) == {"tag 2026-11-06": "12", "tag 2026-11-17": "g"}


def test_without_known_hours_the_days_are_monday_to_friday_as_on_paper(anna: Client, carrier: Carrier):
    hall = make_hall(carrier, "Tür", counting="tag")
    page = anna.get(f"/begegnung/verwalten/zaehlen/{hall.slug}/2026-10/")
    assert len(boxes(page.content.decode())) == 22


def test_a_coordinator_says_how_a_hall_counts(anna: Client, hall: Venue):
    path = f"/begegnung/verwalten/zaehlen/{hall.slug}/2026-10/"
    assert list(boxes(anna.get(MONTH).content.decode())) == [f"z{hall.pk}-2026-10"]
    assert anna.post(path, {"zaehlweise": "tag"}).status_code == 303
    assert len(boxes(anna.get(MONTH).content.decode())) == 22
    anna.post(path, {"zaehlweise": "monat"})
    assert list(boxes(anna.get(MONTH).content.decode())) == [f"z{hall.pk}-2026-10"]


def test_a_hall_that_counted_days_lately_is_asked_for_days(anna: Client, hall: Venue):
    make_visit(hall, "tag", "2026-09-14", 11)
    assert len(boxes(anna.get(MONTH).content.decode())) == 22


def test_what_displaces_what_is_said(anna: Client, carrier: Carrier):
    hall = make_hall(carrier, "Saal", counting="monat")
    make_visit(hall, "tag", "2026-10-05", 11)
    make_visit(hall, "tag", "2026-10-06", 12)
    make_visit(hall, "jahr", "2026-01-01", 1500)
    text = anna.get(MONTH).content.decode()
    assert "An 2 Tagen ist schon einzeln gezählt, zusammen 23." in text
    assert "Für 2026 steht auch eine Zahl fürs ganze Jahr." in text


# --- one rule with the report -----------------------------------------------------------------------------------------


def test_date_over_door_over_month_hand_counted_and_as_in_the_report(carrier: Carrier):
    """A joint date is counted once, at its place; the door of the Eugen-Krautscheid-Haus counts there alone."""
    hall, month_hall, house = make_venue(), make_venue(), make_house()
    joint = make_offering(hall)
    joint.carriers.add(carrier, make_carrier())
    first, second = make_date(joint, "2017-03-07"), make_date(joint, "2017-03-14")
    make_visit(hall, "termin", "2017-03-07", 20, occurrence=first)
    make_visit(None, "termin", "2017-03-14", 30, occurrence=second)  # its place is that of the offering
    make_visit(hall, "tag", "2017-03-07", 99)  # displaced by the date
    make_visit(hall, "tag", "2017-03-08", 5)
    make_visit(hall, "tag", "2017-03-09", None)
    make_visit(hall, "monat", "2017-03-01", 999)  # displaced by days
    make_visit(hall, "monat", "2017-04-01", 40, method="geschaetzt")
    make_visit(month_hall, "monat", "2017-04-01", 60)
    make_visit(month_hall, "tag", "2017-05-02", None)  # closed displaces nothing
    make_visit(month_hall, "monat", "2017-05-01", 70)
    at_the_house = make_date(make_offering(house), "2017-03-07")
    make_visit(house, "termin", "2017-03-07", 7, occurrence=at_the_house)
    make_visit(house, "tag", "2017-03-07", 50)
    keys = [hall.pk, month_hall.pk, house.pk]
    found = months.counted(keys, dt.date(2017, 1, 1), dt.date(2018, 1, 1))
    assert {(key, month.month): one.total for (key, month), one in found.items()} == {
        (hall.pk, 3): 55,
        (hall.pk, 4): 40,
        (month_hall.pk, 4): 60,
        (month_hall.pk, 5): 70,
        (house.pk, 3): 7,
    }
    assert found[hall.pk, dt.date(2017, 3, 1)].days == 3
    assert found[hall.pk, dt.date(2017, 4, 1)].estimated
    halls = sum(one.total for (key, _), one in found.items() if key != house.pk)
    assert read("besuche", "2017").value == halls == 225
    assert read("ekh_besuche", "2017").value == 7


# --- who ----------------------------------------------------------------------------------------------------


def test_foreign_halls_are_nowhere_and_cannot_be_written(anna: Client, hall: Venue):
    foreign = make_hall(make_carrier(), "Fremder Saal")
    page = anna.get(MONTH)
    assert "Fremder Saal" not in page.content.decode()
    name = f"z{foreign.pk}-2026-10"
    answer = anna.post(MONTH, hidden(page.content.decode()) | {name: "5", f"z{hall.pk}-2026-10": "7"})
    assert (answer.status_code, stored(foreign), stored(hall)) == (303, {}, {"monat 2026-10-01": "7"})
    path = f"/begegnung/verwalten/zaehlen/{foreign.slug}/2026-10/"
    assert anna.get(path).status_code == anna.post(path, {name: "5"}).status_code == 404


def test_evaluation_reads_and_cannot_write(client: Client, hall: Venue):
    user = make_user("auswertung")
    make_membership(user, Role.EVALUATION)
    client.force_login(user)
    make_visit(hall, "monat", "2026-10-01", 100)
    text = client.get(MONTH).content.decode()
    assert "100 Besuche" in text and boxes(text) == {}
    assert client.post(MONTH, {f"z{hall.pk}-2026-10": "5"}).status_code == 403


def test_a_hall_enters_its_own_counts_only(client: Client, hall: Venue, carrier: Carrier):
    make_hall(carrier, "Zweiter Saal")
    user = make_user("halle")
    make_membership(user, Role.HALL, venue=hall)
    client.force_login(user)
    page = client.get(MONTH)
    assert list(boxes(page.content.decode())) == [f"z{hall.pk}-2026-10"]
    send(client, page, **{f"z{hall.pk}_2026_10": "5"})
    assert stored(hall) == {"monat 2026-10-01": "5"}
    assert (
        client.post(f"/begegnung/verwalten/zaehlen/{hall.slug}/2026-10/", {"zaehlweise": "tag"}).status_code
        == 403
    )


@pytest.mark.parametrize("month", ["2026-13", "2026-00", "1999-12", "2026-12", "heute", "2026-1", "٢٠٢٦-١٠"])
def test_months_that_nobody_can_have_counted(anna: Client, hall: Venue, month: str):
    assert anna.get(f"/begegnung/verwalten/zaehlen/{month}/").status_code == 404


def test_the_way_in_leads_to_the_month_that_is_over(anna: Client):
    assert anna.get("/begegnung/verwalten/zaehlen/")["Location"] == MONTH


# --- what it costs ------------------------------------------------------------------------------------------


def test_statements_do_not_grow_with_the_halls(anna: Client, carrier: Carrier):
    def measured() -> tuple[int, int]:
        page = anna.get(MONTH)
        names = list(boxes(page.content.decode()))
        with CaptureQueriesContext(connection) as reading:
            anna.get(MONTH)
        typed = {name.replace("-", "_"): str(40 + number) for number, name in enumerate(names)}
        with CaptureQueriesContext(connection) as writing:
            assert send(anna, page, **typed).status_code == 303
        anna.get(MONTH)  # takes the message away
        Visit.objects.all().delete()
        return len(reading), len(writing)

    def more(number: int) -> None:
        for _ in range(number):
            hall = make_hall(carrier, f"Saal {Venue.objects.count()}", counting="tag")
            make_hours(hall, 1, "14:00", "17:00")
            make_closure(hall, "2026-10-06", "2026-10-06")
            make_hall(carrier, f"Saal {Venue.objects.count()}")

    more(1)
    few = measured()
    more(9)
    assert Venue.objects.count() == 20
    assert measured() == few
    assert few[0] <= 16, few
