"""Which dates a calendar shows, and how many there are on each day.

Two statements a page. Up to ``MOST`` offerings every number is exact; beyond, each day is walked in time order and left
as soon as it holds more dates than the page can use.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import QuerySet

from seniorportal.listing import DATE, EVENING, MOST, NOON, PARTS, SHOWN, Date, Params, When
from seniorportal.models import Card, Occurrence

SHOWN_OF_DAY = 200  # how far a day of a very large city is counted where it is listed
COUNTED_OF_DAY = 20  # and where there is only a number to show
WITHOUT_START = len(PARTS)


@dataclass(frozen=True)
class Day:
    """One day: ``total`` dates, ``off`` of them cancelled, ``parts`` before 12, 12 to 17, from 17, without a start.

    ``more`` says that there are more than ``total``, and that ``off`` and ``parts`` are not known.
    """

    date: dt.date
    total: int = 0
    more: bool = False
    off: int = 0
    parts: tuple[int, ...] = (0, 0, 0, 0)
    public_holiday: str = ""
    school_holiday: str = ""


@dataclass
class Entry(Date):
    """A date of the calendar; ``part`` as in ``PARTS``, ``WITHOUT_START`` where nobody knows when it begins."""

    part: int = field(init=False)

    def __post_init__(self) -> None:
        if self.start is None:
            self.part = WITHOUT_START
        else:
            self.part = 0 if self.start < NOON else 1 if self.start < EVENING else 2


def days(
    cards: QuerySet[Card],
    when: When,
    first: dt.date,
    last: dt.date,
    listed: Sequence[dt.date],
    searched: bool = False,
) -> Mapping[dt.date, Day]:
    """Every day from ``first`` to ``last`` with its numbers; those ``listed`` are counted further. One statement.

    ``searched``: the cards were found by words. An index finds all of them at once; looked for one by one, or cut
    short, PostgreSQL would open the words of every card.
    """
    met, met_params = _offerings(cards)
    dates, dates_params = _dates(when, first, last)
    counted = (
        "count(*)::int AS total, (count(*) FILTER (WHERE status = %s))::int AS off,"
        " (count(*) FILTER (WHERE start < %s))::int AS morning,"
        " (count(*) FILTER (WHERE start >= %s AND start < %s))::int AS afternoon,"
        " (count(*) FILTER (WHERE start >= %s))::int AS evening,"
        " (count(*) FILTER (WHERE start IS NULL))::int AS unknown"
    )
    counted_params: Params = [Occurrence.Status.CANCELLED, NOON, NOON, EVENING, EVENING]
    most = f"CASE WHEN d.day = ANY (%s) THEN {SHOWN_OF_DAY} ELSE {COUNTED_OF_DAY} END"
    cut = "" if searched else f"LIMIT {MOST + 1}"
    mine = f"({met}) c USING (offering_id) WHERE"
    mine_params = met_params
    if searched:
        mine, mine_params = "(SELECT) c ON true WHERE x.offering_id IN (SELECT offering_id FROM hit) AND", []
    sql = f"""
WITH hit AS MATERIALIZED (SELECT offering_id FROM ({met}) c {cut}),
size AS (SELECT count(*)::int AS n FROM hit),
day AS (SELECT d::date AS day FROM generate_series(%s::timestamp, %s::timestamp, '1 day') d),
few AS (
  SELECT date AS day, {counted} FROM ({dates}) x JOIN hit h USING (offering_id)
  WHERE (SELECT n FROM size) <= {MOST} GROUP BY date
), many AS (
  SELECT d.day, n.* FROM day d CROSS JOIN LATERAL (
    SELECT {counted} FROM (
      SELECT x.status, x.start FROM ({dates}) x JOIN {mine} x.date = d.day
      LIMIT {most} + 1) x) n
  WHERE (SELECT n FROM size) > {MOST}
)
SELECT d.day, least(n.total, CASE WHEN s.n > {MOST} THEN {most} ELSE n.total END), s.n > {MOST} AND n.total > {most},
       n.off, n.morning, n.afternoon, n.evening, n.unknown,
       coalesce(k.public_holiday, ''), coalesce(k.school_holiday, '')
FROM day d CROSS JOIN size s LEFT JOIN (SELECT * FROM few UNION ALL SELECT * FROM many) n USING (day)
LEFT JOIN seniorportal_calendarday k ON k.date = d.day
ORDER BY d.day
"""
    far = list(listed)
    params = [*met_params, first, last, *counted_params, *dates_params]
    params += [*counted_params, *dates_params, *mine_params, far, far, far]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return {
            day: Day(day, total or 0, bool(more), off or 0, tuple(part or 0 for part in parts), *holidays)
            for day, total, more, off, *parts, public, school in cursor.fetchall()
            for holidays in [(public, school)]
        }


def entries(
    cards: QuerySet[Card], when: When, listed: Sequence[dt.date], limit: int, offset: int = 0
) -> list[Entry]:
    """The dates of the ``listed`` days in time order, of each day ``limit`` after the first ``offset``. One statement.

    By start (unknown last), then offering, as the index gives them, each with the card of its offering.
    """
    met, met_params = _offerings(cards)
    dates, dates_params = _dates(when, min(listed), max(listed))
    sql = f"""
SELECT {", ".join(f"c.{one.column}" for one in SHOWN)}, {", ".join(f'x."{name}"' for name in DATE)}
FROM unnest(%s::date[]) d(day) CROSS JOIN LATERAL (
  SELECT x.* FROM ({dates}) x JOIN ({met}) c USING (offering_id) WHERE x.date = d.day
  ORDER BY x.date, x.start, x.offering_id LIMIT %s OFFSET %s) x
JOIN seniorportal_card c ON c.offering_id = x.offering_id AND c.language = 'de'
ORDER BY x.date, x.start, x.offering_id
"""
    names = [one.attname for one in SHOWN]
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(listed), *dates_params, *met_params, limit, offset])
        return [
            Entry(Card.from_db("default", names, row[: len(names)]), *row[len(names) :])
            for row in cursor.fetchall()
        ]


def next_day(cards: QuerySet[Card], when: When, after: dt.date) -> dt.date | None:
    """The first day after the given one with a date that is not cancelled. One statement."""
    met, met_params = _offerings(cards)
    dates, dates_params = _dates(when, after + dt.timedelta(days=1), None)
    sql = (
        f"SELECT x.date FROM ({dates}) x JOIN ({met}) c USING (offering_id)"
        " WHERE x.status <> %s ORDER BY x.date LIMIT 1"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*dates_params, *met_params, Occurrence.Status.CANCELLED])
        row = cursor.fetchone()
    return row[0] if row else None


def _dates(when: When, first: dt.date, last: dt.date | None) -> tuple[str, Params]:
    """The dates between two days that meet the wish and are not over today, cancelled or not."""
    found = when.within(Occurrence.objects.not_over_today(when.now).filter(date__gte=first))
    if last:
        found = found.filter(date__lte=last)
    sql, params = found.order_by().values("id", "offering_id", *DATE).query.sql_with_params()
    return sql, list(params)


def _offerings(cards: QuerySet[Card]) -> tuple[str, Params]:
    sql, params = cards.order_by().values("offering_id").query.sql_with_params()
    return sql, list(params)
