"""Takes every example row out again, with its history and with what people attached to it while trying the portal."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import CASCADE, Field, ForeignKey, Model

from seniorportal.models import Record, User

Table = type[Model]

# Names of the triggers that would write down each deletion, only to have it forgotten a moment later.
DELETIONS = (
    "SELECT coalesce(array_agg(tgname), '{}') FROM pg_trigger WHERE tgname ^@ 'pgtrigger_delete_delete_'"
)


def remove() -> Iterator[tuple[Table, int]]:
    """Deletes and answers how many rows of each model went. For the owner of the tables: history is sealed otherwise.

    An example row takes along what hangs on it (a count somebody entered for an example hall); who confirmed something
    as an example account is forgotten.
    """
    models = [m for m in apps.get_models(include_auto_created=True) if m._meta.managed and not m._meta.proxy]
    history = [m for m in models if hasattr(m, "pgh_tracked_model")]
    models = [m for m in models if m not in history]
    with connection.cursor() as cursor:
        # What people wrote behind the wall goes as well.
        cursor.execute("SELECT set_config('portal.maintenance', 'on', true)")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")  # so that the order of the tables does not matter
        cursor.execute(f"SELECT set_config('pgtrigger.ignore', ({DELETIONS})::text, true)")
        doomed: dict[Table, str] = {}
        for number, model in enumerate(models):
            doomed[model] = f"doomed_{number}"
            example = (
                f"SELECT id FROM {table(model)} WHERE example" if issubclass(model, Record) else none(model)
            )
            cursor.execute(f"CREATE TEMPORARY TABLE {doomed[model]} ON COMMIT DROP AS {example}")
            cursor.execute(f"CREATE UNIQUE INDEX ON {doomed[model]} ({key(model)})")
        links = [(m, f) for m in models for f in foreign_keys(m) if f.related_model in doomed]
        while sum(attach(cursor, m, f, doomed) for m, f in links if not is_let_go(f)):
            pass
        for model, field in links:
            if is_let_go(field):
                cursor.execute(
                    f"UPDATE {table(model)} SET {field.column} = NULL"
                    f" WHERE {field.column} IN (SELECT id FROM {doomed[User]})"
                )
        for model in models:
            cursor.execute(
                f"DELETE FROM {table(model)} WHERE {key(model)} IN (SELECT {key(model)} FROM {doomed[model]})"
            )
            if cursor.rowcount:
                yield model, cursor.rowcount
        for model in history:
            forget(cursor, model, doomed)
        for name in doomed.values():
            cursor.execute(f"DROP TABLE {name}")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT set_config('pgtrigger.ignore', '{}', true)")


def attach(cursor: Any, model: Table, field: Any, doomed: dict[Table, str]) -> int:
    """Adds the rows of ``model`` that point to a doomed row; answers how many were new."""
    cursor.execute(
        f"INSERT INTO {doomed[model]} SELECT {key(model)} FROM {table(model)}"
        f" WHERE {field.column} IN (SELECT {key(field.related_model)} FROM {doomed[field.related_model]})"
        " ON CONFLICT DO NOTHING"
    )
    return int(cursor.rowcount)


def forget(cursor: Any, model: Table, doomed: dict[Table, str]) -> None:
    """History of rows that are gone, and of example rows that went before."""
    columns = {field.column for field in model._meta.concrete_fields}
    tests = ["example"] if "example" in columns else []
    tracked = model.pgh_tracked_model._meta.concrete_model  # type: ignore[attr-defined]
    if "pgh_obj_id" in columns and tracked in doomed:
        tests.append(f"pgh_obj_id IN (SELECT {key(tracked)} FROM {doomed[tracked]})")
    elif tracked in doomed and "id" in columns:
        tests.append(f"id IN (SELECT {key(tracked)} FROM {doomed[tracked]})")
    if tests:
        cursor.execute(f"DELETE FROM {table(model)} WHERE {' OR '.join(tests)}")


def is_let_go(field: Field) -> bool:
    """A reference to an account that an entry can do without: who confirmed it, who did it; not whom a mail goes to."""
    dies = field.remote_field is not None and field.remote_field.on_delete is CASCADE
    return field.null and field.related_model is User and not dies


def foreign_keys(model: Table) -> list[Any]:
    return [
        f
        for f in model._meta.concrete_fields
        if isinstance(f, ForeignKey) and getattr(f, "db_constraint", True)
    ]


def table(model: Table) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def key(model: Table) -> str:
    return str(model._meta.pk.column)


def none(model: Table) -> str:
    return f"SELECT {key(model)} FROM {table(model)} WHERE false"
