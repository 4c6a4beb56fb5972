"""Public page of the Eugen-Krautscheid-Haus."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from seniorportal.access import PUBLIC, Right, visible
from seniorportal.models import ReportArea, Venue
from seniorportal.public.places import place_context
from stadtteilzentrum.models import HouseService


@login_not_required
def centre(request: HttpRequest) -> HttpResponse:
    """The house and its programme. While there is only one house of its kind, it is the one entered first."""
    houses = Venue.objects.in_area(ReportArea.CENTRE).for_page().select_related("centre").order_by("pk")
    house = visible(PUBLIC, Right.SEE, houses).first()
    if house is None:
        raise Http404("Das Haus ist nicht eingetragen.")
    services = visible(PUBLIC, Right.SEE, HouseService.objects.filter(centre__venue=house))
    context = place_context(house, timezone.localtime()) | {"services": services}
    return render(request, "stadtteilzentrum/centre.html", context)
