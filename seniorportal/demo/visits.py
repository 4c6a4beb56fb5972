"""Besuche of the example halls, counted in every way there is; what is coarser than another count has no effect."""

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

from seniorportal.demo.bulk import fill, pour
from seniorportal.demo.halls import Hall
from seniorportal.demo.opening import open_days
from seniorportal.demo.returns import Returns
from seniorportal.demo.years import Years, dice, spread
from seniorportal.importing.words import CODES
from seniorportal.models import Occurrence, Offering, Visit
from seniorportal.programme import end_of

# Kurzbericht: über 250.000
TARGETS = (251_400, 252_900, 254_300, 255_200, 256_100)
A_YEAR = 2_050  # of an average hall, before the annual returns fill up to the target

Scope, Method = Visit.Scope, Visit.Method
Row = dict[str, Any]


class Counts:
    """Collects the rows of all halls and knows what they add up to."""

    def __init__(self, years: Years) -> None:
        self.years = years
        self.rows: list[Row] = []
        self.sums: dict[int, int] = dict.fromkeys(years.spans, 0)

    def add(
        self, hall: Hall, scope: str, day: dt.date, count: int | None, *, counts: bool = True, **more: Any
    ) -> None:
        """``count`` None is closed; ``counts`` False for a row that a finer one displaces."""
        self.rows.append(
            {
                "venue_id": hall.pk,
                "scope": scope,
                "first_day": day,
                "count": count,
                "closed": count is None,
                **more,
            }
        )
        if counts:
            self.sums[day.year] += count or 0


def count(years: Years, halls: list[Hall], returns: Returns, part: float) -> tuple[int, int]:
    """Fills visits and, for halls that count dates, the dates of the past. Answers how many visits and dates."""
    rng = dice("visits")
    counts = Counts(years)
    average = sum(hall.size for hall in halls) / max(len(halls), 1)
    a_year = {hall.pk: A_YEAR * (0.5 + hall.size / average / 2) * rng.uniform(0.8, 1.2) for hall in halls}
    traps: set[str] = set()
    dates = 0
    for hall in halls:
        for year in years.spans:
            if hall.was_open(*years.spans[year]):
                wanted = a_year[hall.pk] * (1 + 0.005 * (year - 2014))
                if hall.method == "M":
                    by_month(rng, counts, hall, year, wanted)
                elif hall.method == "D":
                    by_day(rng, counts, hall, year, wanted)
                elif hall.method == "Y" and years.is_full(year):
                    first_day = dt.date(year, 1, 1)
                    counts.add(hall, Scope.YEAR, first_day, int(round(wanted, -1)), method=Method.ESTIMATED)
        if hall.method == "T":
            dates += by_date(rng, counts, hall, a_year[hall.pk])
        if hall.method not in traps:  # the first hall of each kind also counted more coarsely
            traps.add(hall.method)
            displaced(counts, hall, returns)
    written = len(fill(Visit, counts.rows, example=True))
    for year, target in zip(years.full, TARGETS, strict=False):
        asked = [hall for hall in halls if hall.method == "R" and hall.was_open(*years.spans[year])]
        weights = [a_year[hall.pk] for hall in asked]
        returns.spread(year, asked, weights, "visits", round(target * part) - counts.sums[year])
    return written, dates


def count_more(years: Years, halls: list[Hall]) -> int:
    """Month by month since they opened, for the halls beyond the first 158."""
    rng = dice("more visits")
    written = 0
    for hall in halls:
        counts = Counts(years)
        for year in years.spans:
            if hall.was_open(*years.spans[year]):
                by_month(rng, counts, hall, year, A_YEAR * rng.uniform(0.6, 1.4))
        written += pour(Visit, counts.rows, example=True)
    return written


def by_month(rng: random.Random, counts: Counts, hall: Hall, year: int, wanted: float) -> None:
    first, last = counts.years.spans[year]
    for month in range(1, 13):
        day = dt.date(year, month, 1)
        end = dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
        if end > last or not hall.was_open(day, end):
            continue
        if month == 8 and hall.number % 7 == 0:
            counts.add(hall, Scope.MONTH, day, None)
        elif month == 1 and hall.number % 31 == 0:
            counts.add(hall, Scope.MONTH, day, 0)  # open, and nobody came through the snow
        else:
            counts.add(hall, Scope.MONTH, day, round(wanted / 12 * rng.uniform(0.75, 1.25)))


def by_day(rng: random.Random, counts: Counts, hall: Hall, year: int, wanted: float) -> None:
    days = open_days(counts.years, hall, year)
    usual = wanted * counts.years.share(year) / max(len(days), 1)
    for day in days:
        counts.add(hall, Scope.DAY, day, round(usual * rng.uniform(0.6, 1.4)))


def by_date(rng: random.Random, counts: Counts, hall: Hall, wanted: float) -> int:
    """The weekly groups of a hall with their dates of all years: held, seldom cancelled, almost always counted."""
    groups = [
        offering
        for offering in Offering.objects.filter(venue=hall.pk, example=True).order_by("pk")
        if offering.rule.startswith("FREQ=WEEKLY;BYDAY=")
    ][:3]
    past = list(dates_of(rng, counts.years, hall, groups))
    keys = fill(Occurrence, past, example=True)
    held = [
        (key, row) for key, row in zip(keys, past, strict=True) if row["status"] == Occurrence.Status.HELD
    ]
    a_date = wanted * len(counts.years.spans) / max(len(held), 1)
    for key, row in held:
        if rng.random() < 0.97:
            number = round(a_date * rng.uniform(0.6, 1.4))
            counts.add(hall, Scope.DATE, row["date"], number, occurrence_id=key)
    return len(past)


def dates_of(rng: random.Random, years: Years, hall: Hall, groups: list[Offering]) -> Iterator[Row]:
    for offering in groups:
        weekday = CODES.index(offering.rule[-2:])
        for year in years.spans:
            for day in years.weekdays(year, weekday):
                if years.is_ordinary(day) and not hall.is_closed(day) and hall.is_active(day):
                    yield past_date(
                        offering.pk, day, offering.start, offering.minutes, held=rng.random() < 0.97
                    )


def past_date(offering: int, day: dt.date, start: dt.time | None, minutes: int | None, *, held: bool) -> Row:
    status = Occurrence.Status.HELD if held else Occurrence.Status.CANCELLED
    return {
        "offering_id": offering,
        "date": day,
        "start": start,
        "end": end_of(start, minutes),
        "planned_date": day,
        "planned_start": start,
        "status": status,
        "touched": True,
    }


def displaced(counts: Counts, hall: Hall, returns: Returns) -> None:
    """A coarser count beside a finer one of the same time: it must change no figure."""
    years = counts.years
    finer = [row for row in counts.rows if row["venue_id"] == hall.pk and not row["closed"]]
    for year in years.full:
        of_year = [row for row in finer if row["first_day"].year == year]
        if not of_year:
            continue
        returns.declare(hall, year, visits=8888)
        if hall.method != "Y":
            counts.add(hall, Scope.YEAR, dt.date(year, 1, 1), 7777, counts=False, method=Method.ESTIMATED)
        if hall.method == "D":
            for month in sorted({row["first_day"].replace(day=1) for row in of_year}):
                counts.add(hall, Scope.MONTH, month, 999, counts=False)
        if hall.method == "T":
            for day in sorted({row["first_day"] for row in of_year}):
                counts.add(hall, Scope.DAY, day, 99, counts=False)


def shares(total: int, number: int, rng: random.Random) -> list[int]:
    """``number`` counts that look counted and add up to ``total``."""
    return spread(total, [rng.uniform(0.6, 1.4) for _ in range(number)])
