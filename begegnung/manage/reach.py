"""What the pages of offerings have in common: how they find a venue or an offering, and where things stand."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from seniorportal import access
from seniorportal.models import Offering, User, Venue


def person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def fetch_venue(request: HttpRequest, slug: str) -> Venue:
    return access.fetch(request.user, Venue.objects.all(), slug=slug)


def fetch_offering(request: HttpRequest, pk: int, slug: str | None, *, lock: bool = False) -> Offering:
    """By the address of its venue, which the person need not see: a joint offering belongs to all who carry it."""
    rows = Offering.objects.select_related("venue", "district")
    if lock:
        rows = rows.select_for_update(of=("self",))
    where: dict[str, Any] = {"venue__slug": slug} if slug else {"venue": None}
    return access.fetch(request.user, rows, pk=pk, **where)


def path_of(offering: Offering, name: str = "offering", **more: Any) -> str:
    """The page of an offering, at its venue or among the points outside."""
    if offering.venue:
        return reverse(f"begegnung:manage:{name}", args=[offering.venue.slug, offering.pk, *more.values()])
    point = name.replace("offering", "point")
    return reverse(f"begegnung:manage:{point}", args=[offering.pk, *more.values()])


def list_of(offering: Offering) -> tuple[str, str]:
    """Where it is listed: address and name."""
    if offering.venue:
        return reverse(
            "begegnung:manage:offerings", args=[offering.venue.slug]
        ), f"Angebote: {offering.venue}"
    return reverse("begegnung:manage:points"), "Treffpunkte"
