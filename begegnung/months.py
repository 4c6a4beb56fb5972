"""What counted, month by month and place by place, by the rule of the figure «Besuche»: to compare, not to report."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta
from django.db import connection

from seniorportal.models import Occurrence, Offering, Visit

MONTHS_OF_HABIT = 12


@dataclass(frozen=True)
class Sum:
    """A month at one place. ``days`` are those counted at the door or by dates; 0 where only the month was counted."""

    total: int
    estimated: bool
    days: int


NOTHING = Sum(0, False, 0)
Months = dict[tuple[int, dt.date], Sum]


def counted(venues: Collection[int], first: dt.date, end: dt.date) -> Months:
    """By place and first of the month, from ``first`` to before ``end``; «geschlossen» is 0. One statement.

    A date goes over the door of its day, both over the month; a year says nothing about its months.
    """
    sql = _MONTHS.format(
        visit=Visit._meta.db_table, occurrence=Occurrence._meta.db_table, offering=Offering._meta.db_table
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [first, end, list(venues), first, end, list(venues)])
        return {(place, month): Sum(*rest) for place, month, *rest in cursor.fetchall()}


_MONTHS = """
WITH dated AS MATERIALIZED (
    SELECT coalesce(v.venue_id, o.venue_id) AS place, v.first_day, v.count, v.closed, v.method
    FROM {visit} AS v JOIN {occurrence} AS x ON x.id = v.occurrence_id JOIN {offering} AS o ON o.id = x.offering_id
    WHERE v.scope = 'termin' AND v.first_day >= %s AND v.first_day < %s
    AND coalesce(v.venue_id, o.venue_id) = ANY (%s)
), plain AS MATERIALIZED (
    SELECT venue_id AS place, scope, first_day, count, closed, method FROM {visit}
    WHERE scope IN ('tag', 'monat') AND first_day >= %s AND first_day < %s AND venue_id = ANY (%s)
), daily AS (
    SELECT place, first_day, count, closed, method FROM dated
    UNION ALL
    SELECT place, first_day, count, closed, method FROM plain AS p WHERE scope = 'tag'
    AND (closed OR NOT EXISTS (
        SELECT FROM dated AS d WHERE d.place = p.place AND d.first_day = p.first_day AND NOT d.closed))
), counted AS (
    SELECT place, date_trunc('month', first_day)::date AS month, count, method, closed, first_day AS day FROM daily
    UNION ALL
    SELECT place, first_day, count, method, closed, NULL FROM plain AS p WHERE scope = 'monat'
    AND (closed OR NOT EXISTS (
        SELECT FROM daily AS d WHERE d.place = p.place AND NOT d.closed
        AND date_trunc('month', d.first_day)::date = p.first_day))
)
SELECT place, month, sum(coalesce(count, 0))::bigint, bool_or(method = 'geschaetzt' AND NOT closed),
       count(DISTINCT day) FILTER (WHERE NOT closed)::integer
FROM counted GROUP BY place, month
"""


def before(month: dt.date) -> dt.date:
    return month - relativedelta(months=1)


def year_before(month: dt.date) -> dt.date:
    return month - relativedelta(years=1)


def of_the_past(venues: Collection[int], month: dt.date) -> Months:
    """The twelve months before, and thereby the same month of the year before. One statement."""
    return counted(venues, month - relativedelta(months=MONTHS_OF_HABIT), month)


def usual_month(past: Iterable[Sum]) -> int | None:
    """What a month with visitors has, on average; None where there is none to compare with."""
    totals = [one.total for one in past if one.total]
    return round(sum(totals) / len(totals)) if totals else None


def usual_day(past: Iterable[Sum]) -> int | None:
    """What a counted day has, on average."""
    days = [one for one in past if one.days]
    number = sum(one.days for one in days)
    return round(sum(one.total for one in days) / number) if number else None
