"""«Beratung eintragen»: what the form takes, what it refuses, what it counts and what it never keeps."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from seniorenbuero.models import ClosedMonth
from seniorportal.models import Consultation
from tests.cast import City
from tests.public.html import check_page
from tests.seniorenbuero.log import (
    SHORT_STREET,
    enter,
    fields,
    only_the_log,
    refused,
    signed_in,
    yesterday,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(office_city: City) -> City:
    return office_city


@pytest.fixture
def client(city):
    return signed_in(city)


def page(client, **query):
    answer = client.get(reverse("desk:log"), query)
    assert answer.status_code == 200
    return check_page(answer.content.decode())


def test_an_entry_is_what_was_said_and_says_nothing_else(city, client):
    made = enter(client, thema=["PFL01", "Wohngeld", ""], asker="angehoerig", outcome="antrag", is_first="0")
    assert made.office == city.hoerde.office
    assert {topic.code for topic in made.topics.all()} == {"PFL01", "WOX01"}
    assert (made.asker, made.outcome, made.is_first) == ("angehoerig", "antrag", False)
    assert made.date == timezone.localdate()
    kept = {field.name for field in Consultation._meta.get_fields() if field.concrete}
    assert not kept & {"user", "by", "made_by", "street", "text", "created_at", "time"}


def test_the_screen_has_a_form_the_counters_and_their_definitions(client):
    text = page(client).text
    for words in (
        "Worum ging es?",
        "Speichern, nächster Anruf",
        "Heute im Büro",
        "Anfrage",
        "Fall",
        "Fehlanruf",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("typed", "code"),
    [("pflegegr", None), ("antrag pflegegr", "PFL01"), ("vorsorgev", "VOR01"), ("WOX01", "WOX01"), ("Entlast", "PFL03"),
     ("barriere umzug", "WOX02"), ("patientenverfuegung", "VOR02")],
)  # fmt: skip
def test_topics_are_found_by_pieces_of_their_words(client, typed, code):
    found = enter(client, thema=[typed]).topics.get()
    assert found.code == (code or "PFL01")


def test_what_cannot_be_meant_is_said_at_the_form_and_everything_stays(client):
    text = refused(client, thema=["pfle", "Quantenphysik"], asker="nachbar", ort=SHORT_STREET)
    assert "«pfle» passt zu mehreren Themen: Pflege &amp; Pflegeversicherung, Pflegehilfsmittel" in text
    assert "Zu «Quantenphysik» gibt es kein Thema." in text
    assert 'value="pfle"' in text and 'value="Quantenphysik"' in text
    assert 'value="nachbar" checked' in text
    assert SHORT_STREET not in text and "Wickede, Stadtbezirk Brackel" in text
    assert "Bitte geben Sie ein Thema an" in refused(client, thema=["", "", ""])
    assert "höchstens drei Themen" in refused(client, thema=["PFL", "VOR", "WOX", "PFL01"])
    assert "Bitte wählen Sie eine der Möglichkeiten." in refused(client, outcome="unsinn")
    assert not Consultation.objects.filter(topics__code="PFL").exists()


def test_a_wrong_number_needs_no_topic_and_counts_nowhere(city, client):
    before = counted(city)
    made = enter(client, thema=[], outcome="fehl")
    assert not made.topics.exists() and counted(city) == before
    assert "1 Fehlanruf, nicht gezählt" in page(client).text


def counted(city) -> int:
    """The figure of the report for this office, as the report counts it."""
    from seniorenbuero.figures import CONSULTATIONS

    return CONSULTATIONS.filter(office=city.hoerde.office).count()


def test_the_next_call_begins_where_the_last_one_ended(client):
    enter(client, channel="haus", age_group="80", asker="fach", thema=["VOR01"])
    shown = client.get(reverse("desk:log")).content.decode()
    assert 'value="haus" checked' in shown and 'value="80" checked' in shown
    assert 'value="selbst" checked' in shown and "Eingetragen" in shown
    again = client.get(reverse("desk:log"), {"wie": "eben"}).content.decode()
    assert 'value="fach" checked' in again and 'value="Vorsorgevollmacht"' in again


def test_so_many_more_of_the_same_but_not_twice(city, client):
    enter(client, thema=["VOR01", "VOR02"], bezirk="brackel")
    before, sent = counted(city), {"anzahl": "3", "submission": str(uuid.uuid4())}
    for _ in range(2):
        assert client.post(reverse("desk:same"), sent).status_code == 303
    assert counted(city) == before + 3
    assert "Noch 3 gleiche eingetragen" in page(client).text
    copies = Consultation.objects.order_by("-pk")[:3]
    assert all({t.code for t in one.topics.all()} == {"VOR01", "VOR02"} for one in copies)
    assert all(one.district.slug == "brackel" for one in copies)
    for broken in ("0", "21", "-1", "viele", "", "99999999999999999999"):
        client.post(reverse("desk:same"), {"anzahl": broken, "submission": str(uuid.uuid4())})
    client.post(reverse("desk:same"), {"anzahl": "2", "submission": "unlesbar"})
    assert counted(city) == before + 3


def test_an_earlier_day_within_an_open_month(city, client):
    today = timezone.localdate()
    assert "liegt in der Zukunft" in refused(client, date=(today + dt.timedelta(days=1)).isoformat())
    assert f"Das Jahr {today.year - 2} ist abgeschlossen." in refused(client, date=f"{today.year - 2}-05-04")
    assert "Diesen Tag können wir nicht lesen" in refused(client, date="gestern")
    assert "Bitte geben Sie den Tag an" in refused(client, date="")
    closed = ClosedMonth.objects.get(office=city.hoerde.office)
    assert "ist abgeschlossen." in refused(client, date=closed.month.isoformat())
    ClosedMonth.objects.all().delete()
    made = enter(client, date=yesterday().isoformat(), half_day="nm")
    assert (made.date, made.half_day) == (yesterday(), "nm")
    # The pile goes on for the same day, and says so.
    shown = client.get(reverse("desk:log")).content.decode()
    assert f'value="{yesterday().isoformat()}"' in shown and "Sie tragen für den" in shown
    back = client.get(reverse("desk:log"), {"tag": "heute"}).content.decode()
    assert f'value="{today.isoformat()}"' in back


def test_corrected_and_withdrawn(city, client):
    before = counted(city)
    made = enter(client)
    where = reverse("desk:entry", args=[made.pk])
    assert "Antrag auf Pflegegrad" in client.get(where).content.decode()
    answer = client.post(where, fields(thema=["VOR"], outcome="info", version=str(made.version)))
    assert answer.status_code == 303
    made.refresh_from_db()
    assert made.outcome == "info" and made.topics.get().code == "VOR" and counted(city) == before + 1
    assert "Geändert" in page(client).text
    assert client.post(reverse("desk:withdraw", args=[made.pk])).status_code == 303
    assert counted(city) == before and "Der Eintrag ist zurückgenommen." in page(client).text
    assert client.post(reverse("desk:withdraw", args=[made.pk])).status_code == 404


def test_two_corrections_at_once_show_both_values(client):
    made = enter(client)
    where = reverse("desk:entry", args=[made.pk])
    assert client.post(where, fields(outcome="info", version="1")).status_code == 303
    second = client.post(where, fields(outcome="antrag", version="1")).content.decode()
    assert "Inzwischen gespeichert: «Information»" in second
    made.refresh_from_db()
    assert made.outcome == "info"


def test_of_a_closed_month_nothing_changes(city, client):
    ClosedMonth.objects.all().delete()
    made = enter(client)
    ClosedMonth.objects.create(office=city.hoerde.office, month=made.date.replace(day=1))
    shown = check_page(client.get(reverse("desk:entry", args=[made.pk])).content.decode()).text
    assert "abgeschlossen" in shown and "Änderung speichern" not in shown
    for name in ("desk:entry", "desk:withdraw"):
        assert (
            client.post(reverse(name, args=[made.pk]), fields(version="1", outcome="info")).status_code == 403
        )
    change = client.post(
        reverse("admin:seniorportal_consultation_change", args=[made.pk]), {"outcome": "info"}
    )
    assert change.status_code == 403
    made.refresh_from_db()
    assert made.outcome == "beratung"


def test_another_office_is_not_there(city, client):
    foreign = city.hombruch.one(Consultation)
    assert client.get(reverse("desk:entry", args=[foreign.pk])).status_code == 404
    assert client.post(reverse("desk:entry", args=[foreign.pk]), fields(version="1")).status_code == 404
    assert client.post(reverse("desk:withdraw", args=[foreign.pk])).status_code == 404
    client.cookies["protokoll-zuletzt"] = f"neu.{foreign.pk}.1"
    assert "Eingetragen" not in client.get(reverse("desk:log")).content.decode()


def test_a_submission_of_another_office_is_no_way_in(city, client):
    foreign = city.hombruch.one(Consultation)
    answer = client.post(reverse("desk:log"), fields(submission=str(foreign.submission)))
    assert answer.status_code == 403


def test_a_morning(city, client):
    """25 entries, 6 of them for yesterday, 2 corrected, 1 for another district, 1 sent twice as the line dropped."""
    ClosedMonth.objects.all().delete()
    before, mine = counted(city), []
    for number in range(25):
        more = {"thema": ["PFL01"]}
        if number < 6:
            more |= {"date": yesterday().isoformat()}
        if number == 7:
            more |= {"ort": "Wickede"}
        mine.append(enter(client, **more))
    twice = fields(submission=str(mine[-1].submission))
    again = client.post(reverse("desk:log"), twice)
    assert (again.status_code, again["Location"]) == (303, reverse("desk:log"))
    for entry in mine[10:12]:
        where = reverse("desk:entry", args=[entry.pk])
        assert client.post(where, fields(duration="60", version="1")).status_code == 303
    assert counted(city) == before + 25
    rows = Consultation.objects.filter(pk__in=[entry.pk for entry in mine])
    assert rows.filter(date=yesterday()).count() == 6 and rows.filter(duration="60").count() == 2
    assert (
        rows.filter(quarter__slug="wickede", district__slug="brackel", office=city.hoerde.office).count() == 1
    )


def test_the_log_belongs_to_offices_only(city):
    for name in (
        "koordination-awo",
        "vorort-hoerde",
        "auswertung",
        "redaktion",
        "technik",
        "hausleitung-ekh",
    ):
        assert signed_in(city, name).get(reverse("desk:log")).status_code == 404
    nobody = only_the_log(signed_in(city))
    answer = nobody.get(reverse("desk:log"))
    assert answer.status_code == 302
    assert answer["Location"] == f"{reverse('account_login')}?next={reverse('desk:log')}"
