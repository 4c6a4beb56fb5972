"""Dates as an iCalendar file (RFC 5545): what is written about a date, and what makes it the same date tomorrow.

Nothing in a file depends on the moment of asking: unchanged dates on the same day are the same bytes.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings

from seniorportal.models import Occurrence

if TYPE_CHECKING:
    from icalendar import Event, Timezone

WRITING = 1  # counted up when ``write()`` says the same in other bytes
# Names no machine, so that a date stays the same date when the portal moves.
DOMAIN = "termine.seniorenportal-dortmund.invalid"
PRODUCER = "-//Seniorenportal Dortmund//Termine//DE"
READ_AGAIN = dt.timedelta(hours=12)
# Last change of a date whose history knows none.
UNKNOWN = dt.datetime(2014, 1, 1, tzinfo=dt.UTC)
STATUS = {"on": "CONFIRMED", "moved": "CONFIRMED", "planned": "TENTATIVE", "cancelled": "CANCELLED"}


@dataclass(frozen=True)
class Entry:
    """One date as the file says it; without ``start`` it lasts all day, without ``end`` nobody knows how long."""

    uid: str
    sequence: int
    changed: dt.datetime
    date: dt.date
    start: dt.time | None
    end: dt.time | None
    state: str
    title: str
    text: str
    place: str
    position: tuple[float, float] | None
    url: str
    topics: tuple[str, ...]
    contact: str


def uid(occurrence: Occurrence, second: bool) -> str:
    """The place of the date in the rhythm of its offering: that stays when its title, day or time changes.

    Machine-made dates are made anew when the rhythm changes, so their own number would not do. ``second``: another date
    was put by hand on a day that has one already; such dates are never made anew.
    """
    more = f"-{occurrence.pk}" if second else ""
    return f"{occurrence.offering_id}-{occurrence.planned_date:%Y%m%d}{more}@{DOMAIN}"


def sequence(occurrence: Occurrence) -> int:
    """Grows with every saved change of the offering and of the date, and when a date is cancelled, moved or restored.

    A machine-made date always has version 1, before and after it is made anew; then the offering has changed. Twice the
    version of the date leaves room for its state, so that a date marked without counting up moves on as well.
    """
    changed = occurrence.status in (Occurrence.Status.CANCELLED, Occurrence.Status.MOVED)
    return (occurrence.offering.version - 1) + 2 * (occurrence.version - 1) + int(changed)


def etag(title: str, about: str, entries: list[Entry], source: str) -> str:
    """Known before the file is written: the same whenever ``write()`` would give the same bytes."""
    said = repr((WRITING, title, about, entries, source))
    return f'"{hashlib.sha256(said.encode()).hexdigest()[:32]}"'


def write(title: str, about: str, entries: list[Entry], source: str) -> bytes:
    """The file: ``title`` and ``about`` name the calendar, ``source`` is where it can be read again."""
    from icalendar import Calendar, vDuration, vText

    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", PRODUCER)
    calendar.add("CALSCALE", "GREGORIAN")
    for name, text in (
        ("NAME", title),
        ("X-WR-CALNAME", title),
        ("DESCRIPTION", about),
        ("X-WR-CALDESC", about),
    ):
        calendar.add(name, vText(text))
    calendar.add("X-WR-TIMEZONE", settings.TIME_ZONE)
    calendar.add("SOURCE", source, parameters={"VALUE": "URI"})
    calendar.add("REFRESH-INTERVAL", vDuration(READ_AGAIN), parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vDuration(READ_AGAIN))
    if timed := [entry.date.year for entry in entries if entry.start]:
        calendar.add_component(timezone_of(min(timed), max(timed)))
    for entry in entries:
        calendar.add_component(_event(entry))
    return calendar.to_ical()


def _event(entry: Entry) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("UID", entry.uid)
    event.add("SEQUENCE", entry.sequence)
    event.add("DTSTAMP", entry.changed)
    event.add("LAST-MODIFIED", entry.changed)
    if entry.start is None:
        event.add("DTSTART", entry.date)
        event.add("DTEND", entry.date + dt.timedelta(days=1))
        event.add("TRANSP", "TRANSPARENT")
    else:
        berlin = ZoneInfo(settings.TIME_ZONE)
        event.add("DTSTART", dt.datetime.combine(entry.date, entry.start, berlin))
        if entry.end and entry.end > entry.start:
            event.add("DTEND", dt.datetime.combine(entry.date, entry.end, berlin))
    event.add("SUMMARY", entry.title)
    event.add("DESCRIPTION", entry.text)
    event.add("STATUS", STATUS[entry.state])
    if entry.place:
        event.add("LOCATION", entry.place)
    if entry.position:
        event.add("GEO", entry.position)
    event.add("URL", entry.url)
    if entry.topics:
        event.add("CATEGORIES", list(entry.topics))
    if entry.contact:
        event.add("CONTACT", entry.contact)
    return event


@cache
def timezone_of(first: int, last: int) -> "Timezone":
    """VTIMEZONE of the years from ``first`` to ``last``, with the change of the autumn before.

    Of our own: icalendar 7.3 writes the change in spring for 03:00 where RFC 5545 wants the hour before it (02:00), and
    as RDATE, which some readers leave out.
    """
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

    zone = Timezone()
    zone.add("TZID", settings.TIME_ZONE)
    for kind, month, since, name in (
        (TimezoneDaylight, 3, first, "CEST"),
        (TimezoneStandard, 10, first - 1, "CET"),
    ):
        before, after = (1, 2) if month == 3 else (2, 1)
        part = kind()
        part.add("DTSTART", _change(since, month, hour=1 + before))
        part.add("TZOFFSETFROM", dt.timedelta(hours=before))
        part.add("TZOFFSETTO", dt.timedelta(hours=after))
        part.add("TZNAME", name)
        # Not the change itself: some readers take this moment for local time and would lose the last change.
        until = dt.datetime(last, 12, 31, 23, 59, 59, tzinfo=dt.UTC)
        part.add("RRULE", vRecur(FREQ="YEARLY", BYMONTH=month, BYDAY="-1SU", UNTIL=until))
        zone.add_component(part)
    return zone


def _change(year: int, month: int, *, hour: int) -> dt.datetime:
    """The last Sunday of a month of 31 days: the clocks of the European Union change at 1 o'clock UTC."""
    last = dt.date(year, month, 31)
    return dt.datetime.combine(last - dt.timedelta(days=(last.weekday() + 1) % 7), dt.time(hour))
