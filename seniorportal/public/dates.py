"""Dates as pages show them: each with its state, grouped by day where a page wants that."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from seniorportal.access import PUBLIC, Right, visible
from seniorportal.models import Occurrence, Offering
from seniorportal.models.calendar import Moment
from seniorportal.models.nested import Row, nested
from seniorportal.prepared import NOW
from seniorportal.programme import state


@dataclass(slots=True)
class Date:
    """What a page reads of an Occurrence brought along with its offering."""

    offering: Offering
    date: dt.date
    start: dt.time | None
    end: dt.time | None
    planned_date: dt.date
    planned_start: dt.time | None
    status: str
    note: str
    state: str = ""


def coming(most: int, now: dt.datetime | Moment = NOW) -> ArraySubquery:
    """The next dates of each offering, for ``dates_of``."""
    dates = visible(PUBLIC, Right.SEE, Occurrence.objects.still_to_come(now).filter(offering=OuterRef("pk")))
    return nested(dates[:most], *("date", "start", "end", "planned_date", "planned_start", "status", "note"))


def dates_of(offering: Offering, rows: list[Row], today: dt.date) -> list[Date]:
    """What ``coming()`` brought along, each with its state."""

    def time(text: str | None) -> dt.time | None:
        return dt.time.fromisoformat(text) if text else None

    day = dt.date.fromisoformat
    dates = [
        Date(
            offering,
            day(row["date"]),
            time(row["start"]),
            time(row["end"]),
            day(row["planned_date"]),
            time(row["planned_start"]),
            row["status"],
            row["note"],
        )
        for row in rows
    ]
    for date in dates:
        date.state = state(date, today)  # type: ignore[arg-type]
    return dates


@dataclass(frozen=True)
class Day:
    """The first dates of one day and how many more there are."""

    date: dt.date
    dates: list[Occurrence]
    more: int


def with_state(dates: Iterable[Occurrence], today: dt.date) -> list[Occurrence]:
    """The same dates, each knowing its ``state``. Reads ``offering``: load it with ``for_list()``."""
    found = list(dates)
    for date in found:
        date.state = state(date, today)  # type: ignore[attr-defined]
    return found


def by_day(dates: Iterable[Occurrence], most: int) -> list[Day]:
    """At most ``most`` dates of each day; they must come in time order from ``for_home()``."""
    days = []
    for day, group in groupby(dates, key=lambda date: date.date):
        rows = list(group)
        days.append(Day(day, rows[:most], rows[0].of_day - len(rows[:most])))  # type: ignore[attr-defined]
    return days
