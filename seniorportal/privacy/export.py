"""Everything that is kept on one account: as data, and as a document to read. Made from the declarations alone."""

import datetime as dt
import json
from typing import Any

from django.db import models
from django.utils import timezone

from seniorportal import register
from seniorportal.models import User
from seniorportal.privacy.declaration import PersonalData


def of_account(user: User) -> dict[str, Any]:
    """By kind of row, each with its purpose and its end. One statement a kind; secrets are named, not shown."""
    return {
        "konto": user.username,
        "stand": timezone.localtime().isoformat(timespec="minutes"),
        "bereiche": [
            _of_kind(declared, user)
            for declared in register.all_personal_data().values()
            if declared.of_account
        ],
    }


def as_json(user: User) -> bytes:
    return json.dumps(of_account(user), ensure_ascii=False, indent=2).encode()


def _of_kind(declared: PersonalData, user: User) -> dict[str, Any]:
    rows = declared.model._base_manager.filter(**{declared.of_account: user.pk}).order_by("pk")
    return {
        "art": declared.title,
        "zweck": declared.purpose,
        "sichtbar_fuer": declared.seen_by,
        "gespeichert_bis": declared.until,
        "zeilen": [_values(row, declared.hidden) for row in rows],
    }


def _values(row: models.Model, hidden: tuple[str, ...]) -> dict[str, str]:
    """Field by field in the words of the forms."""
    found = {}
    for field in row._meta.concrete_fields:
        name = str(field.verbose_name)
        if field.name in hidden:
            found[name] = "wird nicht ausgegeben: schützt das Konto"
        else:
            found[name] = _said(row, field)
    return found


def _said(row: models.Model, field: Any) -> str:
    value = getattr(row, field.name if field.is_relation else field.attname)
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, dt.datetime):
        return f"{timezone.localtime(value):%d.%m.%Y, %H:%M} Uhr"
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}"
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return str(value)
