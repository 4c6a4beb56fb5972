"""Somebody to ring: one reachable number for every public page.

The chain is offering, venue, carrier, Seniorenbüro of the district, the city's number; the first that answers now, or
whose hours nobody knows, goes before those that are known not to answer.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from seniorportal.hours import clock
from seniorportal.models import ContactHours, ContactPoint, District, Offering, ReportArea, Venue, Weekday


@dataclass(frozen=True)
class Contact:
    """``number`` as written; ``who`` answers; ``answers`` is a whole sentence about when, or empty when unknown.

    ``page`` shows the number as large as the screen.
    """

    number: str
    who: str
    answers: str = ""
    silent: bool = False
    page: str = field(default="", compare=False)


def for_offering(offering: Offering, now: dt.datetime) -> Contact:
    """At most two statements beyond what ``for_page`` loaded: the Seniorenbüro of the district.

    None where ``responsible`` on the record brings the offices of its district along.
    """
    return replace(
        _first(_of_offering(offering, now)), page=_page("public:number_of_offering", pk=offering.pk)
    )


def for_venue(venue: Venue, now: dt.datetime) -> Contact:
    return replace(_first(_of_venue(venue, now)), page=_page("public:number_of_venue", slug=venue.slug))


def for_district(district: District | None, now: dt.datetime) -> Contact:
    return _first(_of_district(district, now))


def of_office(office: Venue, now: dt.datetime) -> Contact | None:
    """Its telephone, for an office loaded with its contact points and their hours."""
    points = (point for point in office.contact_points.all() if point.kind == ContactPoint.Kind.PHONE)
    return next((_at(point, point.label or office.name, now) for point in points), None)


def all_for(record: Offering | Venue, now: dt.datetime) -> list[Contact]:
    """Everybody in the chain, each number once, the one to ring first at the top."""
    chain = list(_of_offering(record, now) if isinstance(record, Offering) else _of_venue(record, now))
    first = _first(iter(chain))
    return list({one.number: one for one in (first, *chain)}.values())


def city() -> Contact:
    return Contact(
        settings.PORTAL_CITY_PHONE,
        "Servicetelefon der Stadt" + (" (Beispielnummer)" if settings.DEMO else ""),
        page=_page("public:number"),
    )


def _page(name: str, **arguments: Any) -> str:
    """Empty where there are no such pages: an error page may need the number before the paths are known."""
    try:
        return reverse(name, kwargs=arguments)
    except NoReverseMatch:
        return ""


def _first(chain: Iterable[Contact]) -> Contact:
    """The first that may answer; walks on only while the known hours say that nobody does."""
    silent: Contact | None = None
    for contact in chain:
        if not contact.silent:
            return contact
        silent = silent or contact
    return silent or city()


def _of_offering(offering: Offering, now: dt.datetime) -> Iterator[Contact]:
    if offering.phone:
        yield Contact(offering.phone, "Auskunft zu diesem Angebot")
    if offering.venue:
        yield from _of_venue(offering.venue, now)
    else:
        for carrier in offering.carriers.all():
            if carrier.phone:
                yield Contact(carrier.phone, carrier.short_name or carrier.name)
        yield from _of_district(offering.district, now, getattr(offering, "responsible", None))


def _of_venue(venue: Venue, now: dt.datetime) -> Iterator[Contact]:
    for point in venue.contact_points.all():
        if point.kind == ContactPoint.Kind.PHONE:
            yield _at(point, point.label or venue.name, now)
    for carrier in venue.carriers.all():
        if carrier.phone:
            yield Contact(carrier.phone, carrier.short_name or carrier.name)
    yield from _of_district(venue.district, now, getattr(venue, "responsible", None))


def _of_district(
    district: District | None, now: dt.datetime, offices: list[Venue] | None = None
) -> Iterator[Contact]:
    """``offices``, where they are loaded with their telephones, save the statements."""
    if offices is not None:
        for office in offices:
            for point in office.contact_points.all():
                if point.kind == ContactPoint.Kind.PHONE:
                    yield _at(point, office.name, now)
    elif district is not None:
        points = ContactPoint.objects.filter(
            kind=ContactPoint.Kind.PHONE,
            venue__report_area=ReportArea.OFFICES,
            venue__district=district,
            venue__published=True,
        )
        for point in points.select_related("venue").prefetch_related("hours"):
            yield _at(point, point.venue.name, now)
    yield city()


def _at(point: ContactPoint, who: str, now: dt.datetime) -> Contact:
    hours = sorted(point.hours.all(), key=lambda row: (row.weekday, row.opens))
    answers, silent = _answers(hours, now)
    return Contact(point.value, who, answers, silent)


def _answers(hours: list[ContactHours], now: dt.datetime) -> tuple[str, bool]:
    """When somebody answers, and whether it is known that nobody does now."""
    if not hours:
        return "", False
    for row in hours:
        if row.weekday == now.weekday() and row.opens <= now.time() < row.closes:
            return f"Heute bis {clock(row.closes)} geht jemand ans Telefon.", False
    later = [row for row in hours if row.weekday == now.weekday() and row.opens > now.time()]
    if later:
        return f"Heute ab {clock(later[0].opens)} geht jemand ans Telefon.", True
    following = min(hours, key=lambda row: ((row.weekday - now.weekday() - 1) % 7, row.opens))
    day = (
        "Morgen" if (following.weekday - now.weekday()) % 7 == 1 else f"Am {Weekday(following.weekday).label}"
    )
    return f"{day} ab {clock(following.opens)} geht jemand ans Telefon.", True
