"""Rows that hang on a record, brought along in its own statement and found where ``record.<relation>.all()`` looks.

A public page shows six or seven short lists beside its record; with ``prefetch_related`` each would be a statement.
"""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models.expressions import RawSQL
from django.db.models.functions import JSONObject


def nested(rows: models.QuerySet, *fields: str, **more: Any) -> ArraySubquery:
    """The rows as an array of JSON objects: the primary key, the named fields, and what ``more`` computes."""
    return ArraySubquery(rows.values(row=JSONObject(pk="pk", **{field: field for field in fields}, **more)))


def frozen(model: type[models.Model], **annotations: Any) -> dict[str, RawSQL]:
    """The annotations as finished SQL: building and compiling them anew costs a page more than asking for its rows.

    They may look at the model's own columns only, and depend on nothing that changes while the process lives.
    """
    query = model._base_manager.order_by().annotate(**annotations).query
    compiler = query.get_compiler(DEFAULT_DB_ALIAS)
    compiler.pre_sql_setup()
    columns = compiler.annotation_col_map or {}
    return {
        name: RawSQL(compiler.select[column][1][0], compiler.select[column][1][1], models.JSONField())
        for name, column in columns.items()
    }


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
