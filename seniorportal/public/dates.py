"""Dates as pages show them: each with its state, grouped by day where a page wants that."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, DateField, F, IntegerField, OuterRef, QuerySet, Subquery, When
from django.db.models.expressions import RawSQL

from seniorportal.access import PUBLIC, Right, visible
from seniorportal.models import Occurrence, Offering
from seniorportal.models.calendar import Moment
from seniorportal.models.nested import Row, nested
from seniorportal.prepared import NOW, Given
from seniorportal.programme import state

MOST_TOLD = 200  # dates of one day that home counts
IN_TIME_ORDER = (F("start").asc(nulls_last=True), "offering_id")  # as the index has them


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
    """The first dates of one day and how many more there are, which is counted for today and tomorrow.

    ``many``: there are more than ``more``.
    """

    date: dt.date
    dates: list[Occurrence]
    more: int
    many: bool


def with_state(dates: Iterable[Occurrence], today: dt.date) -> list[Occurrence]:
    """The same dates, each knowing its ``state``. Reads ``offering``: load it with ``for_list()``."""
    found = list(dates)
    for date in found:
        date.state = state(date, today)  # type: ignore[attr-defined]
    return found


class HowMany(Subquery):
    """The number of rows of a queryset, which may be cut."""

    template = "(SELECT count(*)::int FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def first_of_each_day(most: int) -> QuerySet[Occurrence]:
    """The first dates of each day from ``today`` to ``last`` in time order; ``of_day`` says how many today and
    ``tomorrow`` have, as far as anybody is told. Three days are given beside the clock.

    Each day is walked by the index and left after its first dates: numbering those of a week reads and sorts all.
    """
    tomorrow = Given("tomorrow", DateField())

    def of(day: Any) -> QuerySet[Occurrence]:
        return visible(PUBLIC, Right.SEE, Occurrence.objects.filter(date=day).not_over_today(NOW))

    first = of(RawSQL("d.day", (), DateField())).order_by(*IN_TIME_ORDER).values("pk")[:most]
    sql, params = first.query.sql_with_params()
    days = "SELECT day::date FROM generate_series(%s::date, %s::date, interval '1 day') day"
    found = RawSQL(
        f"SELECT f.pk FROM ({days}) d(day) CROSS JOIN LATERAL ({sql}) f(pk)",
        (NOW.today, Given("last", DateField()), *params),
    )
    of_day = Case(
        *(When(date=day, then=HowMany(of(day).order_by()[: MOST_TOLD + 1])) for day in (NOW.today, tomorrow)),
        default=0,
    )
    rows = Occurrence.objects.for_list().filter(pk__in=found).order_by("date", *IN_TIME_ORDER)
    return rows.annotate(of_day=of_day)


def by_day(dates: Iterable[Occurrence], most: int) -> list[Day]:
    """At most ``most`` dates of each day, for what comes from ``first_of_each_day()``."""
    days = []
    for day, group in groupby(dates, key=lambda date: date.date):
        rows = list(group)
        total, shown = rows[0].of_day, rows[:most]  # type: ignore[attr-defined]
        more = max(0, min(total, MOST_TOLD) - len(shown))
        days.append(Day(day, shown, more, many=total > MOST_TOLD))
    return days
