"""Dated amounts of the law: what is known from the start, and what holds today. Information, never a decision."""

import datetime as dt
from typing import Any

from seniorportal.models import Parameter

ALLOWANCE = "ehrenamtspauschale"
INSTRUCTOR = "uebungsleiterpauschale"
RELIEF = "entlastungsbetrag"
MOST_PEOPLE = "nachbarschaftshilfe-personen"
SOURCE = "Einkommensteuergesetz, zuletzt geändert durch das Steueränderungsgesetz 2025; nachgesehen im November 2026"

KNOWN: tuple[tuple[str, str, str, int, dt.date, str], ...] = (
    (ALLOWANCE, "Ehrenamtspauschale", "§ 3 Nr. 26a EStG", 840, dt.date(2021, 1, 1), "bis Ende 2025"),
    (ALLOWANCE, "Ehrenamtspauschale", "§ 3 Nr. 26a EStG", 960, dt.date(2026, 1, 1), ""),
    (INSTRUCTOR, "Übungsleiterpauschale", "§ 3 Nr. 26 EStG", 3_000, dt.date(2021, 1, 1), "bis Ende 2025"),
    (INSTRUCTOR, "Übungsleiterpauschale", "§ 3 Nr. 26 EStG", 3_300, dt.date(2026, 1, 1), ""),
)

# Of the recognised Nachbarschaftshilfe: key, name, law, amount, unit, from, source, note.
OF_NEIGHBOURS: tuple[tuple[str, str, str, int, str, dt.date, str, str], ...] = (
    (
        RELIEF,
        "Entlastungsbetrag",
        "§ 45b SGB XI",
        131,
        "Euro im Monat",
        dt.date(2025, 1, 1),
        "pflegewegweiser-nrw.de, nachgesehen im November 2026",
        "für anerkannte Angebote zur Unterstützung im Alltag",
    ),
    (
        MOST_PEOPLE,
        "Wie vielen Menschen jemand zugleich helfen darf",
        "AnFöVO NRW, ehrenamtlich im Sinne von § 3 Nr. 36 EStG",
        2,
        "Menschen",
        dt.date(2024, 3, 25),
        "alter-pflege-demenz-nrw.de, Mitteilung vom 25. März 2024, nachgesehen im November 2026",
        "vorher: einem; eingetragen ab dem Tag der Mitteilung",
    ),
)


def load() -> tuple[int, int]:
    """Adds the amounts that are missing; what editors changed stays. How many are known, and how many were new."""
    written = 0
    for key, name, law, amount, day, note in KNOWN:
        fields: dict[str, Any] = {"name": name, "law": law, "amount": amount, "source": SOURCE, "note": note}
        written += Parameter.objects.get_or_create(key=key, valid_from=day, defaults=fields)[1]
    for key, name, law, amount, unit, day, source, note in OF_NEIGHBOURS:
        fields = {"name": name, "law": law, "amount": amount, "unit": unit, "source": source, "note": note}
        written += Parameter.objects.get_or_create(key=key, valid_from=day, defaults=fields)[1]
    return len(KNOWN) + len(OF_NEIGHBOURS), written


def of_volunteers(today: dt.date) -> list[Parameter]:
    """What somebody may earn free of tax, as it holds today. One statement."""
    return list(Parameter.objects.on(today).filter(key__in=(ALLOWANCE, INSTRUCTOR)))
