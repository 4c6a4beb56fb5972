"""Public page of the Eugen-Krautscheid-Haus."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from seniorportal.access import PUBLIC, Right, visible
from seniorportal.models import ReportArea, Venue
from seniorportal.models.nested import nested
from seniorportal.public.places import page_of, place_context
from stadtteilzentrum.models import HouseService


@login_not_required
def centre(request: HttpRequest) -> HttpResponse:
    """The house and its programme. While there is only one house of its kind, it is the one entered first."""
    now = timezone.localtime()
    houses = Venue.objects.in_area(ReportArea.CENTRE).select_related("centre").order_by("pk")
    services = visible(PUBLIC, Right.SEE, HouseService.objects.filter(centre__venue=OuterRef("pk")))
    rows: Any = page_of(houses, now).annotate(services=nested(services, "name", "note"))
    house = visible(PUBLIC, Right.SEE, rows).first()
    if house is None:
        raise Http404("Das Haus ist nicht eingetragen.")
    context = place_context(house, now) | {"services": house.services}
    return render(request, "stadtteilzentrum/centre.html", context)
