"""A figure told per carrier: for the city everything counts once, for each carrier its agreed part.

A fact of a joint offering is divided among those who carry the offering, by their agreed shares or equally; every
other fact among the carriers of its venue, equally. The parts of all carriers together are the figure of the city.
"""

from collections import defaultdict
from decimal import Decimal

from django.db import connection

from seniorportal.figures.base import Figure
from seniorportal.figures.facts import union
from seniorportal.figures.period import Period
from seniorportal.models import Offering, OfferingShare, Venue

Parts = dict[int | None, dict[int, Decimal]]  # by carrier and year; None: nobody is known to carry it


def parts(figure: Figure, period: Period) -> Parts:
    """Of a figure that is ``carried``, year by year, with fractions where a third leaves them. One statement."""
    if not figure.carried:
        raise ValueError(f"{figure.key} is not told per carrier")
    facts, params = union(figure.facts(period))
    sql = _STATEMENT.format(
        facts=facts,
        carried=Offering.carriers.through._meta.db_table,
        share=OfferingShare._meta.db_table,
        kept=Venue.carriers.through._meta.db_table,
    )
    found: Parts = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, [year.first_year for year in period.years]])
        for carrier, year, number in cursor.fetchall():
            found[carrier][year] = number
    return dict(found)


# Shares count only where every carrier has one and they make a whole; percentages stay whole numbers until the end,
# so that the parts of three thirds are one again.
_STATEMENT = """
WITH fact AS MATERIALIZED (
{facts}
), amount AS (
    SELECT year, venue, item, sum(amount) AS number FROM fact
    WHERE NOT expected AND year = ANY (%s::integer[]) GROUP BY year, venue, item
), joint AS (
    SELECT c.offering_id AS item, c.carrier_id AS carrier,
           CASE WHEN bool_and(s.percent IS NOT NULL) OVER whole AND sum(s.percent) OVER whole = 100
                THEN s.percent ELSE 1 END AS part,
           CASE WHEN bool_and(s.percent IS NOT NULL) OVER whole AND sum(s.percent) OVER whole = 100
                THEN 100 ELSE count(*) OVER whole END AS of_all
    FROM {carried} AS c LEFT JOIN {share} AS s ON s.offering_id = c.offering_id AND s.carrier_id = c.carrier_id
    WHERE c.offering_id IN (SELECT item FROM amount)
    WINDOW whole AS (PARTITION BY c.offering_id)
), own AS (
    SELECT venue_id AS venue, carrier_id AS carrier, 1 AS part, count(*) OVER (PARTITION BY venue_id) AS of_all
    FROM {kept}
)
SELECT coalesce(joint.carrier, own.carrier), year,
       sum(number * coalesce(joint.part, own.part, 1)::numeric / coalesce(joint.of_all, own.of_all, 1))
FROM amount
LEFT JOIN joint ON joint.item = amount.item
LEFT JOIN own ON own.venue = amount.venue AND joint.carrier IS NULL
GROUP BY 1, 2
"""
