"""Which years the portal has data of: those in which something dated was recorded.

Places, weekly hours and engagements without an end stand in every year; alone they prove nothing.
"""

import datetime as dt

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models.expressions import RawSQL

from seniorportal import register
from seniorportal.figures.period import FIRST_YEAR

_OF_A_DATE = {
    "gte": RawSQL("make_date(candidate, 1, 1)", ()),
    "lt": RawSQL("make_date(candidate + 1, 1, 1)", ()),
}


def years_with_data(today: dt.date) -> list[int]:
    """In order; of the running year only what is recorded up to yesterday. One statement."""
    conditions: list[str] = []
    params: list[object] = []
    for figure in register.all_figures().values():
        for rows, field in figure.evidence():
            if field == "year":  # annual returns name their year themselves
                rows = rows.filter(year=RawSQL("candidate", ()))
            else:
                bounds = {f"{field}__{bound}": day for bound, day in _OF_A_DATE.items()}
                rows = rows.filter(**bounds).filter(**{f"{field}__lt": today})
            try:
                sql, values = rows.order_by().values("pk").query.sql_with_params()
            except EmptyResultSet:
                continue
            conditions.append(f"EXISTS ({sql})")
            params += values
    last = (today - dt.timedelta(days=1)).year
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT candidate FROM generate_series(%s::integer, %s::integer) AS candidate"
            f" WHERE {' OR '.join(conditions) or 'false'} ORDER BY candidate",
            [FIRST_YEAR, last, *params],
        )
        return [year for (year,) in cursor.fetchall()]
