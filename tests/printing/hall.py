"""A hall with a month in which everything occurs; today is Monday, 23 November 2026."""

import datetime as dt

from django.utils import timezone

from seniorportal.models import CalendarDay, Closure, Occurrence, Offering, OpeningHours, Venue
from tests.public.town import make_carrier, make_date, make_district, make_offering, make_venue

TODAY = dt.date(2026, 11, 23)
MONTH = "2026-12"
WEEK = "2026-W50"  # 7 to 13 December

HOSTILE = '#read("/etc/passwd") *fett* $x^2$ <script>alert(1)</script> \\ `code` @ref = Titel'


def on(offering: Offering, day: int, start: int | None = 15, **fields: object) -> Occurrence:
    """A date in December."""
    ahead = (dt.date(2026, 12, day) - timezone.localdate()).days
    return make_date(offering, ahead, dt.time(start) if start else None, **fields)


def make_hall(**fields: object) -> Venue:
    hall = make_venue("Beispielhaus am Phoenixsee", phone="0231 5556677", street="Hafenweg 3", **fields)
    hall.carriers.add(make_carrier("Beispielverband"))
    for weekday in range(5):
        OpeningHours.objects.create(venue=hall, weekday=weekday, opens=dt.time(9), closes=dt.time(17))
    return hall


def make_month(hall: Venue | None = None) -> Venue:
    """One date that is promised, one nobody confirmed, a cancelled, a moved one; a closure and holidays."""
    hall = hall or make_hall()
    sure = make_offering("Gedächtnistraining", venue=hall, confirmed_at=TODAY)
    unsure = make_offering("Skatrunde", venue=hall)
    on(sure, 1)
    on(sure, 8, status=Occurrence.Status.CANCELLED, note="Die Leitung ist erkrankt.")
    moved = on(sure, 10, planned_date=dt.date(2026, 12, 9), planned_start=dt.time(15))
    Occurrence.objects.filter(pk=moved.pk).update(status=Occurrence.Status.MOVED)
    on(unsure, 2, 10)
    make_offering("Spaziergang ohne feste Zeit", venue=hall)
    Closure.objects.create(
        venue=hall, first_day=dt.date(2026, 12, 14), last_day=dt.date(2026, 12, 18), reason="Maler im Haus"
    )
    for day, holiday in ((25, "Erster Weihnachtstag"), (26, "Zweiter Weihnachtstag")):
        CalendarDay.objects.update_or_create(
            date=dt.date(2026, 12, day),
            defaults={"public_holiday": holiday, "school_holiday": "Weihnachtsferien"},
        )
    for day in (23, 24, 27, 28, 29, 30, 31):
        CalendarDay.objects.update_or_create(
            date=dt.date(2026, 12, day), defaults={"public_holiday": "", "school_holiday": "Weihnachtsferien"}
        )
    return hall


__all__ = ["HOSTILE", "MONTH", "TODAY", "WEEK", "make_district", "make_hall", "make_month", "on"]
