"""Rooms of a house: told as a task, chosen by offerings, and what the map of needs makes of them."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from begegnung import free_times, needs, rooms
from begegnung.free_times import Wish
from seniorportal.models import (
    AccessibilityFact,
    Carrier,
    Occurrence,
    Offering,
    OpeningHours,
    ReportArea,
    Role,
    Room,
    Venue,
)
from tests.cast import City, make_membership, make_user
from tests.public.html import check_page
from tests.public.town import make_district, make_offering, make_venue
from tests.staff.forms import fields, opened

pytestmark = pytest.mark.django_db
ROOT = "/begegnung/verwalten/"


@pytest.fixture
def hall(client: Client) -> Venue:
    """A hall of one carrier, whose coordinator is signed in."""
    carrier = Carrier.objects.create(name="Beispielverband", slug="beispielverband")
    hall = make_venue("Haus Beispiel", district=make_district("Hörde"))
    hall.carriers.add(carrier)
    client.force_login(
        make_membership(make_user("koordination-raum"), Role.COORDINATION, carrier=carrier).user
    )
    return hall


def add(hall: Venue) -> str:
    return f"{ROOT}{hall.slug}/raeume/neu/"


def sent(client: Client, path: str, **more: str | list[str]) -> Any:
    typed = {name: value if isinstance(value, list) else [value] for name, value in more.items()}
    return client.post(path, opened(client, path, "raum") | typed)


# The task


def test_a_room_is_told_in_one_form_and_stands_in_one_line_for_everybody(client: Client, hall: Venue):
    answer = sent(
        client,
        add(hall),
        name="Saal",
        seats="60",
        step_free="ja",
        equipment=["kueche", "klavier"],
        note="Bühne",
    )
    assert answer.status_code == 303 and answer["Location"] == f"{ROOT}{hall.slug}/raeume/"
    room = Room.objects.get()
    told = (room.venue, room.name, room.seats, room.step_free, room.equipment, room.note)
    assert told == (hall, "Saal", 60, "ja", ["kueche", "klavier"], "Bühne")
    assert room.events.count() == 1  # type: ignore[attr-defined]
    assert sent(client, add(hall), name="Werkraum").status_code == 303  # all else is not known
    listed = check_page(client.get(f"{ROOT}{hall.slug}/raeume/").content.decode()).text
    assert "60 Plätze" in listed and "Küche, Klavier" in listed and "Nicht bekannt: Plätze" in listed
    task = check_page(client.get(f"{ROOT}{hall.slug}/").content.decode()).text
    assert "Saal (60 Plätze), Werkraum" in task and "Plätze: Werkraum" in task
    public = check_page(Client().get(hall.get_absolute_url()).content.decode()).text
    assert "Saal (60 Plätze), Werkraum" in " ".join(public.split())


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": " "}, "Bitte geben Sie dem Raum einen Namen."),
        ({"name": "SAAL"}, "Einen Raum mit diesem Namen gibt es in diesem Haus schon."),
        ({"seats": "etwa 40"}, "Bitte eine ganze Zahl, zum Beispiel 40."),
        ({"seats": "0"}, "Platz für mindestens einen Menschen"),
        ({"seats": "4000"}, "Mehr als 2000 Plätze hat kein Haus."),
        ({"seats": "-3"}, "Platz für mindestens einen Menschen"),
        ({"equipment": ["sauna"]}, "Bitte wählen Sie nur aus dieser Liste."),
        ({"step_free": "vielleicht"}, "Bitte wählen Sie eine der Möglichkeiten aus."),
        ({"name": "x" * 61}, "Bitte höchstens 60 Zeichen. Es sind 61."),
    ],
)
def test_what_is_wrong_stands_at_the_field_and_what_was_typed_stays(client, hall, typed, sentence):
    Room.objects.create(venue=hall, name="Saal")
    answer = sent(client, add(hall), **{"name": "Werkraum", "note": "neben der Küche"} | typed)
    page = check_page(answer.content.decode())
    assert answer.status_code == 200 and sentence in page.text
    assert 'value="neben der Küche"' in answer.content.decode()
    for name in ("name", "seats"):
        if name in typed:
            value = next(one.get("value") for one in page.all("input") if one.get("name") == name)
            assert value == str(typed[name])
    assert Room.objects.count() == 1


def test_two_editors_of_one_room_see_both_values(client: Client, hall: Venue):
    room = Room.objects.create(venue=hall, name="Saal", seats=60, equipment=["kueche"])
    here = f"{ROOT}{hall.slug}/raeume/{room.pk}/"
    mine = opened(client, here, "raum") | {"seats": ["70"], "equipment": ["kueche", "beamer"]}
    room.seats, room.equipment = 80, ["klavier"]
    room.save()
    page = client.post(here, mine)
    text = page.content.decode()
    assert "Inzwischen gespeichert: «80»" in text and "Inzwischen gespeichert: «Klavier»" in text
    assert 'value="70"' in text
    room.refresh_from_db()
    assert room.seats == 80
    assert client.post(here, fields(page, "raum")).status_code == 303  # having seen both
    room.refresh_from_db()
    assert (room.seats, room.equipment) == (70, ["kueche", "beamer"])


def test_a_room_that_goes_leaves_its_offerings_and_a_foreign_one_is_not_there(client, hall):
    room = Room.objects.create(venue=hall, name="Saal")
    offering = make_offering("Chor", venue=hall, room=room)
    here = f"{ROOT}{hall.slug}/raeume/{room.pk}/"
    assert "Bei einem Angebot ist dieser Raum eingetragen." in client.get(here).content.decode()
    other = make_venue("Haus anderswo", district=make_district("Eving"))
    foreign = Room.objects.create(venue=other, name="Fremder Saal")
    assert client.get(f"{ROOT}{hall.slug}/raeume/{foreign.pk}/").status_code == 404
    assert client.get(f"{ROOT}{other.slug}/raeume/").status_code == 404
    assert client.post(add(other), {"name": "Einbruch"}).status_code == 404
    assert client.post(here, {"schritt": "entfernen"}).status_code == 303
    before = offering.version
    offering.refresh_from_db()
    assert (offering.room, offering.version) == (None, before + 1)
    assert list(Room.objects.all()) == [foreign]


def test_whoever_only_looks_after_the_hall_sees_and_does_not_change(city: City):
    client, room = Client(), city.hoerde.hall.rooms.get()
    client.force_login(city.people["halle-hoerde"])
    here = f"{ROOT}{city.hoerde.hall.slug}/raeume/"
    page = client.get(here).content.decode()
    assert room.name in page and "Raum eintragen" not in page
    assert client.post(f"{here}{room.pk}/", {"name": "anders"}).status_code == 403
    assert client.post(f"{here}{room.pk}/", {"schritt": "entfernen"}).status_code == 403
    assert Room.objects.filter(pk=room.pk, name=room.name).exists()


# An offering in a room


def weekly(hall: Venue, title: str, at: int, room: Room | None = None, **more: Any) -> Offering:
    """With one date in eight days, for an hour."""
    offering = make_offering(title, venue=hall, room=room, start=dt.time(at), minutes=60, **more)
    day = timezone.localdate() + dt.timedelta(days=8)
    Occurrence.objects.create(offering=offering, date=day, start=dt.time(at), end=dt.time(at + 1))
    return offering


def test_an_offering_chooses_among_the_rooms_of_its_house(client: Client, hall: Venue):
    offering = weekly(hall, "Chor", 10)
    here = f"{ROOT}{hall.slug}/angebote/{offering.pk}/"
    assert 'name="room"' not in client.get(here).content.decode()  # nothing to choose from
    mine = Room.objects.create(venue=hall, name="Saal", seats=60)
    foreign = Room.objects.create(venue=make_venue("Haus anderswo"), name="Fremder Saal")
    page = client.get(here).content.decode()
    assert "Saal (60 Plätze)" in page and "Fremder Saal" not in page
    form = opened(client, here, "angebot") | {"speichern": ["1"]}
    refused = client.post(here, form | {"room": [str(foreign.pk)]})
    assert "Diesen Raum gibt es in diesem Haus nicht." in refused.content.decode()
    assert client.post(here, form | {"room": [str(mine.pk)]}).status_code == 303
    offering.refresh_from_db()
    assert offering.room == mine
    offering.venue = foreign.venue
    offering.full_clean(exclude=["review_interval"])
    assert offering.room is None  # what moves leaves its room behind


def test_two_offerings_in_one_room_are_a_hint_and_no_block(client: Client, hall: Venue):
    saal, small = (Room.objects.create(venue=hall, name=name) for name in ("Saal", "Werkraum"))
    weekly(hall, "Chor", 10, saal)
    weekly(hall, "Frühstück", 9, saal)  # over when the choir begins
    weekly(hall, "Basteln", 10, small)
    weekly(hall, "Café", 10)  # nobody knows where
    weekly(hall, "geheim", 10, saal, published=False)  # hers as well: she keeps the house
    yoga = weekly(hall, "Yoga", 10)
    here = f"{ROOT}{hall.slug}/angebote/{yoga.pk}/"
    form = opened(client, here, "angebot") | {"room": [str(saal.pk)], "speichern": ["1"]}
    assert client.post(here, form).status_code == 303
    text = check_page(client.get(here).content.decode()).text
    assert "Im selben Raum ist dann auch «Chor»" in text and "«geheim»" in text
    for title in ("Frühstück", "Basteln", "Café", "Yoga»"):
        assert f"auch «{title}" not in text
    yoga.refresh_from_db()
    days = [row.date for row in yoga.occurrences.all()]
    stranger = make_membership(
        make_user("koordination-fremd"), Role.COORDINATION, carrier=Carrier.objects.create(name="X")
    )
    seen = [clash.other.title for clash in rooms.clashes(stranger.user, yoga, days)]
    assert seen == ["Chor"]  # what is not public is in no hint of a stranger
    with CaptureQueriesContext(connection) as statements:
        rooms.clashes(stranger.user, yoga, days)
    assert len(statements) == 1


# The map of needs


@pytest.fixture
def free() -> Any:
    """A hall open on Tuesday and Wednesday mornings, without dates."""
    hall = make_venue("Haus Beispiel", district=make_district("Mengede"))
    for weekday in (1, 2):
        OpeningHours.objects.create(venue=hall, weekday=weekday, opens=dt.time(9), closes=dt.time(12))
    return hall


def on(offering: Offering, weekday: int, hour: int = 9) -> None:
    today = timezone.localdate()
    day = today + dt.timedelta(days=(weekday - today.weekday()) % 7 or 7)
    Occurrence.objects.create(offering=offering, date=day, start=dt.time(hour), end=dt.time(hour + 1))


def slots(district: str = "mengede", wish: Wish | None = None) -> dict[str, tuple[list[str], int]]:
    halls = free_times.free_halls(district, timezone.localdate())
    found = free_times.fitting(needs.EVERYTHING, halls, wish, most=99)
    return {
        str(slot): ([room.name for room in slot.rooms], slot.unnamed) for hall in found for slot in hall.slots
    }


def test_a_hall_is_full_only_when_all_its_rooms_are(free: Venue):
    choir = make_offering("Chor", venue=free)
    on(choir, 1)
    assert list(slots()) == ["Mittwoch vormittags"]  # without rooms, anything takes the whole hall
    saal = Room.objects.create(venue=free, name="Saal", seats=60)
    small = Room.objects.create(venue=free, name="Werkraum", seats=12)
    everything = ["Saal", "Werkraum"]
    # The choir takes one of the two, and nobody knows which.
    assert slots() == {"Dienstag vormittags": (everything, 1), "Mittwoch vormittags": (everything, 0)}
    Offering.objects.filter(pk=choir.pk).update(room=saal)
    assert slots()["Dienstag vormittags"] == (["Werkraum"], 0)
    other = make_offering("Café", venue=free)
    on(other, 1, hour=10)
    assert "Dienstag vormittags" not in slots()  # the only free one may be taken
    Offering.objects.filter(pk=other.pk).update(room=small)
    assert "Dienstag vormittags" not in slots()
    other.occurrences.update(status=Occurrence.Status.CANCELLED)
    assert slots()["Dienstag vormittags"] == (["Werkraum"], 0)
    elsewhere = Room.objects.create(venue=make_venue("Haus anderswo"), name="Fremder Saal")
    Offering.objects.filter(pk=choir.pk).update(room=elsewhere)  # as good as none
    assert slots()["Dienstag vormittags"] == (everything, 1)


def test_people_and_steps_sift_the_rooms_and_what_is_unknown_stays(free: Venue):
    Room.objects.create(venue=free, name="Saal", seats=60, step_free="nein")
    Room.objects.create(venue=free, name="Werkraum", seats=12, step_free="ja")
    Room.objects.create(venue=free, name="Keller")
    named = {key: value[0] for key, value in slots(wish=Wish(people=20)).items()}
    assert named["Dienstag vormittags"] == ["Saal", "Keller"]
    named = {key: value[0] for key, value in slots(wish=Wish(no_steps=True)).items()}
    assert named["Dienstag vormittags"] == ["Werkraum", "Keller"]
    Room.objects.get(name="Keller").delete()
    assert slots(wish=Wish(people=20, no_steps=True)) == {}
    assert slots(wish=Wish(people=12, no_steps=True))["Dienstag vormittags"] == (["Werkraum"], 0)
    AccessibilityFact.objects.create(venue=free, feature="stufenlos", value="nein")
    assert slots(wish=Wish(no_steps=True)) == {}  # nobody gets to the room


def test_a_hall_that_surely_suits_comes_before_those_of_which_nobody_knows(free: Venue):
    sure = make_venue("Zuletzt im Alphabet", district=make_district("Mengede"))
    OpeningHours.objects.create(venue=sure, weekday=1, opens=dt.time(9), closes=dt.time(12))
    Room.objects.create(venue=sure, name="Saal", seats=60)
    halls = free_times.free_halls("mengede", timezone.localdate())
    assert [hall.venue for hall in free_times.fitting(needs.EVERYTHING, halls)] == [free, sure]
    wish = Wish(people=30)
    assert [hall.venue for hall in free_times.fitting(needs.EVERYTHING, halls, wish)] == [sure, free]


def test_the_page_names_rooms_and_sifts_and_its_statements_do_not_grow(client: Client, free: Venue):
    client.force_login(make_membership(make_user("redaktion-bedarf"), Role.EDITORS).user)
    Room.objects.create(venue=free, name="Saal", seats=60)
    Room.objects.create(venue=free, name="Werkraum", seats=12)
    on(make_offering("Chor", venue=free), 1)
    make_venue("Haus Eving", district=make_district("Eving"))
    path = f"{ROOT}bedarf/?bezirk=mengede"
    text = " ".join(check_page(client.get(path).content.decode()).text.split())
    said = "Saal (60 Plätze) oder Werkraum (12 Plätze)"
    assert f"Dienstag vormittags (9:00 bis 12:00 Uhr): {said}, einer davon vielleicht belegt;" in text
    assert (
        f"Mittwoch vormittags (9:00 bis 12:00 Uhr): {said} «Vielleicht belegt»: Bei einem Angebot steht"
        in text
    )
    page = check_page(client.get(f"{path}&personen=40").content.decode())
    assert "12:00 Uhr): Saal (60 Plätze), vielleicht belegt;" in " ".join(page.text.split())
    ways = [way for a in page.all("a") if "#bezirk" in (way := a.get("href") or "")]
    assert ways and all("personen=40" in way for way in ways)
    none = check_page(client.get(f"{path}&personen=200&stufenlos=1").content.decode()).text
    assert "Für kein Haus im Stadtbezirk ist eine freie Zeit mit einem Raum bekannt, der passt." in none
    for wrong in ("viele", "0", "99999", "²"):
        broken = check_page(client.get(f"{path}&personen={wrong}").content.decode()).text
        assert "Die Zahl der Menschen konnten wir nicht lesen." in broken and "Werkraum" in broken
    numbers = []
    for more in (0, 12):
        for one in range(more):
            house = make_venue(f"Haus {one}", district=free.district)
            OpeningHours.objects.create(venue=house, weekday=1, opens=dt.time(9), closes=dt.time(12))
            for name in ("Saal", "Küche"):
                Room.objects.create(venue=house, name=name, seats=20)
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        numbers.append(len([one for one in seen if "SAVEPOINT" not in one["sql"]]))
    assert numbers[0] == numbers[1], numbers


def test_rooms_cost_the_public_page_no_statement(client: Client, free: Venue):
    path = free.get_absolute_url()
    assert free.report_area == ReportArea.MEETING_PLACES
    numbers = []
    for more in (0, 3):
        for one in range(more):
            Room.objects.create(venue=free, name=f"Raum {one}", seats=one + 1)
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            text = client.get(path).content.decode()
        numbers.append(len(seen))
    assert numbers[0] == numbers[1] and "Raum 0 (1 Platz)" in text


def test_who_only_reads_is_told_who_enters_rooms(city: City):
    client = Client()
    client.force_login(city.people["redaktion"])
    page = client.get(reverse("begegnung:manage:room_add", args=[city.hoerde.hall.slug])).content.decode()
    assert "Räume trägt ein, wer dieses Haus pflegt." in page and "Speichern" not in page
