"""The calendar: month, week and day, seen as a visitor without cookies sees it."""

import datetime as dt
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seniorportal import agenda
from seniorportal.models import CalendarDay, Category, Occurrence
from tests.public.html import Page, check_page
from tests.public.town import make_date, make_district, make_offering, make_venue

pytestmark = pytest.mark.django_db

MONDAY = dt.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    """Monday, 23 November 2026, twelve o'clock."""
    moment = timezone.make_aware(dt.datetime.combine(MONDAY, dt.time(12)))
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


def read(client: Client, path: str, data: dict | None = None) -> Page:
    response = client.get(path, data)
    assert response.status_code == 200, path
    assert not response.cookies and "Cookie" not in response.get("Vary", ""), path
    return check_page(response.content.decode())


def test_today_shows_what_is_still_to_come(client):
    hall = make_venue()
    make_date(make_offering("Frühstück", venue=hall), 0, dt.time(8), end=dt.time(10))
    make_date(make_offering("Singkreis", venue=hall), 0, dt.time(15))
    make_date(make_offering("Spaziergang", venue=hall), 1)
    page = read(client, "/kalender/")
    assert "Heute, Montag, 23. November 2026" in page.text
    assert "Singkreis" in page.text and "Frühstück" not in page.text and "Spaziergang" not in page.text
    assert page.with_attribute("data-anzahl") == [None] and " 1 Termin " in page.text
    assert len(page.with_attribute("data-angebot")) == 1


def test_after_the_last_date_of_today_comes_tomorrow(client):
    hall = make_venue()
    make_date(make_offering("Frühstück", venue=hall), 0, dt.time(8), end=dt.time(10))
    make_date(make_offering("Spaziergang", venue=hall), 1)
    page = read(client, "/kalender/")
    assert "Heute ist nichts mehr. Morgen:" in page.text
    assert "Spaziergang" in page.text and " 1 Termin " in page.text


def test_each_date_with_its_state_and_cancelled_ones_stay_visible(client):
    hall, sure = make_venue(), timezone.localdate()
    make_date(make_offering("Sicher", venue=hall, confirmed_at=sure), 1)
    make_date(make_offering("Alt", venue=hall), 1)
    make_date(make_offering("Aus", venue=hall), 1, status=Occurrence.Status.CANCELLED)
    make_date(
        make_offering("Um", venue=hall), 1, status=Occurrence.Status.MOVED, note="Jetzt im Gemeindehaus"
    )
    text = read(client, "/kalender/2026-11-24/").text
    for words in ("Findet statt", "Geplant. Bitte rufen Sie vorher an.", "Fällt aus", "Verlegt"):
        assert words in text
    assert "4 Termine, einer davon fällt aus" in text and "Jetzt im Gemeindehaus" in text


def test_nothing_is_promised_about_what_has_been(client):
    make_date(make_offering("Gestern", confirmed_at=MONDAY), -1, status=Occurrence.Status.HELD)
    text = read(client, "/kalender/2026-11-22/").text
    assert "Gestern, Sonntag, 22. November 2026" in text and "1 Termin" in text
    assert "Findet statt" not in text and "Geplant." not in text


def test_a_day_is_grouped_by_its_parts(client):
    hall = make_venue()
    for title, start in (("Früh", 9), ("Mittag", 12), ("Abends", 17)):
        make_date(make_offering(title, venue=hall), 1, dt.time(start))
    make_date(make_offering("Irgendwann", venue=hall), 1, None)
    text = read(client, "/kalender/2026-11-24/").text
    parts = (
        "Vormittag",
        "Früh",
        "Nachmittag",
        "Mittag",
        "Abend ",
        "Abends",
        "Zeit bitte erfragen",
        "Irgendwann",
    )
    places = [text.rindex(words) if words.startswith("Zeit") else text.index(words) for words in parts]
    assert places[:6] == sorted(places[:6]) and text.index("Zeit bitte erfragen") > places[5]


def test_a_busy_day_is_paged_and_offers_its_parts(client):
    hall = make_venue()
    for number in range(45):
        make_date(make_offering(f"Runde {number:02}", venue=hall), 1, dt.time(9 + number % 10))
    first = read(client, "/kalender/2026-11-24/")
    assert len(first.with_attribute("data-angebot")) == 40 and "45 Termine" in first.text
    assert "nur vormittags (15)" in first.text and "nur abends (8)" in first.text
    second = read(client, "/kalender/2026-11-24/?seite=2")
    assert len(second.with_attribute("data-angebot")) == 5 and "Seite 2 von 2" in second.text
    some = read(client, "/kalender/2026-11-24/?tageszeit=abend")
    assert len(some.with_attribute("data-angebot")) == 8 and "nur vormittags" not in some.text
    assert "Eine Seite 9 gibt es nicht." in read(client, "/kalender/2026-11-24/?seite=9").text


def test_a_week_shows_the_beginning_of_each_day(client):
    hall = make_venue()
    for number in range(8):
        make_date(make_offering(f"Runde {number}", venue=hall), 1)
    make_date(make_offering("Sonntagscafé", venue=hall), 6)
    make_date(make_offering("Nächste Woche", venue=hall), 7)
    page = read(client, "/kalender/?ansicht=woche")
    assert "Woche vom 23. November bis 29. November 2026" in page.text
    assert len(page.with_attribute("data-angebot")) == 7 and "9 Termine" in page.text
    assert "Alle 8 Termine am Dienstag, 24. November" in page.text
    assert "Sonntagscafé" in page.text and "Nächste Woche" not in page.text
    assert "Heute ist nichts mehr." in page.text
    assert "Nächste Woche" in read(client, "/kalender/2026-12-02/?ansicht=woche").text


def test_the_month_is_a_table_of_links_that_says_how_many(client):
    hall = make_venue()
    make_date(make_offering(venue=hall), 2)
    make_date(make_offering("Zweites", venue=hall), 2)
    CalendarDay.objects.create(date=dt.date(2026, 11, 1), public_holiday="Allerheiligen")
    response = client.get("/kalender/")
    page = check_page(response.content.decode())
    assert len(page.all("table")) == len(page.all("caption")) == 1
    assert [head["scope"] for head in page.all("th")] == ["col"] * 7
    days = [a for a in page.all("a") if (a["href"] or "").startswith("/kalender/2026-11-")]
    assert len({a["href"] for a in days}) >= 30
    assert [a["href"] for a in page.all("a") if a.get("aria-current") == "date"] == [
        "/kalender/2026-11-23/#tag"
    ]
    assert "Mittwoch, 25. November: 2 Termine" in page.text
    assert "Donnerstag, 26. November: keine Termine" in page.text
    assert "Montag, 23. November, heute, wird gezeigt:" in page.text
    assert "Sonntag, 1. November, Allerheiligen: keine Termine" in page.text
    assert "Feiertage und Schulferien: 1. November: Allerheiligen." in page.text


def test_holidays_are_named_on_their_day(client):
    CalendarDay.objects.create(
        date=dt.date(2026, 12, 25), public_holiday="Erster Weihnachtstag", school_holiday="Weihnachtsferien"
    )
    text = read(client, "/kalender/2026-12-25/").text
    assert "Feiertag: Erster Weihnachtstag" in text and "Schulferien: Weihnachtsferien" in text


def test_the_ways_to_other_days_keep_the_filters_and_end_with_the_calendar(client):
    make_district()
    links = [a["href"] for a in read(client, "/kalender/2026-11-24/?bezirk=hoerde").all("a")]
    for day in ("2026-11-23", "2026-11-25", "2026-12-01", "2026-10-01"):
        assert [link for link in links if (link or "").startswith(f"/kalender/{day}/?bezirk=hoerde#")], day
    assert "/kalender/2026-11-24/?bezirk=hoerde&ansicht=woche#tag" in links
    for end, beyond in (("2025-11-01", "2025-10-31"), ("2028-04-30", "2028-05-01")):
        page = read(client, f"/kalender/{end}/")
        assert not page.with_attribute("data-ignoriert")
        assert not [a for a in page.all("a") if beyond in (a["href"] or "")]
        assert read(client, f"/kalender/{beyond}/").with_attribute("data-ignoriert") == [None]


@pytest.mark.parametrize(
    "day",
    ["2026-02-31", "9999-12-31", "0001-01-01", "10000-01-01", "heute", "2026-1-1", "٢٠٢٦-١١-٢٣", "\x00", "%"],
)
def test_a_day_that_is_none_is_said_in_german(client, day):
    make_date(make_offering(), 0, dt.time(15))
    response = client.get(f"/kalender/{quote(day)}/")
    assert response.status_code == 200
    page = check_page(response.content.decode())
    assert page.with_attribute("data-ignoriert") == [None]
    assert "Heute, Montag, 23. November 2026" in page.text and "Kaffeenachmittag" in page.text


def test_a_day_can_be_entered(client):
    answer = client.get("/kalender/2026-11-24/", {"tag": "2026-12-24", "bezirk": "", "ansicht": "woche"})
    assert answer.status_code == 302 and answer["Location"] == "/kalender/2026-12-24/?ansicht=woche#tag"
    assert client.get("/kalender/?tag=9999-12-31")["Location"] == "/kalender/2028-04-30/#tag"
    assert "„tag“ war kein Datum" in read(client, "/kalender/?tag=morgen").text


def test_the_filters_of_the_list_hold_here_too(client):
    district = make_district("Hombruch")
    here = make_offering("Hier", venue=make_venue("Haus A", district=district), is_free=True)
    here.categories.add(Category.objects.create(name="Bewegung", slug="bewegung"))
    there = make_offering("Dort", venue=make_venue("Haus B"))
    make_date(here, 1, dt.time(9))
    make_date(there, 1, dt.time(18))
    for query, title in (
        ("bezirk=hombruch", "Hier"),
        ("bezirk=hoerde", "Dort"),
        ("thema=bewegung", "Hier"),
        ("kostenlos=1", "Hier"),
        ("tageszeit=abend", "Dort"),
        ("q=Dort", "Dort"),
        ("bezirk=hombruch&bezirk=hoerde&tageszeit=vormittag", "Hier"),
    ):
        page = read(client, f"/kalender/2026-11-24/?{query}")
        assert [a["data-angebot"] for a in page.all("li") if "data-angebot" in a] == [
            str((here if title == "Hier" else there).pk)
        ], query
        assert not page.with_attribute("data-ignoriert"), query
    both = read(client, "/kalender/2026-11-24/?wochentag=di&von=2026-11-24&bis=2026-11-24")
    assert "2 Termine" in both.text
    assert " 0 Termine" in read(client, "/kalender/2026-11-24/?wochentag=mi").text
    assert "Dienstag, 24. November 2026" in read(client, "/kalender/?von=2026-11-24").text


@pytest.mark.parametrize(
    "query",
    [
        *("bezirk=atlantis", "von=31.12.2026", "von=2026-12-31&bis=2026-01-01", "wochentag=xx", "farbe=rot"),
        *("seite=abc", "ansicht=jahr", "sortierung=entfernung", "thema=%00", "bis=0000-00-00", "kostenlos=2"),
    ],
)
def test_broken_values_are_said_in_german(client, query):
    make_date(make_offering(), 0, dt.time(15))
    page = read(client, f"/kalender/?{query}")
    assert page.with_attribute("data-ignoriert") == [None]
    assert "Kaffeenachmittag" in page.text


def test_cancelled_dates_are_visible_whatever_is_filtered(client):
    make_date(make_offering("Abgesagt"), 1, dt.time(9), status=Occurrence.Status.CANCELLED)
    text = read(client, "/kalender/2026-11-24/?tageszeit=vormittag&wochentag=di").text
    assert "Abgesagt" in text and "1 Termin, fällt aus" in text


def test_an_empty_day_says_what_to_try_and_whom_to_ring(client):
    make_date(make_offering(venue=make_venue(district=make_district("Hombruch"))), 9, dt.time(15))
    page = read(client, "/kalender/2026-11-25/?bezirk=hombruch&q=kaffee")
    assert "Der nächste Tag mit Terminen: Mittwoch, 2. Dezember 2026" in page.text
    assert "Dazu haben wir nichts gefunden." in page.text and "Rufen Sie gern an:" in page.text
    assert "/kalender/2026-12-02/?q=kaffee&bezirk=hombruch#tag" in [a["href"] for a in page.all("a")]
    assert "Zurzeit ist hier nichts eingetragen." in read(client, "/kalender/2027-01-01/").text


def test_what_is_not_public_is_not_in_the_calendar(client):
    make_date(make_offering("Entwurf", published=False), 1)
    make_date(make_offering("Im Bau", venue=make_venue(published=False)), 1)
    text = read(client, "/kalender/2026-11-24/").text
    assert "Entwurf" not in text and "Im Bau" not in text and " 0 Termine" in text
    assert (
        "24. November, morgen" not in text and "Dienstag, 24. November, wird gezeigt: keine Termine" in text
    )


@pytest.mark.parametrize("rows", [2, 20])
@pytest.mark.parametrize(
    "query", ["", "?ansicht=woche", "?bezirk=hoerde&tageszeit=nachmittag", "?q=runde", "?bezirk=hombruch"]
)
def test_the_calendar_costs_two_statements(client, django_assert_num_queries, rows, query):
    hall = make_venue()
    make_district("Hombruch")
    for number in range(rows):
        make_date(make_offering(f"Runde {number}", venue=hall), 1)
    client.get("/kalender/" + query)  # the vocabularies live in the process
    with django_assert_num_queries(2):
        client.get("/kalender/2026-11-24/" + query)


@pytest.mark.parametrize(
    "query", ["", "?q=runde", "?q=kreis&tageszeit=nachmittag", "?bezirk=hoerde&ansicht=woche"]
)
def test_a_very_large_city_sees_the_same_calendar(client, monkeypatch, query):
    hall = make_venue()
    for number in range(5):
        make_date(make_offering(f"Runde {number}", venue=hall), 1, dt.time(9 + number))
        make_date(make_offering(f"Kreis {number}", venue=hall), number % 2 + 1, dt.time(14))
    exact = read(client, "/kalender/2026-11-24/" + query)
    monkeypatch.setattr(agenda, "MOST", 2)
    same = read(client, "/kalender/2026-11-24/" + query)
    assert same.with_attribute("data-angebot") == exact.with_attribute("data-angebot") != []
    assert same.text == exact.text


def test_a_very_large_city_is_counted_only_as_far_as_the_page_needs(client, monkeypatch):
    hall = make_venue()
    for number in range(5):
        make_date(make_offering(f"Runde {number}", venue=hall), 1, dt.time(9 + number))
        make_date(make_offering(f"Kreis {number}", venue=hall), 2)
    monkeypatch.setattr(agenda, "MOST", 2)
    monkeypatch.setattr(agenda, "COUNTED_OF_DAY", 3)
    monkeypatch.setattr(agenda, "SHOWN_OF_DAY", 4)
    page = read(client, "/kalender/2026-11-24/")
    assert "mehr als 4 Termine" in page.text
    assert "Mittwoch, 25. November: mehr als 3 Termine" in page.text
    assert len(page.with_attribute("data-angebot")) == 5


@given(
    path=st.sampled_from(["", "2026-11-24/", "2026-02-30/", "x/"]),
    query=st.dictionaries(
        st.sampled_from(
            [
                *("q", "bezirk", "wochentag", "tageszeit", "von", "bis", "seite", "sortierung"),
                *("ansicht", "tag", "x"),
            ]
        ),
        st.one_of(
            st.text(max_size=12),
            st.dates().map(str),
            st.sampled_from(["mo", "abend", "woche", "hoerde", "2", "entfernung"]),
        ),
        max_size=4,
    ),
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_address_breaks_the_calendar(client, path, query):
    for address in (f"/kalender/{path}", "/angebote.ics"):
        assert client.get(address, query).status_code in ((200, 302) if query.get("tag") else (200,))


def test_home_list_and_offering_lead_to_the_calendar(client):
    offering = make_offering()
    make_date(offering, 1)
    assert "/kalender/" in [a["href"] for a in read(client, "/angebote/").all("a")]
    page = read(client, offering.get_absolute_url())
    assert f"{offering.get_absolute_url()}2026-11-24.ics" in [a["href"] for a in page.all("a")]
