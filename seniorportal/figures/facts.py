"""What every figure is made of: facts of one shape, whatever model they come from."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from django.core.exceptions import EmptyResultSet
from django.db.models import F, IntegerField, QuerySet, Value
from django.db.models.expressions import BaseExpression

# The year is NULL for a fact that counts in the total of the period only; the venue tells the district. ``item`` is
# what a head count tells apart, ``amount`` what a sum adds up. ``expected`` marks a place that should have reported:
# not a fact, but its absence.
COLUMNS = {
    "year": "integer",
    "venue": "bigint",
    "item": "bigint",
    "amount": "numeric",
    "estimated": "boolean",
    "expected": "boolean",
}


@dataclass(frozen=True)
class Facts:
    """A piece of SQL with exactly the columns of COLUMNS."""

    sql: str
    params: tuple[Any, ...]

    @classmethod
    def of_sql(cls, sql: str, params: Iterable[Any]) -> Self:
        """A SELECT of six values, in the order of COLUMNS."""
        typed = ", ".join(f"source.{name}::{kind}" for name, kind in COLUMNS.items())
        return cls(f"SELECT {typed} FROM ({sql}) AS source ({', '.join(COLUMNS)})", tuple(params))

    @classmethod
    def of(cls, rows: QuerySet[Any], **columns: Any) -> Self | None:
        """The rows of a queryset: text names a field, an expression is one, anything else is the value itself.

        With an aggregate among them, the rows are first grouped by the other columns. None where no row can match.
        """
        given = {"estimated": False, "expected": False, **columns}
        chosen = {f"fact_{name}": _expression(given.get(name)) for name in COLUMNS}
        grown = {name: value for name, value in chosen.items() if getattr(value, "contains_aggregate", False)}
        plain = {name: value for name, value in chosen.items() if name not in grown}
        rows = rows.order_by().annotate(**plain)
        if grown:
            rows = rows.values(*plain).annotate(**grown)
        try:
            return cls.of_sql(*rows.values_list(*chosen).query.sql_with_params())
        except EmptyResultSet:
            return None


def _expression(value: Any) -> Any:
    if isinstance(value, BaseExpression | F):
        return value
    if value is None:
        return Value(None, output_field=IntegerField())
    return F(value) if isinstance(value, str) else Value(value)


def union(facts: Iterable[Facts | None]) -> tuple[str, list[Any]]:
    """All facts, one below the other; where there can be none, still something with the right columns."""
    nothing = Facts.of_sql(f"SELECT {', '.join(['NULL'] * len(COLUMNS))} WHERE false", ())
    found = [fact for fact in facts if fact is not None] or [nothing]
    return "\nUNION ALL\n".join(f.sql for f in found), [p for f in found for p in f.params]
