"""Dated amounts of the law: what is known from the start, and what holds today. Information, never a decision."""

import datetime as dt
from typing import Any

from seniorportal.models import Parameter

ALLOWANCE = "ehrenamtspauschale"
INSTRUCTOR = "uebungsleiterpauschale"
SOURCE = "Einkommensteuergesetz, zuletzt geändert durch das Steueränderungsgesetz 2025; nachgesehen im November 2026"

KNOWN: tuple[tuple[str, str, str, int, dt.date, str], ...] = (
    (ALLOWANCE, "Ehrenamtspauschale", "§ 3 Nr. 26a EStG", 840, dt.date(2021, 1, 1), "bis Ende 2025"),
    (ALLOWANCE, "Ehrenamtspauschale", "§ 3 Nr. 26a EStG", 960, dt.date(2026, 1, 1), ""),
    (INSTRUCTOR, "Übungsleiterpauschale", "§ 3 Nr. 26 EStG", 3_000, dt.date(2021, 1, 1), "bis Ende 2025"),
    (INSTRUCTOR, "Übungsleiterpauschale", "§ 3 Nr. 26 EStG", 3_300, dt.date(2026, 1, 1), ""),
)


def load() -> tuple[int, int]:
    """Adds the amounts that are missing; what editors changed stays. How many are known, and how many were new."""
    written = 0
    for key, name, law, amount, day, note in KNOWN:
        fields: dict[str, Any] = {"name": name, "law": law, "amount": amount, "source": SOURCE, "note": note}
        written += Parameter.objects.get_or_create(key=key, valid_from=day, defaults=fields)[1]
    return len(KNOWN), written


def of_volunteers(today: dt.date) -> list[Parameter]:
    """What somebody may earn free of tax, as it holds today. One statement."""
    return list(Parameter.objects.on(today).filter(key__in=(ALLOWANCE, INSTRUCTOR)))
