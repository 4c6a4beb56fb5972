"""The wall sheet of a hall: what is on, when it is closed, and a box for how many came. Nothing about persons."""

import datetime as dt
from dataclasses import dataclass

from seniorportal.hours import open_on
from seniorportal.models import Venue
from seniorportal.printing import rings, words
from seniorportal.printing.sheet import Row, Sheet
from seniorportal.printing.spans import Span

LONGEST = 50  # signs of an entry
ON_PAGE = 2


@dataclass
class Line:
    """A day on which somebody counts; the page for printing shows the first of its programme, the PDF what fits."""

    day: str
    programme: list[str]
    mark: str

    @property
    def shown(self) -> list[str]:
        return self.programme[:ON_PAGE]

    @property
    def more(self) -> str:
        rest = len(self.programme) - ON_PAGE
        return f"und {rest} weitere" if rest > 0 else ""


@dataclass
class TallySheet:
    subject: str
    title: str
    line: str
    span: Span
    days: list[Line]
    notes: list[str]
    note: str
    numbers: list[tuple[str, rings.Ring]]
    rings: list[rings.Ring]
    address: str
    printed: dt.date
    example: bool


def tally(venue: Venue, found: Sheet) -> TallySheet:
    """From the programme of the month; no statement for a venue with ``attach_venue()``.

    A line for every day on which the house is open or something takes place; where nobody has told the hours, for
    every Monday to Friday.
    """
    of_day = {day.title: day for group in found.groups for day in group.days}
    public = set(found.public_holidays)
    closed = [(one.first_day, one.last_day) for one in venue.closures.all()]
    knows_hours = bool(venue.opening_hours.all())
    open_days: list[tuple[str, list[Row], str]] = []
    for ahead in range((found.span.last - found.span.first).days + 1):
        day = found.span.first + dt.timedelta(days=ahead)
        name = words.day_name(day)
        programme = of_day.get(name)
        shut = any(first <= day <= last for first, last in closed)
        if knows_hours:
            counts = bool(open_on(venue, day, public_holiday=day in public))
        else:
            counts = day.weekday() < 5 and not shut and day not in public
        if not counts and not (programme and any(not row.struck for row in programme.rows)):
            continue
        mark = "Feiertag" if day in public else ("Schließzeit" if shut else "")
        open_days.append((f"{name[:2]} {day.day}.{day.month}.", programme.rows if programme else [], mark))
    days = [Line(name, [_entry(row) for row in rows], mark) for name, rows, mark in open_days]
    return TallySheet(
        subject=found.subject,
        title=f"Strichliste {found.span.name}",
        line=found.line,
        span=found.span,
        days=days,
        notes=found.notes,
        note="" if knows_hours else "Die Öffnungszeiten sind nicht eingetragen: Hier steht jeder Werktag.",
        numbers=_numbers(venue),
        rings=found.rings,
        address=found.address,
        printed=found.printed,
        example=found.example,
    )


def _numbers(venue: Venue) -> list[tuple[str, rings.Ring]]:
    """Who coordinates and who advises; without a known number a line to write on."""
    coordinators = rings.of_coordinators(venue)[:2] or [rings.Ring("", "")]
    offices = rings.of_offices(venue)[:1]
    return [
        *(("Koordination", ring) for ring in coordinators),
        *(("Seniorenbüro", ring) for ring in offices),
        *([] if offices else [("Auskunft", rings.city())]),
    ]


def _entry(row: Row) -> str:
    """Cancelled and moved dates say so; that a date is only planned is for those who come, not for those who count."""
    for said in (words.CANCELLED, words.MOVED):
        if row.struck and row.said.startswith(said):
            return f"{words.cut(row.title, LONGEST - 12)}: {said}"
    begins = row.time.partition(" bis ")[0].removesuffix("\u00a0Uhr")
    return words.cut(row.title if row.time == words.UNKNOWN_TIME else f"{begins} Uhr {row.title}", LONGEST)
