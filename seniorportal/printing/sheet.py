"""A programme as it is printed: gathered once, shown as a page and pressed as PDF."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from seniorportal import hours
from seniorportal.access import PUBLIC, Right, visible
from seniorportal.models import CalendarDay, Closure, ContactPoint, Occurrence, Offering, Venue
from seniorportal.printing import words
from seniorportal.printing.rings import Ring
from seniorportal.printing.spans import Span, from_to
from seniorportal.programme import state
from seniorportal.templatetags.portal import phone, rhythm

MOST = 400  # dates of one sheet; a district of Dortmund has about 80 a week
MOST_UNDATED = 60
NO_BREAK = "\u00a0"
MOVED_BY = dt.timedelta(days=31)  # how far from its old day a moved date is looked for


@dataclass
class Row:
    """A line of the programme. ``said`` is the state in words, empty for a date that takes place; ``ring`` a number."""

    time: str
    title: str
    place: str
    ring: str
    said: str
    struck: bool
    url: str


@dataclass
class Day:
    title: str
    marks: list[str]
    rows: list[Row]


@dataclass
class Group:
    """One heading: a week of the month with its days, or one day of the week."""

    title: str
    days: list[Day]


@dataclass
class Sheet:
    """``rings``: the first is the one to ring. ``left_out``: more dates than a sheet takes."""

    kind: str
    subject: str
    line: str
    span: Span
    by_week: bool
    groups: list[Group]
    undated: list[Row]
    notes: list[str]
    opening: list[tuple[str, str]]
    way: list[str]
    rings: list[Ring]
    legend: list[tuple[str, str]]
    address: str
    printed: dt.date
    has_places: bool
    example: bool
    public_holidays: list[dt.date] = field(default_factory=list)
    left_out: bool = False
    empty: str = ""

    @property
    def title(self) -> str:
        return f"{self.kind} {self.span.within}"

    @property
    def number(self) -> int:
        return sum(len(day.rows) for group in self.groups for day in group.days)


@dataclass
class Scope:
    """Whose programme: which dates and offerings, and what the sheet says about it."""

    kind: str
    subject: str
    dates: QuerySet[Occurrence]
    offerings: QuerySet[Offering]
    rings: list[Ring]
    line: str = ""
    closures: Sequence[Closure] = ()
    opening: list[tuple[str, str]] = field(default_factory=list)
    way: list[str] = field(default_factory=list)
    has_places: bool = True
    example: bool = False


def sheet(scope: Scope, span: Span, today: dt.date, address: str) -> Sheet:
    """Three statements: the dates, the offerings without a known time, the calendar."""
    dates = list(_within(scope.dates, span)[: MOST + 1])
    left_out = len(dates) > MOST
    calendar = list(_special_days(span))
    days = _days(dates[:MOST], span, today, calendar, scope)
    undated = list(
        visible(
            PUBLIC,
            Right.SEE,
            scope.offerings.undated(min(max(span.first, today), span.last)),  # type: ignore[attr-defined]
        ).select_related("venue__district", "district")[:MOST_UNDATED]
    )
    rows = [row for _, day in days for row in day.rows]
    return Sheet(
        kind=scope.kind,
        subject=words.plain(scope.subject, 160),
        line=words.plain(scope.line, 160),
        span=span,
        by_week=not span.is_week,
        groups=_groups(days, span),
        undated=[_undated(offering, scope) for offering in undated],
        notes=_notes(scope.closures, calendar, span),
        opening=scope.opening,
        way=[words.plain(line, 300) for line in scope.way],
        rings=scope.rings,
        legend=_legend(rows, today, span),
        address=address,
        printed=today,
        has_places=scope.has_places,
        example=scope.example
        or any(date.offering.example for date in dates)
        or any(offering.example for offering in undated),
        public_holidays=[day.date for day in calendar if day.public_holiday],
        left_out=left_out,
        empty="" if rows else _empty(span),
    )


# --- the rows ---------------------------------------------------------------------------------------------------------


def _within(dates: QuerySet[Occurrence], span: Span) -> QuerySet[Occurrence]:
    """Dates of the span, and moved ones that were planned in it, each with a ``phone`` to ring about it."""
    phones = ContactPoint.objects.filter(venue=OuterRef("offering__venue"), kind=ContactPoint.Kind.PHONE)
    now_here = Q(date__range=(span.first, span.last))
    once_here = Q(status=Occurrence.Status.MOVED, planned_date__range=(span.first, span.last))
    return (
        visible(PUBLIC, Right.SEE, dates)
        .filter(now_here | once_here, date__range=(span.first - MOVED_BY, span.last + MOVED_BY))
        .select_related("offering__venue__district", "offering__district")
        .defer("offering__description", "offering__venue__description", "offering__venue__way")
        .annotate(phone=Subquery(phones.order_by("position", "pk").values("value")[:1]))
        .order_by("date", F("start").asc(nulls_last=True), "offering__sort", "pk")
    )


def _special_days(span: Span) -> QuerySet[CalendarDay]:
    return (
        visible(PUBLIC, Right.SEE, CalendarDay.objects.filter(date__range=(span.first, span.last)))
        .exclude(public_holiday="", school_holiday="")
        .order_by("date")
    )


def _days(
    dates: Iterable[Occurrence], span: Span, today: dt.date, calendar: Iterable[CalendarDay], scope: Scope
) -> list[tuple[dt.date, Day]]:
    placed: list[tuple[dt.date, dt.time, Row]] = []
    for date in dates:
        standing = state(date, today)
        if span.first <= date.date <= span.last:
            row = _row(date, words.said_of(date, standing, today), standing == "cancelled", date.start, scope)
            placed.append((date.date, date.start or dt.time.max, row))
        moved_away = standing == "moved" and date.planned_date != date.date
        if moved_away and span.first <= date.planned_date <= span.last:
            said = words.said_of(date, standing, today, at_old_place=True)
            row = _row(date, said, True, date.planned_start, scope)
            placed.append((date.planned_date, date.planned_start or dt.time.max, row))
    placed.sort(key=lambda one: one[:2])
    holidays = {day.date: day.public_holiday for day in calendar if day.public_holiday}
    found = []
    for day, group in groupby(placed, key=lambda one: one[0]):
        marks = [holidays[day]] if day in holidays else []
        if any(one.first_day <= day <= one.last_day for one in scope.closures):
            marks.append("Haus geschlossen")
        found.append((day, Day(words.day_name(day), marks, [row for *_, row in group])))
    return found


def _row(date: Occurrence, said: str, struck: bool, start: dt.time | None, scope: Scope) -> Row:
    offering = date.offering
    end = None if struck and start != date.start else date.end
    return Row(
        time=words.times(start, end),
        title=words.plain(offering.title, 160),
        place=_place(offering) if scope.has_places else "",
        ring=phone(offering.phone or (scope.has_places and date.phone) or ""),  # type: ignore[attr-defined]
        said=said,
        struck=struck,
        url=offering.get_absolute_url(),
    )


def _undated(offering: Offering, scope: Scope) -> Row:
    return Row(
        time=words.plain(rhythm(offering), 160) or words.UNKNOWN_TIME,
        title=words.plain(offering.title, 160),
        place=_place(offering) if scope.has_places else "",
        ring=phone(offering.phone),
        said="",
        struck=False,
        url=offering.get_absolute_url(),
    )


def _place(offering: Offering) -> str:
    street, gap, number = words.plain(offering.venue.street if offering.venue else "", 80).rpartition(" ")
    return ", ".join(filter(None, (words.plain(offering.place, 120), f"{street}{gap and NO_BREAK}{number}")))


def _groups(days: list[tuple[dt.date, Day]], span: Span) -> list[Group]:
    if span.is_week:
        return [Group(day.title, [day]) for _, day in days]
    found = []
    for _, group in groupby(days, key=lambda pair: pair[0].isocalendar()[:2]):
        week = list(group)
        monday = week[0][0] - dt.timedelta(days=week[0][0].weekday())
        first, last = max(monday, span.first), min(monday + dt.timedelta(days=6), span.last)
        found.append(
            Group(from_to(first, last).removeprefix("vom ").removeprefix("am "), [day for _, day in week])
        )
    return found


# --- what stands around them ------------------------------------------------------------------------------------------


def _notes(closures: Sequence[Closure], calendar: Sequence[CalendarDay], span: Span) -> list[str]:
    notes = []
    for one in closures:
        if one.first_day <= span.last and one.last_day >= span.first:
            reason = f": {words.plain(one.reason)}" if one.reason else "."
            notes.append(f"Geschlossen {from_to(one.first_day, one.last_day)}{reason}")
    for day in calendar:
        if day.public_holiday:
            notes.append(f"Feiertag: {words.day_name(day.date)} ({day.public_holiday})")
    for name, group in groupby(
        [day for day in calendar if day.school_holiday], key=lambda day: day.school_holiday
    ):
        days = [day.date for day in group]
        begun, goes_on = days[0] == span.first, days[-1] == span.last
        if begun and goes_on:
            when = "die ganze Zeit"
        elif goes_on:
            when = f"ab {words.day_name(days[0])}"
        elif begun:
            when = f"bis {words.day_name(days[-1])}"
        else:
            when = from_to(days[0], days[-1])
        notes.append(f"Schulferien ({name}): {when}")
    return notes


def opening_of(venue: Venue, span: Span) -> list[tuple[str, str]]:
    """Weekday and its hours as they hold in the span. No statement for a venue with ``attach_venue()``."""
    rows = [
        row
        for row in venue.opening_hours.all()
        if (row.valid_from or span.first) <= span.last and span.first <= (row.valid_until or span.last)
    ]
    found = []
    for day, spans in hours.week(rows, span.first) or hours.week(rows, span.last):
        told = [
            words.times(opens, closes) + (f" ({words.plain(note, 80)})" if note else "")
            for opens, closes, note in spans
        ]
        found.append((str(day), ", ".join(told)))
    for date, spans in hours.special_days(rows, span.first, span.last):
        note = next((words.plain(note, 80) for _, _, note in spans if note), "")
        told = [words.times(opens, closes) for opens, closes, _ in spans]
        found.append((words.day_name(date), ", ".join(told) + (f" ({note})" if note else "")))
    return found


def _legend(rows: Iterable[Row], today: dt.date, span: Span) -> list[tuple[str, str]]:
    said = [row.said for row in rows]
    legend = []
    if any(not one for one in said):
        over = " oder fand statt" if span.first < today else ""
        legend.append(("ohne Zusatz", f"Der Termin findet statt{over}. Wir haben den Eintrag geprüft."))
    if any(one.startswith(words.PLANNED) for one in said):
        legend.append((words.PLANNED, "Das hat uns in letzter Zeit niemand bestätigt."))
    if any(one.startswith(words.CANCELLED) for one in said):
        legend.append((f"durchgestrichen und „{words.CANCELLED}“", "Dieser Termin findet nicht statt."))
    if any(one.startswith(words.MOVED) for one in said):
        legend.append(
            (words.MOVED, "Der Termin hat einen anderen Tag, eine andere Zeit oder einen anderen Ort.")
        )
    return legend


def _empty(span: Span) -> str:
    time = "diese Woche" if span.is_week else "diesen Monat"
    return (
        f"Für {time} ist noch kein Termin eingetragen. Rufen Sie gern an, dann erfahren Sie, was stattfindet."
    )
