"""What of a round table is public, what counts, what is noted for the report, and the office's own events."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from seniorenbuero.models import Attendance, ReportRemark, RoundTable, RoundTableMeeting
from seniorportal import register
from seniorportal.figures.period import Period
from seniorportal.models import Language, Occurrence, Offering, Partner
from tests.cast import City
from tests.public.html import check_page
from tests.seniorenbuero.log import signed_in

pytestmark = pytest.mark.django_db
State = RoundTableMeeting.State
TODAY = timezone.localdate()


@pytest.fixture
def city(office_city: City) -> City:
    ReportRemark.objects.all().delete()
    return office_city


@pytest.fixture
def client(city) -> Client:
    return signed_in(city)


@pytest.fixture
def meeting(city) -> RoundTableMeeting:
    return RoundTableMeeting.objects.create(
        round_table=city.hoerde.one(RoundTable),
        date=TODAY - dt.timedelta(days=40),
        state=State.HELD,
        topic="Hitze im Sommer",
        place="Hinterzimmer",
    )


def send(client: Client, name: str, *arguments: Any, **fields: Any) -> Any:
    return client.post(reverse(f"desk:{name}", args=arguments), fields)


def extract(city) -> str:
    bezirk = city.hoerde.office.slug.removeprefix("seniorenbuero-")
    answer: Any = Client().get(reverse("seniorenbuero:round_table", args=[bezirk]))
    assert answer.status_code == 200
    text: str = answer.content.decode()
    check_page(text)
    return text


def test_the_extract_shows_what_was_released_and_nothing_else(city, meeting):
    agreed = Partner.objects.create(name="Gemeinde stimmt zu", may_be_published=True, consent_on=TODAY)
    silent = Partner.objects.create(name="Verein schweigt")
    absent = Partner.objects.create(name="Praxis fehlte", may_be_published=True, consent_on=TODAY)
    for one, state in ((agreed, "dabei"), (silent, "dabei"), (absent, "entschuldigt")):
        Attendance.objects.create(meeting=meeting, partner=one, state=state)
    meeting.decisions.create(text="Länger öffnen", public=True)
    meeting.decisions.create(text="Nur für uns")
    meeting.agenda.create(position=1, title="Innerer Punkt", said="Protokolltext")
    meeting.tasks.create(text="Innere Aufgabe", due=TODAY)
    assert "Hitze im Sommer" not in extract(city)
    meeting.published = True
    meeting.save()
    text = extract(city)
    for words in ("Hitze im Sommer", "Länger öffnen", "Gemeinde stimmt zu"):
        assert words in text
    for words in (
        *("Verein schweigt", "Praxis fehlte", "Nur für uns", "Innerer Punkt", "Protokolltext"),
        *("Innere Aufgabe", "Hinterzimmer"),
    ):
        assert words not in text


def test_an_organisation_counts_unless_the_meeting_was_called_off(meeting):
    one, two = (Partner.objects.create(name=name) for name in ("Eins", "Zwei"))
    Attendance.objects.all().delete()
    Attendance.objects.create(meeting=meeting, partner=one)
    off = RoundTableMeeting.objects.create(
        round_table=meeting.round_table, date=meeting.date - dt.timedelta(days=1), state=State.CANCELLED
    )
    for partner in (one, two):
        Attendance.objects.create(meeting=off, partner=partner)
    reading = register.all_figures()["netzwerkpartner"].read(
        Period(meeting.date.year, meeting.date.year, TODAY)
    )
    assert reading.value == 1


def test_a_sentence_is_noted_for_the_report_and_only_its_editors_read_it(city, client, meeting):
    answer = send(client, "meeting_remark", meeting.pk, sentence="Frau Erika Beispiel war dabei.")
    assert answer.status_code == 200 and "Frau Erika" in answer.content.decode()
    assert send(client, "meeting_remark", meeting.pk, sentence="Häuser öffnen länger.").status_code == 303
    Attendance.objects.create(meeting=meeting, partner=Partner.objects.create(name="Eins"))
    address = f"/bericht/{meeting.date.year}/"
    for name, sees in (
        ("redaktion", True),
        ("auswertung", True),
        ("tandem-hombruch", False),
        ("technik", False),
    ):
        text = signed_in(city, name).get(address).content.decode()
        assert ("Häuser öffnen länger." in text) == sees, name
    assert "Häuser öffnen länger." not in Client().get(address).content.decode()
    assert (
        "Häuser öffnen"
        not in signed_in(city, "redaktion").get(address.rstrip("/") + ".json").content.decode()
    )
    row = ReportRemark.objects.get()
    send(client, "meeting_remark", meeting.pk, sentence="", version=row.version)
    assert not ReportRemark.objects.exists()


def event(**more: Any) -> dict[str, Any]:
    return {
        "specialist": "pflegekurs",
        "title": "Pflegekurs für Angehörige",
        "first_date": (TODAY + dt.timedelta(days=7)).isoformat(),
        "start": "17",
        "end": "18.30",
        "weeks": "8",
        "submission": "0b9f1f0e-52f3-4c38-9f4e-0a2f6b6a7c11",
    } | more


def test_a_course_in_turkish_is_an_offering_and_counts_once_it_was_held(city, client):
    turkish = Language.objects.get(code="tr")
    for _ in range(2):
        answer = send(client, "event_new", **event(languages=[turkish.pk]))
        assert answer.status_code == 303, answer.content.decode()
    made = Offering.objects.get(title="Pflegekurs für Angehörige")
    assert (made.venue, made.form, made.minutes) == (city.hoerde.office, "kurs", 90)
    dates = made.occurrences.count()
    assert 1 <= dates <= 8 and list(made.languages.all()) == [turkish]
    text = client.get(reverse("desk:events")).content.decode()
    check_page(text)
    assert made.title in text and "Türkisch" in text
    held = TODAY.replace(month=1, day=2)
    Occurrence.objects.create(
        offering=made,
        date=held,
        start=dt.time(17),
        planned_date=held,
        planned_start=dt.time(17),
        status="stattgefunden",
    )
    figure = register.all_figures()["pflegekurse_tuerkisch"]
    if held < TODAY:
        assert figure.read(Period(TODAY.year, TODAY.year, TODAY)).value == 1


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("specialist", "", "Bitte wählen Sie, was es ist"),
        ("weeks", "0", "Mindestens 1."),
        ("weeks", "31", "Höchstens 30 Wochen."),
        ("end", "16", "Das Ende liegt nicht nach dem Beginn."),
        ("title", "", "Wie heißt die Veranstaltung?"),
    ],
)
def test_what_an_event_cannot_be_is_said_at_the_field(client, field, value, sentence):
    answer = send(client, "event_new", **event(**{field: value}))
    assert answer.status_code == 200 and sentence in answer.content.decode()
    assert not Offering.objects.filter(specialist="pflegekurs").exists()


@pytest.mark.parametrize("name", ["event_new", "events", "table_new", "tables"])
def test_pages_with_nothing_in_them(client, name):
    check_page(client.get(reverse(f"desk:{name}")).content.decode())


def test_an_event_is_noted_for_the_report(city, client):
    send(client, "event_new", **event(specialist="aktionstag", weeks="1"))
    made = Offering.objects.get(specialist="aktionstag")
    text = client.get(reverse("desk:event", args=[made.pk])).content.decode()
    check_page(text)
    assert "Aktionstag" in text
    assert send(client, "event", made.pk, sentence="Viele kamen.").status_code == 303
    assert ReportRemark.objects.get().offering == made
    assert signed_in(city, "tandem-hombruch").get(reverse("desk:event", args=[made.pk])).status_code == 404
    ordinary = city.hoerde.office.offerings.filter(specialist="").first()
    assert client.get(reverse("desk:event", args=[ordinary.pk])).status_code == 404
