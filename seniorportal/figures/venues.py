"""What is counted in the same way at every kind of venue: visits, volunteers, dates that took place."""

from collections.abc import Iterator
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
    Window,
)
from django.db.models.functions import Coalesce, ExtractMonth, ExtractYear

from seniorportal.figures.facts import Facts
from seniorportal.figures.period import Period
from seniorportal.models import Engagement, Occurrence, Venue, Visit

# Finer goes over coarser.
_RANK = Case(
    When(scope=Visit.Scope.DATE, then=1),
    When(scope=Visit.Scope.DAY, then=2),
    When(scope=Visit.Scope.MONTH, then=3),
    default=4,
)
_OWN_OR_OF_THE_DATE = Coalesce(
    F("venue_id"),
    Subquery(Occurrence.objects.filter(pk=OuterRef("occurrence")).values("offering__venue_id")[:1]),
    output_field=BigIntegerField(),
)


def within(period: Period, field: str) -> Q:
    return Q(**{f"{field}__gte": period.first, f"{field}__lt": period.end})


def expected(venues: Any, period: Period) -> Iterator[Facts | None]:
    """The venues that are active on at least one day of each year."""
    for year in period.years:
        active = venues.active_within(year.first, year.last)
        yield Facts.of(active, year=year.first_year, venue="pk", expected=True)


def visits(venues: QuerySet[Venue], period: Period) -> Facts | None:
    """Per venue a date over the door, the door over the month, the month over the year: never added.

    «Geschlossen» is a report of 0 that displaces no count.
    """
    finest = Min("rank", filter=Q(closed=False))
    rows = (
        Visit.objects.filter(within(period, "first_day"))
        .annotate(
            place=_OWN_OR_OF_THE_DATE,
            rank=_RANK,
            y=ExtractYear("first_day"),
            m=ExtractMonth("first_day"),
        )
        .filter(place__in=venues.order_by().values("pk"))
        .annotate(
            of_year=Window(finest, partition_by=["place", "y"]),
            of_month=Window(finest, partition_by=["place", "y", "m"]),
            of_day=Window(finest, partition_by=["place", "y", "m", "first_day"]),  # one sort serves all three
        )
        .filter(
            Q(closed=True)
            | Q(scope=Visit.Scope.DATE)
            | Q(scope=Visit.Scope.DAY, of_day__gte=2)
            | Q(scope=Visit.Scope.MONTH, of_month__gte=3)
            | Q(scope=Visit.Scope.YEAR, of_year__gte=4)
        )
    )
    return Facts.of(
        rows,
        year="y",
        venue="place",
        amount=Coalesce("count", 0),
        estimated=Case(When(method=Visit.Method.ESTIMATED, then=True), default=False),
    )


def counted_in(period: Period, venue: OuterRef, year: OuterRef) -> QuerySet[Visit]:
    """The visits that somebody counted at a venue in a year of the period, for an Exists()."""
    return (
        Visit.objects.filter(within(period, "first_day"), closed=False)
        .annotate(place=_OWN_OR_OF_THE_DATE, y=ExtractYear("first_day"))
        .filter(place=venue, y=year)
    )


def volunteers(venues: QuerySet[Venue], period: Period) -> Iterator[Facts | None]:
    """Each volunteer once, however many venues and engagements there are in a year or in the period."""
    for year in period.years:
        engaged = Engagement.objects.active_within(year.first, year.last).filter(
            venue__in=venues.order_by().values("pk")
        )
        yield Facts.of(engaged, year=year.first_year, venue="venue", item="volunteer")


def held(area: str) -> QuerySet[Occurrence]:
    """Dates that took place at venues of an area."""
    return Occurrence.objects.filter(status=Occurrence.Status.HELD, offering__venue__report_area=area)


def per_venue(rows: QuerySet[Any], period: Period, date: str, venue: str) -> Facts | None:
    """Rows with a date, counted by year and venue."""
    return Facts.of(
        rows.filter(within(period, date)),
        year=ExtractYear(date),
        venue=venue,
        amount=Count("pk"),
    )
