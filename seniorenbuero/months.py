"""How long a Beratung may still be entered, corrected or withdrawn: until its month is closed, at the latest its year.

An office closes a month when it has reported it. What it forgot closes with the end of January of the next year: by
then the figures of the year are in print.
"""

import datetime as dt

from django.db.models import DateField, Exists, Func, OuterRef, Q
from django.utils import timezone
from django.utils.formats import date_format

from seniorenbuero.models import ClosedMonth
from seniorportal.models import Venue


def first_day_of(day: dt.date) -> dt.date:
    return day.replace(day=1)


def first_open_day(today: dt.date) -> dt.date:
    """The first day of this year; in January that of the year before."""
    return dt.date(today.year - (today.month == 1), 1, 1)


def over() -> Q:
    """Beratungen that nobody may change any more, nor add."""
    month = Func(
        OuterRef("date"), template="date_trunc('month', %(expressions)s)::date", output_field=DateField()
    )
    closed = ClosedMonth.objects.filter(office=OuterRef("office"), month=month)
    return Q(date__lt=first_open_day(timezone.localdate())) | Q(Exists(closed))


def why_not(office: Venue, day: dt.date) -> str:
    """A sentence for whoever wants to write into this day; empty where she may. One statement at most."""
    today = timezone.localdate()
    if day > today:
        return "Dieser Tag liegt in der Zukunft."
    if day < first_open_day(today):
        return f"Das Jahr {day.year} ist abgeschlossen."
    if ClosedMonth.objects.filter(office=office, month=first_day_of(day)).exists():
        return f"Der {date_format(day, 'F Y')} ist abgeschlossen."
    return ""
