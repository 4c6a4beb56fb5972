"""The programme: from the rhythm of an offering to its dates, and what may be promised about a date.

Rules are expanded over naive local time, so that 15 Uhr stays 15 Uhr when the clocks change.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Literal

from dateutil.relativedelta import relativedelta
from dateutil.rrule import DAILY, rrule, rrulestr
from django.db import transaction

from seniorportal.models import CalendarDay, Closure, Occurrence, Offering

MONTHS_AHEAD = 18
AT_ONCE = 500  # offerings in one transaction

State = Literal["on", "planned", "cancelled", "moved"]


def state(occurrence: Occurrence, today: dt.date) -> State:
    """What may be promised about a date. «on» only for entries confirmed within their review interval.

    Reads ``occurrence.offering``: no statement where it is loaded.
    """
    if occurrence.status == Occurrence.Status.CANCELLED:
        return "cancelled"
    if occurrence.status == Occurrence.Status.MOVED:
        return "moved"
    return "on" if occurrence.offering.is_confirmed(today) else "planned"


def rule_error(rule: str) -> str:
    """Why a text is no usable rhythm, as a German sentence; empty when it is one."""
    try:
        parsed = rrulestr(rule, dtstart=dt.datetime(2026, 1, 5))
    except (ValueError, TypeError, KeyError, AttributeError):
        return "Das ist keine gültige Wiederholungsregel. Beispiel: FREQ=WEEKLY;BYDAY=TU"
    if not isinstance(parsed, rrule) or parsed._freq > DAILY:  # type: ignore[attr-defined]
        return "Eine Regel wiederholt sich täglich oder seltener."
    if not parsed._interval or parsed._interval < 1:  # type: ignore[attr-defined]
        return "Der Abstand der Wiederholung muss mindestens 1 sein."
    if any(word in rule.upper() for word in ("BYHOUR", "BYMINUTE", "BYSECOND", "DTSTART", "\n")):
        return "Beginn und erster Termin stehen in eigenen Feldern, nicht in der Regel."
    return ""


def dates(
    offering: Offering,
    first: dt.date,
    last: dt.date,
    calendar: Mapping[dt.date, CalendarDay],
    closures: Iterable[tuple[dt.date, dt.date]] = (),
) -> list[dt.date]:
    """The days from ``first`` to ``last``, both included, on which the rhythm puts a date.

    ``calendar`` needs only the days that are a holiday; ``closures`` are pairs of first and last day.
    """
    if offering.first_date is None:
        return []
    first = max(d for d in (first, offering.first_date, offering.active_from) if d)
    last = min(d for d in (last, offering.active_until) if d)
    if not offering.rule:
        found = [offering.first_date] if first <= offering.first_date <= last else []
    elif first > last:
        found = []
    else:
        rule = rrulestr(offering.rule, dtstart=dt.datetime.combine(offering.first_date, dt.time()))
        found = [
            moment.date()
            for moment in rule.between(
                dt.datetime.combine(first, dt.time()), dt.datetime.combine(last, dt.time()), inc=True
            )
        ]
    closed = list(closures)
    return [day for day in found if not _left_out(offering, calendar.get(day)) and not _within(day, closed)]


def _left_out(offering: Offering, day: CalendarDay | None) -> bool:
    return day is not None and bool(
        (offering.skip_public_holidays and day.public_holiday)
        or (offering.skip_school_holidays and day.school_holiday)
    )


def _within(day: dt.date, periods: list[tuple[dt.date, dt.date]]) -> bool:
    return any(first <= day <= last for first, last in periods)


def end_of(start: dt.time | None, minutes: int | None) -> dt.time | None:
    """Local end; None where start or duration is unknown, 23:59 where it would run past midnight."""
    if start is None or minutes is None:
        return None
    end = dt.datetime.combine(dt.date.min, start) + dt.timedelta(minutes=minutes)
    return end.time() if end.date() == dt.date.min else dt.time(23, 59)


@transaction.atomic
def regenerate(offerings: Iterable[Offering], today: dt.date) -> tuple[int, int]:
    """Bring the dates from ``today`` to 18 months ahead in line with rhythm, holidays and closures.

    Dates that somebody touched, that were counted or that have taken place stay as they are, and keep their day.
    Answers how many dates were made and how many removed. Five statements, however many offerings,
    and those of the removal.
    """
    last = today + relativedelta(months=MONTHS_AHEAD)
    chosen = list(Offering.objects.select_for_update(of=("self",)).filter(pk__in=[o.pk for o in offerings]))
    calendar = {
        day.date: day
        for day in CalendarDay.objects.filter(date__range=(today, last)).exclude(
            public_holiday="", school_holiday=""
        )
    }
    closures: dict[int, list[tuple[dt.date, dt.date]]] = defaultdict(list)
    venues = {o.venue_id for o in chosen if o.venue_id}
    for venue, first_day, last_day in Closure.objects.filter(
        venue__in=venues, last_day__gte=today
    ).values_list("venue", "first_day", "last_day"):
        closures[venue].append((first_day, last_day))

    kept: dict[int, set[dt.date]] = defaultdict(set)
    machine_made: dict[tuple[int, dt.date, dt.time | None, dt.time | None], int] = {}
    for row in Occurrence.objects.of_rhythm(chosen, today):
        if row["by_hand"]:
            kept[row["offering"]].add(row["planned_date"])
        else:
            machine_made[row["offering"], row["planned_date"], row["planned_start"], row["end"]] = row["pk"]

    made = []
    for offering in chosen:
        end = end_of(offering.start, offering.minutes)
        for day in dates(offering, today, last, calendar, closures[offering.venue_id or 0]):
            there = machine_made.pop((offering.pk, day, offering.start, end), None)
            if there is not None or day in kept[offering.pk]:
                continue
            made.append(
                Occurrence(
                    offering=offering,
                    date=day,
                    start=offering.start,
                    end=end,
                    planned_date=day,
                    planned_start=offering.start,
                    example=offering.example,
                )
            )
    removed, _ = Occurrence.objects.filter(pk__in=machine_made.values()).delete()
    Occurrence.objects.bulk_create(made, batch_size=5000)
    return len(made), removed


def extend(today: dt.date) -> tuple[int, int, int]:
    """Brings the dates of every offering 18 months ahead; how many offerings, dates made and dates removed."""
    keys = list(Offering.objects.filter(first_date__isnull=False).order_by("pk").values_list("pk", flat=True))
    made = removed = 0
    for at in range(0, len(keys), AT_ONCE):
        new, old = regenerate(Offering.objects.filter(pk__in=keys[at : at + AT_ONCE]), today)
        made, removed = made + new, removed + old
    return len(keys), made, removed
