"""Tasks of round tables: open ones go on to the next meeting, and what is overdue waits on the start page."""

import datetime as dt

from django.db.models import Q, QuerySet
from django.utils import timezone

from seniorenbuero.desk.door import Desk
from seniorenbuero.models import RoundTable, RoundTableMeeting, TableTask
from seniorportal import access
from seniorportal.access import Right


def of_office(desk: Desk) -> QuerySet[TableTask]:
    rows = TableTask.objects.filter(meeting__round_table__office=desk.office)
    return access.visible(desk.principal, Right.SEE, rows.select_related("meeting__round_table", "partner"))


def open_of(desk: Desk, table: RoundTable) -> QuerySet[TableTask]:
    return of_office(desk).filter(meeting__round_table=table, done_on=None)


def carried_to(desk: Desk, meeting: RoundTableMeeting) -> QuerySet[TableTask]:
    """What was open on the day of the meeting: given before, and not done by then."""
    before = of_office(desk).filter(meeting__round_table=meeting.round_table, meeting__date__lt=meeting.date)
    return before.filter(Q(done_on=None) | Q(done_on__gte=meeting.date))


def overdue(desk: Desk, today: dt.date | None = None) -> QuerySet[TableTask]:
    return of_office(desk).filter(done_on=None, due__lt=today or timezone.localdate())
