"""Opening hours in words. Days and times are local; rows are expected to be loaded with the venue."""

import datetime as dt
from collections.abc import Collection, Iterable

from seniorportal.models import CalendarDay, OpeningHours, Venue, Weekday

AHEAD = 14  # days within which the next opening is told


def valid_on(rows: Iterable[OpeningHours], day: dt.date) -> list[OpeningHours]:
    """The rows whose validity covers the day, whatever weekday it is."""
    return [row for row in rows if (row.valid_from or day) <= day <= (row.valid_until or day)]


def is_special(row: OpeningHours) -> bool:
    """Hours of one date only: that day they stand instead of the ordinary ones. ``figures.opening`` says the same."""
    return (
        row.valid_from is not None
        and row.valid_from == row.valid_until
        and row.valid_from.weekday() == row.weekday
    )


def special_days(
    rows: Iterable[OpeningHours], first: dt.date, last: dt.date
) -> list[tuple[dt.date, list[tuple[dt.time, dt.time, str]]]]:
    """The days from ``first`` to ``last`` that have hours of their own, in order."""
    found: dict[dt.date, list[tuple[dt.time, dt.time, str]]] = {}
    for row in sorted(rows, key=lambda row: row.opens):
        if is_special(row) and row.valid_from and first <= row.valid_from <= last:
            found.setdefault(row.valid_from, []).append((row.opens, row.closes, row.note))
    return sorted(found.items())


def week(
    rows: Iterable[OpeningHours], today: dt.date
) -> list[tuple[str, list[tuple[dt.time, dt.time, str]]]]:
    """The ordinary week as it holds today: weekday and its hours with note, without the days that have none."""
    ordinary = [row for row in rows if not is_special(row)]
    valid = sorted(valid_on(ordinary, today), key=lambda row: (row.weekday, row.opens))
    return [
        (day.label, [(row.opens, row.closes, row.note) for row in valid if row.weekday == day.value])
        for day in Weekday
        if any(row.weekday == day.value for row in valid)
    ]


def open_on(venue: Venue, day: dt.date, *, public_holiday: bool) -> list[OpeningHours]:
    """The hours of one day in order; empty when closed or when no hours are known."""
    if any(closure.first_day <= day <= closure.last_day for closure in venue.closures.all()):
        return []
    rows = valid_on(venue.opening_hours.all(), day)
    rows = [row for row in rows if is_special(row)] or rows
    return sorted(
        (
            row
            for row in rows
            if row.weekday == day.weekday() and (row.on_public_holidays or not public_holiday)
        ),
        key=lambda row: row.opens,
    )


def is_public_holiday(day: dt.date) -> bool:
    """One statement."""
    return CalendarDay.objects.filter(date=day).exclude(public_holiday="").exists()


def today_text(venue: Venue, now: dt.datetime, holidays: Collection[dt.date] | None = None) -> str:
    """One sentence about today; empty when no hours are known. One statement, unless the holidays are given."""
    today = now.date()
    if not valid_on(venue.opening_hours.all(), today) and not venue.closures.all():
        return ""
    holiday = is_public_holiday(today) if holidays is None else today in holidays
    spans = open_on(venue, today, public_holiday=holiday)
    for span in spans:
        if span.opens <= now.time() < span.closes:
            return f"Heute bis {clock(span.closes)} geöffnet."
        if now.time() < span.opens:
            return f"Heute von {clock(span.opens, unit=False)} bis {clock(span.closes)} geöffnet."
    return "Heute nicht mehr geöffnet." if spans else "Heute geschlossen."


def next_text(venue: Venue, now: dt.datetime, holidays: Collection[dt.date]) -> str:
    """When the door opens again within two weeks, as a sentence; empty while it is open, opens today, or is unknown.

    ``holidays`` are the public holidays of these weeks. No statement.
    """
    today = now.date()
    left = [
        span for span in open_on(venue, today, public_holiday=today in holidays) if now.time() < span.closes
    ]
    if left:
        return ""
    for ahead in range(1, AHEAD + 1):
        day = today + dt.timedelta(days=ahead)
        if spans := open_on(venue, day, public_holiday=day in holidays):
            return f"{_day(day, ahead)} ab {clock(spans[0].opens)} geöffnet."
    return ""


def _day(day: dt.date, ahead: int) -> str:
    if ahead == 1:
        return "Morgen"
    name = f"Am {Weekday(day.weekday()).label}"
    return name if ahead < 7 else f"{name}, {day.day}.{day.month}.,"


def clock(time: dt.time, *, unit: bool = True) -> str:
    """``9 Uhr``, ``14.30 Uhr``; without ``unit`` for the first of two times."""
    text = f"{time.hour}" if time.minute == 0 else f"{time.hour}.{time.minute:02}"
    return f"{text} Uhr" if unit else text
