"""Months and weeks as they stand in an address: ``2026-12``, ``2026-W50``."""

import datetime as dt
import re
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta
from django.utils.formats import date_format

from seniorportal.programme import MONTHS_AHEAD

MONTHS_BACK = 12


@dataclass(frozen=True)
class Span:
    """From ``first`` to ``last``, both included. ``previous`` and ``following`` are empty where nothing is offered."""

    key: str
    name: str
    within: str  # "im Dezember 2026", behind "Programm"
    first: dt.date
    last: dt.date
    previous: str = ""
    following: str = ""

    @property
    def is_week(self) -> bool:
        return "W" in self.key


def month(text: str, today: dt.date) -> Span | None:
    """The month, or None where it is none or lies too far from today."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}", text, re.ASCII):
        return None
    try:
        first = dt.date(int(text[:4]), int(text[5:]), 1)
    except ValueError:
        return None
    if not _offered(first, first + relativedelta(day=31), today):
        return None
    before, after = first - relativedelta(months=1), first + relativedelta(months=1)
    name = date_format(first, "F Y")
    return Span(
        text,
        name,
        f"im {name}",
        first,
        first + relativedelta(day=31),
        month_of(before) if _offered(before, first - dt.timedelta(days=1), today) else "",
        month_of(after) if _offered(after, after + relativedelta(day=31), today) else "",
    )


def week(text: str, today: dt.date) -> Span | None:
    """The week from Monday, or None where it is none or lies too far from today."""
    if not re.fullmatch(r"[0-9]{4}-W[0-9]{2}", text, re.ASCII):
        return None
    try:
        first = dt.date.fromisocalendar(int(text[:4]), int(text[6:]), 1)
        last = first + dt.timedelta(days=6)
    except (ValueError, OverflowError):
        return None
    if not _offered(first, last, today):
        return None
    before, after = first - dt.timedelta(days=7), first + dt.timedelta(days=7)
    name = f"{_short(first, last)} bis {date_format(last, 'j. F Y')}"
    return Span(
        text,
        name,
        f"vom {name}",
        first,
        last,
        week_of(before) if _offered(before, before + dt.timedelta(days=6), today) else "",
        week_of(after) if _offered(after, after + dt.timedelta(days=6), today) else "",
    )


def month_of(day: dt.date) -> str:
    return f"{day.year:04}-{day.month:02}"


def week_of(day: dt.date) -> str:
    year, number, _ = day.isocalendar()
    return f"{year:04}-W{number:02}"


def from_to(first: dt.date, last: dt.date) -> str:
    """ "am 3. Dezember", "vom 5. bis 9. Dezember", "vom 23. Dezember 2026 bis 6. Januar 2027"."""
    if first == last:
        return f"am {date_format(first, 'j. F')}"
    return (
        f"vom {_short(first, last)} bis {date_format(last, 'j. F Y' if first.year != last.year else 'j. F')}"
    )


def _short(first: dt.date, last: dt.date) -> str:
    if first.year != last.year:
        return date_format(first, "j. F Y")
    return date_format(first, "j. F") if first.month != last.month else f"{first.day}."


def _offered(first: dt.date, last: dt.date, today: dt.date) -> bool:
    """A year back, and forward as far as dates are made."""
    return last >= today - relativedelta(months=MONTHS_BACK) and first <= today + relativedelta(
        months=MONTHS_AHEAD
    )
