"""A house as tasks outside the admin: facts, contact, hours, access; two editors; special days in the figure."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from seniorportal import hours, timetable
from seniorportal.models import (
    AccessibilityFact,
    Address,
    Closure,
    ContactHours,
    ContactPoint,
    Feedback,
    OpeningHours,
    Street,
    Venue,
)
from seniorportal.text import fold_street
from seniorportal.timetable import Span
from tests.cast import City
from tests.figures.rows import make_venue, read

pytestmark = pytest.mark.django_db
ROOT = "/begegnung/verwalten/"


@pytest.fixture
def today() -> dt.date:
    return timezone.localdate()


@pytest.fixture
def awo(client: Client, city: City) -> Client:
    client.force_login(city.people["koordination-awo"])
    return client


def fields(page: str) -> dict[str, str]:
    """What the form of a page holds: text fields, hidden ones, chosen options and ticked boxes."""
    found = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        kind = re.search(r'type="([^"]+)"', tag)
        if name and (not kind or kind[1] not in ("checkbox", "radio") or " checked" in tag):
            found[name[1]] = value[1] if value else ""
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\s*(.*?)</textarea>', page, re.S):
        found[name] = text
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    found.pop("csrfmiddlewaretoken", None)
    return found


def opened(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


TASKS = (
    "",
    "stammdaten/",
    "kontakt/",
    "kontakt/neu/",
    "zeiten/",
    "zeiten/woche/",
    "zeiten/besonderer-tag/",
    "barrierefreiheit/",
    "barrierefreiheit/wc/",
    "vorschlag/",
)


@pytest.mark.parametrize("task", TASKS)
def test_each_task_is_there_for_those_who_see_the_house_and_for_nobody_else(client, city, task):
    hall = city.hoerde.hall
    for who, status in (
        ("koordination-awo", 200),
        ("vorort-hoerde", 200),
        ("halle-hoerde", 200),
        ("koordination-caritas", 404),
        ("hausleitung-ekh", 404),
        ("niemand", 404),
    ):
        client.force_login(city.people[who])
        answer = client.get(f"{ROOT}{hall.slug}/{task}")
        assert answer.status_code == status, (who, task)
        assert city.hombruch.carrier.name not in answer.content.decode()


@pytest.mark.parametrize(
    "task",
    [
        "stammdaten/",
        "kontakt/neu/",
        "zeiten/",
        "zeiten/woche/",
        "zeiten/besonderer-tag/",
        "barrierefreiheit/wc/",
    ],
)
@pytest.mark.parametrize("who", ["halle-hoerde", "vorort-hoerde", "tandem-hoerde"])
def test_whoever_only_sees_it_changes_nothing(client, city, task, who):
    client.force_login(city.people[who])
    assert client.post(f"{ROOT}{city.hoerde.hall.slug}/{task}", {"antwort": "ja"}).status_code == 403


def test_the_start_page_says_what_is_not_known_and_when_it_was_checked(awo, city, today):
    hall = city.hoerde.hall
    page = opened(awo, f"{ROOT}{hall.slug}/")
    assert "Dieses Haus hat noch niemand geprüft." in page
    assert "<strong>Nicht bekannt:</strong> Adresse, Beschreibung, Haltestelle" in page
    assert "1 von 10 Merkmalen bekannt" in page
    assert f"Zuletzt geändert am {today.day}. " in page
    Venue.objects.filter(pk=hall.pk).update(confirmed_at=today)
    assert "Zuletzt geprüft am" in opened(awo, f"{ROOT}{hall.slug}/")


# Name, address, texts


def test_the_address_finds_district_and_quarter(awo, city):
    hall, other = city.hoerde.hall, city.hombruch
    street = Street.objects.create(key="12345678", name="Beispielgasse", folded=fold_street("Beispielgasse"))
    Address.objects.create(
        street=street,
        number=4,
        latitude=51.4,
        longitude=7.4,
        subdistrict="611",
        quarter=other.objects[type(hall.quarter)][0],
    )
    here = f"{ROOT}{hall.slug}/stammdaten/"
    sent = fields(opened(awo, here)) | {"street": "Beispielgasse 4", "stop": "Markt"}
    page = awo.post(here, sent, follow=True).content.decode()
    assert f"Die Adresse liegt im Stadtbezirk {other.district}" in page
    hall.refresh_from_db()
    assert (hall.district, hall.latitude, hall.stop) == (other.district, 51.4, "Markt")
    sent = fields(opened(awo, here)) | {
        "street": "Unbekannter Weg 1",
        "district": str(city.hoerde.district.pk),
    }
    page = awo.post(here, sent, follow=True).content.decode()
    assert "steht nicht im Verzeichnis" in page
    hall.refresh_from_db()
    assert (hall.district, hall.quarter) == (city.hoerde.district, None)


def test_two_editors_of_one_house_lose_nothing(awo, city):
    hall = city.hoerde.hall
    here = f"{ROOT}{hall.slug}/stammdaten/"
    sent = fields(opened(awo, here)) | {"stop": "Hörde Bahnhof", "way": "Über den Markt."}
    other = Venue.objects.get(pk=hall.pk)
    other.stop = "Alter Markt"
    other.save()
    page = awo.post(here, sent).content.decode()
    assert "Inzwischen gespeichert: «Alter Markt»" in page
    assert 'value="Hörde Bahnhof"' in page
    assert "Über den Markt." in page
    hall.refresh_from_db()
    assert hall.stop == "Alter Markt"
    awo.post(here, fields(page))
    hall.refresh_from_db()
    assert (hall.stop, hall.way) == ("Hörde Bahnhof", "Über den Markt.")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("postal_code", "4426", "Eine Postleitzahl hat fünf Ziffern."),
        ("name", "", "Bitte geben Sie dem Haus einen Namen."),
        ("website", "gibt es nicht", "Das ist keine Internetadresse."),
    ],
)
def test_wrong_facts_are_told_and_kept(awo, city, name, value, sentence):
    here = f"{ROOT}{city.hoerde.hall.slug}/stammdaten/"
    page = awo.post(here, fields(opened(awo, here)) | {name: value, "stop": "Markt"}).content.decode()
    assert sentence in page
    assert 'value="Markt"' in page


def test_the_head_of_a_house_never_moves_it(client, city):
    client.force_login(city.people["hausleitung-ekh"])
    house = city.hoerde.centre
    here = f"{ROOT}{house.slug}/stammdaten/"
    sent = fields(opened(client, here)) | {"district": str(city.hombruch.district.pk), "stop": "Kampstraße"}
    assert client.post(here, sent).status_code == 303
    house.refresh_from_db()
    assert (house.district, house.stop) == (city.hoerde.district, "Kampstraße")


def test_a_hall_proposes_and_the_coordinator_has_a_task(client, city):
    client.force_login(city.people["halle-hoerde"])
    hall = city.hoerde.hall
    here = f"{ROOT}{hall.slug}/vorschlag/"
    sent = fields(opened(client, here)) | {"thema": "telefon", "text": "Die Nummer endet auf 12."}
    for _ in range(2):  # a double click
        answer = client.post(here, sent, follow=True)
    assert "Darum kümmert sich die Koordination" in answer.content.decode()
    made = Feedback.objects.get(text="Die Nummer endet auf 12.")
    assert (made.venue, made.owner_role, made.carrier) == (hall, "koordination", city.hoerde.branch)
    assert (
        "Bitte schreiben Sie, wie es richtig ist." in client.post(here, sent | {"text": " "}).content.decode()
    )


# Contact


def test_a_number_with_its_hours(awo, city):
    hall = city.hoerde.hall
    here = f"{ROOT}{hall.slug}/kontakt/neu/"
    sent = fields(opened(awo, here)) | {
        "value": "0231 5550123",
        "label": "Büro im ersten Stock",
        "zeit-0-weekday": "1",
        "zeit-0-opens": "9",
        "zeit-0-closes": "12.30",
    }
    assert awo.post(here, sent).status_code == 303
    point = ContactPoint.objects.get(value="0231 5550123")
    assert (point.venue, point.position) == (hall, 1)
    assert point.hours.values_list("weekday", "opens", "closes").get() == (1, dt.time(9), dt.time(12, 30))
    public = Client().get(f"/begegnung/{hall.slug}/").content.decode()
    assert "Büro im ersten Stock" in public


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"kind": "telefon", "value": "12"}, "Das ist keine vollständige Telefonnummer."),
        ({"kind": "email", "value": "kein-at"}, "Das ist keine E-Mail-Adresse."),
        (
            {"value": "0231 5550123", "zeit-0-weekday": "1", "zeit-0-opens": "25", "zeit-0-closes": "9"},
            "Diese Uhrzeit gibt es nicht.",
        ),
        (
            {"value": "0231 5550123", "zeit-0-weekday": "1", "zeit-0-opens": "9", "zeit-0-closes": "8"},
            "Das Ende liegt nicht nach dem Anfang.",
        ),
    ],
)
def test_a_wrong_number_or_hour_is_told(awo, city, sent, sentence):
    here = f"{ROOT}{city.hoerde.hall.slug}/kontakt/neu/"
    page = awo.post(here, fields(opened(awo, here)) | {"label": "Büro"} | sent).content.decode()
    assert sentence in page
    assert 'value="Büro"' in page


def test_two_editors_of_one_number(awo, city):
    hall = city.hoerde.hall
    point = hall.contact_points.get()
    here = f"{ROOT}{hall.slug}/kontakt/{point.pk}/"
    sent = fields(opened(awo, here)) | {"value": "0231 5550124", "zeit-0-closes": "13"}
    row = ContactHours.objects.get(contact_point=point)
    row.closes = dt.time(11)
    row.save()
    page = awo.post(here, sent).content.decode()
    assert "Inzwischen gespeichert: «11:00" in page
    assert 'value="13"' in page
    assert 'value="0231 5550124"' in page
    foreign = city.hombruch.hall.contact_points.get()
    assert awo.get(f"{ROOT}{hall.slug}/kontakt/{foreign.pk}/").status_code == 404
    assert awo.post(here, {"schritt": "entfernen"}).status_code == 303
    assert not hall.contact_points.exists()


# Hours


def test_the_week_changes_from_a_day_on_and_the_past_stays(awo, city, today):
    hall = city.hoerde.hall  # Tuesday 10 to 12
    here = f"{ROOT}{hall.slug}/zeiten/woche/"
    start = today + dt.timedelta(days=10)
    sent = fields(opened(awo, here))
    assert (sent["von_1_0"], sent["bis_1_0"]) == ("10:00", "12:00")
    sent |= {"bis_1_0": "13", "von_4_0": "14.30", "bis_4_0": "17 Uhr", "gilt": "ab", "ab": start.isoformat()}
    assert awo.post(here, sent).status_code == 303
    rows = hall.opening_hours.order_by("weekday", "valid_from").values_list(
        "weekday", "opens", "closes", "valid_from", "valid_until"
    )
    assert set(rows) == {
        (1, dt.time(10), dt.time(12), None, start - dt.timedelta(days=1)),
        (1, dt.time(10), dt.time(13), start, None),
        (4, dt.time(14, 30), dt.time(17), start, None),
    }
    page = opened(awo, f"{ROOT}{hall.slug}/zeiten/")
    assert f"Ab {start.day}. " in page


def test_a_correction_holds_as_if_it_always_had(awo, city):
    hall = city.hoerde.hall
    row = hall.opening_hours.get()
    here = f"{ROOT}{hall.slug}/zeiten/woche/"
    awo.post(here, fields(opened(awo, here)) | {"bis_1_0": "11", "gilt": "immer"})
    changed = hall.opening_hours.get()
    assert (changed.pk, changed.closes, changed.valid_from, changed.valid_until) == (
        row.pk,
        dt.time(11),
        None,
        None,
    )
    page = awo.post(here, fields(opened(awo, here)) | {"gilt": "immer"}, follow=True).content.decode()
    assert "Es war nichts zu ändern." in page


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"bis_1_0": ""}, "Hier fehlt die zweite Uhrzeit."),
        ({"bis_1_0": "9"}, "Das Ende liegt nicht nach dem Anfang."),
        ({"von_1_1": "11", "bis_1_1": "14"}, "Diese Zeiten überschneiden sich."),
        ({"von_1_0": "morgens"}, "Diese Uhrzeit gibt es nicht."),
        ({"ab": ""}, "Bitte geben Sie den Tag an."),
        ({"ab": "2099-01-01"}, "nicht mehr als ein Jahr entfernt"),
    ],
)
def test_a_week_that_cannot_be_is_told_and_kept(awo, city, sent, sentence):
    here = f"{ROOT}{city.hoerde.hall.slug}/zeiten/woche/"
    page = awo.post(
        here, fields(opened(awo, here)) | {"gilt": "ab", "hinweis_1_0": "Kaffee"} | sent
    ).content.decode()
    assert sentence in page
    assert 'value="Kaffee"' in page
    assert OpeningHours.objects.filter(venue=city.hoerde.hall).count() == 1


def test_two_editors_of_one_week(awo, city):
    hall = city.hoerde.hall
    here = f"{ROOT}{hall.slug}/zeiten/woche/"
    sent = fields(opened(awo, here)) | {"bis_1_0": "13", "gilt": "immer"}
    row = hall.opening_hours.get()
    row.closes = dt.time(16)
    row.save()
    page = awo.post(here, sent).content.decode()
    assert "Inzwischen gespeichert: «10 bis 16 Uhr». Ihre Eingabe steht im Feld." in page
    assert 'value="13"' in page
    assert hall.opening_hours.get().closes == dt.time(16)
    awo.post(here, fields(page) | {"gilt": "immer"})
    assert hall.opening_hours.get().closes == dt.time(13)


def test_a_special_day_on_the_pages(awo, city, today):
    hall = city.hoerde.hall
    day = today + dt.timedelta(days=(1 - today.weekday()) % 7 or 7)  # the next Tuesday
    here = f"{ROOT}{hall.slug}/zeiten/besonderer-tag/"
    sent = {"tag": day.isoformat(), "von": "15", "bis": "20", "anlass": "Sommerfest"}
    assert awo.post(here, sent).status_code == 303
    found = Venue.objects.get(pk=hall.pk)
    open_then = hours.open_on(found, day, public_holiday=True)
    assert [(row.opens, row.closes) for row in open_then] == [(dt.time(15), dt.time(20))]
    assert [row.opens for row in hours.open_on(found, day + dt.timedelta(days=7), public_holiday=False)] == [
        dt.time(10)
    ]
    page = Client().get(f"/begegnung/{hall.slug}/").content.decode()
    assert "anders geöffnet: 15 bis 20 Uhr (Sommerfest)" in page.replace("\xa0", " ")
    assert page.count("<li>Dienstag:") == 1
    assert fields(opened(awo, f"{here}?tag={day.isoformat()}"))["von"] == "15:00"
    printed = opened(Client(), f"/begegnung/{hall.slug}/programm/{day:%Y-%m}/").replace("\xa0", " ")
    assert f"Dienstag, {day.day}. " in printed
    assert "15 bis 20 Uhr (Sommerfest)" in printed
    awo.post(here, sent | {"bis": "21", "von2": "10", "bis2": "12"})  # a second time: that is how it is then
    assert len(timetable.of_day(hall.opening_hours.all(), day)) == 2
    awo.post(f"{ROOT}{hall.slug}/zeiten/", {"tag": day.isoformat()})
    assert [row.opens for row in hours.open_on(Venue.objects.get(pk=hall.pk), day, public_holiday=False)] == [
        dt.time(10)
    ]


def test_a_special_day_and_a_closure_do_not_meet(awo, city):
    here = f"{ROOT}{city.hoerde.hall.slug}/zeiten/besonderer-tag/"
    day = timezone.localdate() + dt.timedelta(days=5)
    Closure.objects.create(venue=city.hoerde.hall, first_day=day, last_day=day)
    page = awo.post(here, {"tag": day.isoformat(), "von": "15", "bis": "20"}).content.decode()
    assert "An diesem Tag ist das Haus als geschlossen eingetragen." in page


def test_an_old_closure_ends_today(awo, city, today):
    hall = city.hoerde.hall
    begun = Closure.objects.create(
        venue=hall, first_day=today - dt.timedelta(days=3), last_day=today + dt.timedelta(days=3)
    )
    here = f"{ROOT}{hall.slug}/zeiten/"
    assert "Doch offen" in opened(awo, here)
    awo.post(here, {"schliesszeit": begun.pk})
    begun.refresh_from_db()
    assert begun.last_day == today - dt.timedelta(days=1)
    awo.post(here, {"schliesszeit": begun.pk})  # over: nothing is lengthened
    begun.refresh_from_db()
    assert begun.last_day == today - dt.timedelta(days=1)
    foreign = Closure.objects.filter(venue=city.hombruch.hall).first()
    awo.post(here, {"schliesszeit": foreign.pk})
    assert Closure.objects.filter(pk=foreign.pk).exists()


def test_a_week_that_changes_in_mid_year_counts_both_halves(city):
    """2017: Mondays 9 to 12 until 30 June, from 1 July 9 to 14; 26 Mondays and 26 Mondays."""
    venue = make_venue(active_from=dt.date(2010, 1, 1))
    venue.carriers.add(city.hoerde.branch)
    awo = city.people["koordination-awo"]
    OpeningHours.objects.create(venue=venue, weekday=0, opens=dt.time(9), closes=dt.time(12))
    timetable.set_week(venue, [Span(0, dt.time(9), dt.time(14))], awo, day=dt.date(2017, 7, 1), since=True)
    year = [dt.date(2017, 1, 1) + dt.timedelta(days=n) for n in range(365)]
    first = sum(day.weekday() == 0 and day < dt.date(2017, 7, 1) for day in year)
    assert first == 26
    OpeningHours.objects.exclude(venue=venue).delete()
    assert read("oeffnungsstunden", "2017").total == first * 3 + (52 - first) * 5


# Access


def test_a_walk_through_the_house(awo, city, today):
    hall = city.hoerde.hall  # step-free is known
    root = f"{ROOT}{hall.slug}/barrierefreiheit/"
    assert "Weiter: Aufzug" in opened(awo, root)
    page = opened(awo, f"{root}aufzug/")
    answer = awo.post(
        f"{root}aufzug/", fields(page) | {"antwort": "teilweise", "hinweis": "nur mit Schlüssel"}
    )
    assert answer["Location"] == f"{root}rampe/"
    fact = AccessibilityFact.objects.get(venue=hall, feature="aufzug")
    assert (fact.value, fact.note, fact.checked_on) == ("teilweise", "nur mit Schlüssel", today)
    assert awo.post(f"{root}rampe/", {"antwort": "weiss-nicht"})["Location"] == f"{root}tueren/"
    assert not AccessibilityFact.objects.filter(venue=hall, feature="rampe").exists()
    assert "Weiter: Rampe" in opened(awo, root)  # it goes on with what nobody has answered
    assert awo.post(f"{root}sitzplaetze/", {"antwort": "ja"})["Location"] == root
    public = Client().get(f"/begegnung/{hall.slug}/").content.decode()
    assert "nur mit Schlüssel" in public


def test_an_answer_somebody_else_gave_meanwhile_is_shown(awo, city):
    hall = city.hoerde.hall
    here = f"{ROOT}{hall.slug}/barrierefreiheit/wc/"
    sent = fields(opened(awo, here)) | {"antwort": "nein", "hinweis": "im Keller"}
    AccessibilityFact.objects.create(venue=hall, feature="wc", value="ja", note="neu gebaut")
    page = awo.post(here, sent).content.decode()
    assert "«ja, neu gebaut». Ihre Antwort war: «Nein»" in page
    assert "im Keller" in page
    assert AccessibilityFact.objects.get(venue=hall, feature="wc").value == "ja"
    awo.post(here, fields(page) | {"antwort": "nein"})
    fact = AccessibilityFact.objects.get(venue=hall, feature="wc")
    assert (fact.value, fact.note) == ("nein", "im Keller")


@pytest.mark.parametrize("sent", [{}, {"antwort": "vielleicht"}, {"antwort": "ja", "hinweis": "x" * 200}])
def test_an_answer_that_is_none_is_told(awo, city, sent: dict[str, Any]):
    here = f"{ROOT}{city.hoerde.hall.slug}/barrierefreiheit/wc/"
    page = awo.post(here, sent).content.decode()
    assert 'class="errorlist"' in page
    assert awo.get(f"{ROOT}{city.hoerde.hall.slug}/barrierefreiheit/fahrstuhl/").status_code == 404
