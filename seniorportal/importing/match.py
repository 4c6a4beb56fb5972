"""Which stored entry a line speaks about.

The key of a venue is its folded name and its street or district, that of an offering venue, title, weekday and start.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from seniorportal.importing import words
from seniorportal.importing.journal import Refused
from seniorportal.importing.offerings import OfferingFacts
from seniorportal.importing.reach import Reach
from seniorportal.importing.table import Line
from seniorportal.importing.venues import VenueFacts
from seniorportal.importing.words import CODES, folded, short
from seniorportal.models import Venue
from seniorportal.text import fold_street


@dataclass(eq=False)
class Place:
    """A venue as far as its key goes; ``pk`` 0: not stored yet. ``line``: the first line that spoke about it."""

    pk: int
    street: str
    district: int | None
    line: Line | None = None


class Places:
    def __init__(self, rows: Iterable[Venue]) -> None:
        self._named: dict[str, list[Place]] = defaultdict(list)
        self._without_bracket: dict[str, list[Place]] = defaultdict(list)
        for pk, name, street, district in rows.order_by("pk").values_list("pk", "name", "street", "district"):  # type: ignore[attr-defined]
            self._add(name, Place(pk, fold_street(street), district))

    def _add(self, name: str, place: Place) -> Place:
        self._named[folded(name)].append(place)
        self._without_bracket[folded(words.place(name)[0])].append(place)
        return place

    def of_line(self, facts: VenueFacts, line: Line) -> Place:
        """The venue of a line of a venues file; a new one where the portal knows none. ``Refused``: two fit."""
        found = self._fitting(facts)
        if len(found) > 1:
            raise Refused(
                "name", f"«{short(facts.name)}» gibt es mehrmals. Bitte Straße und Stadtbezirk genau angeben."
            )
        if not found:
            district = facts.district.pk if facts.district else None
            return self._add(facts.name, Place(0, fold_street(facts.street), district, line))
        [place] = found
        if place.line is not None:
            if place.line.cells != line.cells:
                raise Refused(
                    "name",
                    f"Derselbe Ort steht schon in Zeile {place.line.number}, mit anderen Angaben. "
                    "Bitte eine der beiden Zeilen streichen.",
                )
        else:
            place.line = line
        return place

    def _fitting(self, facts: VenueFacts) -> list[Place]:
        street = fold_street(facts.street)
        district = facts.district.pk if facts.district else None
        named = self._named.get(folded(facts.name), [])
        if not street:
            if district is None:
                return named
            return [p for p in named if p.district == district] or [p for p in named if p.district is None]
        same = [place for place in named if place.street == street]
        if not same and not named:
            same = [
                p
                for p in self._without_bracket.get(folded(words.place(facts.name)[0]), [])
                if p.street == street
            ]
        return same or [
            p for p in named if not p.street and (None in (district, p.district) or p.district == district)
        ]

    def called(self, name: str) -> int | None:
        """The venue of that name, with or without what stands in brackets. ``Refused``: several."""
        plain = folded(words.place(name)[0])
        for found in (
            self._named.get(folded(name)),
            self._named.get(plain),
            self._without_bracket.get(folded(name)),
        ):
            if found and len(found) > 1:
                raise Refused(
                    "begegnungsstaette",
                    f"Orte mit dem Namen «{short(name)}» gibt es mehrmals. "
                    "Bitte das Angebot in der Verwaltung eintragen.",
                )
            if found:
                return found[0].pk
        return None


Key = tuple[str, str, tuple[int, ...], dt.time | None]


@dataclass(eq=False)
class Known:
    """A stored offering as far as its key goes."""

    pk: int
    place: str
    words: str


class Offerings:
    """The stored offerings at some venues, and those that only have a meeting point."""

    def __init__(self, reach: Reach, venues: set[int]) -> None:
        self._by_key: dict[Key, list[Known]] = defaultdict(list)
        rows = reach.offerings().order_by("pk")
        fields = ("pk", "venue", "meeting_point", "title", "start", "rule", "rhythm_note", "first_date")
        for some in (rows.filter(venue__in=venues), rows.filter(venue__isnull=True)):
            for pk, venue, point, title, start, rule, note, first in some.values_list(*fields):
                place = at_venue(venue) if venue else at_point(point)
                key = (place, folded(title), weekday_key(rule, note, first), start)
                self._by_key[key].append(Known(pk, place, folded(note)))

    def settle(self, lines: list["Wanted"]) -> None:
        """Gives every line the stored offering it speaks about. Of several with one key the same words decide."""
        by_key: dict[Key, list[Wanted]] = defaultdict(list)
        for wanted in lines:
            by_key[wanted.key].append(wanted)
        for key, of_key in by_key.items():
            stored = list(self._by_key.get(key, ()))
            open_lines = []
            for wanted in of_key:
                twin = next((one for one in of_key if one.note == wanted.note), wanted)
                if twin is not wanted:
                    wanted.twin = twin
                    continue
                wanted.pk = next((one.pk for one in stored if one.words == wanted.note), 0)
                if wanted.pk:
                    stored = [one for one in stored if one.pk != wanted.pk]
                else:
                    open_lines.append(wanted)
            if len(open_lines) == len(stored) == 1:
                open_lines[0].pk = stored[0].pk
            elif stored:
                for wanted in open_lines:
                    wanted.unclear = True


@dataclass(eq=False)
class Wanted:
    """A line of an offerings file on its way to a stored offering; ``pk`` 0: a new one."""

    line: Line
    facts: OfferingFacts
    place: str
    pk: int = 0
    twin: "Wanted | None" = None  # an earlier line about the same offering
    unclear: bool = False

    @property
    def key(self) -> Key:
        values = self.facts.values
        days = weekday_key(
            values.get("rule", ""), self.facts.values.get("rhythm_note", ""), values.get("first_date")
        )
        return self.place, folded(self.facts.title), days, self.facts.start

    @property
    def note(self) -> str:
        return folded(self.facts.values.get("rhythm_note", ""))


def at_venue(pk: int) -> str:
    return f"venue {pk}"


def at_point(name: str) -> str:
    return f"point {folded(name)}"


def weekday_key(rule: str, note: str, first: Any) -> tuple[int, ...]:
    """The weekdays of an offering: of its rule, else of its words, else of its first date."""
    if match := re.search(r"BYDAY=([-0-9A-Z,]+)", rule or ""):
        return tuple(sorted({CODES.index(code[-2:]) for code in match[1].split(",") if code[-2:] in CODES}))
    if days := words.weekdays(note or ""):
        return tuple(days)
    return (first.weekday(),) if first else ()
