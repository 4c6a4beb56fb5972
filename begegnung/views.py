"""Public pages of the Begegnungsstätten."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from seniorportal.access import PUBLIC, Right, fetch, visible
from seniorportal.models import District, ReportArea, Venue
from seniorportal.public.parameters import Parameters
from seniorportal.public.places import page_of, place_context

PER_PAGE = 20


@login_not_required
def venues(request: HttpRequest) -> HttpResponse:
    """All Begegnungsstätten of today by Stadtbezirk, or those of the chosen ones."""
    parameters = Parameters(request, "bezirk")
    districts = list(visible(PUBLIC, Right.SEE, District.objects.all()))
    chosen = parameters.choices("bezirk", {district.slug for district in districts})
    active = Venue.objects.in_area(ReportArea.MEETING_PLACES).active_on(timezone.localdate())
    rows = visible(PUBLIC, Right.SEE, active.by_district())
    page = parameters.page_of(rows.filter(district__slug__in=chosen) if chosen else rows, PER_PAGE)
    return render(
        request,
        "begegnung/venues.html",
        {
            "page": page,
            "districts": districts,
            "chosen": [district for district in districts if district.slug in chosen],
            "query": "".join(f"bezirk={slug}&" for slug in chosen),
            "ignored": parameters.ignored,
        },
    )


@login_not_required
def venue(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.localtime()
    places = Venue.objects.in_area(ReportArea.MEETING_PLACES).select_related("meeting_place")
    found = fetch(PUBLIC, page_of(places, now), slug=slug)
    return render(request, "begegnung/venue.html", place_context(found, now))
