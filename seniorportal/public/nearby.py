"""Auch in der Nähe: the nearest other places and what is next there, across the borders of the districts."""

import datetime as dt
import json
import math
from functools import cache
from typing import Any

from django.db.models import F, FloatField, Func, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject

from seniorportal.access import PUBLIC, Right, visible
from seniorportal.models import District, Occurrence, Offering, ReportArea, Venue

MOST = 6
LONGITUDE = 0.6225  # of a degree of latitude, in Dortmund; the index venue_point says the same


def nearby(venue: Venue | None, district: District | None, now: dt.datetime) -> list[Any]:
    """At most six places, each with ``km`` (None where unknown) and ``next`` (title, path, date, start) or None.

    Those of the own quarter, then of the own district, then those of the neighbours, the nearest first. Without
    coordinates only the district is known. One statement, whose cost does not grow with the city.
    """
    here = place_of(venue)
    if not here and district is None:
        return []
    x, y = here or (X, Y)
    values = dict(
        zip(
            marks(MARK, X, Y, DISTRICT, OWN),
            marks(now, x, y, district.pk if district else 0, venue.pk if venue else 0),
            strict=True,
        )
    )
    sql, params = compiled(bool(here))
    found: list[Any] = list(Venue.objects.raw(sql, [values.get(param, param) for param in params]))
    for place in found:
        there = place_of(place)
        place.km = round(111.2 * math.dist(here, there), 1) if here and there else None
        row = place.next_row
        place.next = next_of(json.loads(row) if isinstance(row, str) else row)
    own = (venue.quarter_id if venue else None, district.pk if district else None)
    return sorted(found, key=lambda place: closeness(place, *own))


# Building the statement costs more than answering it: it is built once, with values that occur nowhere else.
MARK = dt.datetime(1234, 5, 6, 12, 34, 56)
X, Y = 1.2345678e-30, 2.3456789e-30
DISTRICT, OWN = -1234567, -2345678


def marks(now: dt.datetime, x: float, y: float, district: int, own: int) -> tuple[Any, ...]:
    """Everything in the statement that differs from page to page, always in this order."""
    earlier = now - dt.timedelta(hours=2)
    begun = earlier.time() if earlier.date() == now.date() else dt.time.min
    today = now.date()
    return today, today + dt.timedelta(weeks=4), now.time(), begun, x, y, district, own


@cache
def compiled(by_distance: bool) -> tuple[str, tuple[Any, ...]]:
    active = Venue.objects.exclude(report_area=ReportArea.OFFICES).active_on(MARK.date()).exclude(pk=OWN)
    others = visible(PUBLIC, Right.SEE, active)
    if by_distance:
        near = others.filter(latitude__isnull=False).order_by(distance(X, Y))
    else:
        near = others.filter(district=DISTRICT).order_by("pk")
    rows = with_next(Venue.objects.filter(pk__in=near.values("pk")[:MOST]), MARK)
    return rows.query.sql_with_params()


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


def distance(x: float, y: float) -> Func:
    return Func(
        Func(F("longitude") * Value(LONGITUDE), F("latitude"), function="point", output_field=FloatField()),
        Func(Value(x), Value(y), function="point", output_field=FloatField()),
        template="%(expressions)s",
        arg_joiner=" <-> ",
        output_field=FloatField(),
    )


def with_next(venues: QuerySet[Venue], now: dt.datetime) -> QuerySet[Venue]:
    """``next_row``: the next date of the place that is not called off."""
    coming = (
        Occurrence.objects.still_to_come(now)
        .filter(offering=OuterRef("pk"), date__lte=now.date() + dt.timedelta(weeks=4))
        .exclude(status=Occurrence.Status.CANCELLED)
    )
    offerings = visible(
        PUBLIC, Right.SEE, Offering.objects.active_on(now.date()).filter(Q(venue=OuterRef("pk")))
    )
    row = JSONObject(
        pk="pk",
        title="title",
        date=Subquery(coming.values("date")[:1]),
        start=Subquery(coming.values("start")[:1]),
    )
    first = (
        offerings.alias(day=Subquery(coming.values("date")[:1]))
        .filter(day__isnull=False)
        .order_by("day", "sort")
        .values(row=row)[:1]
    )
    return venues.annotate(district_name=F("district__name"), next_row=Subquery(first))


def next_of(row: dict[str, Any] | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return {
        "title": row["title"],
        "url": Offering(pk=row["pk"], title=row["title"]).get_absolute_url(),
        "date": dt.date.fromisoformat(row["date"]),
        "start": row["start"] and dt.time.fromisoformat(row["start"]),
    }
