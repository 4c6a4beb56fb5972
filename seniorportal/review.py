"""«Stimmt noch»: which entries are due, what of them was shown, and confirming exactly that.

Whoever confirms says so about what she saw. Every entry on the page carries its version and a digest of what the page
says about it; where either is no longer what is stored, the entry is not confirmed and is named.
"""

import datetime as dt
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Literal

from django.core.exceptions import PermissionDenied
from django.db.models import DateField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.http import Http404

from seniorportal import access, hours
from seniorportal.access import Principal, Right
from seniorportal.models import Feedback, Occurrence, Offering, User, Venue
from seniorportal.models.nested import attach, nested

DATES = 4  # shown of each offering
SOON = 30  # days before a confirmation runs out
AHEAD = 120  # days of closures and special days that are shown
UNTIL = ExpressionWrapper(F("confirmed_at") + F("review_interval"), output_field=DateField())
MOST = 2000  # entries one POST may name
SEAL = re.compile(r"(ort|angebot)-([0-9]{1,18})-([0-9]{1,9})-([0-9a-f]{20})", re.ASCII)


class Stand(IntEnum):
    """How an entry stands; the higher, the more it needs somebody."""

    FINE = 0
    SOON = 1
    DUE = 2


def stand_of(entry: Venue | Offering, today: dt.date) -> Stand:
    if not entry.is_confirmed(today):
        return Stand.DUE
    return Stand.FINE if entry.is_confirmed(today + dt.timedelta(days=SOON)) else Stand.SOON


def due_on(day: dt.date) -> Q:
    """Not confirmed, or no longer on that day. For rows with ``until``."""
    return Q(confirmed_at__isnull=True) | Q(until__lt=day)


def current(offerings: QuerySet[Offering], today: dt.date) -> QuerySet[Offering]:
    """The offerings that promise something to somebody: public, not over, not a single date of the past."""
    rows: Any = offerings
    to_come = Occurrence.objects.filter(offering=OuterRef("pk"), date__gte=today)
    once = Q(rule="", first_date__lt=today) & ~Exists(to_come)
    return rows.active_within(today, dt.date.max).filter(published=True).exclude(once)


# --- what is shown --------------------------------------------------------------------------------------------------


@dataclass
class Entry:
    """A venue or an offering as the page shows it. ``doubted``: somebody outside says that it is wrong; ``known``:
    there is something to look at, hours or a number, a date."""

    record: Any
    kind: Literal["ort", "angebot"]
    stand: Stand
    may: bool
    doubted: bool
    known: bool
    shown: tuple[Any, ...]
    checked: bool = False
    changed: bool = False
    wrong_url: str = ""

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.record.pk}"

    @property
    def seal(self) -> str:
        """What the check box of the entry says: which entry, in which version, showing what."""
        digest = hashlib.sha256(repr(self.shown).encode()).hexdigest()[:20]
        return f"{self.key}-{self.record.version}-{digest}"

    @property
    def ticked(self) -> bool:
        """Whether the page proposes it: nothing that somebody doubts, or of which there is nothing to look at."""
        return self.known and not self.doubted


@dataclass
class Sheet:
    """A venue with its entries, and how many more of them there are that are not due."""

    venue: Any
    entries: list[Entry] = field(default_factory=list)
    settled: int = 0

    @property
    def open(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.may]

    @property
    def ticked(self) -> int:
        return sum(entry.checked for entry in self.open)


def sheets(
    principal: Principal, venues: QuerySet[Venue], day: dt.date, today: dt.date, *, everything: bool = False
) -> list[Sheet]:
    """The venues with what is due of them, or with all there is. ``day`` is the first whose dates are shown.

    Two statements, however many venues.
    """
    found = [Sheet(entry.record, [entry]) for entry in venue_entries(principal, venues, day, today)]
    of_venue: dict[int, list[Entry]] = defaultdict(list)
    by_key = {sheet.venue.pk: sheet.venue for sheet in found}
    rows = Offering.objects.filter(venue__in=by_key)
    for entry in offering_entries(principal, current(rows, today), day, today):
        entry.record.venue = by_key[entry.record.venue_id]
        of_venue[entry.record.venue_id].append(entry)
    for sheet in found:
        own = sheet.entries if sheet.venue.published else []
        every = [*own, *of_venue[sheet.venue.pk]]
        sheet.entries = [one for one in every if everything or one.stand > Stand.FINE]
        sheet.settled = len(every) - len(sheet.entries)
    return found


def venue_entries(principal: Principal, venues: QuerySet[Venue], day: dt.date, today: dt.date) -> list[Entry]:
    """One statement."""
    rows: Any = access.visible(principal, Right.SEE, venues)
    rows = rows.for_page().annotate(**_about(principal, Venue))
    return [venue_entry(venue, day, today) for venue in rows]


def venue_entry(venue: Any, day: dt.date, today: dt.date) -> Entry:
    attach(venue, venue.attached)
    last = day + dt.timedelta(days=AHEAD)
    venue.week = hours.week(venue.opening_hours.all(), day)
    venue.special = hours.special_days(venue.opening_hours.all(), day, last)
    closed = sorted(venue.closures.all(), key=lambda one: (one.first_day, one.last_day))
    venue.closed = [one for one in closed if one.last_day >= day and one.first_day <= last]
    venue.contacts = list(venue.contact_points.all())
    shown = (
        venue.name,
        (venue.street, venue.postal_code, venue.place_note),
        tuple((name, tuple(spans)) for name, spans in venue.week),
        tuple((special, tuple(spans)) for special, spans in venue.special),
        tuple((one.first_day, one.last_day, one.reason) for one in venue.closed),
        tuple(
            (
                *(one.kind, one.value, one.label),
                tuple(sorted((h.weekday, h.opens, h.closes) for h in one.hours.all())),
            )
            for one in venue.contacts
        ),
    )
    known = bool(venue.week or venue.special or venue.contacts)
    return Entry(venue, "ort", stand_of(venue, today), venue.may_change, venue.doubted, known, shown)


def offering_entries(
    principal: Principal, offerings: QuerySet[Offering], day: dt.date, today: dt.date
) -> list[Entry]:
    """One statement."""
    dates = access.visible(
        principal, Right.SEE, Occurrence.objects.filter(offering=OuterRef("pk"), date__gte=day)
    )
    dates = dates.order_by("date", F("start").asc(nulls_last=True), "pk")[:DATES]
    rows = access.visible(principal, Right.SEE, offerings).annotate(
        coming=nested(dates, "date", "start", "end", "status", "note"), **_about(principal, Offering)
    )
    return [offering_entry(offering, today) for offering in rows.order_by("sort", "title", "pk")]


def offering_entry(offering: Any, today: dt.date) -> Entry:
    def time(text: str | None) -> dt.time | None:
        return dt.time.fromisoformat(text) if text else None

    offering.dates = [
        {
            "date": dt.date.fromisoformat(row["date"]),
            "start": time(row["start"]),
            "end": time(row["end"]),
            "off": row["status"] == Occurrence.Status.CANCELLED,
            "moved": row["status"] == Occurrence.Status.MOVED,
            "note": row["note"],
        }
        for row in offering.coming
    ]
    shown = (
        offering.title,
        (offering.meeting_point, offering.phone),
        tuple(tuple(date.items()) for date in offering.dates),
        (offering.rule, offering.rhythm_note),
        (offering.is_free, offering.cost_note, offering.needs_registration, offering.registration_note),
    )
    stand, known = stand_of(offering, today), bool(offering.dates)
    return Entry(offering, "angebot", stand, offering.may_change, offering.doubted, known, shown)


def _about(principal: Principal, model: Any) -> dict[str, Exists]:
    """Whether it may be confirmed by whoever looks, and whether somebody outside says that it is wrong."""
    own = access.visible(principal, Right.CHANGE, model._base_manager.filter(pk=OuterRef("pk")))
    name = "venue" if model is Venue else "offering"
    reports = Feedback.objects.still_open().filter(**{name: OuterRef("pk")})
    return {"may_change": Exists(own), "doubted": Exists(reports)}


# --- confirming -----------------------------------------------------------------------------------------------------


@dataclass
class Outcome:
    """``done`` counts what is confirmed today; ``changed`` names what is no longer what was shown."""

    done: int = 0
    changed: list[Entry] = field(default_factory=list)


def confirm(
    principal: Principal, person: User, seals: Iterable[str], day: dt.date, today: dt.date
) -> Outcome:
    """Confirms the entries of the seals that still are as they were shown on ``day``; ``person`` vouches for them.

    404 for what she does not see, 403 for what she may not change; then nothing is written. Inside a transaction. A
    second time changes nothing. Six statements.
    """
    wanted: dict[str, dict[int, str]] = {"ort": {}, "angebot": {}}
    for seal in list(dict.fromkeys(seals))[:MOST]:
        if not (read := SEAL.fullmatch(seal)):
            raise Http404("nicht gefunden")
        wanted[read[1]][int(read[2])] = seal
    outcome = Outcome()
    found: list[Entry] = []
    if asked := wanted["ort"]:
        found += _all(venue_entries(principal, _held(principal, Venue, asked), day, today), asked)
    if asked := wanted["angebot"]:
        found += _all(offering_entries(principal, _held(principal, Offering, asked), day, today), asked)
    fresh: dict[Any, list[int]] = {Venue: [], Offering: []}
    for entry in found:
        seal = wanted[entry.kind][entry.record.pk]
        same = seal.rpartition("-")[2] == entry.seal.rpartition("-")[2]
        if seal == entry.seal:
            fresh[type(entry.record)].append(entry.record.pk)
        elif not (
            same and entry.record.confirmed_at == today
        ):  # a double click, or a colleague at the same time
            outcome.changed.append(entry)
            continue
        outcome.done += 1
    for model, keys in fresh.items():
        if keys:
            model.objects.filter(pk__in=keys).update(
                confirmed_at=today, confirmed_by=person, version=F("version") + 1
            )
    return outcome


def _held(principal: Principal, model: Any, keys: Iterable[int]) -> Any:
    """The rows, of which those that she may change stay as they are until the end of the transaction."""
    rows = model.objects.filter(pk__in=keys).order_by("pk")
    list(access.visible(principal, Right.CHANGE, rows).select_for_update(of=("self",)).values("pk"))
    return rows


def _all(entries: list[Entry], asked: dict[int, str]) -> list[Entry]:
    if len(entries) != len(asked):
        raise Http404("nicht gefunden")
    if not all(entry.may for entry in entries):
        raise PermissionDenied("bestätigen")
    return entries
