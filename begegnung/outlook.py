"""The dates that would come of a rhythm, before anything is saved: those that take place, and why others do not."""

import copy
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from dateutil.relativedelta import relativedelta
from django.db.models import F, QuerySet

from begegnung.rhythm import Kind, Rhythm
from seniorportal import programme
from seniorportal.models import CalendarDay, Closure, Occurrence, Offering

SHOWN = 12


@dataclass(frozen=True)
class Day:
    """One day of the rhythm. ``left_out``: why it does not take place. ``kept``: somebody settled it by hand."""

    date: dt.date
    left_out: str = ""
    kept: bool = False


@dataclass
class Outlook:
    """In time order; ``gone`` are dates that stand in the programme and would not any more."""

    days: list[Day] = field(default_factory=list)
    gone: list[dt.date] = field(default_factory=list)
    extra: list[dt.date] = field(default_factory=list)  # added by hand, and staying

    @property
    def held(self) -> list[dt.date]:
        return [day.date for day in self.days if not day.left_out]

    @property
    def left_out(self) -> list[Day]:
        return [day for day in self.days if day.left_out]

    @property
    def first(self) -> list[Day]:
        """What a page shows at once: the next dates that take place, and what is left out among them."""
        count, found = 0, []
        for day in self.days:
            count += not day.left_out
            if count > SHOWN:
                break
            found.append(day)
        return found

    @property
    def more(self) -> int:
        return len(self.held) - sum(not day.left_out for day in self.first)


@dataclass(frozen=True)
class Free:
    """Days on which nothing takes place: holidays by day, closures of one venue with their reasons."""

    calendar: Mapping[dt.date, CalendarDay]
    closures: list[tuple[dt.date, dt.date, str]]

    @classmethod
    def between(cls, first: dt.date, last: dt.date, venue: int | None) -> "Free":
        """Two statements."""
        days = CalendarDay.objects.filter(date__range=(first, last)).exclude(
            public_holiday="", school_holiday=""
        )
        shut = Closure.objects.filter(venue=venue, first_day__lte=last, last_day__gte=first)
        return cls({day.date: day for day in days}, list(shut.values_list("first_day", "last_day", "reason")))

    @property
    def periods(self) -> list[tuple[dt.date, dt.date]]:
        return [(first, last) for first, last, _ in self.closures]

    def reason(self, offering: Offering, day: dt.date) -> str:
        """Why an offering leaves a day out, in words; empty where it does not."""
        of_day = self.calendar.get(day)
        if of_day and offering.skip_public_holidays and of_day.public_holiday:
            return f"Feiertag: {of_day.public_holiday}"
        if of_day and offering.skip_school_holidays and of_day.school_holiday:
            return f"Schulferien: {of_day.school_holiday}"
        for first, last, why in self.closures:
            if first <= day <= last:
                return f"Haus geschlossen: {why}" if why else "Haus geschlossen"
        return ""


def horizon(today: dt.date) -> dt.date:
    return today + relativedelta(months=programme.MONTHS_AHEAD)


def days_of(
    offering: Offering, chosen: Rhythm, first: dt.date, last: dt.date, free: Free
) -> list[tuple[dt.date, str]]:
    """Every day of the rhythm from ``first`` to ``last``, each with the reason why it is left out, if any."""
    if chosen.kind == Kind.DATES:
        found = [day for day in chosen.days if first <= day <= last]
        return [(day, free.reason(offering, day)) for day in found]
    everything = copy.copy(offering)
    everything.skip_public_holidays = everything.skip_school_holidays = False
    held = set(programme.dates(offering, first, last, free.calendar, free.periods))
    return [
        (day, "" if day in held else free.reason(offering, day))
        for day in programme.dates(everything, first, last, {})
    ]


def of(offering: Offering, chosen: Rhythm, stored: Rhythm, today: dt.date) -> Outlook:
    """For an offering as it would be saved. Three statements; two for a new one."""
    last = max([horizon(today), *chosen.days])
    free = Free.between(today, last, offering.venue_id)
    outlook = Outlook()
    by_hand: set[dt.date] = set()
    machine: set[dt.date] = set()
    if offering.pk:
        named = plain_dates(offering, today) if stored.kind == Kind.DATES else Occurrence.objects.none()
        loose = set(named.values_list("planned_date", flat=True))
        for row in Occurrence.objects.of_rhythm([offering], today):
            hand = row["by_hand"] and row["planned_date"] not in loose
            (by_hand if hand else machine).add(row["planned_date"])
    for day, reason in days_of(offering, chosen, today, last, free):
        kept = day in by_hand
        outlook.days.append(Day(day, "" if kept else reason, kept))
    there = {day.date for day in outlook.days}
    outlook.gone = sorted(machine - set(outlook.held))
    outlook.extra = sorted(by_hand - there)
    return outlook


def plain_dates(offering: Offering, today: dt.date) -> QuerySet[Occurrence]:
    """Coming dates that were named one by one and that nobody moved, cancelled, noted or counted since."""
    return Occurrence.objects.filter(
        offering=offering,
        planned_date__gte=today,
        touched=True,
        status=Occurrence.Status.PLANNED,
        note="",
        visit=None,
        date=F("planned_date"),
    )
