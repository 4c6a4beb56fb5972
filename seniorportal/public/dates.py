"""Dates as lists show them: each with its state, grouped by day where a page wants that."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from seniorportal.models import Occurrence
from seniorportal.programme import state


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
