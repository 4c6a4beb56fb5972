"""Sealing everything anew with the key that is active now, histories included.

How far it got stands in the rows themselves: each names its key. So a run that was cut off is taken up by the next one,
and a text that was written meanwhile is found like any other.
"""

import contextlib
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.apps import apps
from django.db import connection, models, transaction

from seniorportal import keys, wall
from seniorportal.sealed import SealedField, Unreadable, bound_to, prefix, seal, unseal

BATCH = 500
LOCK = "SELECT pg_try_advisory_xact_lock(hashtext('seniorportal.rotate_keys'))"

# Triggers of the history would write every text down once more, as if somebody had changed it.
SILENCE = (
    "SELECT set_config('pgtrigger.ignore', (SELECT coalesce(array_agg(tgname), '{}')::text FROM pg_trigger"
    " WHERE tgrelid = %s::regclass AND tgname LIKE 'pgtrigger_%%'), true)"
)


class Column(NamedTuple):
    model: type[models.Model]
    field: SealedField
    source: type[models.Model]
    binding: str  # the column with the key of the record that the text is bound to

    @property
    def table(self) -> str:
        return connection.ops.quote_name(self.model._meta.db_table)

    @property
    def name(self) -> str:
        return connection.ops.quote_name(str(self.field.column))

    @property
    def label(self) -> str:
        title = str(self.source._meta.verbose_name_plural)
        return title if self.source is self.model else f"{title} (Geschichte)"


def columns() -> list[Column]:
    found = []
    for model in apps.get_models():
        source = getattr(model, "pgh_tracked_model", model)
        for field in model._meta.local_concrete_fields:
            if isinstance(field, SealedField):
                key: Any = model._meta.pk if source is model else model._meta.get_field("pgh_obj")
                found.append(Column(model, field, source, connection.ops.quote_name(key.column)))
    return found


@contextlib.contextmanager
def alone() -> Iterator[bool]:
    """Whether no other run is at work. The lock lies in a transaction of a connection of its own: it survives the
    batches, goes with the process, and holds through PgBouncer."""
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute(LOCK)
            free = cursor.fetchone()[0]
        try:
            yield free
        finally:
            other.rollback()  # the server notices a mere goodbye an instant later
    finally:
        other.close()


def usage() -> dict[str, int]:
    """How many texts each key seals. Sees everything only as the owner."""
    found: dict[str, int] = {}
    with wall.maintenance(), connection.cursor() as cursor:
        for column in columns():
            rest = f"substring({column.name} FROM 4)"
            cursor.execute(
                f"SELECT encode(substring({rest} FROM 1 FOR position(':'::bytea IN {rest}) - 1), 'escape'), count(*)"
                f" FROM {column.table} WHERE {column.name} IS NOT NULL GROUP BY 1"
            )
            for key, count in cursor.fetchall():
                found[key] = found.get(key, 0) + count
    return found


def rotate(
    tell: Callable[[Column, int, int], None] = lambda column, done, total: None, *, batch: int = BATCH
) -> tuple[int, list[str]]:
    """Seal everything anew that another key sealed; answers how many texts, and why some did not open.

    ``tell`` hears after each batch, which is a transaction of its own.
    """
    done, complaints = 0, []
    for column in columns():
        total = _open_work(column)
        last, of_this = None, 0
        while total:
            with wall.maintenance():
                last, sealed, failed = _batch(column, last, batch)
            of_this += sealed
            complaints += failed
            if last is None:
                break
            tell(column, of_this, total)
        done += of_this
    return done, complaints


def _old(column: Column) -> tuple[str, list[Any]]:
    begin = prefix(keys.ring().active)
    return f"substring({column.name} FROM 1 FOR {len(begin)}) <> %s", [begin]


def _open_work(column: Column) -> int:
    where, values = _old(column)
    with wall.maintenance(), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {column.table} WHERE {where}", values)
        return cursor.fetchone()[0]


def _batch(column: Column, last: Any, size: int) -> tuple[Any, int, list[str]]:
    """One step along the primary key; rows that somebody is just writing are waited for."""
    key = column.model._meta.pk
    pk, kind = connection.ops.quote_name(str(key.column)), key.rel_db_type(connection)
    where, values = _old(column)
    if last is not None:
        where, values = f"{where} AND {pk} > %s", [*values, last]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {pk}, {column.binding}, {column.name} FROM {column.table} WHERE {where}"
            f" ORDER BY {pk} LIMIT {size} FOR UPDATE",
            values,
        )
        rows = cursor.fetchall()
        fresh, failed = [], []
        for row, bound, raw in rows:
            about = bound_to(column.source, str(column.field.column), bound)
            try:
                fresh.append((row, seal(unseal(bytes(raw), about), about).raw))
            except Unreadable as why:
                failed.append(f"{column.label}, {row}: {why}")
        if fresh:
            cursor.execute(SILENCE, [column.model._meta.db_table])
            cursor.execute(
                f"UPDATE {column.table} SET {column.name} = fresh.text FROM"
                f" (SELECT unnest(%s::{kind}[]) AS key, unnest(%s::bytea[]) AS text) AS fresh"
                f" WHERE {column.table}.{pk} = fresh.key",
                [[key for key, _ in fresh], [text for _, text in fresh]],
            )
            cursor.execute("SELECT set_config('pgtrigger.ignore', '{}', true)")
    return (rows[-1][0] if rows else None), len(fresh), failed
