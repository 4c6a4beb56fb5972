"""«Heute fällt aus»: one date in two actions, by those who look after the place, and from the hall with its code."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from seniorportal import access, cancelling, links, programme
from seniorportal.access import Bearer, Right
from seniorportal.models import Closure, Concern, Link, Occurrence, Offering, Venue
from tests.cast import City

pytestmark = pytest.mark.django_db
PAGE = "/begegnung/verwalten/faellt-aus/"
ENTER = "/absagen/"


@pytest.fixture
def today() -> dt.date:
    return timezone.localdate()


def make_date(venue: Venue, day: dt.date, **fields: Any) -> Occurrence:
    """A date at the end of the day, so that it is never over while the tests run."""
    late = {"start": dt.time(23, 30), "end": dt.time(23, 59)}
    offering = Offering.objects.create(
        title=f"Skat {day}", venue=venue, first_date=day, start=dt.time(23, 30), minutes=60
    )
    return Occurrence.objects.create(offering=offering, date=day, **{**late, **fields})


def again(date: Occurrence) -> tuple[str, str, bool]:
    found = Occurrence.objects.get(pk=date.pk)
    return found.status, found.note, found.touched


@pytest.mark.parametrize("who", ["koordination-awo", "vorort-hoerde", "tandem-hoerde", "halle-hoerde"])
def test_one_button_calls_a_date_off_and_one_takes_it_back(client: Client, city: City, today: dt.date, who):
    date = make_date(city.hoerde.hall, today)
    client.force_login(city.people[who])
    page = client.get(PAGE).content.decode()  # the first action: open the page
    assert f'name="termin" value="{date.pk}"' in page
    answer = client.post(PAGE, {"termin": date.pk, "was": "absagen", "grund": "  Die Leitung\0ist erkrankt "})
    assert (answer.status_code, answer["Location"]) == (303, f"{PAGE}#termin-{date.pk}")
    assert again(date) == ("ausgefallen", "Grund: Die Leitung ist erkrankt", True)
    assert "Fällt aus" in Client().get(date.offering.get_absolute_url()).content.decode()
    client.post(PAGE, {"termin": date.pk, "was": "absagen", "grund": "Anderer Grund"})  # a double click
    assert again(date)[1] == "Grund: Die Leitung ist erkrankt"
    client.post(PAGE, {"termin": date.pk, "was": "doch"})
    assert again(date) == ("geplant", "", False)
    events = Occurrence.objects.get(pk=date.pk).events.order_by("pgh_id")  # type: ignore[attr-defined]
    assert [event.status for event in events if event.pgh_label == "update"] == ["ausgefallen", "geplant"]


@pytest.mark.parametrize(
    ("who", "world", "place", "status"),
    [
        ("koordination-awo", "hombruch", "hall", 404),
        ("koordination-awo", "hoerde", "office", 404),
        ("koordination-caritas", "hoerde", "hall", 404),
        ("vorort-hoerde", "hombruch", "hall", 404),
        ("halle-hoerde", "hoerde", "centre", 404),
        ("hausleitung-ekh", "hoerde", "hall", 404),
        ("tandem-hombruch", "hoerde", "hall", 404),
        ("redaktion", "hoerde", "hall", 404),
        ("auswertung", "hoerde", "hall", 404),
    ],
)
def test_a_foreign_date_stays(client: Client, city: City, today: dt.date, who, world, place, status):
    date = make_date(getattr(getattr(city, world), place), today)
    client.force_login(city.people[who])
    assert client.post(PAGE, {"termin": date.pk, "was": "absagen"}).status_code == status
    assert again(date)[0] == "geplant"
    page = client.get(PAGE)
    assert page.status_code in (200, 404)
    assert date.offering.title not in page.content.decode()


def test_the_office_of_the_district_calls_off_and_changes_nothing_else(city, today):
    date = make_date(city.hoerde.hall, today)
    tandem = city.people["tandem-hoerde"]
    assert access.may(tandem, Right.CANCEL, date)
    assert not access.may(tandem, Right.CHANGE, date)
    assert not access.may(city.people["tandem-hombruch"], Right.CANCEL, date)


def test_from_today_on_for_a_week_in_order(city, today):
    hall, awo = city.hoerde.hall, city.people["koordination-awo"]
    Occurrence.objects.all().delete()
    days = [today + dt.timedelta(days=n) for n in (7, 0, 8, -1, 3)]
    for day in days:
        make_date(hall, day)
    now = timezone.localtime().replace(hour=8)
    assert [date.date for date in cancelling.dates_for(awo, now)] == sorted(days)[1:4]


def test_what_is_over_cannot_be_called_off(client: Client, city: City, today: dt.date):
    date = make_date(city.hoerde.hall, today - dt.timedelta(days=1))
    client.force_login(city.people["koordination-awo"])
    page = client.post(PAGE, {"termin": date.pk, "was": "absagen"}, follow=True).content.decode()
    assert "Dieser Termin ist schon vorbei." in page
    assert again(date)[0] == "geplant"
    for broken in ("", "x", "9" * 30):
        assert client.post(PAGE, {"termin": broken}).status_code == 404


def test_the_note_of_a_date_survives_and_a_moved_date_stays_moved(city, today):
    awo, now = city.people["koordination-awo"], timezone.localtime()
    noted = make_date(city.hoerde.hall, today, note="Heute mit Gitarre", touched=True)
    cancelling.call_off(awo, noted.pk, "Wegen des Wetters", now)
    assert again(noted)[1] == "Grund: Wegen des Wetters · Heute mit Gitarre"
    cancelling.take_back(awo, noted.pk, now)
    assert again(noted) == ("geplant", "Heute mit Gitarre", True)
    moved = make_date(city.hoerde.hall, today + dt.timedelta(days=1), status="verlegt", touched=True)
    Occurrence.objects.filter(pk=moved.pk).update(date=today + dt.timedelta(days=2))
    cancelling.call_off(awo, moved.pk, "", now)
    cancelling.take_back(awo, moved.pk, now)
    assert again(moved) == ("verlegt", "", True)


def test_a_closed_house_is_opened_first(city, today):
    awo, now, hall = city.people["koordination-awo"], timezone.localtime(), city.hoerde.hall
    date = make_date(hall, today)
    cancelling.call_off(awo, date.pk, "", now)
    Closure.objects.create(venue=hall, first_day=today, last_day=today)
    with pytest.raises(cancelling.Refused, match="Haus geschlossen"):
        cancelling.take_back(awo, date.pk, now)


def test_whoever_wanted_company_is_on_the_call_list(city, today):
    date = make_date(city.hoerde.hall, today + dt.timedelta(days=2))
    days = {"asked_on": today, "answer_by": today + dt.timedelta(days=5), "phone": "0231 5550100"}
    asked = Concern.objects.create(
        kind=Concern.Kind.COMPANY,
        offering=date.offering,
        for_date=date.date,
        team_venue=city.hoerde.office,
        **days,
    )
    cancelling.call_off(city.people["koordination-awo"], date.pk, "", timezone.localtime())
    asked.refresh_from_db()
    assert (asked.called_off_on, asked.answer_by) == (today, today)


def test_a_regenerated_programme_keeps_what_was_called_off(city, today):
    date = make_date(city.hoerde.hall, today + dt.timedelta(days=1))
    cancelling.call_off(city.people["halle-hoerde"], date.pk, "", timezone.localtime())
    programme.regenerate([date.offering], today)
    assert again(date)[0] == "ausgefallen"


@pytest.mark.parametrize("many", [2, 20])
def test_the_page_costs_the_same_for_many_dates(client: Client, city: City, today: dt.date, many):
    for number in range(many):
        make_date(city.hoerde.hall, today + dt.timedelta(days=number % 7))
    client.force_login(city.people["koordination-awo"])
    client.get(PAGE)
    with CaptureQueriesContext(connection) as asked:
        client.get(PAGE)
    found = [one["sql"] for one in asked if one["sql"] and one["sql"].startswith("SELECT")]
    assert len(found) <= 5, found


# From the hall


def code_of(city: City) -> str:
    Link.objects.all().delete()
    return links.code(links.issue(Link.Kind.CANCEL, city.hoerde.hall, city.people["koordination-awo"]))


def enter(client: Client, venue: Venue, code: str, **more: Any) -> Any:
    return client.post(ENTER, {"ort": venue.slug, "code": code}, **more)


def test_with_the_code_from_the_drawer(client: Client, city: City, today: dt.date):
    hall, code = city.hoerde.hall, code_of(city)
    dates = [make_date(hall, today + dt.timedelta(days=n)) for n in (0, 14, 15)]
    answer = enter(client, hall, f"{code[:4]} {code[4:]}")
    assert answer.status_code == 303
    here = answer["Location"]
    assert re.fullmatch(r"/zettel/[^/]+/faellt-aus/", here)
    page = client.get(here).content.decode()
    shown = [date for date in dates if f'value="{date.pk}"' in page]
    assert shown == dates[:2]  # two weeks, and not a day more
    for _ in range(100):
        client.get(here)
    assert [again(date)[0] for date in dates] == ["geplant"] * 3
    answer = client.post(here, {"termin": dates[0].pk, "was": "absagen", "grund": "Heizung kaputt"})
    assert answer.status_code == 303
    assert "Abgesagt: " in client.get(answer["Location"]).content.decode()
    assert again(dates[0])[:2] == ("ausgefallen", "Grund: Heizung kaputt")
    client.post(here, {"termin": dates[0].pk, "was": "doch"})
    assert again(dates[0])[0] == "geplant"
    assert client.post(here, {"termin": dates[2].pk, "was": "absagen"}).status_code == 404
    elsewhere = make_date(city.hoerde.centre, today)
    assert client.post(here, {"termin": elsewhere.pk, "was": "absagen"}).status_code == 404
    assert again(elsewhere)[0] == "geplant"


def test_the_code_can_do_nothing_else(city, today):
    code_of(city)
    link = Link.objects.get()
    bearer = links.of(link)
    assert isinstance(bearer, Bearer)
    date = make_date(city.hoerde.hall, today)
    able = {right for right in Right if access.may(bearer, right, date)}
    assert able == {Right.SEE, Right.CANCEL}
    for model in (Venue, Offering, Closure):
        assert not any(access.offers(bearer, right, model) for right in Right), model


def test_a_revoked_code_and_an_old_token_open_nothing(
    client: Client, city: City, today: dt.date, monkeypatch
):
    hall, code = city.hoerde.hall, code_of(city)
    date = make_date(hall, today)
    here = enter(client, hall, code)["Location"]
    links.revoke(Link.objects.get(), city.people["koordination-awo"])
    for answer in (client.get(here), client.post(here, {"termin": date.pk, "was": "absagen"})):
        assert (answer.status_code, answer["Location"]) == (303, ENTER)
    assert "passt nicht zu diesem Haus" in enter(client, hall, code).content.decode()
    assert client.get("/zettel/erfunden/faellt-aus/").status_code == 303
    assert again(date)[0] == "geplant"
    code = code_of(city)
    here = enter(client, hall, code)["Location"]
    monkeypatch.setattr("seniorportal.public.calling_off.AN_HOUR", -1)
    assert client.get(here)["Location"] == ENTER


def test_guessing_ends_soon(client: Client, city: City):
    hall, code = city.hoerde.hall, code_of(city)
    wrong = f"{(int(code) + 1) % 10**8:08d}"
    for _ in range(cancelling.TRIES_OF_A_VENUE):
        assert "passt nicht" in enter(client, hall, wrong).content.decode()
    answer = enter(client, hall, code)  # now the right one does not help any more
    assert answer.status_code == 429
    assert "Bitte rufen Sie an" in answer.content.decode()
    from_elsewhere = enter(client, hall, code, REMOTE_ADDR="192.0.2.7")
    assert from_elsewhere.status_code == 429  # counted per house, wherever it comes from
    other = city.hombruch.hall
    link = links.issue(Link.Kind.CANCEL, other, city.people["koordination-caritas"])
    assert enter(client, other, links.code(link)).status_code == 303
    for _ in range(cancelling.TRIES_FROM_AN_ADDRESS):  # and per address, whatever the house
        enter(client, city.hoerde.centre, wrong)
    assert enter(client, other, links.code(link)).status_code == 429


def test_what_is_typed_wrong_is_said_in_german(client: Client, city: City):
    page = client.post(ENTER, {"ort": "", "code": ""}).content.decode()
    assert "Bitte wählen Sie Ihr Haus." in page
    assert "Bitte geben Sie den Code ein." in page
    assert client.post(ENTER, {"ort": "nirgends", "code": "1\x00"}).status_code == 200
    page = client.get(f"{ENTER}?ort={city.hoerde.hall.slug}").content.decode()
    assert f'<option value="{city.hoerde.hall.slug}" selected>' in page


# The code in the hands of those who look after the hall


def test_the_coordinator_hands_out_renews_and_locks(client: Client, city: City):
    hall = city.hoerde.hall
    Link.objects.all().delete()
    client.force_login(city.people["koordination-awo"])
    here = f"/begegnung/verwalten/{hall.slug}/absage-code/"
    assert "noch keinen Code" in client.get(here).content.decode()
    client.post(here, {"was": "neu"})
    first = Link.objects.get()
    written = f"{links.code(first)[:4]} {links.code(first)[4:]}"
    assert written in client.get(here).content.decode()
    letter = client.get(f"{here}brief/").content.decode()
    assert written in letter
    assert "/absagen/" in letter
    client.post(here, {"was": "neu"})
    assert [link.is_open(timezone.now()) for link in Link.objects.order_by("pk")] == [False, True]
    client.post(here, {"was": "sperren"})
    assert not Link.objects.open_on(timezone.now()).exists()
    assert client.get(f"{here}brief/").status_code == 404


@pytest.mark.parametrize("who", ["halle-hoerde", "tandem-hoerde", "koordination-caritas", "redaktion"])
def test_the_code_is_not_shown_to_others(client: Client, city: City, who):
    code = code_of(city)
    client.force_login(city.people[who])
    here = f"/begegnung/verwalten/{city.hoerde.hall.slug}/absage-code/"
    page = client.get(here)
    assert page.status_code == 404
    assert code[:4] not in page.content.decode()
    assert client.post(here, {"was": "neu"}).status_code in (403, 404)
    assert Link.objects.count() == 1
