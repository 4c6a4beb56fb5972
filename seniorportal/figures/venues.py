"""What is counted in the same way at every kind of venue: visits, volunteers, dates that took place."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Case, Count, Min, OuterRef, Q, QuerySet, When, Window
from django.db.models.functions import Coalesce, ExtractYear, TruncMonth

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
_OWN_OR_OF_THE_DATE = Coalesce("venue", "occurrence__offering__venue")


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
    counts = Q(closed=False)
    rows = (
        Visit.objects.filter(within(period, "first_day"))
        .annotate(
            place=_OWN_OR_OF_THE_DATE,
            place_district=Case(
                When(venue__isnull=False, then="venue__district"),
                default="occurrence__offering__venue__district",
            ),
            rank=_RANK,
        )
        .filter(place__in=venues.order_by().values("pk"))
        .annotate(
            of_day=Window(Min("rank", filter=counts), partition_by=["place", "first_day"]),
            of_month=Window(Min("rank", filter=counts), partition_by=["place", TruncMonth("first_day")]),
            of_year=Window(Min("rank", filter=counts), partition_by=["place", ExtractYear("first_day")]),
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
        year=ExtractYear("first_day"),
        district="place_district",
        venue="place",
        amount=Coalesce("count", 0),
        estimated=Case(When(method=Visit.Method.ESTIMATED, then=True), default=False),
    )


def counted_in(venue: OuterRef, year: OuterRef) -> QuerySet[Visit]:
    """The visits that somebody counted at a venue in a year, for an Exists()."""
    return Visit.objects.annotate(place=_OWN_OR_OF_THE_DATE, counted_year=ExtractYear("first_day")).filter(
        place=venue, counted_year=year, closed=False
    )


def volunteers(venues: QuerySet[Venue], period: Period) -> Iterator[Facts | None]:
    """Each volunteer once, however many venues and engagements there are in a year or in the period."""
    for year in period.years:
        engaged = Engagement.objects.active_within(year.first, year.last).filter(
            venue__in=venues.order_by().values("pk")
        )
        yield Facts.of(
            engaged, year=year.first_year, district="venue__district", venue="venue", item="volunteer"
        )


def held(area: str) -> QuerySet[Occurrence]:
    """Dates that took place at venues of an area."""
    return Occurrence.objects.filter(status=Occurrence.Status.HELD, offering__venue__report_area=area)


def per_venue(rows: QuerySet[Any], period: Period, date: str, venue: str) -> Facts | None:
    """Rows with a date, counted by year and venue."""
    return Facts.of(
        rows.filter(within(period, date)),
        year=ExtractYear(date),
        district=f"{venue}__district",
        venue=venue,
        amount=Count("pk"),
    )
