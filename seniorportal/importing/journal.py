"""Every write of an import goes through here and leaves a step behind, so that the whole import can be taken back."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst

from seniorportal.models import Record

R = TypeVar("R", bound=Record)
MADE, CHANGED, REMOVED = "angelegt", "geändert", "entfernt"


class Refused(Exception):
    """A row that cannot be written; column and German sentence."""

    def __init__(self, column: str, text: str) -> None:
        super().__init__(text)
        self.column = column


@dataclass(frozen=True)
class Change:
    """One field of a changed entry in words."""

    field: str
    before: str
    after: str

    def as_dict(self) -> dict[str, str]:
        return {"field": self.field, "before": self.before, "after": self.after}


@dataclass
class Journal:
    """The steps and changes of one line."""

    steps: list[dict[str, Any]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    touched: list[tuple[Record, str]] = field(default_factory=list)  # record, MADE or CHANGED

    def make(self, record: R, **links: Iterable[models.Model]) -> R:
        check(record)
        record.save()
        for name, rows in links.items():
            getattr(record, name).set(rows)
        self._step(record, MADE)
        return record

    def change(
        self,
        record: Record,
        values: dict[str, Any],
        *,
        quietly: tuple[str, ...] = (),
        **links: Iterable[models.Model],
    ) -> bool:
        """Writes what differs; says whether anything did. ``quietly`` names fields that follow from others.

        ``quietly`` fields are written along with another change and never on their own.
        """
        before: dict[str, Any] = {}
        said: list[Change] = []
        fields: dict[str, Any] = {f.name: f for f in record._meta.get_fields()}
        for name, value in values.items():
            field = fields[name]
            old = getattr(record, name)
            if old == value or (old in (None, "") and value in (None, "")):
                continue
            before[name] = stored(field, record)
            if name not in quietly:
                said.append(Change(capfirst(str(field.verbose_name)), told(field, old), told(field, value)))
        linked: dict[str, list[int]] = {}
        for name, rows in links.items():
            there = list(getattr(record, name).all())
            if {row.pk for row in there} != {row.pk for row in rows}:
                linked[name] = [row.pk for row in there]
                label = capfirst(str(fields[name].verbose_name))
                said.append(Change(label, names(there), names(rows)))
        if not said:
            return False
        for name in before:
            setattr(record, name, values[name])
        check(record)
        record.save()
        for name in linked:
            getattr(record, name).set(links[name])
        self.changes += said
        self._step(record, CHANGED, before=before, links=linked)
        return True

    def remove(self, record: Record) -> None:
        before = {f.name: stored(f, record) for f in record._meta.concrete_fields if not f.primary_key}
        before.pop("version")
        self._step(record, REMOVED, before=before)
        record.delete()

    def _step(self, record: Record, act: str, **more: Any) -> None:
        self.steps.append(
            {
                "model": record._meta.label_lower,
                "pk": record.pk,
                "act": act,
                "version": record.version,
                **more,
            }
        )
        if act != REMOVED:
            self.touched.append((record, act))


def check(record: models.Model) -> None:
    """The rules of the fields and of the one record, as a form would ask; ``Refused`` in its words."""
    keys = {f.name for f in record._meta.concrete_fields if f.remote_field}
    if not getattr(record, "slug", "given"):
        keys.add("slug")
    try:
        record.clean_fields(exclude=keys)
        record.clean()
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        known = {f.name: f for f in record._meta.concrete_fields}
        label = str(known[name].verbose_name) if name in known else ""
        raise Refused("", f"{label + ': ' if label else ''}{' '.join(messages)}") from None


def stored(field: Any, record: models.Model) -> Any:
    """A value as JSON keeps it; ``field.to_python`` reads it again."""
    value = getattr(record, field.attname)
    return (
        value
        if value is None or isinstance(value, bool | int | float | str)
        else field.value_to_string(record)
    )


def told(field: Any, value: Any) -> str:
    if value in (None, ""):
        return "nichts"
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if hasattr(value, "strftime"):
        return f"{value:%H:%M}" if hasattr(value, "hour") else f"{value:%d.%m.%Y}"
    return str(value)


def names(rows: Iterable[models.Model]) -> str:
    return ", ".join(sorted(str(row) for row in rows)) or "nichts"
