"""An organisation that no longer exists: no new entry names it, and what names it keeps it."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from seniorenbuero.desk.door import Desk
from seniorenbuero.models import Attendance, RoundTable, TableTask
from seniorenbuero.referring import writing
from seniorenbuero.tables.forms import TaskForm
from seniorportal.models import Partner
from tests.cast import City
from tests.seniorenbuero.log import signed_in
from tests.seniorenbuero.tables import hold, page, send

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
OVER = "Beispielheim von früher"


@pytest.fixture
def city(office_city: City) -> City:
    return office_city


@pytest.fixture
def client(city) -> Client:
    return signed_in(city)


@pytest.fixture
def over(city) -> Partner:
    made = Partner.objects.create(name=OVER, kind="heim", active_until=TODAY - dt.timedelta(days=1))
    made.districts.add(city.hoerde.district)
    return made


def task_form(city, meeting, **more: Any) -> TaskForm:
    return TaskForm(user=city.people["tandem-hoerde"], meeting=meeting, **more)


def test_a_new_task_does_not_go_to_it_and_one_that_it_has_stays_with_it(city, over):
    meeting = hold(city.hoerde.one(RoundTable), -30)
    Attendance.objects.create(meeting=meeting, partner=over)
    task = TableTask.objects.create(meeting=meeting, text="Flyer auslegen", partner=over, due=TODAY)
    field: Any = task_form(city, meeting).fields["partner"]
    assert over not in field.queryset
    kept = task_form(
        city,
        meeting,
        instance=task,
        data={"text": "Flyer holen", "partner": over.pk, "due": TODAY.isoformat(), "version": task.version},
    )
    assert kept.is_valid() and kept.cleaned_data["partner"] == over


def test_it_came_to_meetings_before_its_last_day_and_to_none_after(city, client, over):
    table = city.hoerde.one(RoundTable)
    before, after = hold(table, -30), table.meetings.get(date=TODAY)
    assert f'value="{OVER}"' in page(client, "attendance", before.pk)
    assert f'value="{OVER}"' not in page(client, "attendance", after.pk)
    said = send(client, "attendance", after.pk, gast=OVER).content.decode()
    assert "bestand nur bis zum" in said and not after.attendances.filter(partner=over).exists()
    assert send(client, "attendance", before.pk, gast=OVER).status_code == 303
    assert before.attendances.get().partner == over


def test_nobody_is_sent_there(city, over):
    there = Partner.objects.create(name="Beispielheim von heute", kind="heim")
    desk = Desk(city.people["tandem-hoerde"], city.hoerde.office, None)
    assert list(writing.targets(desk, [f"partner-{over.pk}", f"partner-{there.pk}"])) == [
        f"partner-{there.pk}"
    ]


def test_the_records_do_not_find_it_for_a_new_row_and_keep_it_in_an_old_one(city, client, over):
    meeting = hold(city.hoerde.one(RoundTable), -30)
    row = Attendance.objects.create(meeting=meeting, partner=over)
    asked = {"app_label": "seniorenbuero", "model_name": "attendance", "field_name": "partner"}
    answer = client.get(reverse("admin:autocomplete"), asked | {"term": "Beispielheim"})
    assert answer.status_code == 200 and answer.json()["results"] == []
    Partner.objects.filter(pk=over.pk).update(active_until=TODAY)
    found = client.get(reverse("admin:autocomplete"), asked | {"term": "Beispielheim"}).json()["results"]
    assert [one["text"] for one in found] == [OVER]
    Partner.objects.filter(pk=over.pk).update(active_until=TODAY - dt.timedelta(days=1))
    path = reverse("admin:seniorenbuero_roundtablemeeting_change", args=[meeting.pk])
    text = client.get(path).content.decode()
    assert f'<option value="{over.pk}" selected>{OVER}</option>' in text
    assert row.partner == over
