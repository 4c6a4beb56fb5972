"""Home and the page of one offering."""

import datetime as dt
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from seniorportal import contact
from seniorportal.access import PUBLIC, Right, visible
from seniorportal.models import Offering, ReportArea, Venue
from seniorportal.models.calendar import Moment
from seniorportal.prepared import Statement, number
from seniorportal.public.dates import by_day, coming, dates_of, first_of_each_day, with_state
from seniorportal.public.nearby import nearby, with_nearest
from seniorportal.public.places import access_of, attach_all, notices, office_of, with_surroundings

MOST_OF_DAY = 5
MOST_DATES = 9

DATES = Statement(lambda: first_of_each_day(MOST_OF_DAY))
OFFICES = Statement(
    lambda: visible(PUBLIC, Right.SEE, Venue.objects.in_area(ReportArea.OFFICES).by_district())
)
OFFERING = Statement(
    lambda: visible(
        PUBLIC,
        Right.SEE,
        with_nearest(with_surroundings(Offering.objects.filter(pk=number("pk")).for_page())).annotate(
            coming_rows=coming(MOST_DATES)
        ),
    )
)


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """Two statements: the dates of a week, and the offices."""
    now = timezone.localtime()
    today, tomorrow = now.date(), now.date() + dt.timedelta(days=1)
    dates = DATES.all(tomorrow=tomorrow, last=today + dt.timedelta(days=6), **vars(Moment.of(now)))
    days = by_day(with_state(dates, today), MOST_OF_DAY)
    by_date = {day.date: day for day in days}
    first_day = by_date.get(today)
    next_day = None if first_day else by_date.get(tomorrow)
    return render(
        request,
        "public/home.html",
        {
            "today": today,
            "first_day": first_day,
            "tomorrow": next_day,
            "week": [day for day in days if day not in (first_day, next_day)],
            "offices": OFFICES.all(),
            "contact": contact.city(),
        },
    )


@login_not_required
def offering(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One offering; any other slug than today's leads to today's. One statement, two without a known place."""
    now = timezone.localtime()
    found: Any = OFFERING.get(pk=pk, **vars(Moment.of(now)))
    if slug != found.slug:
        return redirect(found)
    attach_all(found)
    district = (found.venue.district if found.venue else None) or found.district
    return render(
        request,
        "public/offering.html",
        {
            "offering": found,
            "dates": dates_of(found, found.coming_rows, now.date()),
            "over": found.active_until is not None and found.active_until < now.date(),
            "confirmed": found.is_confirmed(now.date()),
            "access": access_of(found.venue.accessibility.all()) if found.venue else None,
            "notices": notices(found.feedback.all(), now.date()),
            "contact": contact.for_offering(found, now),
            "office": office_of(found, now),
            "nearby": nearby(found, found.venue, district, now),
        },
    )
