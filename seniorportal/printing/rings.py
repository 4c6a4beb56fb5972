"""Whom to ring, for paper: a sheet is read on any day, so nobody is chosen by the hour it was printed."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from seniorportal import contact
from seniorportal.models import ContactHours, ContactPoint, Offering, Venue, Weekday
from seniorportal.printing import words
from seniorportal.printing.words import plain


@dataclass(frozen=True)
class Ring:
    """``hours`` is when somebody answers, in words, or empty when nobody has told us."""

    number: str
    who: str
    hours: str = ""


def of_offering(offering: Offering) -> list[Ring]:
    """Everybody, each number once. No statement for an offering with ``attach_all()``."""
    return _once(_of_offering(offering))


def of_venue(venue: Venue) -> list[Ring]:
    """Everybody, each number once. No statement for a venue with ``attach_venue()``."""
    return _once(_of_venue(venue))


def of_points(points: Iterable[ContactPoint], name: str) -> Iterator[Ring]:
    for point in points:
        if point.kind == ContactPoint.Kind.PHONE:
            yield Ring(point.value, plain(point.label or name, 80), in_words(point.hours.all()))


def of_coordinators(venue: Venue) -> list[Ring]:
    """Those who carry the venue; an empty number where it is not known, so that somebody can write it in."""
    return [Ring(one.phone, plain(one.short_name or one.name, 60)) for one in venue.carriers.all()]


def of_offices(venue: Venue) -> list[Ring]:
    return [
        ring
        for office in venue.responsible  # type: ignore[attr-defined]
        for ring in of_points(office.contact_points.all(), office.name)
    ]


def city() -> Ring:
    found = contact.city()
    return Ring(found.number, found.who)


def in_words(rows: Iterable[ContactHours]) -> str:
    """ "Montag bis Donnerstag 9 bis 12 Uhr, Freitag 9 bis 11 Uhr"."""
    spans: dict[int, list[tuple[dt.time, dt.time]]] = {}
    for row in sorted(rows, key=lambda row: (row.weekday, row.opens)):
        spans.setdefault(row.weekday, []).append((row.opens, row.closes))
    runs: list[tuple[list[int], list[tuple[dt.time, dt.time]]]] = []
    for weekday, times in spans.items():
        if runs and runs[-1][1] == times and runs[-1][0][-1] == weekday - 1:
            runs[-1][0].append(weekday)
        else:
            runs.append(([weekday], times))
    return ", ".join(f"{_days(days)} {_times(times)}" for days, times in runs)


def _days(days: list[int]) -> str:
    first, last = Weekday(days[0]).label, Weekday(days[-1]).label
    if len(days) == 1:
        return str(first)
    return f"{first} und {last}" if len(days) == 2 else f"{first} bis {last}"


def _times(times: list[tuple[dt.time, dt.time]]) -> str:
    return " und ".join(words.times(opens, closes) for opens, closes in times)


def _of_offering(offering: Offering) -> Iterator[Ring]:
    if offering.phone:
        yield Ring(offering.phone, "Auskunft zu diesem Angebot")
    if offering.venue:
        yield from _of_venue(offering.venue)
        return
    yield from (Ring(one.phone, plain(one.short_name or one.name, 60)) for one in offering.carriers.all())
    for office in offering.responsible:  # type: ignore[attr-defined]
        yield from of_points(office.contact_points.all(), office.name)
    yield city()


def _of_venue(venue: Venue) -> Iterator[Ring]:
    yield from of_points(venue.contact_points.all(), venue.name)
    yield from of_coordinators(venue)
    yield from of_offices(venue)
    yield city()


def _once(rings: Iterable[Ring]) -> list[Ring]:
    found: dict[str, Ring] = {}
    for ring in rings:
        if ring.number:
            found.setdefault(ring.number, ring)
    return list(found.values())
