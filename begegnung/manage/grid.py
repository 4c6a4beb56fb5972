"""The month of many halls as boxes to type into: which days there are, what is stored, what it is compared with."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.formats import date_format

from begegnung import counting, months
from begegnung.counting import Box
from begegnung.models import MeetingPlace
from begegnung.months import NOTHING, Months, Sum
from seniorportal import access
from seniorportal.access import Right
from seniorportal.figures.period import FIRST_YEAR
from seniorportal.hours import open_on
from seniorportal.models import CalendarDay, Occurrence, ReportArea, Venue, Visit

DAY, MONTH = Visit.Scope.DAY, Visit.Scope.MONTH
RECENT = 2  # months in which counts at the door say that a hall counts by day


@dataclass(frozen=True)
class Month:
    """A month that has begun; ``last`` is its last day that may be counted."""

    first: dt.date
    today: dt.date

    @classmethod
    def parse(cls, written: str, today: dt.date) -> "Month":
        """404 for what is no month, and for months that nobody can have counted."""
        if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", written, re.ASCII):
            raise Http404("kein Monat")
        month = cls(dt.date(int(written[:4]) or 1, int(written[5:]), 1), today)
        if month.first.year < FIRST_YEAR or month.first > today:
            raise Http404("kein Monat zum Zählen")
        return month

    @property
    def end(self) -> dt.date:
        return self.first + relativedelta(months=1)

    @property
    def last(self) -> dt.date:
        return min(self.end - dt.timedelta(days=1), self.today)

    @property
    def is_running(self) -> bool:
        return self.end > self.today

    @property
    def key(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def name(self) -> str:
        return date_format(self.first, "F Y")

    @property
    def before(self) -> "Month":
        return Month(months.before(self.first), self.today)

    @property
    def year_before(self) -> "Month":
        return Month(months.year_before(self.first), self.today)

    @property
    def after(self) -> "Month | None":
        return Month(self.end, self.today) if self.end <= self.today else None

    @property
    def days(self) -> list[dt.date]:
        return [self.first + dt.timedelta(days=n) for n in range((self.last - self.first).days + 1)]


@dataclass
class Row:
    """A hall in a month. ``days`` and ``month`` are its boxes; ``now`` is what counts so far."""

    venue: Venue
    by_day: bool
    editable: bool
    now: Sum
    before: Sum | None
    year_before: Sum | None
    days: list[Box] = field(default_factory=list)
    month: Box | None = None
    notes: list[str] = field(default_factory=list)
    marks: dict[dt.date, str] = field(default_factory=dict)

    @property
    def boxes(self) -> list[Box]:
        return [*self.days, *([self.month] if self.month else [])]

    @property
    def marked(self) -> list[tuple[Box, str]]:
        """The days in order, each with what is special about it."""
        return [(box, self.marks.get(box.first_day, "")) for box in self.days]

    @property
    def missing(self) -> int:
        return sum(box.is_missing for box in (self.days if self.by_day or not self.month else [self.month]))


def halls(user: Any, right: Right, month: Month) -> QuerySet[Venue]:
    """The Begegnungsstätten of the month at which the person may see or enter counts."""
    reached: Any = access.targets(user, right, Visit, "venue").filter(report_area=ReportArea.MEETING_PLACES)
    there: QuerySet[Venue] = reached.active_within(month.first, month.end - dt.timedelta(days=1))
    return there.order_by("sort", "name", "pk")


def rows_of(user: Any, venues: Iterable[Venue], month: Month, *, all_days: bool = False) -> list[Row]:
    """Nine statements, however many halls. ``all_days`` gives days and month of a hall, however it counts."""
    found = list(venues)
    keys = [venue.pk for venue in found]
    may_edit = set(halls(user, Right.ADD, month).filter(pk__in=keys).values_list("pk", flat=True))
    past = months.counted(keys, month.year_before.first, month.end)
    holidays = _holidays(month)
    programme = _programme(keys, month)
    hints = _hints(keys, month)
    rows = []
    for venue in found:
        by_day = _counts_by_day(venue, (venue.pk, DAY) in hints)
        row = Row(
            venue=venue,
            by_day=by_day,
            editable=venue.pk in may_edit,
            now=past.get((venue.pk, month.first), NOTHING),
            before=past.get((venue.pk, month.before.first)),
            year_before=past.get((venue.pk, month.year_before.first)),
        )
        _make_boxes(row, month, past, holidays, programme.get(venue.pk, set()), with_days=by_day or all_days)
        _make_notes(row, month, (venue.pk, Visit.Scope.YEAR) in hints)
        rows.append(row)
    counting.attach([box for row in rows for box in row.boxes])
    for row in rows:
        if row.by_day and row.month and row.month.stored is None:
            row.month = None  # either, or
    return rows


def attached(venues: QuerySet[Venue]) -> QuerySet[Venue]:
    """With what the boxes need: three statements."""
    return venues.select_related("district", "meeting_place").prefetch_related("opening_hours", "closures")


def _counts_by_day(venue: Venue, recently: bool) -> bool:
    place: MeetingPlace | None = getattr(venue, "meeting_place", None)
    chosen = place.counting if place else ""
    return chosen == MeetingPlace.Counting.DAY or (not chosen and recently)


def _make_boxes(
    row: Row, month: Month, past: Months, holidays: set[dt.date], programme: set[dt.date], *, with_days: bool
) -> None:
    habit = [one for (place, first), one in past.items() if place == row.venue.pk and first < month.first]
    of_month, of_day = months.usual_month(habit), months.usual_day(habit)
    row.month = Box(
        row.venue,
        MONTH,
        month.first,
        of_month,
        like={letter: one.total if one else None for letter, one in _others(row)},
    )
    if not with_days:
        return
    days = open_days(row, month, holidays, programme)
    if of_day is None and of_month and days:
        of_day = max(1, round(of_month / len(days)))
    like = {letter: months.usual_day([one] if one else []) for letter, one in _others(row)}
    row.days = [Box(row.venue, DAY, day, of_day, like=like) for day in days]


def _others(row: Row) -> tuple[tuple[str, Sum | None], ...]:
    return ("w", row.before), ("v", row.year_before)


def open_days(row: Row, month: Month, holidays: set[dt.date], programme: set[dt.date]) -> list[dt.date]:
    """The days of the paper sheet: open, or with something on; where no hours are known, Monday to Friday."""
    venue = row.venue
    knows_hours = bool(venue.opening_hours.all())
    found = []
    for day in month.days:
        shut = any(one.first_day <= day <= one.last_day for one in venue.closures.all())
        if knows_hours:
            counts = bool(open_on(venue, day, public_holiday=day in holidays))
        else:
            counts = day.weekday() < 5 and not shut and day not in holidays
        if counts or day in programme:
            found.append(day)
            row.marks[day] = "Feiertag" if day in holidays else "Schließzeit" if shut else ""
    return found


def _make_notes(row: Row, month: Month, has_year: bool) -> None:
    if row.now.days and not row.by_day:
        said = "An einem Tag" if row.now.days == 1 else f"An {row.now.days} Tagen"
        row.notes.append(
            f"{said} ist schon einzeln gezählt, zusammen {row.now.total}. Das gilt; die Zahl für den Monat zählt "
            "nicht mit."
        )
    if has_year:
        row.notes.append(
            f"Für {month.first.year} steht auch eine Zahl fürs ganze Jahr. Sie gilt nur, solange kein Monat und "
            "kein Tag eingetragen ist."
        )


def _holidays(month: Month) -> set[dt.date]:
    rows = CalendarDay.objects.filter(date__range=(month.first, month.last)).exclude(public_holiday="")
    return set(rows.values_list("date", flat=True))


def _programme(venues: list[int], month: Month) -> dict[int, set[dt.date]]:
    """On which days something takes place."""
    gone = (Occurrence.Status.CANCELLED,)
    found: dict[int, set[dt.date]] = {}
    dates = Occurrence.objects.filter(offering__venue__in=venues, date__range=(month.first, month.last))
    for venue, day in dates.exclude(status__in=gone).values_list("offering__venue", "date").distinct():
        found.setdefault(venue, set()).add(day)
    return found


def _hints(venues: list[int], month: Month) -> set[tuple[int, str]]:
    """Where days were counted at the door recently, and where there is a count of the whole year."""
    recent = Q(scope=DAY, first_day__gte=month.first - relativedelta(months=RECENT), first_day__lt=month.end)
    of_year = Q(scope=Visit.Scope.YEAR, first_day=month.first.replace(month=1))
    rows = Visit.objects.filter(recent | of_year, venue__in=venues).order_by()
    return set(rows.values_list("venue_id", "scope").distinct())
