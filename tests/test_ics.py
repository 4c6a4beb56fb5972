"""Calendar files, read back by another library than the one that writes them."""

import datetime as dt
import io
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil import tz
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event

from seniorportal import ics, programme, search, vocabularies
from seniorportal.models import Category, Occurrence, Offering
from seniorportal.public import calendar_files
from tests.public.town import (
    make_carrier,
    make_date,
    make_district,
    make_house,
    make_offering,
    make_office,
    make_venue,
)

pytestmark = pytest.mark.django_db

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = dt.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    """Monday, 23 November 2026, twelve o'clock; the vocabularies of the process are read anew."""
    vocabularies.forget()
    search.forget()
    moment = timezone.make_aware(dt.datetime.combine(MONDAY, dt.time(12)))
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


def load(client: Client, path: str, data: Any = None) -> tuple[Calendar, str]:
    response = client.get(path, data)
    assert response.status_code == 200, path
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert not response.cookies and "Cookie" not in response.get("Vary", "")
    source = response.content.decode()
    for line in response.content.split(b"\r\n"):
        assert len(line) <= 75, line
        line.decode()  # no umlaut is torn apart by the fold
    assert "\n" not in source.replace("\r\n", "")
    return IcsCalendarStream.calendar_from_ics(source), source


def only(client: Client, offering: Offering) -> tuple[Event, str]:
    found, source = load(client, offering.get_absolute_url() + "termine.ics")
    assert len(found.events) == 1
    return found.events[0], source


# --- one date -------------------------------------------------------------------------------------------------------


def test_a_date_says_what_when_where_and_whom_to_ring(client):
    hall = make_venue(
        "Beispielhalle",
        phone="0231 12-345",
        street="Beispielweg 1",
        postal_code="44263",
        latitude=51.49,
        longitude=7.51,
    )
    coffee = make_offering(
        "Kaffee, Kuchen; und mehr", venue=hall, confirmed_at=MONDAY, summary="Für alle\\jeden"
    )
    coffee.categories.add(Category.objects.create(name="Essen", slug="essen"))
    make_date(coffee, 2, dt.time(14, 30), end=dt.time(16), note="Heute mit Musik")
    event, source = only(client, coffee)
    assert event.summary == "Kaffee, Kuchen; und mehr"
    assert event.dtstart == dt.datetime(2026, 11, 25, 14, 30, tzinfo=BERLIN)
    assert event.dtend == dt.datetime(2026, 11, 25, 16, tzinfo=BERLIN)
    assert event.location == "Beispielhalle, Beispielweg 1, 44263 Dortmund"
    assert (event.geo.lat, event.geo.lng) == (51.49, 7.51)
    assert event.categories == ["Essen"]
    assert event.status == "CONFIRMED"
    assert str(event.url) == f"http://testserver{coffee.get_absolute_url()}"
    lines = event.description.split("\n")
    assert lines[0] == "Für alle\\jeden" and "Heute mit Musik" in lines
    assert "Rufen Sie gern an: 02 31 / 1 23 45 (Beispielhalle)" in lines
    assert event.contacts == ["Rufen Sie gern an: 02 31 / 1 23 45 (Beispielhalle)"]
    assert "DTSTART;TZID=Europe/Berlin:20261125T143000" in source


def test_an_unconfirmed_date_is_tentative_and_says_so(client):
    offering = make_offering()
    make_date(offering)
    event, _source = only(client, offering)
    assert event.status == "TENTATIVE"
    assert "Geplant. Bitte rufen Sie vorher an." in event.description


def test_a_date_without_a_start_lasts_all_day_and_asks_to_be_asked(client):
    offering = make_offering()
    make_date(offering, 1, None)
    event, source = only(client, offering)
    assert event.dtstart == dt.date(2026, 11, 24) and event.dtend == dt.date(2026, 11, 25)
    assert event.summary == "Kaffeenachmittag (Zeit bitte erfragen)"
    assert "Zeit bitte erfragen." in event.description
    assert "VTIMEZONE" not in source and "TRANSP:TRANSPARENT" in source


def test_an_unknown_duration_is_not_made_up(client):
    offering = make_offering()
    make_date(offering, 1, dt.time(14))
    event, source = only(client, offering)
    assert "DTEND" not in source and "DURATION:" not in source.replace("VALUE=DURATION:", "")
    assert "Wie lange es dauert, wissen wir nicht." in event.description


@pytest.mark.parametrize(
    "people, words",
    [
        ({"offering": "0231 1-11"}, "Auskunft zu diesem Angebot"),
        ({"venue": "0231 1-11"}, "Haus"),
        ({"carrier": "0231 1-11"}, "Beispielverband"),
        ({"office": "0231 1-11"}, "Seniorenbüro Hörde"),
        ({}, "Servicetelefon der Stadt (Beispielnummer)"),
    ],
)
def test_somebody_to_ring_is_found_along_the_chain(client, people, words):
    hall = make_venue("Haus", phone=people.get("venue", ""))
    hall.carriers.add(make_carrier(phone=people.get("carrier", "")))
    if "office" in people:
        make_office("Hörde", people["office"])
    offering = make_offering(venue=hall, phone=people.get("offering", ""))
    make_date(offering)
    event, _source = only(client, offering)
    assert f"({words})" in event.description
    assert not people or "02 31 / 1 11" in event.description


def test_what_has_no_venue_names_its_meeting_point(client):
    walk = make_offering("Spaziergang", meeting_point="Brunnen am Markt", district=make_district())
    make_date(walk)
    event, _source = only(client, walk)
    assert event.location == "Brunnen am Markt, Hörde, Dortmund" and event.geo is None


# --- changes --------------------------------------------------------------------------------------------------------


def test_a_cancelled_date_stays_with_the_same_uid_and_a_higher_sequence(client):
    offering = make_offering(confirmed_at=MONDAY)
    date = make_date(offering, 1, dt.time(14))
    before, _source = only(client, offering)
    assert before.sequence == 0
    date.status, date.touched = Occurrence.Status.CANCELLED, True
    date.save()
    after, _source = only(client, offering)
    assert (after.uid, after.status, after.summary) == (
        before.uid,
        "CANCELLED",
        "Fällt aus: Kaffeenachmittag",
    )
    assert after.sequence > before.sequence and after.dtstart == before.dtstart
    date.status = Occurrence.Status.PLANNED
    date.save()
    restored, _source = only(client, offering)
    assert (restored.uid, restored.status) == (before.uid, "CONFIRMED")
    assert restored.sequence > after.sequence


def test_a_date_cancelled_without_counting_up_moves_on_as_well(client):
    offering = make_offering()
    make_date(offering, 1, status=Occurrence.Status.CANCELLED)
    assert only(client, offering)[0].sequence == 1


def test_a_moved_date_is_the_same_date_at_another_time(client):
    offering = make_offering(confirmed_at=MONDAY)
    date = make_date(offering, 1, dt.time(14))
    before, _source = only(client, offering)
    date.date, date.start, date.status = dt.date(2026, 11, 26), dt.time(10), Occurrence.Status.MOVED
    date.touched = True
    date.save()
    after, _source = only(client, offering)
    assert after.uid == before.uid and after.sequence > before.sequence
    assert after.dtstart == dt.datetime(2026, 11, 26, 10, tzinfo=BERLIN)
    assert (after.status, after.summary) == ("CONFIRMED", "Verlegt: Kaffeenachmittag")
    assert "Verlegt. Zuerst geplant: Dienstag, 24. November 2026, 14 Uhr." in after.description
    for day in ("2026-11-24", "2026-11-26"):  # found under the old day and the new one
        found, _source = load(client, f"{offering.get_absolute_url()}{day}.ics")
        assert [event.uid for event in found.events] == [before.uid]


def test_uids_survive_a_new_title_a_new_time_and_a_new_host(client, settings):
    settings.ALLOWED_HOSTS = ["testserver", "anderswo.example"]
    offering = make_offering(
        rule="FREQ=WEEKLY;BYDAY=WE", first_date=dt.date(2026, 11, 25), start=dt.time(14), minutes=60
    )
    programme.regenerate([offering], MONDAY)
    before, source = load(client, offering.get_absolute_url() + "termine.ics")
    offering.title, offering.start = "Ganz anders", dt.time(10)
    offering.save()
    programme.regenerate([offering], MONDAY)
    response = client.get(offering.get_absolute_url() + "termine.ics", headers={"host": "anderswo.example"})
    after = IcsCalendarStream.calendar_from_ics(response.content.decode())
    assert len(before.events) > 70
    assert [event.uid for event in after.events] == [event.uid for event in before.events]
    assert all(new.sequence > old.sequence for new, old in zip(after.events, before.events, strict=True))
    assert after.events[0].dtstart.hour == 10 and after.events[0].summary == "Ganz anders"
    assert not any("testserver" in event.uid or "anderswo" in event.uid for event in after.events)


def test_a_second_date_on_the_same_day_has_a_uid_of_its_own(client):
    offering = make_offering()
    make_date(offering, 1, dt.time(10))
    make_date(offering, 1, dt.time(15))
    found, _source = load(client, offering.get_absolute_url() + "2026-11-24.ics")
    assert len({event.uid for event in found.events}) == 2


def test_unchanged_dates_are_the_same_bytes_and_need_not_be_sent_again(client, monkeypatch):
    offering = make_offering()
    make_date(offering, 1)
    path = offering.get_absolute_url() + "termine.ics"
    first = client.get(path)
    later = timezone.make_aware(dt.datetime.combine(MONDAY, dt.time(19, 59)))
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    again = client.get(path, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304 and not again.content
    assert client.get(path).content == first.content
    offering.title = "Neu"
    offering.save()
    assert client.get(offering.get_absolute_url() + "termine.ics")["ETag"] != first["ETag"]


def test_the_last_change_comes_from_history(client):
    offering = make_offering()
    make_date(offering)
    event, _source = only(client, offering)
    kept = offering.events.order_by("-pgh_created_at").first().pgh_created_at
    assert event.last_modified == event.dtstamp and event.dtstamp >= kept.replace(microsecond=0)


# --- the clocks change ----------------------------------------------------------------------------------------------


def zone_in(source: str) -> dt.tzinfo:
    """What dateutil makes of the VTIMEZONE alone."""
    lines = source.replace("\r\n", "\n")
    start, end = lines.index("BEGIN:VTIMEZONE"), lines.index("END:VTIMEZONE") + len("END:VTIMEZONE\n")
    found = tz.tzical(io.StringIO(lines[start:end])).get()
    assert found is not None
    return found


def test_three_o_clock_stays_three_o_clock_when_the_clocks_change(client, monkeypatch):
    offering = make_offering(
        rule="FREQ=WEEKLY;BYDAY=SU", first_date=dt.date(2026, 11, 29), start=dt.time(15), minutes=90
    )
    programme.regenerate([offering], MONDAY)
    found, source = load(client, offering.get_absolute_url() + "termine.ics")
    at = {event.dtstart.date(): event.dtstart for event in found.events}
    for day, hours in (((2027, 3, 21), 1), ((2027, 3, 28), 2), ((2027, 10, 24), 2), ((2027, 10, 31), 1)):
        moment = at[dt.date(*day)]
        assert moment.hour == 15 and moment.utcoffset() == dt.timedelta(hours=hours)
        assert moment.replace(tzinfo=zone_in(source)).utcoffset() == dt.timedelta(hours=hours)


@pytest.mark.parametrize("day", [dt.date(2027, 3, 28), dt.date(2027, 10, 31)])
def test_half_past_two_in_the_night_of_the_change_is_written_as_the_clock_says_it(client, day):
    """In March there is no such time, in October it comes twice: the file says 02:30 and leaves it at that."""
    offering = make_offering()
    Occurrence.objects.create(offering=offering, date=day, start=dt.time(2, 30), end=dt.time(4))
    event, source = only(client, offering)
    assert f"DTSTART;TZID=Europe/Berlin:{day:%Y%m%d}T023000" in source
    assert f"DTEND;TZID=Europe/Berlin:{day:%Y%m%d}T040000" in source
    assert event.dtstart.replace(tzinfo=None) == dt.datetime.combine(day, dt.time(2, 30))
    four = event.dtend.replace(tzinfo=zone_in(source))
    assert four.utcoffset() == dt.timedelta(hours=2 if day.month == 3 else 1)


def test_every_change_of_the_clocks_is_in_the_file_to_the_minute():
    ours = zone_in(ics.timezone_of(2015, 2036).to_ical().decode())
    for year in range(2015, 2037):
        for day in range(1, 366, 3):
            moment = dt.datetime(year, 1, 1, 12) + dt.timedelta(days=day)
            assert moment.replace(tzinfo=ours).utcoffset() == moment.replace(tzinfo=BERLIN).utcoffset()
        for month in (3, 10):
            change = ics._change(year, month, hour=2 if month == 3 else 3)
            for minutes in (-61, -1, 61):
                moment = change + dt.timedelta(minutes=minutes)
                if month == 10 and minutes == -1:
                    continue  # comes twice
                assert moment.replace(tzinfo=ours).utcoffset() == moment.replace(tzinfo=BERLIN).utcoffset()


def test_only_the_years_in_use_are_in_the_file(client):
    offering = make_offering()
    make_date(offering, 1)
    _event, source = only(client, offering)
    assert source.count("BEGIN:VTIMEZONE") == 1
    assert "DTSTART:20260329T020000" in source and "UNTIL=20261231T235959Z" in source
    assert "DTSTART:20251026T030000" in source


# --- what can be taken along ----------------------------------------------------------------------------------------


def test_places_have_their_programme(client):
    hall, house, office = make_venue("Halle"), make_house(), make_office("Hombruch")
    for place in (hall, house, office):
        make_date(make_offering(f"In {place.name}", venue=place))
    make_date(make_offering("Entwurf", venue=hall, published=False))
    for path, place in (
        (f"/begegnung/{hall.slug}/termine.ics", hall),
        ("/eugen-krautscheid-haus/termine.ics", house),
        ("/seniorenbueros/hombruch/termine.ics", office),
    ):
        found, source = load(client, path)
        assert [event.summary for event in found.events] == [f"In {place.name}"]
        assert f"X-WR-CALNAME:{place.name}\r\n" in source and f"NAME:{place.name}\r\n" in source
        assert "REFRESH-INTERVAL;VALUE=DURATION:PT12H" in source
        assert f"{place.get_absolute_url()}termine.ics" in [
            link.removeprefix("webcal://testserver") for link in links(client, place.get_absolute_url())
        ]


def links(client: Client, path: str) -> list[str]:
    from tests.public.html import check_page

    return [a["href"] or "" for a in check_page(client.get(path).content.decode()).all("a")]


def test_what_nobody_may_see_is_not_there(client):
    draft = make_offering("Entwurf", published=False)
    make_date(draft)
    hidden = make_venue("Im Bau", published=False)
    seen = make_offering()
    assert client.get(draft.get_absolute_url() + "termine.ics").status_code == 404
    assert client.get(draft.get_absolute_url() + "2026-11-24.ics").status_code == 404
    assert client.get(f"/begegnung/{hidden.slug}/termine.ics").status_code == 404
    assert client.get("/eugen-krautscheid-haus/termine.ics").status_code == 404
    assert client.get("/seniorenbueros/nirgends/termine.ics").status_code == 404
    for day in ("2026-11-24", "2026-02-31", "9999-12-31", "heute"):
        assert client.get(f"{seen.get_absolute_url()}{day}.ics").status_code == 404
    found, _source = load(client, seen.get_absolute_url() + "termine.ics")
    assert not found.events


def test_an_old_title_leads_to_the_new_address(client):
    offering = make_offering()
    make_date(offering)
    for end in ("termine.ics", "2026-11-24.ics"):
        answer = client.get(f"/angebote/{offering.pk}-frueher/{end}")
        assert answer.status_code == 302 and answer["Location"] == offering.get_absolute_url() + end


def test_the_file_has_a_german_name(client):
    offering = make_offering("Spiel & Spaß: Kegeln für Ältere")
    make_date(offering)
    name = client.get(offering.get_absolute_url() + "termine.ics")["Content-Disposition"]
    assert name == "inline; filename*=utf-8''Spiel%20%26%20Spa%C3%9F%20%20Kegeln%20f%C3%BCr%20%C3%84ltere.ics"


@pytest.mark.parametrize(
    "query, titles",
    [
        ("", ["Kegeln", "Abgesagt", "Singen"]),
        ("bezirk=hombruch", ["Kegeln", "Abgesagt"]),
        ("tageszeit=abend", ["Singen"]),
        ("q=kegeln", ["Kegeln"]),
        ("von=2026-11-26", ["Singen", "Weit weg"]),
        ("bis=2026-11-24", ["Kegeln", "Abgesagt"]),
        ("wochentag=di&tageszeit=vormittag", ["Kegeln", "Abgesagt"]),
        ("bezirk=hoerde&thema=nichts", ["Singen"]),
        ("bezirk=aplerbeck", []),
    ],
)
def test_any_selection_can_be_subscribed_to(client, query, titles):
    make_district("Aplerbeck")
    here = make_venue("Haus A", district=make_district("Hombruch"))
    make_date(make_offering("Kegeln", venue=here), 1, dt.time(9))
    make_date(make_offering("Abgesagt", venue=here), 1, dt.time(10), status=Occurrence.Status.CANCELLED)
    make_date(make_offering("Singen"), 3, dt.time(18))
    make_date(make_offering("Gestern"), -1, dt.time(9))
    make_date(make_offering("Weit weg"), 93, dt.time(9))
    found, _source = load(client, f"/angebote.ics?{query}")
    assert [event.summary.removeprefix("Fällt aus: ") for event in found.events] == titles


def test_a_selection_says_what_it_is_and_how_far_it_reaches(client, monkeypatch):
    monkeypatch.setattr(calendar_files, "MOST", 3)
    hall = make_venue()
    for number in range(6):
        make_date(make_offering(f"Runde {number}", venue=hall), 1 + number // 2)
    found, source = load(client, "/angebote.ics?bezirk=hoerde&farbe=rot")
    assert len(found.events) == 2  # whole days
    said = source.replace("\r\n ", "")
    assert "X-WR-CALNAME:Seniorenportal: Hörde\r\n" in said
    about = said.split("X-WR-CALDESC:")[1].split("\r\n")[0].replace("\\,", ",")
    assert "Eine Auswahl reicht drei Monate weit und hat höchstens 3 Termine." in about
    assert "Es sind die nächsten 2 Termine, bis zum 24. November 2026." in about
    assert "Die Angabe „farbe“ in der Adresse kennen wir nicht." in about


@pytest.mark.parametrize(
    "query",
    [
        *("bezirk=%00", "von=31.12.2026", "von=9999-12-31", "bis=0001-01-01", "wochentag=xx", "seite=abc"),
        *("q=" + "x" * 500, "sortierung=entfernung", "<script>=1", "von=2026-12-31&bis=2026-01-01"),
    ],
)
def test_broken_values_break_no_calendar(client, query):
    make_date(make_offering())
    load(client, f"/angebote.ics?{query}")


@pytest.mark.parametrize("rows", [2, 20])
def test_calendar_files_cost_two_statements_at_most(client, django_assert_max_num_queries, rows):
    hall, house = make_venue("Halle"), make_house()
    for number in range(rows):
        offering = make_offering(f"Runde {number}", venue=hall)
        make_date(offering)
        make_date(offering, 8)
        make_date(make_offering(f"Kreis {number}", venue=house))
    page = offering.get_absolute_url()
    for path in (
        page + "termine.ics",
        page + "2026-11-24.ics",
        f"/begegnung/{hall.slug}/termine.ics",
        "/eugen-krautscheid-haus/termine.ics",
        "/angebote.ics",
        "/angebote.ics?bezirk=hoerde&q=runde&wochentag=di",
    ):
        client.get(path)  # the vocabularies live in the process
        with django_assert_max_num_queries(2):
            assert client.get(path).status_code == 200


text = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=200)


@given(title=text, note=st.text(st.sampled_from("aäöüß€😀,;:\\\"' \n"), max_size=200))
def test_every_text_comes_back_as_it_was(title, note):
    entry = ics.Entry(
        *("1-20261124@x", 0, ics.UNKNOWN, dt.date(2026, 11, 24), dt.time(9), dt.time(10), "on"),
        *(title, f"x{note}x", title, None, "https://portal.example/", (title,), title),
    )
    source = ics.write(title, note or "x", [entry], "https://portal.example/a.ics?x=1&y=2")
    assert all(len(line) <= 75 for line in source.split(b"\r\n"))
    event = IcsCalendarStream.calendar_from_ics(source.decode()).events[0]
    assert (event.summary, event.description, event.location) == (title, f"x{note}x", title)
