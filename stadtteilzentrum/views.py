"""Public page of the Eugen-Krautscheid-Haus."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from seniorportal.access import PUBLIC, Right, visible
from seniorportal.models import ReportArea, Venue
from seniorportal.models.nested import nested
from seniorportal.public.places import page_of, place, place_context
from stadtteilzentrum.models import HouseService


def houses() -> QuerySet[Venue]:
    """While there is only one house of its kind, it is the one entered first."""
    services = visible(PUBLIC, Right.SEE, HouseService.objects.filter(centre__venue=OuterRef("pk")))
    rows = Venue.objects.in_area(ReportArea.CENTRE).select_related("centre").order_by("pk")
    return rows.annotate(services=nested(services, "name", "note"))


HOUSE = page_of(houses)


@login_not_required
def centre(request: HttpRequest) -> HttpResponse:
    """The house and its programme."""
    now = timezone.localtime()
    house: Any = place(HOUSE, now)
    context = place_context(house, now) | {"services": house.services}
    return render(request, "stadtteilzentrum/centre.html", context)
