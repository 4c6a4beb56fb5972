"""The collected files of ``data/``: rows as they are, and the small readings that several nouns share."""

import csv
import datetime as dt
import re
from typing import Any

from seniorportal.models import Weekday
from seniorportal.reference import DATA

SHORT_DAYS = {"Mo": 0, "Di": 1, "Mi": 2, "Do": 3, "Fr": 4, "Sa": 5, "So": 6}
_HOURS = re.compile(r"\b(Mo|Di|Mi|Do|Fr|Sa|So)(?:-(Mo|Di|Mi|Do|Fr|Sa|So))? (\d+)(?::(\d+))?-(\d+)(?::(\d+))?")


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def year(text: str) -> int | None:
    """``ca. 2021`` is 2021."""
    match = re.search(r"\d{4}", text)
    return int(match[0]) if match else None


def url(text: str) -> str:
    """The first address of a cell that may name several."""
    match = re.match(r"\S+", text)
    return match[0] if match else ""


def numbers(text: str) -> list[str]:
    return re.findall(r"0\d+ [\d-]+\d", text)


def time(text: str) -> dt.time | None:
    return dt.time.fromisoformat(text) if text else None


def origin(row: dict[str, str]) -> dict[str, Any]:
    """What every row from ``data/`` carries: its source, and nobody's confirmation."""
    return {"source_url": url(row["source"]), "source_year": year(row["jahr"])}


def place(text: str) -> tuple[str, str]:
    """Street and note: ``Brütingsweg 11 (1. OG)``; a note alone where the source names no street."""
    street, _, note = text.partition(" (")
    if "nicht genannt" in note:
        return "", street
    return street, note.rstrip(")")


def hours(text: str) -> list[tuple[Weekday, dt.time, dt.time]]:
    """``Mo-Fr 10-12 und nach Vereinbarung`` is five times; words without clock times are none."""
    found = []
    for first, last, opens, opens_min, closes, closes_min in _HOURS.findall(text):
        for day in range(SHORT_DAYS[first], SHORT_DAYS[last or first] + 1):
            found.append(
                (
                    Weekday(day),
                    dt.time(int(opens), int(opens_min or 0)),
                    dt.time(int(closes), int(closes_min or 0)),
                )
            )
    return found
