"""How the pages of round tables find their rows: of the office at whose desk one stands, or 404."""

from typing import Any

from django.db.models import Model, QuerySet

from seniorenbuero.desk.door import Desk
from seniorenbuero.models import RoundTable, RoundTableMeeting
from seniorportal import access
from seniorportal.access import Right


def tables_of(desk: Desk) -> QuerySet[RoundTable]:
    return access.visible(desk.principal, Right.SEE, RoundTable.objects.filter(office=desk.office))


def meetings_of(desk: Desk) -> QuerySet[RoundTableMeeting]:
    rows = RoundTableMeeting.objects.filter(round_table__office=desk.office).select_related("round_table")
    return access.visible(desk.principal, Right.SEE, rows)


def table(desk: Desk, pk: int, *, lock: bool = False) -> RoundTable:
    rows = RoundTable.objects.filter(office=desk.office)
    return access.fetch(desk.principal, rows.select_for_update(of=("self",)) if lock else rows, pk=pk)


def meeting(desk: Desk, pk: int, *, lock: bool = False) -> RoundTableMeeting:
    rows = RoundTableMeeting.objects.filter(round_table__office=desk.office)
    rows = rows.select_related("round_table__office")
    return access.fetch(desk.principal, rows.select_for_update(of=("self",)) if lock else rows, pk=pk)


def of_meeting(desk: Desk, model: type[Model], pk: int) -> Any:
    """A decision or a task of a meeting of this office, locked."""
    rows: Any = model._default_manager.filter(meeting__round_table__office=desk.office)
    rows = rows.select_related("meeting__round_table").select_for_update(of=("self",))
    return access.fetch(desk.principal, rows, pk=pk)
