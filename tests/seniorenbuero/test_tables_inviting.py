"""Invitations: who is chosen, what letters and mails say, and when none goes out."""

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from seniorenbuero.models import Attendance, RoundTable, RoundTableMeeting
from seniorenbuero.tables import letters
from seniorportal import outbox
from seniorportal.models import ContactPoint, OutgoingMail, Partner
from seniorportal.printing import press
from tests.cast import City
from tests.public.html import check_page
from tests.seniorenbuero.log import signed_in

pytestmark = pytest.mark.django_db
State = RoundTableMeeting.State
TODAY = timezone.localdate()


@pytest.fixture
def city(office_city: City) -> City:
    return office_city


@pytest.fixture
def client(city) -> Client:
    return signed_in(city)


@pytest.fixture
def meeting(city) -> RoundTableMeeting:
    table = city.hoerde.one(RoundTable)
    made = RoundTableMeeting.objects.create(
        round_table=table,
        date=TODAY + dt.timedelta(days=20),
        start=dt.time(15),
        end=dt.time(17),
        place="Bürgerhaus, Saal",
        topic="Hitze im Sommer",
    )
    made.agenda.create(position=1, title="Begrüßung")
    return made


def partner(city, name: str, **more: Any) -> Partner:
    made = Partner.objects.create(name=name, **more)
    made.districts.add(city.hoerde.district)
    return made


def send(client: Client, name: str, *arguments: Any, **fields: Any) -> Any:
    return client.post(reverse(f"desk:{name}", args=arguments), fields)


def page(client: Client, name: str, *arguments: Any, query: str = "") -> str:
    answer: Any = client.get(reverse(f"desk:{name}", args=arguments) + query)
    assert answer.status_code == 200
    text: str = answer.content.decode()
    check_page(text)
    return text


def test_those_of_last_time_are_ticked_and_nothing_is_written_by_looking(client, city, meeting):
    before = RoundTableMeeting.objects.create(
        round_table=meeting.round_table, date=TODAY - dt.timedelta(days=100), state=State.HELD
    )
    off = RoundTableMeeting.objects.create(
        round_table=meeting.round_table, date=TODAY - dt.timedelta(days=10), state=State.CANCELLED
    )
    last, other, called = (partner(city, name) for name in ("Letztes Mal", "Neu im Netz", "Abgesagt"))
    RoundTableMeeting.objects.filter(date=TODAY).delete()
    Attendance.objects.create(meeting=before, partner=last)
    Attendance.objects.create(meeting=off, partner=called)
    text = page(client, "invite", meeting.pk)
    assert f'value="{last.pk}" checked' in text
    for one in (other, called):
        assert f'value="{one.pk}"' in text and f'value="{one.pk}" checked' not in text
    assert not meeting.attendances.exists()


def test_the_list_is_filtered_by_district_kind_and_name(client, city, meeting):
    partner(city, "Apotheke am Markt", kind="apotheke")
    partner(city, "Pflegedienst Süd", kind="pflegedienst")
    Partner.objects.create(name="Apotheke anderswo", kind="apotheke")
    partner(city, "Apotheke gibt es nicht mehr", kind="apotheke", active_until=TODAY - dt.timedelta(days=1))
    text = page(client, "invite", meeting.pk, query=f"?bezirk={city.hoerde.district.slug}&art=apotheke")
    assert "Apotheke am Markt" in text
    for name in ("Pflegedienst Süd", "Apotheke anderswo", "Apotheke gibt es nicht mehr"):
        assert name not in text
    assert "Apotheke anderswo" in page(client, "invite", meeting.pk, query="?bezirk=&wort=ANDERSWO")
    assert "Keine weitere" in page(client, "invite", meeting.pk, query="?bezirk=nirgends&art=x%00")


def test_ticks_are_saved_once_and_what_was_not_shown_stays(client, city, meeting):
    one, two, hidden = (partner(city, name) for name in ("Eins", "Zwei", "Nicht gezeigt"))
    Attendance.objects.create(meeting=meeting, partner=hidden)
    for _ in range(2):
        answer = send(client, "invite", meeting.pk, partner=[one.pk, two.pk], gezeigt=[one.pk, two.pk])
        assert answer.status_code == 303
    assert meeting.attendances.count() == 3
    Attendance.objects.filter(partner=two).update(invited_on=TODAY, way="brief")
    send(client, "invite", meeting.pk, gezeigt=[one.pk, two.pk], partner=["999999", "x"])
    left = set(meeting.attendances.values_list("partner__name", flat=True))
    assert left == {"Zwei", "Nicht gezeigt"}  # whoever has a letter already is not forgotten by a click


def test_mails_go_to_the_organisation_once_and_say_what_is_needed(client, city, meeting):
    ContactPoint.objects.create(venue=city.hoerde.office, kind="email", value="buero@beispiel.invalid")
    there = partner(city, "Pflegedienst Süd", email="post@pflege.invalid")
    by_post = partner(city, "Gemeinde", street="Markt 1", postal_code="44263")
    for one in (there, by_post):
        Attendance.objects.create(meeting=meeting, partner=one)
    for _ in range(2):
        assert send(client, "invitations", meeting.pk, mails="1").status_code == 303
    assert outbox.send_due()[0] == 1
    sent = mail.outbox[0]
    assert sent.to == ["post@pflege.invalid"] and sent.reply_to == ["buero@beispiel.invalid"]
    for words in (
        "15 bis 17 Uhr",
        "Bürgerhaus, Saal",
        "Hitze im Sommer",
        "1. Begrüßung",
        str(meeting.date.year),
    ):
        assert words in sent.body
    assert city.people["tandem-hoerde"].name not in sent.body
    assert OutgoingMail.objects.get(kind="runder-tisch").facts == {}
    row = meeting.attendances.get(partner=there)
    assert (row.way, row.invited_on) == ("mail", TODAY)
    assert meeting.attendances.get(partner=by_post).invited_on is None


@pytest.mark.parametrize("change", [{"state": State.CANCELLED}, {"date": TODAY + dt.timedelta(days=30)}])
def test_a_mail_that_is_no_longer_true_is_not_sent(client, city, meeting, change):
    there = partner(city, "Pflegedienst Süd", email="post@pflege.invalid")
    Attendance.objects.create(meeting=meeting, partner=there)
    send(client, "invitations", meeting.pk, mails="1")
    RoundTableMeeting.objects.filter(pk=meeting.pk).update(**change)
    assert outbox.send_due()[0] == 0 and not mail.outbox
    assert OutgoingMail.objects.get(kind="runder-tisch").problem == "Der Anlass ist entfallen."


def test_a_meeting_that_is_called_off_is_called_off_by_mail(client, city, meeting):
    there = partner(city, "Pflegedienst Süd", email="post@pflege.invalid")
    Attendance.objects.create(meeting=meeting, partner=there)
    send(client, "invitations", meeting.pk, mails="1")
    outbox.send_due()
    RoundTableMeeting.objects.filter(pk=meeting.pk).update(state=State.CANCELLED)
    send(client, "invitations", meeting.pk, mails="1", **{"noch-einmal": "1"})
    assert outbox.send_due()[0] == 1
    assert "fällt aus" in mail.outbox[-1].body and mail.outbox[-1].subject.startswith("Fällt aus")


def test_without_place_and_time_or_after_the_day_nobody_is_invited(client, city, meeting):
    there = partner(city, "Pflegedienst Süd", email="post@pflege.invalid")
    Attendance.objects.create(meeting=meeting, partner=there)
    RoundTableMeeting.objects.filter(pk=meeting.pk).update(place="")
    assert "der Ort" in page(client, "invitations", meeting.pk)
    send(client, "invitations", meeting.pk, mails="1")
    RoundTableMeeting.objects.filter(pk=meeting.pk).update(place="Saal", date=TODAY - dt.timedelta(days=1))
    send(client, "invitations", meeting.pk, mails="1")
    assert not OutgoingMail.objects.filter(kind="runder-tisch").exists()


def test_letters_have_the_address_for_the_window(client, city, meeting):
    by_post = partner(city, "Gemeinde", street="Markt 1", postal_code="44263")
    nameless = partner(city, "Verein ohne Anschrift")
    data = letters.of(meeting, [by_post, nameless])
    assert data["pages"] == [
        {"recipient": ["Gemeinde", "Markt 1", "44263 Dortmund"]},
        {"recipient": ["Verein ohne Anschrift"]},
    ]
    for one in (by_post, nameless):
        Attendance.objects.create(meeting=meeting, partner=one)
    assert "weder Anschrift noch E-Mail-Adresse" in page(client, "invitations", meeting.pk)
    send(client, "invitations", meeting.pk, briefe="1")
    assert set(meeting.attendances.values_list("way", flat=True)) == {"brief"}
    if press.available():
        made: Any = client.get(reverse("desk:invitation_letters", args=[meeting.pk]))
        assert made.status_code == 200 and made.content.startswith(b"%PDF")
        only = client.get(reverse("desk:invitation_letters", args=[meeting.pk]) + "?nur=999999")
        assert only.status_code == 404


def test_minutes_come_as_pdf(client, city, meeting):
    meeting.decisions.create(text="Länger öffnen")
    meeting.tasks.create(text="Räume suchen", due=TODAY)
    if press.available():
        made: Any = client.get(reverse("desk:minutes_pdf", args=[meeting.pk]))
        assert made.status_code == 200 and made.content.startswith(b"%PDF")
        assert "public" not in made["Cache-Control"]
