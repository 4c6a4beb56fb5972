"""Promised days: working days of Dortmund, from the calendar that a job fills."""

import datetime as dt

from seniorportal.models import CalendarDay


def after(today: dt.date, number: int) -> dt.date:
    """The ``number``-th working day after today. One statement."""
    span = (today, today + dt.timedelta(days=4 * number + 14))
    holidays = set(
        CalendarDay.objects.filter(date__range=span).exclude(public_holiday="").values_list("date", flat=True)
    )
    day, left = today, number
    while left:
        day += dt.timedelta(days=1)
        left -= day.weekday() < 5 and day not in holidays
    return day
