"""Texts for paper: shortened with words, without signs that no typeface of ours has, torn nowhere but on purpose."""

import datetime as dt
import re
import unicodedata

from django.utils.formats import date_format

from seniorportal.hours import clock
from seniorportal.models import Occurrence
from seniorportal.programme import State

MORE_BY_PHONE = "Mehr dazu am Telefon."
UNKNOWN_TIME = "Zeit bitte erfragen"
CANCELLED, MOVED, PLANNED = "fällt aus", "verlegt", "geplant, bitte vorher anrufen"

# What the typefaces inside typst can show; a sign outside would make it refuse the whole programme.
SHOWN = re.compile(
    "[ -~\u00a0-\u00ac\u00ae-\u024f\u0386-\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0400-\u045f"
    "\u0490-\u0491\u05d0-\u05ea\u060c\u061b\u061f\u0621-\u063a\u0641-\u0652\u0660-\u0669\u1e80-\u1e85\u1e9e"
    "\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026\u2030\u2032\u2033\u2039\u203a\u2044\u20ac\u2116\u2122"
    "\u2190-\u2193\u2212\u2260\u2264\u2265]"
)
LONGEST_WORD = 24


def plain(text: str, most: int = 0) -> str:
    """One line of text for paper: composed, pictures left out, other foreign signs as "?", cut behind a word."""
    composed = unicodedata.normalize("NFC", str(text))
    spaced = " ".join(composed.split())
    shown = "".join(
        sign
        if SHOWN.fullmatch(sign)
        else ("" if unicodedata.category(sign)[0] in "CSMZ" or sign == "\u00ad" else "?")
        for sign in spaced
    )
    return cut(" ".join(shown.split()), most) if most else " ".join(shown.split())


def cut(text: str, most: int) -> str:
    """At most ``most`` signs; a shortened text ends behind a whole word with an ellipsis."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    whole = head if text[most - 1] == " " else head.rpartition(" ")[0] or head
    return f"{whole.rstrip(' ,;:.–-')} …"


def cut_with_words(text: str, most: int) -> str:
    """The same, and says where to hear the rest."""
    return text if len(text) <= most else f"{cut(text, most)} {MORE_BY_PHONE}"


def breakable(text: str) -> str:
    """Soft hyphens in words so long that they would run out of their column."""
    return re.sub(
        rf"[^\s-]{{{LONGEST_WORD + 1},}}",
        lambda found: "\u00ad".join(re.findall(rf".{{1,{LONGEST_WORD // 2}}}", found[0])),
        text,
    )


def times(start: dt.time | None, end: dt.time | None) -> str:
    if start is None:
        return UNKNOWN_TIME
    told = f"{clock(start, unit=False)} bis {clock(end)}" if end else clock(start)
    return told.replace(" Uhr", "\u00a0Uhr")


def day_name(day: dt.date) -> str:
    return date_format(day, "l, j. F")


def said_of(date: Occurrence, state: State, today: dt.date, *, at_old_place: bool = False) -> str:
    """The state of a date as paper says it; empty for one that takes place, but for its note.

    ``at_old_place``: the line stands where a moved date was planned, and says where it went.
    """
    note = f" {plain(date.note)}" if date.note else ""
    if state == "cancelled":
        return f"{CANCELLED}.{note}" if note else CANCELLED
    if state == "moved":
        return _moved(date, note, at_old_place)
    if state == "planned" and date.status != Occurrence.Status.HELD:
        said = PLANNED if date.date >= today else "geplant"
        return f"{said}.{note}" if note else said
    return note.strip()


def _moved(date: Occurrence, note: str, at_old_place: bool) -> str:
    other_day, other_time = date.date != date.planned_date, date.start != date.planned_start
    if at_old_place:
        when = f", {times(date.start, date.end)}" if other_time and date.start else ""
        return f"{MOVED} auf {day_name(date.date)}{when}.{note}"
    if other_day:
        return f"{MOVED}, bisher {day_name(date.planned_date)}.{note}"
    if other_time and date.planned_start:
        return f"{MOVED}, bisher {clock(date.planned_start)}.{note}"
    return f"{MOVED}.{note or ' Wohin, erfahren Sie am Telefon.'}"
