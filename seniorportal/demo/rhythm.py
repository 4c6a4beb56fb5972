"""From the rhythm words of the collected offerings to a rule, single dates or neither; what is left open stays open."""

import datetime as dt
import re
from typing import NamedTuple

DAYS = {
    "Montag": "MO",
    "Dienstag": "TU",
    "Mittwoch": "WE",
    "Donnerstag": "TH",
    "Freitag": "FR",
    "Samstag": "SA",
    "Sonntag": "SU",
}
CODES = list(DAYS.values())


class Rhythm(NamedTuple):
    """``rule`` runs on from today; ``past`` are single dates of long ago; both empty: ask for the time."""

    rule: str = ""
    past: tuple[dt.date, ...] = ()
    first: dt.date | None = None
    last: dt.date | None = None


def day(text: str, year: str = "") -> dt.date:
    one, month, *rest = text.rstrip(".").split(".")
    return dt.date(int(rest[0] if rest else year), int(month), int(one))


def weekdays(text: str) -> list[str]:
    """``Montag bis Freitag`` is five codes, an unknown word none."""
    first, _, last = text.partition(" bis ")
    if first not in DAYS or (last and last not in DAYS):
        return []
    at = CODES.index(DAYS[first])
    return CODES[at : CODES.index(DAYS[last]) + 1] if last else [CODES[at]]


def read(weekday: str, start: str, words: str, year: int | None) -> Rhythm:
    """Reads one row. A rule needs weekday, start and a rhythm that the source names completely."""
    if match := re.match(r"einmalig (\d\d)\.-(\d\d)\.(\d\d\.\d{4})$", words):
        days = [day(f"{one:02}.{match[3]}") for one in range(int(match[1]), int(match[2]) + 1)]
        return Rhythm(past=tuple(days), last=days[-1])
    if match := re.match(r"(?:einmalig|erstmals|Kurs ab|monatlich, z\. B\.) (\d\d\.\d\d\.\d{4})", words):
        once = words.startswith("einmalig") and "jährlich" not in words
        return Rhythm(past=(day(match[1]),), last=day(match[1]) if once else None)
    if re.match(r"(einmalig|mehrere Termine)(?!.*danach)", words) and year:
        return Rhythm(last=dt.date(year, 12, 31))  # over, the day is unknown
    codes = weekdays(weekday)
    weekly = f"FREQ=WEEKLY;BYDAY={','.join(codes)}"
    span = re.match(r"(\d\d\.\d\d\.)-(\d\d\.\d\d\.)(\d{4})?", words)
    if span and (of_year := span[3] or (str(year) if year else "")):
        rule = weekly if codes and start else ""
        return Rhythm(rule, first=day(span[1] + of_year), last=day(span[2] + of_year))
    if not codes or not start:
        return Rhythm()
    if words == "wöchentlich":
        return Rhythm(weekly)
    if words == "wöchentlich (Sommerhalbjahr)":
        return Rhythm(f"{weekly};BYMONTH=4,5,6,7,8,9")
    if match := re.match(r"wöchentlich ab (\d\d\.\d\d\.\d{4})$", words):
        return Rhythm(weekly, first=day(match[1]))
    if match := re.match(r"jeden (\d)\. \w+ im Monat$", words):
        return Rhythm(f"FREQ=MONTHLY;BYDAY={match[1]}{codes[0]}")
    return Rhythm()
