"""Public pages of the Begegnungsstätten."""

from typing import cast

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Window
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from begegnung.filters import VenueFilters
from seniorportal.access import PUBLIC, Right, visible
from seniorportal.models import ReportArea, Venue
from seniorportal.models.venue import VenueQuerySet
from seniorportal.prepared import text
from seniorportal.public.filters import asked_page, number_in_words
from seniorportal.public.filters import page_of as page_of_list
from seniorportal.public.parameters import Parameters
from seniorportal.public.places import page_of, place, place_context

PER_PAGE = 20


@login_not_required
def venues(request: HttpRequest) -> HttpResponse:
    """The Begegnungsstätten of today by Stadtbezirk, searched and filtered. Two statements."""
    active = Venue.objects.in_area(ReportArea.MEETING_PLACES).active_on(timezone.localdate())
    filters = VenueFilters(request.GET, visible(PUBLIC, Right.SEE, active))
    parameters = Parameters(request, *filters.filters)
    asked = asked_page(parameters)
    rows = cast(VenueQuerySet, filters.rows()).by_district().annotate(total=Window(Count("pk")))
    found = list(rows[(asked - 1) * PER_PAGE : asked * PER_PAGE])
    shown = asked
    if not found and asked > 1:  # past the end
        shown = max(1, -(-rows.count() // PER_PAGE))
        found = list(rows[(shown - 1) * PER_PAGE : shown * PER_PAGE])
    total = found[0].total if found else 0
    page = page_of_list(found, total, asked, shown, PER_PAGE, parameters.ignored)
    address = filters.address()
    names = dict(filters.form.fields["bezirk"].choices)
    return render(
        request,
        "begegnung/venues.html",
        {
            "page": page,
            "count": number_in_words(total, False, "Begegnungsstätte", "Begegnungsstätten"),
            "districts": [names[slug] for slug in filters.wishes["bezirk"]],
            "filters": filters,
            "groups": filters.groups(filters.counts()),
            "chosen": filters.chosen(),
            "query": f"{address}&" if address else "",
            "ignored": filters.ignored + parameters.ignored,
        },
    )


VENUE = page_of(
    lambda: (
        Venue.objects.in_area(ReportArea.MEETING_PLACES)
        .filter(slug=text("slug"))
        .select_related("meeting_place")
    )
)


@login_not_required
def venue(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.localtime()
    found = place(VENUE, now, slug=slug)
    return render(request, "begegnung/venue.html", place_context(found, now))
