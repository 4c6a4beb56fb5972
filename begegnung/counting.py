"""Visits typed into boxes: what a box says, and how many boxes are saved at once without anybody's number being lost.

A box is a number (0: nobody came), «g» for closed, or empty: nobody counted. «~120» is an estimate; «w» takes the
number of the month before as one, «v» that of the year before.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from seniorportal import access
from seniorportal.access import Principal, Right
from seniorportal.models import Venue, Visit

MOST = 999_999
LEAST_TO_ASK = 30  # a difference below it is no reason to ask, however many times the usual it is
LIKE = {"w": "Im Monat davor", "v": "Im Jahr davor"}
CLOSED = {"g", "zu", "geschlossen"}
_NUMBER = re.compile(r"(~|ca\.? ?|etwa )?([0-9]{1,9}|[0-9]{1,3}(?:\.[0-9]{3})+)(\?)?", re.ASCII)

UNREADABLE = "Bitte eine Zahl, „g“ für geschlossen oder „~“ vor einer Schätzung. „{}“ können wir nicht lesen."
TOO_MANY = "Mehr als 999.999 Besuche kann hier niemand gezählt haben."
MEANWHILE = (
    "Inzwischen gespeichert: „{}“. Ihre Eingabe steht im Feld. Soll sie gelten, speichern Sie noch einmal."
)


@dataclass(frozen=True)
class Entry:
    """What one box says. ``count`` None is closed."""

    count: int | None
    estimated: bool = False

    @classmethod
    def read(cls, text: str) -> "Entry | None":
        """None for an empty box; ValidationError with a sentence for what cannot be read."""
        said = " ".join(text.split()).lower()
        if not said:
            return None
        if said.rstrip(".") in CLOSED:
            return cls(None)
        found = _NUMBER.fullmatch(said)
        if found is None:
            raise ValidationError(UNREADABLE.format(text.strip()[:20]))
        number = int(found[2].replace(".", ""))
        if number > MOST:
            raise ValidationError(TOO_MANY)
        return cls(number, bool(found[1] or found[3]))

    @classmethod
    def of(cls, visit: Visit | None) -> "Entry | None":
        if visit is None:
            return None
        return cls(visit.count, visit.method == Visit.Method.ESTIMATED and not visit.closed)

    def __str__(self) -> str:
        if self.count is None:
            return "g"
        return f"~{self.count}" if self.estimated else str(self.count)


def written(entry: Entry | None) -> str:
    return "" if entry is None else str(entry)


def told(entry: Entry | None) -> str:
    """For a sentence."""
    if entry is None:
        return "nichts"
    if entry.count is None:
        return "geschlossen"
    return f"{entry.count}, geschätzt" if entry.estimated else str(entry.count)


@dataclass
class Box:
    """One count that can be typed: of a day at the door, or of a month. ``usual`` is what it is compared with.

    ``like`` is what «w» and «v» stand for here. ``shown`` is what the page showed when it was filled in.
    """

    venue: Venue
    scope: str
    first_day: dt.date
    usual: int | None = None
    like: Mapping[str, int | None] = field(default_factory=dict)
    stored: Visit | None = None
    typed: str | None = None
    shown: str | None = None
    asked: bool = False
    error: str = ""
    question: str = ""

    @property
    def name(self) -> str:
        return f"z{self.venue.pk}-{self.first_day:{'%Y-%m-%d' if self.scope == Visit.Scope.DAY else '%Y-%m'}}"

    @property
    def text(self) -> str:
        return written(Entry.of(self.stored)) if self.typed is None else self.typed

    @property
    def answer(self) -> str:
        """What the page sends back when it has asked about this number."""
        return f"{self.name}={self.text.replace(' ', '')}"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to look at it."""
        return bool(self.error or self.question)

    @property
    def is_missing(self) -> bool:
        return self.stored is None

    @property
    def state(self) -> str:
        """What the page shows, for the page to send back."""
        return f"{self.name}={written(Entry.of(self.stored))}"


@dataclass
class Saved:
    """What became of the boxes of a page: those still open keep what was typed."""

    written: int = 0
    open: list[Box] = field(default_factory=list)


def fill(boxes: Iterable[Box], data: Mapping[str, str]) -> None:
    """What came back from the page: texts, what it had shown, and which numbers it had asked about."""
    shown = dict(one.split("=", 1) for one in data.get("gezeigt", "").split() if "=" in one)
    asked = set(data.get("gefragt", "").split())
    for box in boxes:
        box.shown = shown.get(box.name, "")
        typed = data.get(box.name, box.shown).strip()[:40]
        if typed == box.shown:
            continue  # untouched: the page goes on showing what is stored
        box.typed = typed
        box.asked = box.answer in asked
        if typed.lower() in LIKE:
            take_over(box, typed.lower())


def take_over(box: Box, letter: str) -> None:
    """The number of another time as an estimate; a sentence where there is none."""
    number = box.like.get(letter)
    if number is None:
        box.error = f"{LIKE[letter]} ist hier nichts gezählt. Bitte eine Zahl eintragen."
    else:
        box.typed = f"~{number}"


def attach(boxes: list[Box]) -> None:
    """Puts the stored counts into their boxes. One statement."""
    if not boxes:
        return
    found = {(row.venue_id, row.scope, row.first_day): row for row in _rows(boxes)}
    for box in boxes:
        box.stored = found.get((box.venue.pk, box.scope, box.first_day))


def _rows(boxes: list[Box]) -> Any:
    days = {box.first_day for box in boxes}
    return Visit.objects.filter(
        venue__in={box.venue.pk for box in boxes},
        scope__in=sorted({box.scope for box in boxes}),
        first_day__range=(min(days), max(days)),
    )


def save(principal: Principal, boxes: list[Box]) -> Saved:
    """Saves every box that was changed and is clear; the others keep what was typed and say why they wait.

    Whoever counts at the same venues meanwhile waits for the end of the transaction, so that nobody overwrites a number
    that she has not seen. 403, and nothing is saved, where one of the rows may not be changed.
    """
    try:
        with transaction.atomic():
            return _save(principal, boxes)
    except IntegrityError:  # a row made in the admin in this very instant: now it is seen
        with transaction.atomic():
            return _save(principal, boxes)


def _save(principal: Principal, boxes: list[Box]) -> Saved:
    changed = [box for box in boxes if _differs(box)]
    venues = sorted({box.venue.pk for box in changed})
    if not venues:
        return Saved(0, [box for box in boxes if box.is_open])
    list(Venue.objects.select_for_update(no_key=True).filter(pk__in=venues).order_by("pk").values_list("pk"))
    stored = {(v.venue_id, v.scope, v.first_day): v for v in _rows(changed).select_for_update(of=("self",))}
    new: list[Visit] = []
    old: list[Visit] = []
    gone: list[Visit] = []
    done: list[Box] = []
    for box in changed:
        box.stored = stored.get((box.venue.pk, box.scope, box.first_day))
        if box.error:  # it could not be read
            say_meanwhile(box)
            continue
        entry = Entry.read(box.typed or "")
        if entry == Entry.of(box.stored):
            done.append(box)
        elif say_meanwhile(box):
            continue
        elif question := _question(box, entry):
            box.question = question
        else:
            done.append(box)
            if entry is None:
                assert box.stored is not None
                gone.append(box.stored)
                box.stored = None
                continue
            row = box.stored or Visit(
                venue=box.venue, scope=box.scope, first_day=box.first_day, example=box.venue.example
            )
            (old if box.stored else new).append(row)
            row.count, row.closed = entry.count, entry.count is None
            row.method = Visit.Method.ESTIMATED if entry.estimated else Visit.Method.COUNTED
            box.stored = row
    _write(principal, new, old, gone)
    for box in done:
        box.typed = None
    return Saved(len(new) + len(old) + len(gone), [box for box in boxes if box.is_open])


def _differs(box: Box) -> bool:
    """Whether something else was typed than the page had shown; says so where it cannot be read."""
    if box.typed is None or box.shown is None:
        return False
    if box.error:
        return True
    try:
        entry = Entry.read(box.typed)
    except ValidationError as error:
        box.error = str(error.message)
        return True
    return written(entry) != box.shown


def say_meanwhile(box: Box) -> bool:
    """Whether somebody else saved another number than the page had shown; the page then shows both."""
    there = Entry.of(box.stored)
    if box.typed is None or box.shown is None or written(there) == box.shown:
        return False
    box.error = f"{box.error} {MEANWHILE.format(told(there))}".strip()
    return True


def _question(box: Box, entry: Entry | None) -> str:
    """Asked once; whoever saves the same number again has answered."""
    if entry is None or not entry.count or entry.estimated or box.asked or not box.usual:
        return ""
    if entry.count >= 10 * box.usual and entry.count - box.usual >= LEAST_TO_ASK:
        times = "zehnmal so viele wie sonst oder mehr"
    elif entry.count * 10 <= box.usual and box.usual - entry.count >= LEAST_TO_ASK:
        times = "nur ein Zehntel von sonst oder weniger"
    else:
        return ""
    return f"{entry.count} sind {times} (etwa {box.usual}). Stimmt die Zahl? Dann speichern Sie noch einmal."


def _write(principal: Principal, new: list[Visit], old: list[Visit], gone: list[Visit]) -> None:
    """Few statements, however many rows. Rights are asked before for what is there, and after for what is written."""
    _ensure(principal, Right.CHANGE, old + gone)
    Visit.objects.bulk_create(new)
    for row in old:
        row.version += 1
    if old:
        Visit.objects.bulk_update(old, ["count", "closed", "method", "version"])
    if gone:
        Visit.objects.filter(pk__in=[row.pk for row in gone]).delete()
    _ensure(principal, Right.ADD, new)
    _ensure(principal, Right.CHANGE, old)


def _ensure(principal: Principal, right: Right, rows: list[Visit]) -> None:
    if not rows:
        return
    mine = access.visible(principal, right, Visit.objects.filter(pk__in=[row.pk for row in rows]))
    if mine.count() != len(rows):
        transaction.set_rollback(True)
        raise PermissionDenied("fremde Zahlen")
