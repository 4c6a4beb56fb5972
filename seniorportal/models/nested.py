"""Rows that hang on a record, brought along in its own statement and found where ``record.<relation>.all()`` looks.

A public page shows six or seven short lists beside its record; with ``prefetch_related`` each would be a statement.
"""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models.functions import JSONObject


def nested(rows: models.QuerySet, *fields: str, **more: Any) -> ArraySubquery:
    """The rows as an array of JSON objects: the primary key, the named fields, and what ``more`` computes."""
    return ArraySubquery(rows.values(row=JSONObject(pk="pk", **{field: field for field in fields}, **more)))


def attach(record: models.Model, relations: dict[str, list[dict[str, Any]]]) -> None:
    """Unpacks what ``nested()`` brought along, as if it had been prefetched. Only the brought fields are loaded."""
    cache = record.__dict__.setdefault("_prefetched_objects_cache", {})
    for name, rows in relations.items():
        manager = getattr(record, name)
        found = manager.get_queryset()
        found._result_cache = [_instance(manager.model, row) for row in rows]
        found._prefetch_done = True
        cache[name] = found


def _instance(model: type[models.Model], row: dict[str, Any]) -> models.Model:
    values = row | {model._meta.pk.name: row["pk"]}
    fields = [field for field in model._meta.concrete_fields if field.name in values]
    instance = model.from_db(
        "default",
        [field.attname for field in fields],
        [field.to_python(values[field.name]) for field in fields],
    )
    attach(instance, {name: value for name, value in row.items() if isinstance(value, list)})
    return instance
