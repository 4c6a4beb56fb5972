"""Hours of one day as people write them: «9-12 und 14 bis 16.30 Uhr»."""

import datetime as dt
import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError

Span = tuple[dt.time, dt.time]
CLOCK = r"(\d{1,2})(?:\s*[:.]\s*(\d{2}))?(?:\s*uhr)?"
SPAN = re.compile(rf"{CLOCK}\s*(?:-|–|—|bis)\s*{CLOCK}", re.IGNORECASE)
BETWEEN = re.compile(r"\s*(?:,|;|/|\+|\bund\b)\s*", re.IGNORECASE)
UNREADABLE = "Das können wir nicht lesen. Schreiben Sie es so: 9-12 oder 9-12 und 14-16.30."


def read(written: str) -> list[Span]:
    """In order; empty where nobody answers on that day."""
    found: list[Span] = []
    for part in filter(None, BETWEEN.split(written.strip())):
        hit = SPAN.fullmatch(part.removeprefix("von ").strip())
        if hit is None:
            raise ValidationError(UNREADABLE)
        found.append((_clock(hit[1], hit[2]), _clock(hit[3], hit[4])))
    found.sort()
    for opens, closes in found:
        if opens >= closes:
            raise ValidationError("Das Ende liegt nicht nach dem Anfang.")
    if any(later[0] < before[1] for before, later in zip(found, found[1:], strict=False)):
        raise ValidationError("Diese Zeiten überschneiden sich.")
    return found


def write(spans: Iterable[Span]) -> str:
    return " und ".join(f"{_said(opens)}-{_said(closes)}" for opens, closes in sorted(spans))


def _clock(hour: str, minute: str | None) -> dt.time:
    try:
        return dt.time(int(hour), int(minute or 0))
    except ValueError:
        raise ValidationError(UNREADABLE) from None


def _said(time: dt.time) -> str:
    return f"{time.hour}.{time.minute:02}" if time.minute else str(time.hour)
