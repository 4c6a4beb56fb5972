"""Public pages of the twelve Seniorenbüros."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from seniorportal import contact
from seniorportal.access import PUBLIC, Right, visible
from seniorportal.models import ReportArea, Venue
from seniorportal.prepared import text
from seniorportal.public.places import page_of, place, place_context


@login_not_required
def offices(request: HttpRequest) -> HttpResponse:
    rows = Venue.objects.in_area(ReportArea.OFFICES).active_on(timezone.localdate()).by_district()
    found = visible(
        PUBLIC, Right.SEE, rows.select_related("office").prefetch_related("contact_points__hours")
    )
    return render(request, "seniorenbuero/offices.html", {"offices": found, "contact": contact.city()})


OFFICE = page_of(
    lambda: Venue.objects.in_area(ReportArea.OFFICES).filter(slug=text("slug")).select_related("office")
)


@login_not_required
def office(request: HttpRequest, bezirk: str) -> HttpResponse:
    now = timezone.localtime()
    found = place(OFFICE, now, slug=f"seniorenbuero-{bezirk}")
    companion = getattr(found, "office", None)
    context = place_context(found, now) | {
        "hours_note": companion.hours_note if companion else "",
        "home_visits": companion.home_visits if companion else None,
    }
    return render(request, "seniorenbuero/office.html", context)
