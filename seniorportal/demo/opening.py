"""Open hours a year of the meeting places, day by day: what the annual returns have to add up to with."""

import datetime as dt
from collections.abc import Iterable

from seniorportal.demo.halls import Hall
from seniorportal.demo.returns import Returns
from seniorportal.demo.years import DAY, Years
from seniorportal.models import OpeningHours, ReportArea

# Kurzbericht: über 50.000. The last target holds for the previous year.
TARGETS = (50_210, 50_380, 50_560, 50_640, 50_720)


def declares(hall: Hall) -> bool:
    """Two of five halls declare their hours once a year; for the rest the weekly hours count."""
    return hall.number % 5 in (1, 3)


def declare(years: Years, halls: list[Hall], returns: Returns, part: float) -> None:
    for year, target in zip(years.full, TARGETS, strict=False):
        first, last = years.spans[year]
        by_rule = sum(hours(years, hall, year) for hall in halls if not declares(hall)) + real(years, year)
        asked = [hall for hall in halls if declares(hall) and hall.was_open(first, last)]
        weights = [max(hours(years, hall, year), 10) for hall in asked]
        returns.spread(year, asked, weights, "opening_hours", round(target * part - by_rule))


def hours(years: Years, hall: Hall, year: int) -> float:
    return sum(
        closes - opens
        for day in open_days(years, hall, year)
        for weekday, opens, closes in hall.week
        if weekday == day.weekday()
    )


def open_days(years: Years, hall: Hall, year: int) -> list[dt.date]:
    first, last = years.spans[year]
    weekdays = {weekday for weekday, _, _ in hall.week}
    day, found = max(first, hall.first or first), []
    while day <= min(last, hall.last or last):
        if day.weekday() in weekdays and years.is_ordinary(day) and not hall.is_closed(day):
            found.append(day)
        day += DAY
    return found


def real(years: Years, year: int) -> float:
    """The few real meeting places whose hours a source names. They have no closures and no end."""
    rows: Iterable[OpeningHours] = OpeningHours.objects.filter(
        venue__report_area=ReportArea.MEETING_PLACES, venue__example=False
    )
    total = 0.0
    for row in rows:
        minutes = (row.closes.hour - row.opens.hour) * 60 + row.closes.minute - row.opens.minute
        total += minutes / 60 * sum(years.is_ordinary(day) for day in years.weekdays(year, row.weekday))
    return total
