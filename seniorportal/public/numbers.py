"""A telephone number as large as the screen: to dial it on another telephone, or to show it to somebody."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from seniorportal import contact
from seniorportal.access import PUBLIC, Right, visible
from seniorportal.models import Offering, Venue
from seniorportal.prepared import Statement, number, text
from seniorportal.public.places import attach_all, attach_venue, with_surroundings

OFFERING = Statement(
    lambda: visible(PUBLIC, Right.SEE, with_surroundings(Offering.objects.filter(pk=number("pk")).for_page()))
)
VENUE = Statement(
    lambda: visible(PUBLIC, Right.SEE, with_surroundings(Venue.objects.filter(slug=text("slug")).for_page()))
)


@login_not_required
def of_offering(request: HttpRequest, pk: int) -> HttpResponse:
    """One statement."""
    found = OFFERING.get(pk=pk)
    attach_all(found)
    return show(request, found, contact.all_for(found, timezone.localtime()))


@login_not_required
def of_venue(request: HttpRequest, slug: str) -> HttpResponse:
    """One statement."""
    found = VENUE.get(slug=slug)
    attach_venue(found)
    return show(request, found, contact.all_for(found, timezone.localtime()))


@login_not_required
def of_city(request: HttpRequest) -> HttpResponse:
    return show(request, None, [contact.city()])


def show(request: HttpRequest, entry: Any, contacts: list[contact.Contact]) -> HttpResponse:
    context = {"entry": entry, "contact": contacts[0], "others": contacts[1:]}
    return render(request, "public/number.html", context)
