"""What a meeting leaves behind: minutes, decisions, and tasks that go on until they are done."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from seniorenbuero.models import AgendaItem, Attendance, RoundTable, TableTask
from seniorenbuero.tables import duties
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
