"""Auch in der Nähe: the nearest other places and what is next there, across the borders of the districts."""

import datetime as dt
import math
from typing import Any

from django.db.models import F, FloatField, Func, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject

from seniorportal.access import PUBLIC, Right, visible
from seniorportal.models import District, Occurrence, Offering, ReportArea, Venue
from seniorportal.models.calendar import Moment
from seniorportal.prepared import NOW, Given, Statement, number

MOST = 6
WEEKS = 4
LONGITUDE = 0.6225  # of a degree of latitude, in Dortmund; the index venue_point says the same


def nearby(venue: Venue | None, district: District | None, now: dt.datetime) -> list[Any]:
    """At most six places, each with ``km`` (None where unknown) and ``next`` (title, date, start) or None.

    Those of the own quarter, then of the own district, then those of the neighbours, the nearest first. Without
    coordinates only the district is known. One statement, whose cost does not grow with the city.
    """
    here = place_of(venue)
    clock = vars(Moment.of(now))
    until = now.date() + dt.timedelta(weeks=WEEKS)
    own = venue.pk if venue else 0
    if here:
        found: list[Any] = NEAREST.all(x=here[0], y=here[1], own=own, **clock)
    elif district:
        found = IN_DISTRICT.all(district=district.pk, own=own, **clock)
    else:
        return []
    for place in found:
        there = place_of(place)
        place.km = round(111.2 * math.dist(here, there), 1) if here and there else None
        place.next = next_of(place.next_row, until)
    home = (venue.quarter_id if venue else None, district.pk if district else None)
    return sorted(found, key=lambda place: closeness(place, *home))


def closeness(place: Any, quarter: int | None, district: int | None) -> tuple[bool, bool, float, str]:
    return (
        quarter is None or place.quarter_id != quarter,
        place.district_id != district,
        place.km if place.km is not None else 99.0,
        place.sort,
    )


def place_of(venue: Venue | None) -> tuple[float, float] | None:
    """Coordinates in degrees of latitude, both of them."""
    if venue is None or venue.latitude is None or venue.longitude is None:
        return None
    return venue.longitude * LONGITUDE, venue.latitude


def next_of(row: dict[str, Any] | None, until: dt.date) -> dict[str, Any] | None:
    date = row and row["date"]
    if not row or not date or (day := dt.date.fromisoformat(date["date"])) > until:
        return None
    start = date["start"] and dt.time.fromisoformat(date["start"])
    return {"title": row["title"], "date": day, "start": start}


# --- the two statements ---------------------------------------------------------------------------------------------


def others() -> QuerySet[Venue]:
    active = Venue.objects.exclude(report_area=ReportArea.OFFICES).active_on(NOW.today)
    return visible(PUBLIC, Right.SEE, active.exclude(pk=number("own")))


def with_next(venues: QuerySet[Venue]) -> QuerySet[Venue]:
    """``next_row``: the offering with the next date that is not called off, however late that is.

    One step in an index for each offering; a last day as well would have the statement planned anew each time.
    """
    dates = (
        Occurrence.objects.still_to_come(NOW)
        .filter(offering=OuterRef("pk"))
        .exclude(status=Occurrence.Status.CANCELLED)
        .order_by("date", "start")[:1]
    )
    programme = Offering.objects.active_on(NOW.today).filter(venue=OuterRef("pk"))
    first = visible(PUBLIC, Right.SEE, programme).order_by(Subquery(dates.values("date")), "sort")
    row = JSONObject(title="title", date=Subquery(dates.values(row=JSONObject(date="date", start="start"))))
    return venues.annotate(district_name=F("district__name"), next_row=first.values(row=row)[:1])


def distance() -> Func:
    def point(x: Any, y: Any) -> Func:
        return Func(x, y, function="point", output_field=FloatField())

    return Func(
        point(F("longitude") * Value(LONGITUDE), F("latitude")),
        point(Given("x", FloatField()), Given("y", FloatField())),
        template="%(expressions)s",
        arg_joiner=" <-> ",
        output_field=FloatField(),
    )


def chosen(near: QuerySet[Venue]) -> QuerySet[Venue]:
    """The first of them with all that the page shows."""
    fields = ("name", "slug", "report_area", "street", "example", "latitude", "longitude", "sort")
    rows = Venue.objects.filter(pk__in=near.values("pk")[:MOST])
    return with_next(rows).only(*fields, "district", "quarter")


NEAREST = Statement(lambda: chosen(others().filter(latitude__isnull=False).order_by(distance())))
IN_DISTRICT = Statement(lambda: chosen(others().filter(district=number("district")).order_by("pk")))
