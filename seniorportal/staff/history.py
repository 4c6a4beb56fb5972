"""The history of a record as its triggers wrote it, for whoever may see the record.

Names that the person may not see elsewhere do not appear here either: not of accounts, not behind a foreign key.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pghistory.core
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import formats, timezone
from django.utils.text import capfirst

from seniorportal import access
from seniorportal.access import Right
from seniorportal.models import User

if TYPE_CHECKING:
    from .admin import ScopedAdmin

MOST = 200
LABELS = {"insert": "angelegt", "update": "geändert", "delete": "entfernt"}
UNSAID = {"id", "version", "example", "sort"}  # true, and of no use to a reader


@dataclass(frozen=True)
class Change:
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    at: Any
    label: str
    who: str
    changes: list[Change]


def page(model_admin: "ScopedAdmin", request: HttpRequest, record: models.Model) -> HttpResponse:
    options = record._meta
    found = pghistory.core.event_models(tracks_model=type(record))
    return TemplateResponse(
        request,
        "staff/history.html",
        {
            **model_admin.admin_site.each_context(request),
            "title": f"Geschichte: {record}",
            "opts": options,
            "app_label": options.app_label,
            "object": record,
            "module_name": capfirst(options.verbose_name_plural),
            "kept": bool(found),
            "entries": entries(request.user, found[0], record) if found else [],
            "most": MOST,
        },
    )


def entries(user: Any, event_model: Any, record: models.Model) -> list[Entry]:
    """The newest first. Statements: the events, the accounts, and one for each foreign key that ever changed."""
    events = list(
        event_model.objects.filter(pgh_obj_id=record.pk)
        .select_related("pgh_context")
        .order_by("-pgh_id")[: MOST + 1]
    )
    people = _people(user, events)
    tracked = {field.name for field in event_model._meta.fields}
    fields = [f for f in record._meta.concrete_fields if f.name in tracked and f.name not in UNSAID]
    names = _names(user, fields, events)
    found = []
    for event, older in zip(events[:MOST], [*events[1:], None], strict=False):
        changes = [] if older is None else list(_changes(fields, older, event, names))
        who = people.get(_account(event), "jemand anderes mit Zugang") if _account(event) else "das Portal"
        label = LABELS.get(event.pgh_label, event.pgh_label)
        found.append(Entry(timezone.localtime(event.pgh_created_at), label, who, changes))
    return found


def _account(event: Any) -> Any:
    return (event.pgh_context.metadata or {}).get("user") if event.pgh_context else None


def _people(user: Any, events: list[Any]) -> dict[Any, str]:
    keys = {_account(event) for event in events} - {None, user.pk}
    rows = access.visible(user, Right.SEE, User.objects.filter(pk__in=keys)) if keys else []
    return {row.pk: str(row) for row in rows} | {user.pk: "Sie selbst"}


def _names(user: Any, fields: list[Any], events: list[Any]) -> dict[tuple[str, Any], str]:
    """What foreign keys pointed to, as far as the person may see it."""
    keys: dict[Any, set[Any]] = defaultdict(set)
    for field in fields:
        if field.remote_field:
            values = {getattr(event, field.attname) for event in events}
            if len(values) > 1:
                keys[field] = values - {None}
    found: dict[tuple[str, Any], str] = {}
    for field, values in keys.items():
        rows = access.visible(
            user, Right.SEE, field.related_model._default_manager.filter(pk__in=values).order_by()
        )
        found |= {(field.name, row.pk): str(row) for row in rows}
    return found


def _changes(fields: list[Any], older: Any, newer: Any, names: dict[tuple[str, Any], str]) -> Any:
    for field in fields:
        before, after = getattr(older, field.attname), getattr(newer, field.attname)
        if before != after:
            yield Change(
                capfirst(field.verbose_name), _said(field, before, names), _said(field, after, names)
            )


def _said(field: Any, value: Any, names: dict[tuple[str, Any], str]) -> str:
    if value in (None, ""):
        return "nichts"
    if field.remote_field:
        return names.get((field.name, value), "ein anderer Eintrag")
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return str(formats.localize_input(value))
