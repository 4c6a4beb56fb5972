"""What is over is deleted, or loses what leads to a person; the history of these rows goes with them.

Of each such row the ledger keeps kind, key and day: in a table, and in a file beside the database, so that a restored
backup can lose the same rows again (``replay``). Runs as the owner of the tables: nobody else may touch a history.
"""

import csv
import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models, transaction

from seniorportal import register, wall
from seniorportal.models import Deletion
from seniorportal.privacy.declaration import PersonalData, Retention

AT_ONCE = 1000
LEDGER = "loeschungen.csv"


def plan(today: dt.date) -> Iterator[tuple[PersonalData, Retention, int]]:
    """What would go today, one statement each. Nothing is changed."""
    for declared in register.all_personal_data().values():
        if declared.retention:
            with wall.maintenance():
                number = declared.retention.rows(today).count()
            yield declared, declared.retention, number


def apply(today: dt.date) -> dict[str, int]:
    """Lets go what is over, kind by kind, in steps of a thousand rows; how many of each kind, by its title."""
    gone: dict[str, int] = {}
    for declared in register.all_personal_data().values():
        if retention := declared.retention:
            number = 0
            while some := _let_go(declared, retention, today):
                number += some
            if number:
                gone[declared.title] = number
    write_out()
    return gone


def _let_go(declared: PersonalData, retention: Retention, today: dt.date) -> int:
    """At most a thousand rows, in one transaction; how many."""
    with wall.maintenance():
        keys = list(retention.rows(today).order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
        _without(declared.model, keys, retention)
        if retention.traces:
            retention.traces(today).delete()
        if retention.ledger:
            act = Deletion.Act.ANONYMISED if retention.blank else Deletion.Act.DELETED
            Deletion.objects.bulk_create(
                Deletion(label=declared.label, number=str(key), act=act, day=today) for key in keys
            )
    return len(keys)


def _without(model: type[models.Model], keys: list[Any], retention: Retention) -> None:
    rows = model._base_manager.filter(pk__in=keys)
    if retention.blank:
        for row in rows:
            model._base_manager.filter(pk=row.pk).update(**retention.blank(row))
    else:
        for history in histories():
            for field in history._meta.fields:  # what was done stays, by whom goes
                if field.related_model is model and field.name == "pgh_context":
                    history._base_manager.filter(pgh_context__in=keys).update(pgh_context=None)
        rows.delete()
    for history in histories():
        if history.pgh_tracked_model is model:
            history._base_manager.filter(pgh_obj_id__in=keys).delete()


def histories() -> list[Any]:
    return [model for model in apps.get_models() if hasattr(model, "pgh_tracked_model")]


# The ledger outside the database


def ledger_file() -> Path:
    return Path(settings.HOME) / LEDGER


@transaction.atomic
def write_out() -> int:
    """Adds what is not yet there to the file; a line twice does no harm, a missing one would."""
    rows = list(Deletion.objects.select_for_update().filter(written_out=False).order_by("pk"))
    if not rows:
        return 0
    path = ledger_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", newline="") as file:
        csv.writer(file).writerows((row.day.isoformat(), row.label, row.number, row.act) for row in rows)
        file.flush()
        os.fsync(file.fileno())
    Deletion.objects.filter(pk__in=[row.pk for row in rows]).update(written_out=True)
    return len(rows)


def replay() -> int:
    """After a backup came back: loses again what the ledger names; how many rows were there again."""
    again = 0
    with wall.maintenance():
        for label, keys in _noted().items():
            declared = register.all_personal_data().get(label)
            if declared is None or declared.retention is None:
                continue
            kept = list(declared.model._base_manager.filter(pk__in=keys).values_list("pk", flat=True))
            _without(declared.model, kept, declared.retention)
            again += len(kept)
    return again


def _noted() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for label, number in Deletion.objects.values_list("label", "number"):
        found.setdefault(label, set()).add(number)
    if ledger_file().exists():
        with open(ledger_file(), newline="") as file:
            for _day, label, number, _act in csv.reader(file):
                found.setdefault(label, set()).add(number)
    return found
