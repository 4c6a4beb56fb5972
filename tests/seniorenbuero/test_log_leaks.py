"""A planted street, and the note beside an entry: in no log, no address, no cookie, no mail, no page and no table."""

import logging
from typing import Any

import pytest
from django.core import mail, serializers
from django.db import connection
from django.test import Client
from django.urls import reverse

from seniorenbuero.desk import log
from seniorportal import wall
from seniorportal.accounts import personal
from seniorportal.models import Consultation, ConsultationNote
from tests.cast import City
from tests.seniorenbuero.log import (
    LONG_STREET,
    SHORT_STREET,
    enter,
    fields,
    only_the_log,
    signed_in,
)

pytestmark = pytest.mark.django_db
NOTE = "Fragt nach Pflaumenmus"


@pytest.fixture
def city(office_city: City) -> City:
    return office_city


def tables_with(word: str) -> list[str]:
    """Every row of every table but the register of streets, as the database holds it."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table != "seniorportal_street":
                cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text ILIKE %s', [f"%{word}%"])
                if cursor.fetchone()[0]:
                    found.append(table)
    return found


def test_a_street_becomes_its_quarter_and_is_gone(city, caplog):
    caplog.set_level(logging.DEBUG)
    client = signed_in(city)
    made = enter(client, ort=f"{SHORT_STREET} 1")
    assert (made.quarter.slug, made.district.slug) == ("wickede", "brackel")
    pages = [client.get(reverse("desk:log")), client.get(reverse("desk:day"))]
    pages.append(client.get(reverse("desk:entry", args=[made.pk])))
    for page in pages:
        assert "wickede" in page.content.decode().lower()
        assert SHORT_STREET.lower() not in page.content.decode().lower()
    assert tables_with(SHORT_STREET) == []
    assert SHORT_STREET not in caplog.text and not mail.outbox
    assert SHORT_STREET not in str(client.cookies)


def test_a_street_in_two_districts_asks_which(city):
    client = signed_in(city)
    answer = client.post(reverse("desk:log"), fields(ort=LONG_STREET))
    shown = answer.content.decode()
    assert answer.status_code == 200 and "Bitte wählen Sie aus" in shown and "Hausnummer" in shown
    assert 'name="wahl" value="brackel"' in shown.replace('id="wahl-brackel" ', "")
    own = city.hoerde.district
    assert enter(client, ort=LONG_STREET, wahl=own.slug).district == own
    assert enter(client, ort=f"{LONG_STREET} 1").quarter.slug == "wickede"
    assert tables_with(LONG_STREET) == []


def test_the_script_gets_codes_and_the_office_in_charge(city):
    device = signed_in(city)
    enter(device)
    for client in (device, only_the_log(device)):
        answer = client.post(reverse("desk:place"), {"ort": f"{SHORT_STREET} 1"})
        assert answer.json() == {
            "name": "Wickede, Stadtbezirk Brackel",
            "quartier": "wickede",
            "bezirk": "brackel",
            "satz": "",
            "wahl": [],
        }
        assert "no-store" in answer["Cache-Control"]
    foreign = device.post(reverse("desk:place"), {"ort": "Straße Hombruch 1"}).json()
    assert foreign["satz"] == f"Zuständig: {city.hombruch.office}"
    unknown = device.post(reverse("desk:place"), {"ort": "Nirgendwoallee"}).json()
    assert "kennen wir in Dortmund nicht" in unknown["satz"] and not unknown["bezirk"]
    assert len(device.post(reverse("desk:place"), {"ort": LONG_STREET}).json()["wahl"]) == 2
    assert device.get(reverse("desk:place"), {"ort": SHORT_STREET}).status_code == 405


def test_looking_up_without_the_script_saves_nothing(city):
    client, before = signed_in(city), Consultation.objects.count()
    answer = client.post(reverse("desk:log"), fields(ort=f"{SHORT_STREET} 1", nachschlagen="1"))
    shown = answer.content.decode()
    assert "Wickede, Stadtbezirk Brackel" in shown and SHORT_STREET not in shown
    assert 'name="quartier" value="wickede"' in shown
    assert Consultation.objects.count() == before
    assert enter(client, quartier="wickede", bezirk="brackel").quarter.slug == "wickede"
    assert enter(client, quartier="gibtesnicht", bezirk="auchnicht").district is None


@pytest.mark.logged_errors("django.request")
def test_an_error_report_does_not_show_the_street(city, caplog, monkeypatch):
    def fails(*args: Any) -> None:
        raise RuntimeError("kaputt")

    monkeypatch.setattr(log.entries, "write", fails)
    client = signed_in(city)
    client.raise_request_exception = False
    answer = client.post(reverse("desk:log"), fields(ort=f"{SHORT_STREET} 1"))
    assert answer.status_code == 500 and SHORT_STREET not in answer.content.decode()
    told = "".join(str(record.__dict__) for record in caplog.records)
    assert SHORT_STREET not in told
    caplog.clear()


def test_the_note_beside_an_entry_is_on_no_page_of_the_log(city):
    client = signed_in(city)
    session = client.session
    personal.unlock(session)
    session.save()
    made = enter(client)
    where = reverse("admin:seniorportal_consultation_note", args=[made.pk])
    assert where in client.get(reverse("desk:log")).content.decode()
    assert client.post(where, {"text": NOTE}).status_code == 303
    for page in ("desk:log", "desk:day", "desk:start"):
        assert NOTE not in client.get(reverse(page)).content.decode()
    assert NOTE not in client.get(reverse("desk:entry", args=[made.pk])).content.decode()
    assert tables_with("Pflaumenmus") == []
    assert NOTE not in serializers.serialize("json", Consultation.objects.all())
    # An entry that carries a note is not withdrawn over it: the note goes first, by those who may read it.
    device = only_the_log(client)
    for hand in (client, device):
        assert hand.post(reverse("desk:withdraw", args=[made.pk])).status_code == 303
        assert "Bitte löschen Sie zuerst die Notiz" in hand.get(reverse("desk:log")).content.decode()
    assert Consultation.objects.filter(pk=made.pk).exists()
    with wall.opened(city.people["tandem-hoerde"].memberships.get()):
        ConsultationNote.objects.get(consultation=made).delete()
    assert device.post(reverse("desk:withdraw", args=[made.pk])).status_code == 303
    assert not Consultation.objects.filter(pk=made.pk).exists()


def test_nothing_personal_is_open_behind_the_log(city):
    """Signed in or not: while a page of the log answers, the wall is closed."""
    client = signed_in(city)
    answer = client.get(reverse("desk:log"))
    assert wall.of(answer.wsgi_request) is None
    assert isinstance(client, Client)
