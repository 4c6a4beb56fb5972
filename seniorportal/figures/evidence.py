"""Which years the portal has data of: those in which something dated was recorded.

Places, weekly hours and engagements without an end stand in every year; alone they prove nothing.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from seniorportal import register
from seniorportal.figures.period import FIRST_YEAR


@dataclass(frozen=True)
class OnDates:
    """Rows with an index that begins with their date: asked year by year, the first one found is enough."""

    rows: QuerySet[Any]
    date: str

    def condition(self, today: dt.date) -> tuple[str, tuple[Any, ...]]:
        bounds = {
            f"{self.date}__gte": RawSQL("make_date(candidate, 1, 1)", ()),
            f"{self.date}__lt": RawSQL("least(make_date(candidate + 1, 1, 1), %s)", (today,)),
        }
        sql, params = self.rows.filter(**bounds).order_by().values("pk").query.sql_with_params()
        return f"EXISTS ({sql})", params


@dataclass(frozen=True)
class InYears:
    """Rows that are few, or reached by another way than their date: their years are gathered once."""

    rows: QuerySet[Any]
    year: str

    def condition(self, today: dt.date) -> tuple[str, tuple[Any, ...]]:
        sql, params = self.rows.order_by().values(self.year).query.sql_with_params()
        return f"candidate IN ({sql})", params


Evidence = OnDates | InYears


def years_with_data(today: dt.date) -> list[int]:
    """In order; of the running year only what is recorded up to yesterday. One statement."""
    conditions, params = ["false"], [FIRST_YEAR, (today - dt.timedelta(days=1)).year]
    for figure in register.all_figures().values():
        for evidence in figure.evidence:
            try:
                condition, values = evidence.condition(today)
            except EmptyResultSet:
                continue
            conditions.append(condition)
            params += values
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT candidate FROM generate_series(%s::integer, %s::integer) AS candidate"
            f" WHERE {' OR '.join(conditions)} ORDER BY candidate",
            params,
        )
        return [year for (year,) in cursor.fetchall()]
