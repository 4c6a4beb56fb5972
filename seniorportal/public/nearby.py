"""Auch in der Nähe: the nearest other places and what is next there, across the borders of the districts."""

import datetime as dt
import math
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import ExpressionWrapper, F, FloatField, Func, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject

from seniorportal.access import PUBLIC, Right, visible
from seniorportal.models import District, Occurrence, Offering, ReportArea, Venue
from seniorportal.models.calendar import Moment
from seniorportal.models.nested import Row, instance, nested
from seniorportal.prepared import NOW, Statement, number

Entry = TypeVar("Entry", Offering, Venue)
MOST = 6
WEEKS = 4
LONGITUDE = 0.6225  # of a degree of latitude, in Dortmund; the index venue_point says the same


def nearby(entry: Any, venue: Venue | None, district: District | None, now: dt.datetime) -> list[Any]:
    """At most six places, each with ``km`` (None where unknown) and ``next`` (title, date, start) or None.

    Those of the own quarter, then of the own district, then those of the neighbours, the nearest first. ``entry`` is
    from ``with_nearest()``: no statement. Without coordinates only the district is known: one statement.
    """
    here = place_of(venue)
    if here:
        rows = entry.nearest
    elif district:
        rows = IN_DISTRICT.get(
            district=district.pk, own=venue.pk if venue else 0, **vars(Moment.of(now))
        ).places  # type: ignore[attr-defined]
    else:
        return []
    until = now.date() + dt.timedelta(weeks=WEEKS)
    home = (venue.quarter_id if venue else None, district.pk if district else None)
    found = [place_from(row, here, until) for row in rows]
    return sorted(found, key=lambda place: closeness(place, *home))


def place_from(row: Row, here: tuple[float, float] | None, until: dt.date) -> Any:
    district_name, coming = row.pop("district_name"), row.pop("coming")
    place = instance(Venue, row)
    there = place_of(place)
    place.km = round(111.2 * math.dist(here, there), 1) if here and there else None
    place.district_name, place.next = district_name, next_of(coming, until)
    return place


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


# --- in the statement of the page -----------------------------------------------------------------------------------


def with_nearest(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Brings the nearest other places along, for ``nearby()``; none where the own place is not known. No statement."""
    venue = "" if entries.model is Venue else "venue__"

    def own(field: str) -> Any:
        return OuterRef(OuterRef(f"{venue}{field}"))

    away = distance(own("longitude"), own("latitude"))
    places = others(own("pk")).filter(latitude__isnull=False).alias(away=away)
    return entries.annotate(nearest=shown(places.order_by("away")))


def others(own: Any) -> QuerySet[Venue]:
    active = Venue.objects.exclude(report_area=ReportArea.OFFICES).active_on(NOW.today)
    return visible(PUBLIC, Right.SEE, active.exclude(pk=own))


def distance(longitude: Any, latitude: Any) -> Func:
    """In degrees, so that the index venue_point knows the order."""

    def point(x: Any, y: Any) -> Func:
        return Func(x * Value(LONGITUDE), y, function="point", output_field=FloatField())

    return Func(
        point(F("longitude"), F("latitude")),
        point(ExpressionWrapper(longitude, FloatField()), latitude),
        template="%(expressions)s",
        arg_joiner=" <-> ",
        output_field=FloatField(),
    )


def shown(near: QuerySet[Venue]) -> ArraySubquery:
    """The first of them with all that the page says about each."""
    places = Venue.objects.filter(pk__in=near.values("pk")[:MOST])
    fields = ("name", "slug", "report_area", "street", "example", "latitude", "longitude", "sort")
    return nested(places, *fields, "district", "quarter", district_name="district__name", coming=first_date())


def first_date() -> Subquery:
    """The offering of a place with the next date that is not called off, however late that is.

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
    date = Subquery(dates.values(row=JSONObject(date="date", start="start")))
    return Subquery(first.values(row=JSONObject(title="title", date=date))[:1])


IN_DISTRICT = Statement(
    lambda: visible(PUBLIC, Right.SEE, District.objects.filter(pk=number("district"))).annotate(
        places=shown(others(number("own")).filter(district=number("district")).order_by("pk"))
    )
)
