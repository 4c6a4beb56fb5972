"""A period of whole calendar years; inside half-open local dates, resolved once."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Self

FIRST_YEAR = 2000  # the earliest year an annual return can speak of
_WRITTEN = re.compile(r"([0-9]{4})(?:-([0-9]{4}))?")


class NoSuchPeriod(ValueError):
    """Not a period, or one that has not begun."""


@dataclass(frozen=True)
class Period:
    """From the first of January of ``first_year`` to the end of ``last_year``, at most up to yesterday."""

    first_year: int
    last_year: int
    today: dt.date

    @classmethod
    def parse(cls, written: str, today: dt.date) -> Self:
        """``2017`` or ``2014-2017``; raises NoSuchPeriod for rubbish, for the future, and on a first of January."""
        match = _WRITTEN.fullmatch(written)
        if match is None:
            raise NoSuchPeriod(written)
        first, last = int(match[1]), int(match[2] or match[1])
        ordered = first < last or match[2] is None
        if not ordered or first < FIRST_YEAR or dt.date(last, 1, 1) >= today:
            raise NoSuchPeriod(written)
        return cls(first, last, today)

    def __str__(self) -> str:
        return "-".join(str(year) for year in sorted({self.first_year, self.last_year}))

    @property
    def label(self) -> str:
        """As people write it, with the dash that means «bis»."""
        return str(self).replace("-", "–")

    @property
    def first(self) -> dt.date:
        return dt.date(self.first_year, 1, 1)

    @property
    def end(self) -> dt.date:
        """The first day that does not count any more."""
        return min(dt.date(self.last_year + 1, 1, 1), self.today)

    @property
    def last(self) -> dt.date:
        """The last day that counts."""
        return self.end - dt.timedelta(days=1)

    @property
    def years(self) -> list[Self]:
        """Each year as a period of its own."""
        return [type(self)(year, year, self.today) for year in range(self.first_year, self.last_year + 1)]

    @property
    def is_running(self) -> bool:
        """Whether the last year is not over yet."""
        return self.last < dt.date(self.last_year, 12, 31)

    @property
    def full_years(self) -> list[int]:
        return [year.first_year for year in self.years if not year.is_running]
