"""Who works in an office: of which employer, until when, and whether the second employer is missing."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from seniorenbuero.desk.door import Desk
from seniorenbuero.models import WorkingWeek
from seniorenbuero.office.leaving import Open, by_person
from seniorportal import access, standing_in
from seniorportal.access import Right
from seniorportal.models import Absence, Carrier, Concern, Membership, Role, User, Venue, Weekday

EMPLOYERS = 2  # an office is carried by city and association as equals
SHORT = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")


@dataclass
class Person:
    """One membership of the office, today or to come. ``open``: what she looks after."""

    membership: Membership
    open: Open = Open()
    absences: list[Absence] = field(default_factory=list)
    is_self: bool = False
    may_end: bool = False
    today: dt.date = dt.date.min

    @property
    def user(self) -> User:
        return self.membership.user

    @property
    def is_to_come(self) -> bool:
        return bool(self.membership.active_from and self.membership.active_from > self.today)

    @property
    def away(self) -> Absence | None:
        return next((one for one in self.absences if one.is_running_on(self.today)), None)

    @property
    def week(self) -> WorkingWeek | None:
        return getattr(self.membership, "working_week", None)

    @property
    def days(self) -> str:
        return ", ".join(SHORT[day] for day in sorted(self.week.weekdays)) if self.week else ""

    @property
    def languages(self) -> str:
        return ", ".join(map(str, self.week.languages.all())) if self.week else ""


@dataclass(frozen=True)
class Missing:
    """From ``day`` on fewer than two employers; ``there`` the one that is left, ``who`` carries the office besides."""

    day: dt.date
    there: list[str]
    who: list[str]


def members(desk: Desk, today: dt.date) -> QuerySet[Membership]:
    """Who works here today or will."""
    rows = Membership.objects.filter(role=Role.TANDEM, venue=desk.office, user__is_active=True)
    found = access.visible(desk.principal, Right.SEE, rows.active_within(today, dt.date.max))
    return found.select_related("user", "employer").order_by("user__name", "user__username", "pk")


def member(desk: Desk, pk: int) -> Membership:
    """Of this office, or 404."""
    rows = Membership.objects.filter(role=Role.TANDEM, venue=desk.office)
    return access.fetch(desk.principal, rows.select_related("user", "employer", "venue"), pk=pk)


def people(desk: Desk, today: dt.date) -> list[Person]:
    """Six statements for any number of people."""
    rows = list(
        members(desk, today).select_related("working_week").prefetch_related("working_week__languages")
    )
    may_end = set(
        access.visible(desk.principal, Right.CHANGE, members(desk, today)).values_list("pk", flat=True)
    )
    waiting = by_person(desk.principal, desk.office)
    away: dict[int, list[Absence]] = {}
    for absence in absences(desk, today):
        away.setdefault(absence.member_id, []).append(absence)
    return [
        Person(
            row,
            waiting.get(row.user_id, Open()),
            away.get(row.pk, []),
            row.user_id == getattr(desk.principal, "pk", None),
            row.pk in may_end,
            today,
        )
        for row in rows
    ]


def absences(desk: Desk, today: dt.date) -> QuerySet[Absence]:
    """Of this office, running or to come."""
    rows = standing_in.absences().filter(office=desk.office).active_within(today, dt.date.max)
    return access.visible(desk.principal, Right.SEE, rows)


def covered(desk: Desk, today: dt.date) -> QuerySet[Absence]:
    """In other offices, with this one standing in."""
    rows = standing_in.absences().filter(deputy_office=desk.office).active_within(today, dt.date.max)
    return access.visible(desk.principal, Right.SEE, rows)


def promised(desk: Desk, today: dt.date) -> dict[str, Any]:
    """The first promised day in this office, and how many are past theirs. One statement."""
    rows = access.visible(desk.principal, Right.CHANGE, Concern.objects.filter(team_venue=desk.office))
    return rows.aggregate(first=Min("answer_by"), late=Count("pk", filter=Q(answer_by__lt=today)))


def missing(office: Venue, rows: Iterable[Membership], today: dt.date) -> Missing | None:
    """The first day, from today on, with people of fewer than two employers; None where none is known."""
    found = list(rows)
    ends = {row.active_until + dt.timedelta(days=1) for row in found if row.active_until}
    for day in sorted({today, *(end for end in ends if end > today)}):
        there = {row.employer for row in found if row.employer and row.is_active_on(day)}
        if len(there) < EMPLOYERS:
            bodies = {one.pk for one in there} | {one.parent_id for one in there}
            others: list[Carrier] = [one for one in office.carriers.all() if one.pk not in bodies]
            return Missing(day, sorted(map(str, there)), sorted(map(str, others)))
    return None


def weekday_choices() -> list[tuple[int, str]]:
    return [(day.value, str(day.label)) for day in Weekday if day < Weekday.SUNDAY]
