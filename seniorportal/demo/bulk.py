"""Rows by COPY: the fast way into a table, with the keys the table would have given."""

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Field, Model

from seniorportal import cards
from seniorportal.models import Card, FacetCount

CHUNK = 5000


def prepare(command: str) -> None:
    """For the rest of the transaction: foreign keys checked at once, and history that knows which command wrote it.

    Otherwise the triggers of history raise and catch an error per row (a setting is missing), and each of these walks
    through all checks that are put off to the commit: 20,000 rows took five minutes.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "SELECT set_config('pgtrigger.ignore', '{}', true), set_config('pghistory.context_id', %s, true),"
            " set_config('pghistory.context_metadata', %s, true)",
            [str(uuid.uuid4()), json.dumps({"command": command})],
        )


@contextmanager
def cards_at_the_end() -> Iterator[None]:
    """Makes the cards of all lists once instead of after each statement, and with statistics of the new rows.

    Switching the triggers off makes other writers wait until the commit; a rollback switches them on again.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('ALTER TABLE %s %%s TRIGGER %I', tgrelid::regclass, tgname) FROM pg_trigger"
            " WHERE starts_with(tgname, 'refresh_cards_') AND tgenabled = 'O'"
        )
        switches = [switch for (switch,) in cursor.fetchall()]
        for switch in switches:
            cursor.execute(switch % "DISABLE")
    yield
    with connection.cursor() as cursor:
        for switch in switches:
            cursor.execute(switch % "ENABLE")
        cursor.execute("ANALYZE")
    cards.refresh()
    with connection.cursor() as cursor:
        for model in (Card, FacetCount):
            cursor.execute(f"ANALYZE {model._meta.db_table}")


def fill(model: type[Model], rows: Iterable[Mapping[str, Any]], **same: Any) -> list[int]:
    """Writes rows (column name to value, defaults of the model for the rest) and answers their keys in order.

    ``same`` holds for every row. Triggers fire as for any INSERT; ``save()`` is not called, so slugs must be given.
    """
    return [key for keys in _chunks(model, rows, same) for key in keys]


def pour(model: type[Model], rows: Iterable[Mapping[str, Any]], **same: Any) -> int:
    """The same for millions of rows whose keys nobody needs: answers how many there were."""
    return sum(len(keys) for keys in _chunks(model, rows, same))


def _chunks(
    model: type[Model], rows: Iterable[Mapping[str, Any]], same: Mapping[str, Any]
) -> Iterator[list[int]]:
    fields: list[Field] = [
        f for f in model._meta.concrete_fields if not f.primary_key and not getattr(f, "generated", False)
    ]
    columns = [field.attname for field in fields]
    defaults = {field.attname: field.get_default() for field in fields} | dict(same)
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(map(connection.ops.quote_name, ["id", *columns]))
    left = iter(rows)
    with connection.cursor() as cursor:
        while chunk := list(islice(left, CHUNK)):
            for row in chunk:
                if unknown := row.keys() - defaults.keys():
                    raise ValueError(f"{model.__name__} has no column {', '.join(sorted(unknown))}")
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [model._meta.db_table, len(chunk)],
            )
            new = [key for (key,) in cursor.fetchall()]
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for key, row in zip(new, chunk, strict=True):
                    values = {**defaults, **row}
                    copy.write_row([key, *[values[column] for column in columns]])
            yield new


def link(through: type[Model], pairs: Iterable[tuple[int, int]], source: str, target: str) -> None:
    """Rows of a table between two models; ``source`` and ``target`` are its columns."""
    pour(through, ({source: one, target: other} for one, other in pairs))
