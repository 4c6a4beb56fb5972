"""What is counted in the same way at every kind of venue: visits, volunteers, dates that took place."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import ExtractYear

from seniorportal.figures.facts import Facts
from seniorportal.figures.period import Period
from seniorportal.models import Engagement, Occurrence, Offering, Venue, Visit


def within(period: Period, field: str) -> Q:
    return Q(**{f"{field}__gte": period.first, f"{field}__lt": period.end})


def expected(venues: Any, period: Period) -> Iterator[Facts | None]:
    """The venues that are active on at least one day of each year."""
    for year in period.years:
        active = venues.active_within(year.first, year.last)
        yield Facts.of(active, year=year.first_year, venue="pk", expected=True)


def visits(venues: QuerySet[Venue], period: Period) -> Facts | None:
    """Per venue a date over the door, the door over the month, the month over the year: never added.

    «Geschlossen» is a report of 0 that displaces no count. Months are the most by far: they are looked up among the
    counts of dates and days, and only for a year the months themselves.
    """
    try:
        places, params = venues.order_by().values("id").query.sql_with_params()
    except EmptyResultSet:
        return None
    sql = _VISITS.format(
        places=places,
        visit=Visit._meta.db_table,
        occurrence=Occurrence._meta.db_table,
        offering=Offering._meta.db_table,
    )
    return Facts.of_sql(sql, [*params, *[period.first, period.end] * 3, period.end])


# A month and a year begin on their first day, so that finer counts are found there as well. The counts of a date may
# have their venue from the offering only; all others have one of their own, and are found by it.
_VISITS = """
WITH place AS MATERIALIZED ({places}
), dated AS MATERIALIZED (
    SELECT coalesce(v.venue_id, o.venue_id) AS place, o.id AS offering, v.first_day, v.count, v.closed, v.method
    FROM {visit} AS v JOIN {occurrence} AS x ON x.id = v.occurrence_id JOIN {offering} AS o ON o.id = x.offering_id
    WHERE v.scope = 'termin' AND v.first_day >= %s AND v.first_day < %s
    AND coalesce(v.venue_id, o.venue_id) IN (SELECT id FROM place)
), plain AS (
    SELECT venue_id AS place, scope, first_day, count, closed, method FROM {visit}
    WHERE scope <> 'termin' AND first_day >= %s AND first_day < %s AND venue_id IN (SELECT id FROM place)
), finer AS MATERIALIZED (
    SELECT place, first_day FROM dated WHERE NOT closed
    UNION ALL
    SELECT venue_id, first_day FROM {visit}
    WHERE scope = 'tag' AND NOT closed AND first_day >= %s AND first_day < %s
)
SELECT date_part('year', first_day)::integer, place, offering, sum(coalesce(count, 0)), method = 'geschaetzt', false
FROM (
    SELECT place, offering, first_day, count, method FROM dated
    UNION ALL
    SELECT place, NULL, first_day, count, method FROM plain AS v WHERE closed OR CASE scope
        WHEN 'tag' THEN (place, first_day) NOT IN (SELECT place, first_day FROM dated WHERE NOT closed)
        WHEN 'monat' THEN (place, first_day) NOT IN (SELECT place, date_trunc('month', first_day)::date FROM finer)
        ELSE (place, first_day) NOT IN (SELECT place, date_trunc('year', first_day)::date FROM finer)
            AND NOT EXISTS (
                SELECT FROM {visit} AS m WHERE m.venue_id = v.place AND m.scope = 'monat' AND NOT m.closed
                AND m.first_day >= v.first_day AND m.first_day < least(v.first_day + interval '1 year', %s))
    END
) AS counted
GROUP BY 1, 2, 3, 5
"""


def counted_in(period: Period, venue: str, year: str) -> Q:
    """Whether somebody counted visits at the venue in the year that these columns name, within the period."""
    counts = Visit.objects.filter(within(period, "first_day"), closed=False, first_day__year=OuterRef(year))
    own = counts.filter(venue=OuterRef(venue))
    of_dates = counts.filter(venue=None, occurrence__offering__venue=OuterRef(venue))
    return Q(Exists(own)) | Q(Exists(of_dates))


def volunteers(venues: QuerySet[Venue], period: Period) -> Iterator[Facts | None]:
    """Each volunteer once, however many venues and engagements there are in a year or in the period."""
    for year in period.years:
        engaged = Engagement.objects.active_within(year.first, year.last).filter(
            venue__in=venues.order_by().values("pk")
        )
        yield Facts.of(engaged, year=year.first_year, venue="venue", item="volunteer")


def held(area: str) -> QuerySet[Occurrence]:
    """Dates that took place at venues of an area."""
    return Occurrence.objects.filter(status=Occurrence.Status.HELD, offering__venue__report_area=area)


def per_venue(
    rows: QuerySet[Any], period: Period, date: str, venue: str, offering: str | None = None
) -> Facts | None:
    """Rows with a date, counted by year and venue, and by offering where carriers divide them."""
    return Facts.of(
        rows.filter(within(period, date)),
        year=ExtractYear(date),
        venue=venue,
        item=offering,
        amount=Count("pk"),
    )
