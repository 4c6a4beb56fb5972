"""What the pages say about closings, kept in the process: no page asks the database for it, none is a minute behind."""

import datetime as dt
import time
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db import DatabaseError
from django.db.models import OuterRef
from django.utils import timezone

from seniorportal.access import PUBLIC, Right, visible
from seniorportal.models import Closure, Notice

READ_AGAIN = 55  # seconds
AHEAD = {
    Notice.Scope.CITY: 7,
    Notice.Scope.DISTRICT: 7,
    Notice.Scope.CARRIER: 7,
    Notice.Scope.VENUE: 28,
}  # days


@dataclass(frozen=True)
class Announcement:
    """A closing as its readers see it. ``venues`` are those that it closed; ``outside`` walks without a house, too."""

    scope: str
    whose: str
    text: str
    first_day: dt.date
    last_day: dt.date
    venues: frozenset[int]
    outside: bool
    district: int | None

    def is_told(self, today: dt.date, ahead: int) -> bool:
        return self.first_day - dt.timedelta(days=ahead) <= today <= self.last_day


_kept: tuple[float, tuple[Announcement, ...]] | None = None


def current() -> tuple[Announcement, ...]:
    """One statement when the last reading is too old, otherwise none. The last good copy while nothing can be read."""
    global _kept
    if _kept is None or time.monotonic() > _kept[0]:
        try:
            found = _read()
        except DatabaseError:
            found = _kept[1] if _kept else ()
        _kept = time.monotonic() + READ_AGAIN, found
    return _kept[1]


def forget() -> None:
    """The next page reads anew."""
    global _kept
    _kept = None


def keep(found: Iterable[Announcement]) -> None:
    """Nothing is read until ``forget()``: for tests, which stand for a process that has read."""
    global _kept
    _kept = float("inf"), tuple(found)


def for_everybody(today: dt.date) -> list[Announcement]:
    """What every page says."""
    return [
        one
        for one in current()
        if one.scope == Notice.Scope.CITY and one.is_told(today, AHEAD[Notice.Scope.CITY])
    ]


def for_lists(today: dt.date) -> list[Announcement]:
    """What home and the lists say: all but what concerns one venue."""
    return [
        one
        for one in current()
        if one.scope != Notice.Scope.VENUE and one.is_told(today, AHEAD[Notice.Scope(one.scope)])
    ]


def for_venue(venue: int, today: dt.date) -> list[Announcement]:
    """What the pages of a venue and of what takes place there say."""
    return [one for one in current() if venue in one.venues and one.is_told(today, AHEAD[Notice.Scope.VENUE])]


def for_outside(district: int | None, today: dt.date) -> list[Announcement]:
    """What the page of something without a house says: closings of the city and of its district."""
    return [
        one
        for one in current()
        if one.scope in (Notice.Scope.CITY, Notice.Scope.DISTRICT)
        and one.outside
        and one.district in (None, district)
        and one.is_told(today, AHEAD[Notice.Scope.VENUE])
    ]


def _read() -> tuple[Announcement, ...]:
    closed = Closure.objects.filter(notice=OuterRef("pk")).order_by().values("venue")
    rows = visible(PUBLIC, Right.SEE, Notice.objects.standing(timezone.localdate()))
    return tuple(
        Announcement(
            scope=row.scope,
            whose=row.whose,
            text=row.text,
            first_day=row.first_day,
            last_day=row.last_day,
            venues=frozenset(row.closed_venues),
            outside=row.meeting_points,
            district=row.district_id,
        )
        for row in rows.select_related("venue", "carrier", "district").annotate(
            closed_venues=ArraySubquery(closed)
        )
    )
