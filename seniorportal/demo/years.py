"""The years with facts, and the calendar they are counted over."""

import datetime as dt
import random
from collections.abc import Iterable, Iterator
from functools import cached_property

from seniorportal.models import CalendarDay

REPORT_YEARS = (2014, 2015, 2016, 2017)
Span = tuple[dt.date, dt.date]
DAY = dt.timedelta(days=1)
FIRST_WEEK = 7  # days that may all be holidays and weekends


class Years:
    """2014 to 2017, the previous year, and the running one up to yesterday once its first week is over."""

    def __init__(self, today: dt.date) -> None:
        self.today = today
        self.spans: dict[int, Span] = {
            year: (dt.date(year, 1, 1), min(dt.date(year, 12, 31), today - DAY))
            for year in sorted({*REPORT_YEARS, today.year - 1, today.year})
            if dt.date(year, 1, FIRST_WEEK) < today
        }

    def is_full(self, year: int) -> bool:
        return self.spans[year][1] == dt.date(year, 12, 31)

    def share(self, year: int) -> float:
        """How much of the year is over: 1 for a full one."""
        first, last = self.spans[year]
        return ((last - first).days + 1) / 365 if not self.is_full(year) else 1

    @property
    def full(self) -> list[int]:
        return [year for year in self.spans if self.is_full(year)]

    @cached_property
    def public_holidays(self) -> frozenset[dt.date]:
        return frozenset(CalendarDay.objects.exclude(public_holiday="").values_list("date", flat=True))

    def is_ordinary(self, day: dt.date) -> bool:
        """No public holiday, whatever weekday it is."""
        return day not in self.public_holidays

    def weekdays(self, year: int, weekday: int) -> list[dt.date]:
        """The Mondays (0) of a year, or another weekday, up to yesterday."""
        first, last = self.spans[year]
        start = first + dt.timedelta(days=(weekday - first.weekday()) % 7)
        return [start + dt.timedelta(days=n) for n in range(0, (last - start).days + 1, 7)]

    def working_days(self, year: int) -> list[dt.date]:
        return [
            day for day in each(*self.spans[year]) if day.weekday() < 5 and day not in self.public_holidays
        ]


def each(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    for number in range((last - first).days + 1):
        yield first + dt.timedelta(days=number)


def within(day: dt.date, spans: Iterable[Span]) -> bool:
    return any(first <= day <= last for first, last in spans)


def dice(noun: str) -> random.Random:
    """The generator of one noun, the same on every run."""
    return random.Random(f"Seniorenportal Dortmund: {noun}")


def spread(total: int, weights: list[float]) -> list[int]:
    """Whole numbers in proportion to the weights whose sum is exactly ``total``."""
    whole = sum(weights)
    shares, taken, so_far = [], 0, 0.0
    for weight in weights:
        so_far += weight
        share = round(total * so_far / whole) - taken
        shares.append(share)
        taken += share
    return shares
