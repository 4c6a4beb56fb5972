"""Round tables at the desk: series, meetings, agenda, attendance, minutes, decisions and tasks."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from seniorenbuero.models import (
    AgendaItem,
    Attendance,
    RoundTable,
    RoundTableMeeting,
    TableDecision,
    TableTask,
)
from seniorenbuero.tables import duties
from seniorportal.models import Partner
from tests.public.html import check_page
from tests.seniorenbuero.log import make_office, signed_in

pytestmark = pytest.mark.django_db
State = RoundTableMeeting.State
TODAY = timezone.localdate()


@pytest.fixture
def city():
    made = make_office()
    for model in (TableTask, TableDecision, AgendaItem, Attendance, RoundTableMeeting):
        model._default_manager.all().delete()
    return made


@pytest.fixture
def client(city):
    return signed_in(city)


@pytest.fixture
def table(city) -> RoundTable:
    return city.hoerde.one(RoundTable)


def hold(table: RoundTable, days: int, **more: Any) -> RoundTableMeeting:
    state = State.HELD if days < 0 else State.PLANNED
    fields = {"state": state} | more
    return RoundTableMeeting.objects.create(round_table=table, date=TODAY + dt.timedelta(days=days), **fields)


def partners(city, number: int) -> list[Partner]:
    made = [Partner.objects.create(name=f"Apotheke Nummer {at}") for at in range(number)]
    for one in made:
        one.districts.add(city.hoerde.district)
    return made


def page(client: Client, name: str, *arguments: Any) -> str:
    answer: Any = client.get(reverse(f"desk:{name}", args=arguments))
    assert answer.status_code == 200
    text: str = answer.content.decode()
    check_page(text)
    return text


def send(client: Client, name: str, *arguments: Any, **fields: Any) -> Any:
    return client.post(reverse(f"desk:{name}", args=arguments), fields)


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


def test_minutes_warn_of_names_and_write_nothing_until_they_are_told(client, table):
    made = hold(table, -1, state=State.PLANNED)
    item = AgendaItem.objects.create(meeting=made, position=1, title="Bericht")
    fields = {f"punkt{item.pk}-said": "Frau Erika Beispiel aus der Nachbarschaft braucht Hilfe."}
    fields[f"punkt{item.pk}-version"] = "1"
    text = send(client, "minutes", made.pk, **fields).content.decode()
    assert "trotzdem" in text and "braucht Hilfe" in text
    item.refresh_from_db()
    assert item.said == ""
    good = fields | {
        f"punkt{item.pk}-said": "Der Mittagstisch fehlt.",
        "neu-title": "Termine",
        "neu-said": "Im Mai.",
    }
    assert send(client, "minutes", made.pk, **good).status_code == 303
    assert [one.said for one in made.agenda.all()] == ["Der Mittagstisch fehlt.", "Im Mai."]
    good[f"punkt{item.pk}-version"] = "2"
    send(client, "minutes", made.pk, **good)
    assert made.agenda.count() == 2
    made.refresh_from_db()
    assert made.state == State.HELD


def test_decisions_and_tasks_are_entered_once_changed_and_taken_back(client, city, table):
    made = hold(table, -1)
    (partner,) = partners(city, 1)
    Attendance.objects.create(meeting=made, partner=partner, state="dabei")
    number = "5f0cbb35-8f0f-4d7c-9ba2-0c6f7a7f2d11"
    for _ in range(2):
        assert (
            send(client, "decision_new", made.pk, text="Länger öffnen", submission=number).status_code == 303
        )
    (decision,) = made.decisions.all()
    due = (TODAY + dt.timedelta(days=5)).isoformat()
    for _ in range(2):
        send(client, "task_new", made.pk, text="Räume suchen", partner=partner.pk, due=due, submission=number)
    (task,) = made.tasks.all()
    assert task.partner == partner
    text = send(client, "task_new", made.pk, text="", due="bald").content.decode()
    assert "Was ist zu tun?" in text and "Bitte einen Tag angeben" in text
    send(client, "decision", decision.pk, text="Bis 18 Uhr öffnen", public="on", version=1)
    decision.refresh_from_db()
    assert decision.public and decision.text == "Bis 18 Uhr öffnen"
    for _ in range(2):
        send(client, "task_done", task.pk, zurueck="tisch")
    task.refresh_from_db()
    assert task.done_on == TODAY and task.version == 2
    send(client, "task_done", task.pk, offen="1")
    send(client, "decision", decision.pk, loeschen="1")
    task.refresh_from_db()
    assert task.done_on is None and not made.decisions.exists()


def test_a_stranger_of_the_network_takes_no_task(client, city, table):
    made, (stranger,) = hold(table, -1), partners(city, 1)
    fields = {"text": "Räume suchen", "partner": stranger.pk, "due": TODAY.isoformat()}
    assert send(client, "task_new", made.pk, **fields).status_code == 200
    assert not TableTask.objects.exists()


def test_open_tasks_go_on_to_the_next_meeting_and_overdue_ones_to_the_start_page(client, table):
    before, after = hold(table, -100), hold(table, 10)
    late = TableTask.objects.create(
        meeting=before, text="Faltblatt drucken", due=TODAY - dt.timedelta(days=1)
    )
    TableTask.objects.create(meeting=before, text="Noch Zeit", due=TODAY)
    TableTask.objects.create(
        meeting=before,
        text="Längst getan",
        due=TODAY - dt.timedelta(days=60),
        done_on=TODAY - dt.timedelta(days=50),
    )
    text = page(client, "meeting", after.pk)
    assert "Faltblatt drucken" in text and "Noch Zeit" in text and "Längst getan" not in text
    for name in ("start", "tables"):
        shown = page(client, name)
        assert "Faltblatt drucken" in shown and "Noch Zeit" not in shown
    answer = send(client, "task_done", late.pk, zurueck="buero")
    assert answer["Location"] == reverse("desk:start")
    assert "Faltblatt drucken" not in page(client, "start")


def test_what_was_open_on_the_day_of_a_meeting_stays_in_its_minutes(city, client, table):
    first, second, third = hold(table, -200), hold(table, -100), hold(table, -10)
    task = TableTask.objects.create(
        meeting=first, text="Räume", due=TODAY, done_on=TODAY - dt.timedelta(days=50)
    )
    desk: Any = type("Desk", (), {"principal": city.people["tandem-hoerde"], "office": city.hoerde.office})()
    assert list(duties.carried_to(desk, second)) == [task]
    assert not duties.carried_to(desk, third).exists()


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
