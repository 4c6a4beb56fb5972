"""Round tables at the desk: series, meetings, agenda, and who came."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from seniorenbuero.models import (
    AgendaItem,
    Attendance,
    RoundTable,
    RoundTableMeeting,
    TableDecision,
    TableTask,
)
from seniorportal.models import Partner
from tests.seniorenbuero.log import signed_in
from tests.seniorenbuero.tables import TODAY, State, hold, office_without_meetings, page, partners, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return office_without_meetings()


@pytest.fixture
def client(city):
    return signed_in(city)


@pytest.fixture
def table(city) -> RoundTable:
    return city.hoerde.one(RoundTable)


def planned(**more: Any) -> dict[str, Any]:
    day = (TODAY + dt.timedelta(days=20)).isoformat()
    return {
        "date": day,
        "start": "15",
        "end": "17 Uhr",
        "place": "Bürgerhaus, Saal",
        "topic": "Hitze im Sommer",
        "state": "geplant",
        "agenda": "Begrüßung\n- Bericht\n\nTermine",
    } | more


def test_a_series_is_made_once_and_changed(client, city):
    fields = {"title": "Runder Tisch Pflege", "rhythm": "im Frühjahr und im Herbst"}
    first = send(client, "table_new", **fields)
    assert first.status_code == 303 and send(client, "table_new", **fields)["Location"] == first["Location"]
    made = RoundTable.objects.get(title="Runder Tisch Pflege")
    assert made.office == city.hoerde.office
    assert "im Frühjahr und im Herbst" in page(client, "table", made.pk)
    send(client, "table_edit", made.pk, title="Runder Tisch Demenz", version=made.version)
    made.refresh_from_db()
    assert made.title == "Runder Tisch Demenz" and made.title in page(client, "tables")


def test_a_meeting_is_planned_with_its_agenda_and_a_double_click_makes_one(client, table):
    first = send(client, "meeting_new", table.pk, **planned())
    assert first.status_code == 303, first.content.decode()
    assert send(client, "meeting_new", table.pk, **planned())["Location"] == first["Location"]
    made = RoundTableMeeting.objects.get(round_table=table)
    assert (made.start, made.end, made.place) == (dt.time(15), dt.time(17), "Bürgerhaus, Saal")
    assert [item.title for item in made.agenda.all()] == ["Begrüßung", "Bericht", "Termine"]
    text = page(client, "meeting", made.pk)
    assert "15 bis 17 Uhr" in text and "Hitze im Sommer" in text


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("date", "gestern", "Bitte einen Tag angeben"),
        ("date", "2999-01-01", "Bitte einen Tag angeben"),
        ("start", "25", "Diese Uhrzeit gibt es nicht"),
        ("end", "14", "Das Ende liegt nicht nach dem Beginn."),
        ("state", "stattgefunden", "Dieser Tag kommt erst noch"),
        ("agenda", "x" * 201, "Ein Punkt hat höchstens 200"),
        ("agenda", "Punkt\n" * 31, "Höchstens 30 Punkte"),
    ],
)
def test_what_cannot_be_is_said_at_the_field_and_nothing_is_lost(client, table, field, value, sentence):
    answer = send(client, "meeting_new", table.pk, **planned(**{field: value}))
    text = answer.content.decode()
    assert answer.status_code == 200 and sentence in text and "Bürgerhaus, Saal" in text
    assert not RoundTableMeeting.objects.exists()


def test_a_name_in_the_agenda_is_asked_about_and_believed(client, table):
    fields = planned(agenda="Frau Erika Beispiel berichtet")
    answer = send(client, "meeting_new", table.pk, **fields)
    assert "Frau Erika" in answer.content.decode() and not RoundTableMeeting.objects.exists()
    assert send(client, "meeting_new", table.pk, trotzdem="1", **fields).status_code == 303


def test_reworded_and_moved_points_keep_their_minutes(client, table):
    made = hold(table, -3)
    for position, title in enumerate(("Begrüßung", "Bericht", "Termine"), start=1):
        AgendaItem.objects.create(meeting=made, position=position, title=title, said=f"zu {title}")
    fields = planned(date=made.date.isoformat(), state="stattgefunden", version=made.version)
    fields["agenda"] = "Termine\nBegrüßung und Vorstellung\nBericht"
    assert send(client, "meeting_edit", made.pk, **fields).status_code == 303
    found = [(item.title, item.said) for item in made.agenda.all()]
    assert found == [
        ("Termine", "zu Termine"),
        ("Begrüßung und Vorstellung", "zu Begrüßung"),
        ("Bericht", "zu Bericht"),
    ]
    made.refresh_from_db()
    fields |= {"agenda": "Termine", "version": made.version}
    answer = send(client, "meeting_edit", made.pk, **fields)
    assert "steht schon etwas im Protokoll" in answer.content.decode() and made.agenda.count() == 3


def test_two_people_change_a_meeting(client, table):
    made = hold(table, 9, topic="Alt")
    made.topic = "Neu von nebenan"
    made.save()
    fields = planned(date=made.date.isoformat(), topic="Meins", version=1)
    text = send(client, "meeting_edit", made.pk, **fields).content.decode()
    assert "Neu von nebenan" in text and "Meins" in text
    made.refresh_from_db()
    assert made.topic == "Neu von nebenan"


def test_attendance_is_entered_row_by_row_and_a_guest_is_welcome_once(client, city, table):
    made = hold(table, 0, state=State.PLANNED)
    one, two, guest = partners(city, 3)
    rows = [Attendance.objects.create(meeting=made, partner=partner) for partner in (one, two)]
    fields = {f"war-{row.pk}": "eingeladen" for row in rows}
    fields |= {f"stand-{rows[0].pk}": "dabei", f"stand-{rows[1].pk}": "entschuldigt"}
    fields["gast"] = guest.name.upper()
    assert send(client, "attendance", made.pk, **fields).status_code == 303
    assert send(client, "attendance", made.pk, **fields).status_code == 303
    states = dict(made.attendances.values_list("partner", "state"))
    assert states == {one.pk: "dabei", two.pk: "entschuldigt", guest.pk: "dabei"}
    made.refresh_from_db()
    assert made.state == State.HELD
    text = send(client, "attendance", made.pk, gast="Nirgendwo").content.decode()
    assert "steht nicht unter den Netzwerkpartnern" in text and 'value="Nirgendwo"' in text


def test_two_people_enter_the_attendance(client, city, table):
    made = hold(table, -1)
    row = Attendance.objects.create(meeting=made, partner=partners(city, 1)[0], state="entschuldigt")
    answer = send(
        client, "attendance", made.pk, **{f"war-{row.pk}": "eingeladen", f"stand-{row.pk}": "dabei"}
    )
    assert "Inzwischen gespeichert: «entschuldigt»" in answer.content.decode()
    row.refresh_from_db()
    assert row.state == "entschuldigt"


@pytest.mark.parametrize(
    "name", ["meeting", "meeting_edit", "invite", "invitations", "attendance", "minutes", "minutes_pdf"]
)
def test_another_office_finds_nothing(city, table, name):
    made = hold(table, -1)
    stranger = signed_in(city, "tandem-hombruch")
    assert stranger.get(reverse(f"desk:{name}", args=[made.pk])).status_code == 404


def test_pages_cost_the_same_for_2_and_for_20_rows(client, city, table):
    made = hold(table, -1)
    costs: dict[str, list[int]] = {}
    for number in (2, 18):
        for partner in [Partner.objects.create(name=f"Verein {number} {at}") for at in range(number)]:
            partner.districts.add(city.hoerde.district)
            Attendance.objects.create(meeting=made, partner=partner)
            TableTask.objects.create(
                meeting=made, text="Aufgabe", partner=partner, due=TODAY - dt.timedelta(days=3)
            )
            TableDecision.objects.create(meeting=made, text="Beschluss")
            hold(table, -10 - TableTask.objects.count())
        for name in ("tables", "table", "meeting", "invite", "invitations", "attendance", "start"):
            arguments = {"tables": [], "start": [], "table": [table.pk]}.get(name, [made.pk])
            with CaptureQueriesContext(connection) as caught:
                client.get(reverse(f"desk:{name}", args=arguments))
            costs.setdefault(name, []).append(len(caught))
    assert {name: few for name, (few, _) in costs.items()} == {
        name: many for name, (_, many) in costs.items()
    }
