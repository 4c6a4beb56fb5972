"""Public pages of the twelve Seniorenbüros."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from seniorenbuero.languages import by_weekday, phone_weeks, stand_in, with_languages
from seniorportal import contact
from seniorportal.access import PUBLIC, Right, visible
from seniorportal.models import ReportArea, Venue
from seniorportal.prepared import text
from seniorportal.printing import rings
from seniorportal.public.places import page_of, place, place_context


@login_not_required
def offices(request: HttpRequest) -> HttpResponse:
    rows = Venue.objects.in_area(ReportArea.OFFICES).active_on(timezone.localdate()).by_district()
    found: Any = visible(
        PUBLIC, Right.SEE, rows.select_related("office").prefetch_related("contact_points__hours")
    )
    for venue in found:
        venue.to_ring = list(rings.of_points(venue.contact_points.all(), ""))
    return render(request, "seniorenbuero/offices.html", {"offices": found, "contact": contact.city()})


OFFICE = page_of(
    lambda: with_languages(
        Venue.objects.in_area(ReportArea.OFFICES).filter(slug=text("slug")).select_related("office")
    )
)


@login_not_required
def office(request: HttpRequest, bezirk: str) -> HttpResponse:
    now = timezone.localtime()
    found = place(OFFICE, now, slug=f"seniorenbuero-{bezirk}")
    companion = getattr(found, "office", None)
    context = place_context(found, now) | {
        "hours_note": companion.hours_note if companion else "",
        "home_visits": companion.home_visits if companion else None,
        "home_visits_note": companion.home_visits_note if companion else "",
        "stand_in": stand_in(found),
        "phones": phone_weeks(found),
        "languages": by_weekday(found.weeks, now.date()),  # type: ignore[attr-defined]
        "example_languages": any(week["example"] for week in found.weeks),  # type: ignore[attr-defined]
    }
    return render(request, "seniorenbuero/office.html", context)
