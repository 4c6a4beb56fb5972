"""Öffnungsstunden: the weekly hours of venues, expanded over the calendar by arithmetic instead of day by day."""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from seniorportal.figures.facts import Facts
from seniorportal.figures.period import Period
from seniorportal.models import CalendarDay, Closure, OpeningHours, Venue


def opening_hours(
    venues: QuerySet[Venue], period: Period, declared: QuerySet[Any] | None = None
) -> Facts | None:
    """Hours a year and venue: on its weekdays, while line and venue are valid, without public holidays (unless the line
    says so) and closures. ``declared`` gives (venue, year) pairs that are counted elsewhere.

    A line that is valid on one single day stands, on that day, instead of the ordinary ones (``hours.is_special``).
    Lines that overlap count once: each weekday is cut into slices at every opening and closing, and a slice has the
    days on which at least one line covers it.
    """
    try:
        places, place_params = venues.order_by().values("pk").query.sql_with_params()
        pairs, pair_params = (
            declared.order_by().query.sql_with_params() if declared is not None else (_NO_PAIRS, ())
        )
    except EmptyResultSet:
        return None
    years = ", ".join(["(%s, daterange(%s, %s))"] * len(period.years))
    sql = _HOURS.format(
        places=places,
        pairs=pairs,
        years=years,
        venue=Venue._meta.db_table,
        hours=OpeningHours._meta.db_table,
        closure=Closure._meta.db_table,
        calendar=CalendarDay._meta.db_table,
    )
    spans = [value for year in period.years for value in (year.first_year, year.first, year.end)]
    return Facts.of_sql(sql, [*place_params, *pair_params, *spans])


_NO_PAIRS = "SELECT NULL::bigint, NULL::integer WHERE false"

# A weekday counts 0 for Monday, as in OpeningHours; 4 January 1999 was a Monday, so that ``x`` days of one weekday lie
# before a date: (date - that Monday - weekday + 6) / 7.
_HOURS = """
WITH place AS MATERIALIZED (
    SELECT id, daterange(active_from, active_until, '[]')::datemultirange - coalesce((
               SELECT range_agg(daterange(first_day, last_day, '[]')) FROM {closure} WHERE venue_id = venue.id
           ), '{{}}') AS days
    FROM {venue} AS venue WHERE id IN ({places})
), declared (venue, year) AS ({pairs}
), calendar_year (year, days) AS (VALUES {years}
), holiday AS MATERIALIZED (
    SELECT extract(isodow FROM date)::integer - 1 AS weekday, range_agg(daterange(date, date, '[]')) AS days
    FROM {calendar} WHERE public_holiday <> '' GROUP BY 1
), special AS MATERIALIZED (
    SELECT venue_id, weekday, range_agg(daterange(valid_from, valid_until, '[]')) AS days
    FROM {hours} WHERE valid_from = valid_until AND extract(isodow FROM valid_from) = weekday + 1 GROUP BY 1, 2
), line AS (
    SELECT venue_id, weekday, opens, closes, on_public_holidays,
           (daterange(valid_from, valid_until, '[]')::datemultirange - CASE
               WHEN special.days IS NULL OR valid_from = valid_until THEN '{{}}' ELSE special.days
           END) * place.days AS days
    FROM {hours} JOIN place ON place.id = venue_id LEFT JOIN special USING (venue_id, weekday)
), slice AS (
    SELECT venue_id, weekday, edge AS opens, lead(edge) OVER (PARTITION BY venue_id, weekday ORDER BY edge) AS closes
    FROM (SELECT venue_id, weekday, opens AS edge FROM line UNION SELECT venue_id, weekday, closes FROM line) AS edges
), open AS (
    SELECT venue_id, weekday, slice.opens, extract(epoch FROM slice.closes - slice.opens) / 3600 AS hours,
           range_agg(line.days) AS days,
           coalesce(range_agg(line.days) FILTER (WHERE on_public_holidays), '{{}}') AS holidays_too
    FROM slice JOIN line USING (venue_id, weekday)
    WHERE line.opens <= slice.opens AND line.closes >= slice.closes
    GROUP BY venue_id, weekday, slice.opens, slice.closes
), run AS (
    SELECT year, venue_id, weekday, hours, unnest(
        (open.days - (coalesce(holiday.days, '{{}}') - holidays_too)) * calendar_year.days::datemultirange) AS days
    FROM open JOIN calendar_year ON open.days && calendar_year.days LEFT JOIN holiday USING (weekday)
)
SELECT year, venue_id, NULL, sum(hours * (
           (upper(run.days) - DATE '1999-01-04' - weekday + 6) / 7
           - (lower(run.days) - DATE '1999-01-04' - weekday + 6) / 7
       )), false, false
FROM run
WHERE NOT EXISTS (SELECT FROM declared WHERE declared.venue = venue_id AND declared.year = run.year)
GROUP BY year, venue_id
"""
