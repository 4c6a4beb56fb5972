"""Who stands in for whom today, and handing over what is open: to a colleague or to another Seniorenbüro.

While somebody is away her requests stay hers; the call list names whoever rings instead. What is handed over changes
hands for good, and leaves a trace that says how many, and nothing about any of them.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from seniorportal import access, concerns
from seniorportal.access import Right
from seniorportal.models import (
    Absence,
    CallAttempt,
    Concern,
    HandOver,
    Membership,
    PeriodQuerySet,
    Role,
    User,
    Venue,
)


@dataclass(frozen=True)
class StandIn:
    """Who rings instead: somebody of the office, or another office. ``absence`` is that of the one who is away."""

    absence: Absence
    person: User | None = None
    office: Venue | None = None

    @property
    def in_words(self) -> str:
        if self.office:
            return concerns.short_name(self.office)
        return str(self.person) if self.person else "jemand aus dem Team"


class Rota:
    """The absences of one day by office and person, and who stands in at the end of each chain."""

    def __init__(self, absences: Iterable[Absence]) -> None:
        self.absences = list(absences)
        self._by_person = {(row.office_id, row.member.user_id): row for row in self.absences}

    def for_person(self, user: int | None, office: int | None) -> StandIn | None:
        """None where she is there. Whoever stands in may be away herself: then her own deputy does."""
        first = self._by_person.get((office or 0, user or 0))
        row, seen = first, set()
        while row is not None and first is not None:
            if row.deputy_office:
                return StandIn(first, office=row.deputy_office)
            seen.add(row.member.user_id)
            person = row.deputy.user if row.deputy else None
            if person is None or person.pk in seen:
                return StandIn(first)
            row = self._by_person.get((row.office_id, person.pk))
            if row is None:
                return StandIn(first, person=person)
        return None

    def covering(self, office: int | None, own: set[int]) -> Absence | None:
        """Why an office of ``own`` sees the requests of ``office`` today."""
        rows = (row for row in self.absences if row.office_id == office and row.deputy_office_id in own)
        return max(rows, key=lambda row: row.active_until or dt.date.max, default=None)


def rota(user: User, today: dt.date) -> Rota:
    """As far as she may know it: her own office and those that hers stands in for. One statement."""
    return Rota(access.visible(user, Right.SEE, absences().active_on(today)))


def absences() -> PeriodQuerySet:
    return Absence.objects.select_related(
        *("office__district", "member__user", "member__employer"),
        *("deputy__user", "deputy_office__district"),
    )


def left_by(absence: Absence, today: dt.date) -> None:
    """Away from today on: what she was just ringing about is free for whoever stands in."""
    if absence.is_running_on(today):
        Concern.objects.filter(team_venue=absence.office, claimed_by=absence.member.user).update(
            **concerns.UNCLAIMED, version=F("version") + 1
        )


def at_work(today: dt.date) -> QuerySet[User]:
    """Whom a mail about today's work reaches and concerns: away from everything she does here, nobody is reminded."""
    away = Absence.objects.active_on(today).order_by().values("member")
    there = Membership.objects.active_on(today).exclude(pk__in=away)
    return User.objects.with_mail().filter(pk__in=there.order_by().values("user"))


# Handing over


def open_of(office: Venue, giver: User | None) -> QuerySet[Concern]:
    """What waits in an office: with one person, or with nobody."""
    return Concern.objects.filter(team_venue=office, keeper=giver)


def open_in(office: Venue) -> QuerySet[Concern]:
    return Concern.objects.filter(team_venue=office)


def present(office: Venue, today: dt.date) -> QuerySet[User]:
    """Who works in an office and is not away today."""
    there = Membership.objects.active_on(today).filter(role=Role.TANDEM, venue=office)
    away = Absence.objects.active_on(today).filter(office=office)
    people = User.objects.filter(is_active=True, pk__in=there.order_by().values("user"))
    return people.exclude(pk__in=away.order_by().values("member__user")).order_by("name", "username")


@transaction.atomic
def hand_over(
    rows: QuerySet[Concern],
    office: Venue,
    giver: User | None,
    taker: User | Venue,
    by: User,
    now: dt.datetime,
    besides: int = 0,
) -> int:
    """All of the rows at once; how many. The promised days stay. A second click finds nothing more to give.

    ``besides``: what an app handed over in the same act; it counts in the same trace.
    """
    mine = access.visible(by, Right.CHANGE, rows.filter(team_venue=office))
    if isinstance(taker, User):
        mine = mine.filter(Q(keeper__isnull=True) | ~Q(keeper=taker))
    keys = list(mine.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
    if not keys:
        if besides:
            trace(office, giver, taker, by, timezone.localdate(now), besides)
        return besides
    today, half = timezone.localdate(now), concerns.half_of(now)
    moved = Concern.objects.filter(pk__in=keys)
    changes = dict(concerns.UNCLAIMED)
    if isinstance(taker, User):
        changes["keeper"] = taker
    else:
        stands_in = concerns.deputy_of(concerns.Team(venue=taker), taker.district, today)
        changes |= {"keeper": None, "team_venue": taker, "team_carrier": None, "deputy": stands_in}
    moved.update(**changes, version=F("version") + 1)
    handed = CallAttempt.Outcome.HANDED
    CallAttempt.objects.bulk_create(
        CallAttempt(concern_id=key, outcome=handed, by=by, day=today, half_day=half) for key in keys
    )
    trace(office, giver, taker, by, today, len(keys) + besides)
    return len(keys) + besides


def trace(
    office: Venue, giver: User | None, taker: User | Venue, by: User, today: dt.date, number: int = 1
) -> HandOver:
    """What stays of it: who, to whom, when and how many."""
    to = {"taker": taker} if isinstance(taker, User) else {"taking_office": taker}
    return HandOver.objects.create(office=office, giver=giver, number=number, day=today, by=by, **to)
