"""«Verstorben» or «keine Post mehr», said once: whatever an office still keeps of that person stops.

A helper is stopped (``Helper.stopped_on``, which ``people.to_contact`` asks for every list, call and letter); requests
for help and to be called are deleted. What else an office may come to know about people, hands in a ``Source``.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from seniorenbuero.desk.door import Desk
from seniorenbuero.helping import asking, people
from seniorenbuero.models import Helper, Match
from seniorportal import access, concerns
from seniorportal.access import Right
from seniorportal.models import Concern
from seniorportal.text import fold, fold_street

CONCERN = "anliegen"  # begins the keys of requests on the call list
SHORTEST = 6  # digits of a telephone number that say something


@dataclass(frozen=True)
class Person:
    """As somebody typed her, or as a row has her."""

    name: str = ""
    phone: str = ""
    street: str = ""

    def signs(self, said: dict[str, str]) -> list[str]:
        """What a row has in common with her, in words."""
        words = [
            ("Name", words_of(self.name), words_of(said.get("name", ""))),
            ("Telefonnummer", digits(self.phone), digits(said.get("phone", ""))),
            ("Straße", street(self.street), street(said.get("street", "") or said.get("address", ""))),
        ]
        return [sign for sign, mine, other in words if mine and other and mine == other]


@dataclass(frozen=True)
class Found:
    """A row that may be about her. ``sure``: it has two signs in common, or was named itself."""

    key: str
    words: str
    signs: list[str]
    sure: bool
    row: Any


@dataclass(frozen=True)
class Source:
    """Rows of one kind that the person at the desk may change, and how they stop. ``stop`` says what became of it."""

    name: str
    rows: Callable[[Desk], Iterable[Any]]
    words: Callable[[Any], str]
    stop: Callable[[Desk, Any, str, dt.date], str]
    sealed: tuple[str, ...] = people.SEALED
    record: str = ""  # where the sealed columns hang on the row, if not in it


def words_of(name: str) -> Any:
    """«Beispiel, Erika» is «Erika Beispiel»; «Frau» says nothing."""
    parts = set(re.findall(r"[a-z0-9]+", fold(name))) - {"frau", "herr", "dr"}
    return frozenset(parts) if len(parts) > 1 else None


def digits(phone: str) -> str:
    found = re.sub(r"\D", "", phone.replace("+49", "0"))
    return found.removeprefix("0049").lstrip("0") if len(found) >= SHORTEST else ""


def street(text: str) -> str:
    return fold_street(line_with_number(text))


def line_with_number(text: str) -> str:
    """The first line of an address that has a house number."""
    return next((part.strip() for part in re.split(r"[\n,]", text) if re.search(r"\d", part)), "")


def find(desk: Desk, person: Person, named: str = "") -> list[Found]:
    """Whatever may be about her, the surest first; ``named`` is the key of a row that was pointed at."""
    found = []
    for source in SOURCES:
        for row in source.rows(desk):
            key = f"{source.name}-{row.pk}"
            said = read(source, row)
            signs = person.signs(said)
            if signs or key == named:
                found.append(Found(key, source.words(row), signs, len(signs) > 1 or key == named, row))
    return sorted(found, key=lambda one: (not one.sure, -len(one.signs)))


def read(source: Source, row: Any) -> dict[str, str]:
    """Empty where it does not open: a lost key finds nobody."""
    holder = getattr(row, source.record, None) if source.record else row
    found = {}
    for name in source.sealed if holder else ():
        try:
            found[name] = getattr(holder, name) or ""
        except people.UNREADABLE:
            found[name] = ""
    return found


@transaction.atomic
def stop(desk: Desk, keys: Iterable[str], reason: str, today: dt.date) -> list[str]:
    """Stops the rows with these keys; what became of each, in words. A key that is no longer there is done already."""
    wanted = set(keys)
    said = []
    for source in SOURCES:
        for row in source.rows(desk):
            if f"{source.name}-{row.pk}" in wanted:
                access.ensure(desk.principal, Right.CHANGE, row)
                said.append(source.stop(desk, row, reason, today))
    return said


# Each kind


def stop_helper(desk: Desk, helper: Helper, reason: str, today: dt.date) -> str:
    """Nobody rings or writes any more; whom she helped looks for somebody else. Who died leaves no name behind."""
    ended = list(helper.matches.open())
    for match in ended:
        asking.end(match, today, Match.End.HELPER)
        if match.request:
            asking.ask_again(match.request, today)
    helper.stopped_on, helper.stop_reason = today, reason
    helper.state = Helper.State.LEFT
    if helper.active_from is not None and (helper.active_until is None or helper.active_until > today):
        helper.active_until = max(today, helper.active_from)
    helper.save()
    record = getattr(helper, "record", None)
    if reason == Helper.Stop.DIED and record is not None:
        people.forget(record, today)
    again = (
        f" {len(ended)} {'Bitte sucht' if len(ended) == 1 else 'Bitten suchen'} wieder jemanden."
        if ended
        else ""
    )
    return f"Nummer {helper.number} ist angehalten.{again}"


def lift(desk: Desk, helper: Helper) -> None:
    """Somebody may be rung again; what ended meanwhile stays ended."""
    access.ensure(desk.principal, Right.CHANGE, helper)
    helper.stopped_on, helper.stop_reason = None, ""
    helper.save()


def stop_request(desk: Desk, request: Any, reason: str, today: dt.date) -> str:
    why = Match.End.DIED if reason == Helper.Stop.DIED else Match.End.NOT_NEEDED
    ended = asking.settle(desk, request, today, why)
    if not ended:
        return "Die Bitte um Hilfe ist gelöscht."
    tell = ", ".join(f"Nummer {match.helper.number}" for match in ended)
    return f"Die Bitte um Hilfe ist gelöscht, die Hilfe beendet. Bitte sagen Sie es {tell}."


def stop_concern(desk: Desk, concern: Any, reason: str, today: dt.date) -> str:
    concerns.settle(concern, today)
    return "Ein Anliegen auf der Anrufliste ist gelöscht."


def open_concerns(desk: Desk) -> Iterable[Any]:
    return access.visible(desk.principal, Right.CHANGE, Concern.objects.all())


SOURCES: list[Source] = [
    Source(
        "helfende",
        lambda desk: people.to_contact(desk).select_related("record"),
        lambda helper: f"Nachbarschaftshilfe, Nummer {helper.number}",
        stop_helper,
        record="record",
    ),
    Source(
        "bitte",
        asking.of_office,
        lambda request: f"Bitte um Hilfe vom {request.asked_on:%d.%m.%Y}",
        stop_request,
    ),
    Source(
        CONCERN,
        open_concerns,
        lambda concern: f"{concern.get_kind_display()}, gefragt am {concern.asked_on:%d.%m.%Y}",
        stop_concern,
        sealed=("name", "phone", "address"),
    ),
]
