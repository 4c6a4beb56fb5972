"""Rows that hang on a record, brought along in its own statement and found where ``record.<relation>.all()`` looks.

A public page shows six or seven short lists beside its record; with ``prefetch_related`` each would be a statement.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models.functions import JSONObject

Row = dict[str, Any]


def nested(rows: models.QuerySet, *fields: str, **more: Any) -> ArraySubquery:
    """The rows as an array of JSON objects: the primary key, the named fields, and what ``more`` computes."""
    return ArraySubquery(rows.values(row=JSONObject(pk="pk", **{field: field for field in fields}, **more)))


def attach(record: models.Model, relations: dict[str, list[Row]]) -> None:
    """Unpacks what ``nested()`` brought along into plain lists: ``.all()`` finds them, ``.filter()`` fails instead of
    asking. Only the brought fields are loaded."""
    cache = record.__dict__.setdefault("_prefetched_objects_cache", {})
    for name, rows in relations.items():
        model: Any = record._meta.get_field(name).related_model
        cache[name] = [instance(model, row) for row in rows]


def instance(model: type[models.Model], row: Row) -> Any:
    """A record of the model from one row of ``nested()``, with the rows nested in it."""
    names, values, relations = _reading(model, tuple(row))
    record = model.from_db(DEFAULT_DB_ALIAS, names, [convert(row[key]) for key, convert in values])
    if relations:
        attach(record, {name: row[name] for name in relations})
    return record


@cache
def _reading(
    model: type[models.Model], keys: tuple[str, ...]
) -> tuple[list[str], list[tuple[str, Callable[[Any], Any]]], list[str]]:
    """The columns in the order of the model, how each comes out of JSON, and the relations: worked out once a shape."""
    named = {model._meta.pk.name if key == "pk" else key: key for key in keys}
    fields = [field for field in model._meta.concrete_fields if field.name in named]
    relations = [key for name, key in named.items() if name not in {field.name for field in fields}]
    return (
        [field.attname for field in fields],
        [(named[field.name], field.to_python) for field in fields],
        relations,
    )
