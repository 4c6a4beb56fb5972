"""A whole import taken back, line by line, except what somebody edited later: that is named and left alone."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from django.apps import apps
from django.db import models, transaction
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.utils import timezone

from seniorportal import access
from seniorportal.access import Right
from seniorportal.importing.journal import MADE, REMOVED
from seniorportal.importing.run import regenerate
from seniorportal.models import Carrier, ImportRow, ImportRun, Occurrence, Record, User

Step = dict[str, Any]


class NotNow(Exception):
    """The run cannot be taken back; the text is one German sentence."""


class LeftAlone(Exception):
    """A line whose entries somebody needs as they are; why, in a German sentence."""


@dataclass
class Undone:
    run: ImportRun
    restored: int = 0
    left: list[ImportRow] = field(default_factory=list)


@transaction.atomic
def undo(number: int, user: User | None = None) -> Undone:
    """Removes what run ``number`` made and restores what it changed. History keeps both.

    ``user``: only her own runs, and only rows that she may still change.
    """
    run = ImportRun.objects.select_for_update().filter(pk=number).first()
    if run is None or (user is not None and not access.may(user, Right.CHANGE, run)):
        raise NotNow(f"Ein Einlesen mit der Nummer {number} gibt es nicht.")
    if run.state == ImportRun.State.UNDONE:
        raise NotNow(f"Das Einlesen {number} ist schon zurückgenommen.")
    if run.state != ImportRun.State.WRITTEN:
        raise NotNow(f"Das Einlesen {number} wurde nie übernommen. Es gibt nichts zurückzunehmen.")
    rows = [row for row in run.rows.order_by("-line") if row.steps]
    made = {
        (step["model"], step["pk"]): step["version"]
        for row in rows
        for step in row.steps
        if step["act"] == MADE
    }
    earlier = Earlier(run, rows)
    result = Undone(run)
    again: set[int] = set()
    for row in rows:
        try:
            with transaction.atomic():
                again |= take_back(own_steps(run, row), made, user, earlier)
            result.restored += 1
            with transaction.atomic():
                take_back(made_for_it(run, row), made, user, earlier)
        except LeftAlone as why:
            row.left_alone = str(why)[:300]
            result.left.append(row)
    earlier.save()
    ImportRow.objects.bulk_update(result.left, ["left_alone"], batch_size=500)
    regenerate(sorted(again), timezone.localdate())
    run.state, run.undone_at = ImportRun.State.UNDONE, timezone.now()
    run.save()
    result.left.reverse()
    return result


def own_steps(run: ImportRun, row: ImportRow) -> list[Step]:
    """What a line did to the entry that it is about."""
    return [step for step in row.steps if not is_made_for(run, step)]


def made_for_it(run: ImportRun, row: ImportRow) -> list[Step]:
    """The Träger or the place that had to be made first, and which other lines may use as well."""
    return [step for step in row.steps if is_made_for(run, step)]


def is_made_for(run: ImportRun, step: Step) -> bool:
    if run.kind == ImportRun.Kind.PARTNERS:
        return False
    if run.kind == ImportRun.Kind.VENUES:
        return step["model"] == "seniorportal.carrier"
    return step["model"] not in ("seniorportal.offering", "seniorportal.occurrence")


class Earlier:
    """Imports before this one that touched the same records: once this one is taken back, they may be as well."""

    def __init__(self, run: ImportRun, rows: list[ImportRow]) -> None:
        keys = {key_of(step) for row in rows for step in row.steps if step["act"] != MADE}
        self._rows: dict[tuple[str, int], list[ImportRow]] = defaultdict(list)
        self._moved: dict[int, ImportRow] = {}
        if keys:
            before = ImportRow.objects.filter(run__pk__lt=run.pk, run__state=ImportRun.State.WRITTEN).exclude(
                steps=[]
            )
            for row in before.iterator(chunk_size=500):
                for key in {key_of(step) for step in row.steps} & keys:
                    self._rows[key].append(row)

    def follow(self, step: Step, version: int, record: Record) -> None:
        """What stood at ``version`` before ``step`` stands there again, under the version and key of ``record``."""
        for row in self._rows[key_of(step)]:
            for old in row.steps:
                if key_of(old) == key_of(step) and old["version"] == version and old["act"] != REMOVED:
                    old["pk"], old["version"] = record.pk, record.version
                    self._moved[row.pk] = row

    def save(self) -> None:
        ImportRow.objects.bulk_update(self._moved.values(), ["steps"], batch_size=500)


def key_of(step: Step) -> tuple[str, int]:
    return step["model"], step["pk"]


def take_back(
    steps: list[Step], made: dict[tuple[str, int], int], user: User | None, earlier: Earlier
) -> set[int]:
    """The steps backwards; answers the offerings whose dates must be made anew."""
    again: set[int] = set()
    for step in reversed(steps):
        model = apps.get_model(step["model"])
        if step["act"] == REMOVED:
            earlier.follow(step, step["version"], restore_removed(model, step, user))
            continue
        record = model._base_manager.select_for_update(of=("self",)).filter(pk=step["pk"]).first()
        if record is None:
            if step["act"] == MADE:
                continue
            raise LeftAlone("Der Eintrag ist inzwischen entfernt worden.")
        if record.version != step["version"]:
            raise LeftAlone("Jemand hat den Eintrag seitdem bearbeitet. Er bleibt, wie er ist.")
        if user is not None and not access.may(user, Right.CHANGE, record):
            raise LeftAlone("Der Eintrag liegt nicht mehr in Ihrem Bereich.")
        if step["act"] == MADE:
            remove(record, made)
        else:
            restore(record, step)
            earlier.follow(step, step["version"] - 1, record)
            if step["model"] == "seniorportal.offering":
                again.add(record.pk)
    return again


def remove(record: Record, made: dict[tuple[str, int], int]) -> None:
    """Deletes a record with what was made along with it; not when anything else hangs on it."""
    if isinstance(record, Carrier) and (record.venues.exists() or record.offerings.exists()):
        raise LeftAlone(f"{record} trägt inzwischen anderes und bleibt.")
    collector = Collector(using="default", origin=record)
    try:
        collector.collect([record])
    except (ProtectedError, RestrictedError):
        raise LeftAlone("An dem Eintrag hängt inzwischen anderes. Er bleibt, wie er ist.") from None
    for row in collected(collector):
        if row == record or not isinstance(row, Record):
            continue
        known = made.get((row._meta.label_lower, row.pk)) == row.version
        if not known and not untouched_date(row):
            raise LeftAlone("An dem Eintrag hängt inzwischen anderes. Er bleibt, wie er ist.")
    record.delete()


def collected(collector: Collector) -> Iterator[models.Model]:
    for rows in collector.data.values():
        yield from rows
    for fast in collector.fast_deletes:
        yield from fast


def untouched_date(row: Record) -> bool:
    """A date that only the rhythm made."""
    return isinstance(row, Occurrence) and not row.touched and row.status == Occurrence.Status.PLANNED


def restore(record: Record, step: Step) -> None:
    fields = {f.name: f for f in record._meta.concrete_fields}
    for name, value in step["before"].items():
        target = fields[name]
        setattr(record, target.attname, target.to_python(value))
    record.save()
    for name, keys in step["links"].items():
        getattr(record, name).set(keys)


def restore_removed(model: type[models.Model], step: Step, user: User | None) -> Record:
    values = {}
    for target in model._meta.concrete_fields:
        if target.name in step["before"]:
            values[target.attname] = target.to_python(step["before"][target.name])
    record = cast(Record, model(**values))
    record.save()
    if user is not None and not access.may(user, Right.ADD, record):
        raise LeftAlone("Der Eintrag liegt nicht mehr in Ihrem Bereich.")
    return record
