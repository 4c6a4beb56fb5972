"""What a special day does to the hours of a year: counted by hand, on a database with nothing else in it."""

import datetime as dt

import pytest

from seniorportal.models import CalendarDay, OpeningHours
from tests.figures.rows import make_closure, make_venue, read

pytestmark = pytest.mark.django_db


def test_the_figure_counts_a_special_day_instead_of_the_week():
    """2017: 52 Mondays, of which Whit Monday and Easter Monday, and 1 May, are holidays: counted by hand.

    Mondays 9 to 12: 52 - 3 = 49 days, 147 hours. On Monday 6 March only 14 to 19 (5 instead of 3), on Easter Monday
    17 April, a holiday, 10 to 11 (1 instead of 0), on Monday 3 July, in a closure, nothing. A line of one day for
    another weekday than its date never holds and takes nothing away.
    """
    venue = make_venue(active_from=dt.date(2010, 1, 1))
    mondays = [day for n in range(365) if (day := dt.date(2017, 1, 1) + dt.timedelta(days=n)).weekday() == 0]
    assert len(mondays) == 52
    for holiday in ("2017-04-17", "2017-05-01", "2017-06-05"):
        CalendarDay.objects.create(date=dt.date.fromisoformat(holiday), public_holiday="Feiertag")
    OpeningHours.objects.create(venue=venue, weekday=0, opens=dt.time(9), closes=dt.time(12))
    assert read("oeffnungsstunden", "2017").total == 147

    def special(text: str, opens: int, closes: int, weekday: int = 0) -> None:
        day = dt.date.fromisoformat(text)
        OpeningHours.objects.create(
            venue=venue,
            weekday=weekday,
            opens=dt.time(opens),
            closes=dt.time(closes),
            valid_from=day,
            valid_until=day,
            on_public_holidays=True,
        )

    special("2017-03-06", 14, 19)
    assert read("oeffnungsstunden", "2017").total == 147 - 3 + 5
    special("2017-04-17", 10, 11)
    assert read("oeffnungsstunden", "2017").total == 147 - 3 + 5 + 1
    special("2017-07-03", 9, 21)
    make_closure(venue, "2017-07-01", "2017-07-07")
    assert read("oeffnungsstunden", "2017").total == 147 - 3 + 5 + 1 - 3
    special("2017-09-04", 9, 10, weekday=3)
    assert read("oeffnungsstunden", "2017").total == 147
