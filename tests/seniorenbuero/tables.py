"""Round tables of an office, and hands that look at its pages and send what a browser sends."""

import datetime as dt
from typing import Any

from django.test import Client
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
from seniorportal.models import Partner
from tests.cast import City
from tests.public.html import check_page
from tests.seniorenbuero.log import make_office

State = RoundTableMeeting.State
TODAY = timezone.localdate()


def office_without_meetings() -> City:
    made = make_office()
    for model in (TableTask, TableDecision, AgendaItem, Attendance, RoundTableMeeting):
        model._default_manager.all().delete()
    return made


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
