"""Rooms of a house: which a person may choose, and what else takes place in one at the same time."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from seniorportal import access
from seniorportal.access import PUBLIC, Right
from seniorportal.models import Occurrence, Offering, Room, User, Venue

M = TypeVar("M", bound=Model)
AN_HOUR_AND_A_HALF = 90  # minutes, of a date without an end


@dataclass
class Clash:
    """Another offering in the same room on some of the same days, at overlapping times."""

    other: Offering
    days: list[dt.date] = field(default_factory=list)


def of_venue(user: User, venue: Venue | None) -> QuerySet[Room]:
    """Those the person sees, or everybody: a joint offering takes place at a house that she need not keep."""
    return _seen(user, Room.objects.filter(venue=venue))


def clashes(user: User, offering: Offering, days: Iterable[dt.date]) -> list[Clash]:
    """A hint and never a block: two groups may share a hall. Only what she or everybody may see; one statement."""
    wanted = set(days)
    if not offering.room_id or offering.start is None or not wanted:
        return []
    begins, ends = span(offering.start, None, offering.minutes)
    rows = Occurrence.objects.filter(
        offering__room=offering.room_id,
        offering__venue=offering.venue_id,
        date__range=(min(wanted), max(wanted)),
        start__isnull=False,
    ).exclude(status=Occurrence.Status.CANCELLED)
    if offering.pk:
        rows = rows.exclude(offering=offering.pk)
    found: dict[int, Clash] = {}
    for row in _seen(user, rows).select_related("offering").order_by("date", "start", "pk"):
        assert row.start
        first, last = span(row.start, row.end, None)
        if row.date in wanted and first < ends and begins < last:
            found.setdefault(row.offering_id, Clash(row.offering)).days.append(row.date)
    return list(found.values())


def _seen(user: User, rows: QuerySet[M]) -> QuerySet[M]:
    """By this person or by everybody."""
    shown = [access.visible(who, Right.SEE, rows).order_by().values("pk") for who in (user, PUBLIC)]
    return rows.filter(Q(pk__in=shown[0]) | Q(pk__in=shown[1]))


def span(start: dt.time, end: dt.time | None, minutes: int | None) -> tuple[int, int]:
    """In minutes of the day; past midnight it goes on counting."""
    begins = start.hour * 60 + start.minute
    if end is None:
        return begins, begins + (minutes or AN_HOUR_AND_A_HALF)
    ends = end.hour * 60 + end.minute
    return begins, ends if ends > begins else ends + 24 * 60
