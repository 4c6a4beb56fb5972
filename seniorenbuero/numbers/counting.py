"""The sums behind the page: read from ConsultationCount, and for the running month from the Beratungen themselves.

Days count up to yesterday, as in the Kurzbericht. All offices are read, whoever asks: what has to stay hidden in one
table depends on the others. What is shown of it, ``tables`` decides.
"""

from collections import defaultdict
from typing import Any

from django.db import connection
from django.db.models import Count

from seniorenbuero.figures import COMPLEX_CASES
from seniorenbuero.models import ConsultationCount
from seniorportal.figures.period import Period
from seniorportal.figures.venues import within
from seniorportal.models import ConsultationTopic

from .hiding import Cell

MONTH = "monat"
Kind = ConsultationCount.Kind
_COUNTS, _TOPICS = ConsultationCount._meta.db_table, ConsultationTopic._meta.db_table

# Whole months stand in the sums; of the running one, whose end is not a month's end, the rows themselves are read.
_PARTS = f"""
WITH part AS (
    SELECT kind, value, office_id, month, number FROM {_COUNTS}
    WHERE month >= %(first)s AND month < date_trunc('month', %(end)s::date) AND kind = ANY (%(kinds)s)
    UNION ALL
    SELECT kind, value, office_id, date_trunc('month', date)::date, 1 FROM consultation_values
    WHERE date >= greatest(%(first)s, date_trunc('month', %(end)s::date)) AND date < %(end)s AND kind = ANY (%(kinds)s)
)
"""
_OF_YEAR = f"""
{_PARTS}, named AS (
    SELECT kind, CASE WHEN kind = 'thema' THEN coalesce(t.parent_id, t.id)::text ELSE value END AS value,
           office_id, number
    FROM part LEFT JOIN {_TOPICS} t ON kind = 'thema' AND t.id = CASE WHEN kind = 'thema' THEN value::bigint END
    UNION ALL
    SELECT '{MONTH}', extract(month FROM month)::text, office_id, number FROM part WHERE kind = 'alle'
)
SELECT kind, value, office_id, sum(number)::bigint FROM named GROUP BY 1, 2, 3 HAVING sum(number) <> 0
"""
_OF_YEARS = f"""
{_PARTS} SELECT extract(year FROM month)::integer, office_id, sum(number)::bigint FROM part
GROUP BY 1, 2 HAVING sum(number) <> 0
"""


def of_year(period: Period) -> dict[str, dict[Cell, int]]:
    """By kind the numbers of each office and value. One statement."""
    found: dict[str, dict[Cell, int]] = defaultdict(dict)
    for kind, value, office, number in _read(_OF_YEAR, period, list(Kind)):
        found[kind][office, value] = number
    return found


def of_years(period: Period) -> dict[int, dict[int, int]]:
    """By year the Beratungen of each office. One statement."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for year, office, number in _read(_OF_YEARS, period, [Kind.ALL]):
        found[year][office] = number
    return found


def cases(period: Period) -> dict[int, int]:
    """The new, complex cases of each office, as the Kurzbericht counts them. One statement."""
    rows = COMPLEX_CASES.filter(within(period, "opened_on")).order_by()
    grouped = rows.values("office").annotate(number=Count("pk"))
    return {row["office"]: row["number"] for row in grouped}


def _read(sql: str, period: Period, kinds: list[str]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(
            sql, {"first": period.first, "end": period.end, "kinds": [str(kind) for kind in kinds]}
        )
        return cursor.fetchall()
