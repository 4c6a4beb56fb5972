"""One offering or one place on one A4 page in large type.

The page has room for ``ROOM`` lines. What must be there is shortened where it is very long; lists and the description
take what is left. The telephone stands apart from all that and is never shortened.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst

from seniorportal import hours
from seniorportal.models import AccessibilityFact, Closure, Occurrence, Offering, Venue
from seniorportal.printing import rings, words
from seniorportal.printing.rings import Ring
from seniorportal.printing.spans import from_to
from seniorportal.programme import state
from seniorportal.templatetags.portal import rhythm

ROOM = 24  # lines of large type between the head and the telephone
ON_A_LINE, ON_A_WIDE_LINE = 46, 62  # signs beside a label, and from edge to edge
HEAD = 26  # signs of a heading on a line, each as high as two lines of text
UNKNOWN = "nicht bekannt – bitte fragen Sie"


@dataclass
class Entry:
    """``said``: the state of a date in words."""

    text: str
    said: str = ""
    struck: bool = False


@dataclass
class Fact:
    """``elastic``: may lose entries from its end, which ``rest`` then says in words with their number."""

    label: str
    entries: list[Entry]
    elastic: bool = False
    rest: str = ""

    @property
    def lines(self) -> int:
        return sum(_lines(f"{one.text}, {one.said}") for one in self.entries)


@dataclass
class Leaf:
    title: str
    lead: str
    facts: list[Fact]
    text: str
    rings: list[Ring]
    standing: str
    address: str
    printed: dt.date
    example: bool
    kind: str = field(default="")


def of_offering(
    offering: Offering,
    dates: Iterable[Occurrence],
    access: dict[str, Any] | None,
    today: dt.date,
    address: str,
) -> Leaf:
    """No statement for an offering with ``attach_all()``."""
    coming = [_date(date, today) for date in dates]
    when = capfirst(words.plain(rhythm(offering), 110))
    if when and offering.start and "Uhr" not in when:
        when += f", {words.times(offering.start, None)}"
    facts = [
        _fact("Wann", when or ("" if coming else words.UNKNOWN_TIME)),
        Fact("Nächste Termine", coming, elastic=True),
        _fact("Wo", *_where(offering)),
        _fact("Weg", *(way_of(offering.venue) if offering.venue else ())),
        _fact(
            "Kosten", words.plain(offering.cost_note, 110) or ("kostenlos" if offering.is_free else UNKNOWN)
        ),
        _fact("Anmeldung", _registration(offering)),
        _fact("Sie begrüßt", words.plain(offering.greeted_by, 90)),
        _access(access["known"] if access else ()),
    ]
    return _fitted(
        Leaf(
            title=words.plain(offering.title, 110),
            lead=words.plain(offering.summary, 180),
            facts=[fact for fact in facts if fact.entries],
            text=words.plain(offering.description),
            rings=rings.of_offering(offering)[:2],
            standing=_standing(offering, today),
            address=address,
            printed=today,
            example=offering.example,
            kind="Angebot",
        )
    )


def of_venue(
    venue: Venue,
    offerings: Iterable[Offering],
    access: dict[str, Any],
    today: dt.date,
    address: str,
    *,
    kind: str,
    hours_note: str = "",
    telephone_hours: bool = False,
) -> Leaf:
    """No statement for a venue with ``attach_venue()`` and its programme from ``offerings_of()``.

    ``telephone_hours``: when somebody answers stands among the facts, and no more beside the number.
    """
    answered = [one for one in rings.of_points(venue.contact_points.all(), venue.name) if one.hours]
    to_ring = rings.of_venue(venue)[:2]
    if telephone_hours:
        to_ring = [replace(one, hours="") if one in answered else one for one in to_ring]
    week = [
        f"{day}: " + ", ".join(words.times(opens, closes) for opens, closes, _ in spans)
        for day, spans in hours.week(venue.opening_hours.all(), today)
    ]
    programme = [Entry(_in_programme(offering)) for offering in offerings]
    facts = [
        _fact("Adresse", *_address(venue)),
        _fact("Weg", *way_of(venue)),
        _fact("Geöffnet", words.plain(hours_note, 110), *week)
        if week or hours_note
        else _fact("Geöffnet", UNKNOWN),
        _fact("Am Telefon", *(_answered(answered) if telephone_hours else ())),
        _fact("Geschlossen", *_closed(venue.closures.all(), today)),
        Fact(
            "Programm",
            programme,
            elastic=True,
            rest="Angebote mehr: Fragen Sie gern nach dem Monatsprogramm.",
        ),
        _access(access["known"]),
    ]
    return _fitted(
        Leaf(
            title=words.plain(venue.name, 110),
            lead=f"Stadtbezirk {venue.district.name}" if venue.district else "",
            facts=[fact for fact in facts if fact.entries],
            text=words.plain(venue.description),
            rings=to_ring,
            standing=_standing(venue, today),
            address=address,
            printed=today,
            example=venue.example,
            kind=kind,
        )
    )


# --- what fits --------------------------------------------------------------------------------------------------------


def _fitted(leaf: Leaf) -> Leaf:
    """Takes from the elastic lists first, then from the last facts; the description gets what is left."""
    room = ROOM - 2 * (_lines(leaf.title, HEAD) - 1) - _lines(leaf.lead, ON_A_WIDE_LINE)
    over = sum(fact.lines for fact in leaf.facts) - room
    for fact in leaf.facts:
        if fact.elastic and over > 0:
            before = fact.lines
            _shrink(fact, before - over)
            over -= before - fact.lines
    while over > 0 and len(leaf.facts) > 3:
        over -= leaf.facts.pop().lines
    left = -over - 1  # a line of air
    leaf.text = words.cut_with_words(leaf.text, left * ON_A_WIDE_LINE - 30) if left > 1 else ""
    return leaf


def _shrink(fact: Fact, room: int) -> None:
    """Down to ``room`` lines, but never below one entry."""
    rest = 0
    while fact.lines + (2 if rest and fact.rest else 0) > room and len(fact.entries) > 1:
        fact.entries.pop()
        rest += 1
    if rest and fact.rest:
        fact.entries.append(Entry(f"und {rest} {fact.rest}"))


def _lines(text: str, on_a_line: int = ON_A_LINE) -> int:
    return -(-len(text) // on_a_line)


# --- the facts --------------------------------------------------------------------------------------------------------


def _fact(label: str, *texts: str) -> Fact:
    return Fact(label, [Entry(text) for text in texts if text])


def _answered(to_ring: list[Ring]) -> list[str]:
    """When somebody answers; of several numbers with whose it is."""
    return [one.hours if len(to_ring) == 1 else f"{one.who}: {one.hours}" for one in to_ring]


def way_of(venue: Venue) -> list[str]:
    stop = words.plain(venue.stop, 80)
    return [f"Haltestelle {stop}" if stop else "", words.cut_with_words(words.plain(venue.way), 170)]


def _where(offering: Offering) -> list[str]:
    venue = offering.venue
    if venue is None:
        place = words.plain(offering.meeting_point, 110)
        return [", ".join(filter(None, (place, offering.district.name if offering.district else "")))]
    return [words.plain(venue.name, 90), *_address(venue)]


def _address(venue: Venue) -> list[str]:
    street = ", ".join(filter(None, (venue.street, f"{venue.postal_code} Dortmund".strip())))
    known = words.plain(street, 90) if venue.street else "Straße nicht bekannt – bitte fragen Sie"
    return [known, words.plain(venue.place_note, 90)]


def _registration(offering: Offering) -> str:
    if offering.registration_note:
        return words.plain(offering.registration_note, 130)
    if offering.needs_registration is None:
        return UNKNOWN
    return "bitte am Telefon anmelden" if offering.needs_registration else "nicht nötig, kommen Sie einfach"


def _access(facts: Iterable[AccessibilityFact]) -> Fact:
    """Ja, teilweise and nein a line each, in this order."""
    told: dict[str, list[str]] = {value: [] for value in AccessibilityFact.Value.labels}
    for fact in facts:
        told[fact.get_value_display()].append(fact.get_feature_display())
    return _fact("Zugang", *[f"{value}: {', '.join(names)}" for value, names in told.items() if names])


def _closed(closures: Iterable[Closure], today: dt.date) -> list[str]:
    coming = [one for one in closures if one.last_day >= today][:2]
    return [
        from_to(one.first_day, one.last_day) + (f": {words.plain(one.reason, 60)}" if one.reason else "")
        for one in coming
    ]


def _date(date: Occurrence, today: dt.date) -> Entry:
    standing = state(date, today)
    said = words.said_of(date, standing, today)
    when = f"{words.day_name(date.date)}, {words.times(date.start, date.end)}"
    return Entry(when, words.cut(said, 90), standing == "cancelled")


def _in_programme(offering: Offering) -> str:
    title = words.plain(offering.title, 70)
    when = words.plain(rhythm(offering), 60)
    if not when and (date := getattr(offering, "next", None)):
        when = words.day_name(date.date)
    begins = f", {words.times(offering.start, None)}" if offering.start and "Uhr" not in when else ""
    return f"{title} – {when}{begins}" if when else title


def _standing(entry: Any, today: dt.date) -> str:
    if entry.is_confirmed(today):
        return f"Diese Angaben sind geprüft, zuletzt am {date_format(entry.confirmed_at, 'j. F Y')}."
    since = f" (Quelle: {entry.source_year})" if entry.source_year else ""
    return f"Diese Angaben hat zuletzt niemand bestätigt{since}. Bitte rufen Sie vorher an."
