"""Keeping the hours of a venue: the ordinary week, from a day on or corrected; and days with hours of their own.

A week that changes ends the old lines and begins new ones: what was counted for the time before stays right.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.db import transaction

from seniorportal import access
from seniorportal.access import Principal, Right
from seniorportal.hours import is_special, valid_on
from seniorportal.models import OpeningHours, Venue

DAY = dt.timedelta(days=1)


class Span(NamedTuple):
    weekday: int
    opens: dt.time
    closes: dt.time
    holidays: bool = False
    note: str = ""


def span_of(row: OpeningHours) -> Span:
    return Span(row.weekday, row.opens, row.closes, row.on_public_holidays, row.note)


def ordinary(rows: Iterable[OpeningHours], day: dt.date) -> list[OpeningHours]:
    """The lines of the ordinary week that hold on a day, in order."""
    found = valid_on((row for row in rows if not is_special(row)), day)
    return sorted(found, key=lambda row: (row.weekday, row.opens))


def next_change(rows: Iterable[OpeningHours], day: dt.date) -> dt.date | None:
    """The first day after ``day`` from which another line of the ordinary week holds."""
    return min(
        (row.valid_from for row in rows if not is_special(row) and row.valid_from and row.valid_from > day),
        default=None,
    )


def mark(rows: Iterable[OpeningHours]) -> str:
    """What a form carries to notice that somebody else changed the hours meanwhile."""
    return " ".join(sorted(f"{row.pk}:{row.version}" for row in rows))


@transaction.atomic
def set_week(venue: Venue, spans: Iterable[Span], by: Principal, *, day: dt.date, since: bool) -> bool:
    """The ordinary week is this: from ``day`` on (``since``), or, as a correction, for as long as the week of that day
    held. Whether anything changed."""
    rows = list(venue.opening_hours.select_for_update())
    holds, wanted = ordinary(rows, day), set(spans)
    gone = [row for row in holds if span_of(row) not in wanted]
    new = sorted(wanted - {span_of(row) for row in holds})
    changed = bool(gone or new)
    following = next_change(rows, day)
    until = following - DAY if following else None
    begin: dt.date | None = day
    if not since:
        begin = max((row.valid_from for row in holds if row.valid_from), default=None)
        gone, new = _corrected(gone, new, by)
    for row in gone:
        _end(row, day - DAY if since else None, by)
    for span in new:
        _make(venue, span, begin, until, by)
    return changed


def _corrected(
    gone: list[OpeningHours], new: list[Span], by: Principal
) -> tuple[list[OpeningHours], list[Span]]:
    """Lines that give way to another one of the same weekday become it; what is left over."""
    waiting: dict[int, list[Span]] = defaultdict(list)
    for span in new:
        waiting[span.weekday].append(span)
    left = []
    for row in gone:
        if not waiting[row.weekday]:
            left.append(row)
            continue
        span = waiting[row.weekday].pop(0)
        row.opens, row.closes, row.on_public_holidays, row.note = span[1:]
        row.save()
        access.ensure(by, Right.CHANGE, row)
    return left, [span for spans in waiting.values() for span in spans]


def _end(row: OpeningHours, last: dt.date | None, by: Principal) -> None:
    access.ensure(by, Right.CHANGE, row)
    if last is None or (row.valid_from and row.valid_from > last):
        row.delete()
    else:
        row.valid_until = last
        row.save()


def _make(venue: Venue, span: Span, begin: dt.date | None, until: dt.date | None, by: Principal) -> None:
    row = OpeningHours.objects.create(
        venue=venue,
        weekday=span.weekday,
        opens=span.opens,
        closes=span.closes,
        on_public_holidays=span.holidays,
        note=span.note,
        valid_from=begin,
        valid_until=until,
        example=venue.example,
    )
    access.ensure(by, Right.ADD, row)


def of_day(rows: Iterable[OpeningHours], day: dt.date) -> list[OpeningHours]:
    """The lines of a special day, in order."""
    found = (row for row in rows if is_special(row) and row.valid_from == day)
    return sorted(found, key=lambda row: row.opens)


@transaction.atomic
def set_day(
    venue: Venue, day: dt.date, spans: Iterable[tuple[dt.time, dt.time]], note: str, by: Principal
) -> None:
    """On that one day the venue is open like this, whatever the week says; without hours the week holds again."""
    stored = of_day(venue.opening_hours.select_for_update(), day)
    wanted = {Span(day.weekday(), opens, closes, True, note) for opens, closes in spans}
    for row in stored:
        if span_of(row) not in wanted:
            _end(row, None, by)
    for span in sorted(wanted - {span_of(row) for row in stored}):
        _make(venue, span, day, day, by)
