"""What somebody of an office looks after and has not finished: it goes on to others before she goes, or after.

Tasks of round tables belong to the office or to an organisation, and running help to those who help: neither to her.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, F, Q, QuerySet, Value
from django.urls import reverse
from django.utils.http import urlencode

from seniorenbuero.models import HelpRequest, Match
from seniorportal import access, register, standing_in, wall
from seniorportal.access import Right
from seniorportal.models import Membership, Role, User, Venue


@dataclass(frozen=True)
class Open:
    """Numbers only. ``visits``: first visits that she is to come along to."""

    concerns: int = 0
    requests: int = 0
    visits: int = 0

    def __bool__(self) -> bool:
        return bool(self.total)

    def __add__(self, other: "Open") -> "Open":
        return Open(
            self.concerns + other.concerns, self.requests + other.requests, self.visits + other.visits
        )

    @property
    def total(self) -> int:
        return self.concerns + self.requests + self.visits

    @property
    def helping(self) -> int:
        """What stays with this office, whoever gives the rest to another one."""
        return self.requests + self.visits

    @property
    def in_words(self) -> str:
        return ", ".join(self._parts())

    def _parts(self) -> Iterator[str]:
        if self.concerns:
            yield f"{self.concerns} Anliegen"
        if self.requests:
            yield f"{self.requests} {'Bitte' if self.requests == 1 else 'Bitten'} um Hilfe"
        if self.visits:
            yield "1 erster Besuch" if self.visits == 1 else f"{self.visits} erste Besuche"


def by_person(principal: Any, office: Venue) -> dict[int | None, Open]:
    """What waits in an office by who looks after it; None: requests to ring that nobody has taken. One statement."""
    rows = [
        _counted(rows, person, kind)
        for rows, person, kind in (
            (access.visible(principal, Right.CHANGE, standing_in.open_in(office)), "keeper", "concerns"),
            (_requests(principal, office), "owner", "requests"),
            (_visits(principal, office), "accompanied_by", "visits"),
        )
    ]
    found: dict[int | None, Open] = {}
    for person, kind, number in rows[0].union(*rows[1:], all=True):
        found[person] = found.get(person, Open()) + Open(**{kind: number})
    return found


def _counted(rows: QuerySet[Any], person: str, kind: str) -> Any:
    counted = (
        rows.order_by().values(person=F(person)).annotate(of=Value(kind, CharField()), number=Count("pk"))
    )
    return counted.values_list("person", "of", "number")


def _requests(principal: Any, office: Venue) -> QuerySet[HelpRequest]:
    rows = HelpRequest.objects.filter(office=office, owner__isnull=False)
    return access.visible(principal, Right.CHANGE, rows)


def _visits(principal: Any, office: Venue) -> QuerySet[Match]:
    rows = Match.objects.open().filter(helper__office=office, started_on=None, accompanied_by__isnull=False)
    return access.visible(principal, Right.CHANGE, rows)


def hand_on(principal: Any, office: Venue, giver: User | None, taker: User) -> int:
    """Requests for help and first visits go to a colleague, all or those of one person; how many."""
    number = 0
    for rows, person in (
        (_requests(principal, office), "owner"),
        (_visits(principal, office), "accompanied_by"),
    ):
        mine = rows.filter(**{person: giver}) if giver else rows.exclude(**{person: taker})
        keys = list(mine.order_by().values_list("pk", flat=True))
        still = Q(pk__in=keys) & ~Q(**{person: taker})
        number += rows.model._base_manager.filter(still).update(**{person: taker}, version=F("version") + 1)
    return number


def where(who: User, **more: Any) -> str:
    """The page on which it changes hands."""
    return f"{reverse('desk:office_hand_over')}?{urlencode({'von': who.pk} | more)}"


def left_open(by: User, membership: Membership) -> register.LeftOpen | None:
    """For «Mein Team», where memberships end: whoever works in several offices says for which one first."""
    if membership.role != Role.TANDEM or membership.venue is None:
        return None
    found = by_person(by, membership.venue).get(membership.user_id)
    if not found:
        return None
    page = where(membership.user)
    if len({one.venue_id for one in wall.memberships(by)}) > 1:
        page = f"{reverse('staff:office')}?{urlencode({'next': page})}"
    return register.LeftOpen(found.in_words, page, "Übergeben")


register.left_open([left_open])
