"""A rhythm as people choose it, and back from the rule: what the form of an offering can say without RFC 5545."""

import datetime as dt
from dataclasses import dataclass

from django.db import models

from seniorportal.models import Offering
from seniorportal.public.rhythm import DAYS, in_words

CODES = tuple(DAYS)
PLACES = {1: "erster", 2: "zweiter", 3: "dritter", 4: "vierter", -1: "letzter"}
INTERVALS = range(2, 13)


class Kind(models.TextChoices):
    WEEKLY = "woche", "jede Woche"
    EVERY = "wochen", "alle paar Wochen"
    MONTHLY = "monat", "jeden Monat an einem bestimmten Wochentag"
    ONCE = "einmal", "ein einziges Mal"
    DATES = "tage", "an einzelnen Tagen"
    OPEN = "offen", "Zeit noch nicht bekannt"
    KEPT = "bleibt", "wie bisher"


@dataclass(frozen=True)
class Rhythm:
    """``weekdays`` from 0 for Monday; ``places`` as in PLACES; ``days`` are those named one by one.

    ``first``: the rhythm counts from this day; for what happens once, the day itself.
    """

    kind: Kind
    weekdays: tuple[int, ...] = ()
    interval: int = 1
    places: tuple[int, ...] = ()
    first: dt.date | None = None
    days: tuple[dt.date, ...] = ()


def read(rule: str, first: dt.date | None, days: tuple[dt.date, ...] = ()) -> Rhythm:
    """What is stored, as a choice; KEPT where none says exactly this. ``days``: named one by one, from today on."""
    if not rule:
        if days:
            return Rhythm(Kind.DATES, days=tuple(sorted({*days, *([first] if first else [])})))
        return Rhythm(Kind.ONCE, first=first) if first else Rhythm(Kind.OPEN)
    parts = dict(part.partition("=")[::2] for part in rule.upper().split(";") if part)
    week = parts.pop("WKST", "MO")
    interval, named, freq = parts.pop("INTERVAL", "1"), parts.pop("BYDAY", ""), parts.pop("FREQ", "")
    if parts or week != "MO" or not interval.isdecimal() or first is None:
        return Rhythm(Kind.KEPT, first=first)
    every = int(interval)
    if freq == "DAILY" and every == 1 and not named:
        return Rhythm(Kind.WEEKLY, tuple(range(7)), first=first)
    codes = named.split(",") if named else [CODES[first.weekday()]]
    if freq == "WEEKLY" and set(codes) <= set(CODES) and (every == 1 or every in INTERVALS):
        kind = Kind.WEEKLY if every == 1 else Kind.EVERY
        return Rhythm(kind, tuple(sorted({CODES.index(c) for c in codes})), every, first=first)
    if freq == "MONTHLY" and every == 1 and named:
        of_month = {code[-2:] for code in codes}
        places = [code[:-2].removeprefix("+") for code in codes]
        known = [int(place) for place in places if place.lstrip("-").isdecimal() and int(place) in PLACES]
        if len(of_month) == 1 and of_month <= set(CODES) and len(known) == len(codes):
            return Rhythm(Kind.MONTHLY, (CODES.index(of_month.pop()),), places=in_order(known), first=first)
    return Rhythm(Kind.KEPT, first=first)


def in_order(places: list[int] | tuple[int, ...]) -> tuple[int, ...]:
    return tuple(place for place in PLACES if place in places)


def rule(chosen: Rhythm) -> str:
    """The rule of a choice; empty where it needs none. Not for KEPT."""
    days = ",".join(CODES[day] for day in sorted(set(chosen.weekdays)))
    if chosen.kind == Kind.WEEKLY:
        return f"FREQ=WEEKLY;BYDAY={days}"
    if chosen.kind == Kind.EVERY:
        return f"FREQ=WEEKLY;INTERVAL={chosen.interval};BYDAY={days}"
    if chosen.kind == Kind.MONTHLY:
        return "FREQ=MONTHLY;BYDAY=" + ",".join(f"{place}{days}" for place in in_order(chosen.places))
    return ""


def first_date(chosen: Rhythm) -> dt.date | None:
    """From when the rhythm counts. Every few weeks it is the first date itself, so that its week is the first one."""
    if chosen.kind in (Kind.DATES, Kind.OPEN) or chosen.first is None:
        return None
    if chosen.kind != Kind.EVERY:
        return chosen.first
    coming = (chosen.first + dt.timedelta(days=days) for days in range(7))
    return next(day for day in coming if day.weekday() in chosen.weekdays)


def put(offering: Offering, chosen: Rhythm, stored: Rhythm) -> None:
    """Writes a choice other than the stored one into the columns of an offering that is not saved yet.

    Words that somebody wrote about the old rhythm go with it.
    """
    if chosen == stored or chosen.kind == Kind.KEPT:
        return
    offering.rule, offering.first_date, offering.rhythm_note = rule(chosen), first_date(chosen), ""
    days = sorted(chosen.days) or ([chosen.first] if chosen.first else [])
    if chosen.kind in (Kind.ONCE, Kind.DATES) and days:
        offering.active_until = days[-1]
    if offering.active_from and days and days[0] < offering.active_from:
        offering.active_from = days[0]


def told(offering: Offering) -> str:
    """How often in words, whatever the rule is: for pages of staff, where silence would be worse."""
    if not offering.rule:
        return f"am {offering.first_date:%d.%m.%Y}" if offering.first_date else ""
    return in_words(offering.rule) or offering.rhythm_note or f"besondere Regel ({offering.rule})"
