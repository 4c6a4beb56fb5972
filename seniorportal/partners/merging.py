"""Two partners become one: every row that points to the one that goes points to the other, and a trace stays.

Which models point to a partner is read from the models, so that a new one is never forgotten. Where both partners have
a row of which there may be only one (both were at the same meeting), the two rows become one in the same way.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import IntegrityError, connection, models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.text import capfirst

from seniorportal.models import Partner, PartnerMerge, PartnersApart, Record, User
from seniorportal.partners.doubles import in_order

M = TypeVar("M", bound=models.Model)
FIELDS = (
    *("name", "kind", "phone", "email", "website", "street", "postal_code", "city"),
    *("may_be_published", "consent_on", "active_until"),
)  # values of which one stays; districts are chosen or put together
OWN = (PartnersApart, Partner.districts.through)  # rows that are dealt with here by name

Settle = Callable[[Any, Any], None]
_settling: dict[type[models.Model], Settle] = {}


def when_both(model: type[M]) -> Callable[[Callable[[M, M], None]], Callable[[M, M], None]]:
    """Hands in what the row that stays takes over from the one that goes, where only one of the two can be."""

    def hand_in(settle: Callable[[M, M], None]) -> Callable[[M, M], None]:
        _settling[model] = settle
        return settle

    return hand_in


class NotPossible(Exception):
    """Nothing was merged; the text is a German sentence or two."""


class AlreadyMerged(NotPossible):
    """One of the two is gone; ``kept`` is where it went."""

    def __init__(self, text: str, kept: Partner | None = None) -> None:
        super().__init__(text)
        self.kept = kept


class Stale(NotPossible):
    """Somebody changed one of the two after the page was made."""


@dataclass
class Moved:
    counts: Counter[str] = field(default_factory=Counter)  # by German plural
    dropped: list[str] = field(default_factory=list)


def merge(
    kept_key: int,
    gone_key: int,
    values: dict[str, Any],
    districts: Iterable[int],
    user: User | None,
    versions: tuple[int, int] | None = None,
) -> PartnerMerge:
    """``values`` are what the one that stays has afterwards; ``versions`` those the person saw, of both."""
    try:
        with transaction.atomic():
            return _merge(kept_key, gone_key, values, districts, user, versions)
    except IntegrityError:
        raise NotPossible(
            "Gerade hat jemand etwas zu einem der beiden Partner eingetragen. Es wurde nichts zusammengeführt und "
            "nichts verloren. Bitte drücken Sie den Knopf noch einmal."
        ) from None


def _merge(
    kept_key: int,
    gone_key: int,
    values: dict[str, Any],
    districts: Iterable[int],
    user: User | None,
    versions: tuple[int, int] | None,
) -> PartnerMerge:
    kept, gone = _locked(kept_key, gone_key)
    if versions is not None and versions != (kept.version, gone.version):
        raise Stale(
            "Einen der beiden Partner hat inzwischen jemand geändert. Es wurde nichts zusammengeführt. "
            "Unten steht, was jetzt gespeichert ist; bitte wählen Sie noch einmal."
        )
    before = {capfirst(label_of(name)): said(gone, name) for name in FIELDS}
    before["Stadtbezirke"] = ", ".join(str(one) for one in gone.districts.all())
    moved = Moved()
    apart(kept, gone)
    move(kept, gone, moved)
    Partner.districts.through.objects.filter(partner_id=gone.pk).delete()
    gone.delete()
    for name, value in values.items():
        setattr(kept, name, value)
    kept.save()
    kept.districts.set(districts)
    trace = PartnerMerge.objects.create(
        kept=kept,
        gone_key=gone_key,
        gone_name=gone.name,
        gone_values={name: value for name, value in before.items() if value},
        by=user,
        moved=sorted(moved.counts.items()),
        dropped=moved.dropped,
        example=kept.example,
    )
    with connection.cursor() as cursor:  # what points nowhere is found here and not at the end of the request
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return trace


def _locked(kept_key: int, gone_key: int) -> tuple[Partner, Partner]:
    """Both rows, locked in the order of their keys whoever stays: two merges of one pair wait, and never for ever."""
    keys = [kept_key, gone_key]
    found = {one.pk: one for one in Partner.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    if len(found) == 2:
        return found[kept_key], found[gone_key]
    trace = _trace_of(keys)
    raise AlreadyMerged(told_of(*keys), trace.kept if trace else None)


def told_of(*keys: int) -> str:
    """What became of partners that are not there any more."""
    trace = _trace_of(keys)
    if trace is None:
        return "Einen der beiden Partner gibt es nicht mehr. Es wurde nichts zusammengeführt."
    when = timezone.localtime(trace.at)
    day = "heute" if when.date() == timezone.localdate() else f"am {when:%d.%m.%Y}"
    return (
        f"«{trace.gone_name}» wurde schon zusammengeführt: {day} um {when:%H:%M} Uhr, mit «{trace.kept}». "
        "Es wurde nichts mehr geändert, und nichts ist verloren: Alles steht jetzt bei diesem Partner."
    )


def _trace_of(keys: Iterable[int]) -> PartnerMerge | None:
    return PartnerMerge.objects.filter(gone_key__in=keys).select_related("kept").order_by("-at").first()


def went_to(gone_key: int) -> Partner | None:
    """Who is now what stood under this number. A trace moves along when its partner is merged again."""
    trace = PartnerMerge.objects.filter(gone_key=gone_key).select_related("kept").first()
    return trace.kept if trace else None


def apart(kept: Partner, gone: Partner) -> None:
    """«Kein Doppel» is true of the one that stays as well."""
    rows = PartnersApart.objects.filter(Q(one=gone) | Q(other=gone))
    for row in rows:
        third = row.other_id if row.one_id == gone.pk else row.one_id
        if third != kept.pk:
            one, other = in_order(kept.pk, third)
            PartnersApart.objects.get_or_create(
                one_id=one, other_id=other, defaults={"said_on": row.said_on, "example": row.example}
            )
    rows.delete()


# Every reference, whatever points there


def pointing(model: type[models.Model]) -> Iterator[models.ForeignKey]:
    """The fields of all models that point to this one, also those of the tables between two models."""
    for relation in model._meta.get_fields(include_hidden=True):
        target = getattr(relation, "field", None)
        if not (relation.auto_created and not relation.concrete and isinstance(target, models.ForeignKey)):
            continue
        if hasattr(target.model, "pgh_tracked_model") or target.name.startswith("pgh_"):
            continue  # history stays what it was
        yield target


def hanging(record: models.Model) -> Counter[str]:
    """How many rows of each kind point to it, by German plural. One statement a model."""
    found: Counter[str] = Counter()
    for pointer in pointing(type(record)):
        if pointer.model not in OWN:
            number = pointer.model._base_manager.filter(**{pointer.name: record.pk}).count()
            if number:
                found[capfirst(str(pointer.model._meta.verbose_name_plural))] += number
    return found


def move(kept: models.Model, gone: models.Model, moved: Moved) -> None:
    """Everything that points to ``gone`` points to ``kept`` afterwards, for any model."""
    for pointer in pointing(type(gone)):
        if pointer.model in OWN:
            continue
        rows = pointer.model._base_manager.select_for_update().filter(**{pointer.name: gone.pk})
        for row in rows.order_by("pk"):
            if twin := _twin(row, pointer, kept):
                _settle(twin, row, moved)
            else:
                _point(row, pointer, kept)
            moved.counts[capfirst(str(pointer.model._meta.verbose_name_plural))] += 1


def _point(row: models.Model, pointer: models.ForeignKey, kept: models.Model) -> None:
    changes: dict[str, Any] = {pointer.attname: kept.pk}
    if isinstance(row, Record):
        changes["version"] = F("version") + 1
    type(row)._base_manager.filter(pk=row.pk).update(**changes)


def _settle(stays: models.Model, goes: models.Model, moved: Moved) -> None:
    """Two rows of which one may be: what hangs on the second hangs on the first, and it says what it had more."""
    _fill(stays, goes)
    if settle := _settling.get(type(stays)):
        settle(stays, goes)
    if not type(goes)._meta.auto_created:
        moved.dropped.append(f"{capfirst(str(goes._meta.verbose_name))}: {goes}"[:300])
    move(stays, goes, moved)
    goes.delete()


def _fill(stays: models.Model, goes: models.Model) -> None:
    """What only the second row knew."""
    empty = {
        one.attname: value
        for one in type(stays)._meta.concrete_fields
        if not one.unique
        and getattr(stays, one.attname) in (None, "")
        and (value := getattr(goes, one.attname)) not in (None, "")
    }
    if not empty:
        return
    for name, value in empty.items():
        setattr(stays, name, value)
    stays.save()


def _twin(row: models.Model, pointer: models.ForeignKey, kept: models.Model) -> models.Model | None:
    """The row of ``kept`` beside which this one could not be."""
    for names, condition in _only_one(type(row)):
        if pointer.name not in names:
            continue
        others = {name: getattr(row, type(row)._meta.get_field(name).attname) for name in names}  # type: ignore[union-attr]
        if any(value is None for value in others.values()):
            continue
        rows = type(row)._base_manager.select_for_update()
        if condition is not None:
            rows = rows.filter(condition)
            if not rows.filter(pk=row.pk).exists():
                continue
        if found := rows.filter(**(others | {pointer.name: kept.pk})).exclude(pk=row.pk).first():
            return found
    return None


def _only_one(model: type[models.Model]) -> Iterator[tuple[tuple[str, ...], Q | None]]:
    for one in model._meta.total_unique_constraints:
        yield tuple(one.fields), None
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and constraint.condition is not None:
            yield tuple(constraint.fields), constraint.condition
    for names in model._meta.unique_together:
        yield tuple(names), None
    for column in model._meta.concrete_fields:
        if column.unique and not column.primary_key:
            yield (column.name,), None


# In words


def label_of(name: str) -> str:
    field: Any = Partner._meta.get_field(name)
    return str(field.verbose_name)


def said(partner: Partner, name: str) -> str:
    """A value of a partner in words; empty where nothing is known."""
    value = getattr(partner, name)
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if hasattr(partner, f"get_{name}_display"):
        return str(getattr(partner, f"get_{name}_display")())
    if hasattr(value, "strftime"):
        return f"{value:%d.%m.%Y}"
    return str(value or "")
