"""One offering or one place on one A4 page, as a page for printing."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from seniorportal.access import PUBLIC, Right, fetch, visible
from seniorportal.models import Offering, ReportArea, Venue
from seniorportal.printing import labels, leaf, qr, scopes
from seniorportal.public.parameters import Parameters
from seniorportal.public.places import access_of, attach_all, attach_venue, offerings_of, with_surroundings

MOST_DATES = 5  # on the page of one offering
KINDS = {
    ReportArea.MEETING_PLACES: "Begegnungsstätte",
    ReportArea.CENTRE: "Stadtteilzentrum",
    ReportArea.OFFICES: "Seniorenbüro",
}


@login_not_required
def offering(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Two statements: the offering and its dates."""
    found = fetch(PUBLIC, with_surroundings(Offering.objects.for_page()), pk=pk)
    if slug != found.slug:
        return redirect("public:print_offering", pk=pk, slug=found.slug)
    attach_all(found)
    now = timezone.localtime()
    dates = visible(PUBLIC, Right.SEE, found.occurrences.still_to_come(now))[:MOST_DATES]
    access = access_of(found.venue.accessibility.all()) if found.venue else None
    address = request.build_absolute_uri(found.get_absolute_url())
    return _leaf(request, leaf.of_offering(found, dates, access, now.date(), address), found)


@login_not_required
def place(request: HttpRequest, area: str, slug: str = "", bezirk: str = "") -> HttpResponse:
    """Two statements: the place and its programme."""
    found = place_of(area, slug, bezirk)
    now = timezone.localtime()
    office = getattr(found, "office", None) if area == ReportArea.OFFICES else None
    made = leaf.of_venue(
        found,
        offerings_of(found, now),
        access_of(found.accessibility.all()),
        now.date(),
        request.build_absolute_uri(found.get_absolute_url()),
        kind=KINDS[ReportArea(area)],
        hours_note=office.hours_note if office else "",
        telephone_hours=area == ReportArea.OFFICES,
    )
    return _leaf(request, made, found)


def _leaf(request: HttpRequest, made: leaf.Leaf, entry: Offering | Venue) -> HttpResponse:
    context = {
        "leaf": made,
        "entry": entry,
        "qr": qr.svg(made.address),
        "shown": qr.short(made.address),
        "stand": labels.stand(made.printed),
        "ignored": Parameters(request).ignored,
    }
    return render(request, "public/print_leaf.html", context)


def place_of(area: str, slug: str = "", bezirk: str = "") -> Venue:
    """One statement. An office is found by its Stadtbezirk; without either the house that was entered first."""
    slug = f"seniorenbuero-{bezirk}" if bezirk else slug
    rows = scopes.place_rows(area)
    if area == ReportArea.OFFICES:
        rows = rows.select_related("office")
    if slug:
        found = fetch(PUBLIC, rows, slug=slug)
    else:
        first = visible(PUBLIC, Right.SEE, rows).order_by("pk").first()
        if first is None:
            raise Http404("Das Haus ist nicht eingetragen.")
        found = first
    attach_venue(found)
    return found
