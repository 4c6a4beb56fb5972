"""A small town for the public pages: plain ``make_*()`` helpers, nothing is shared between tests."""

import datetime as dt
from typing import Any

from django.utils import timezone

from seniorenbuero.models import Office
from seniorportal.models import (
    Carrier,
    ContactHours,
    ContactPoint,
    District,
    Occurrence,
    Offering,
    ReportArea,
    Venue,
)
from seniorportal.text import slug
from stadtteilzentrum.models import Centre


def make_district(name: str = "Hörde") -> District:
    return District.objects.get_or_create(name=name, defaults={"slug": slug(name)})[0]


def make_venue(name: str = "Beispielhaus", *, phone: str = "", **fields: Any) -> Venue:
    fields.setdefault("report_area", ReportArea.MEETING_PLACES)
    fields.setdefault("district", make_district())
    venue = Venue.objects.create(name=name, **fields)
    if phone:
        ContactPoint.objects.create(venue=venue, value=phone)
    return venue


def make_office(district: str = "Hörde", phone: str = "0231 50-23311") -> Venue:
    venue = make_venue(
        f"Seniorenbüro {district}",
        phone=phone,
        report_area=ReportArea.OFFICES,
        district=make_district(district),
    )
    Office.objects.create(venue=venue)
    return venue


def make_house(name: str = "Eugen-Krautscheid-Haus") -> Venue:
    venue = make_venue(name, phone="0231 39572-0", report_area=ReportArea.CENTRE)
    Centre.objects.create(venue=venue, opened_year=1983)
    return venue


def make_carrier(name: str = "Beispielverband", **fields: Any) -> Carrier:
    return Carrier.objects.create(name=name, slug=slug(name), kind=Carrier.Kind.ASSOCIATION, **fields)


def make_offering(title: str = "Kaffeenachmittag", *, venue: Venue | None = None, **fields: Any) -> Offering:
    if venue is None and "meeting_point" not in fields:
        venue = make_venue(f"Haus {title}")
    return Offering.objects.create(title=title, venue=venue, **fields)


def make_date(
    offering: Offering, in_days: int = 1, start: dt.time | None = dt.time(14, 30), **fields: Any
) -> Occurrence:
    day = timezone.localdate() + dt.timedelta(days=in_days)
    return Occurrence.objects.create(offering=offering, date=day, start=start, **fields)


def answer_always(venue: Venue) -> None:
    """Somebody answers the venue's telephone around the clock."""
    for point in venue.contact_points.all():
        for weekday in range(7):
            ContactHours.objects.create(
                contact_point=point, weekday=weekday, opens=dt.time(0), closes=dt.time(23, 59)
            )
