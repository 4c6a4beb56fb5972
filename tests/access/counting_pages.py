"""Rows of the matrix for the pages on which halls are counted and years are reported."""

from collections.abc import Callable, Iterator
from typing import Any

from django.utils import timezone

from begegnung.models import AnnualReturn
from seniorportal import access
from seniorportal.access import Right
from seniorportal.models import Link, ReportArea, Venue, Visit
from seniorportal.printing.spans import month_of
from tests.cast import City

Answers = dict[str, set[int]]
Page = Callable[[City, Any], Iterator[tuple[dict[str, Any], Answers]]]
NOT_SENT = {405}


def last_year() -> int:
    return timezone.localdate().year - 1


def only_looked_at(right: Right, model: Any, get: int = 200, **arguments: Any) -> Page:
    """For those whom the rules offer the right on some row; nobody sends anything."""

    def page(city: City, user: Any) -> Iterator[tuple[dict[str, Any], Answers]]:
        offered = bool(user) and access.offers(user, right, model)
        yield arguments, {"get": {get if offered else 404}, "post": NOT_SENT}

    return page


def halls(city: City, user: Any, right: Right, model: Any) -> set[Venue]:
    """The Begegnungsstätten of the cast on whose rows the person has the right."""
    reached = access.targets(user, right, model, "venue") if user else Venue.objects.none()
    return set(reached.filter(report_area=ReportArea.MEETING_PLACES))


def month(city: City, user: Any) -> Iterator[tuple[dict[str, Any], Answers]]:
    """Who only reads the numbers of halls cannot send any; without a hall there is nothing to refuse."""
    offered = bool(user) and access.offers(user, Right.SEE, Visit)
    only_read = halls(city, user, Right.SEE, Visit) and not halls(city, user, Right.ADD, Visit)
    sent = {403} if only_read else {303}
    arguments = {"month": month_of(timezone.localdate())}
    yield arguments, {"get": {200}, "post": sent} if offered else {"get": {404}, "post": {404}}


def year(city: City, user: Any) -> Iterator[tuple[dict[str, Any], Answers]]:
    offered = bool(user) and access.offers(user, Right.SEE, AnnualReturn)
    acts = offered and any(access.offers(user, right, AnnualReturn) for right in (Right.ADD, Right.RELEASE))
    arguments = {"year": last_year()}
    sent = {303} if acts else {403}
    yield arguments, {"get": {200}, "post": sent} if offered else {"get": {404}, "post": {404}}


def of_halls(model: Any, **arguments: Any) -> Page:
    def page(city: City, user: Any) -> Iterator[tuple[dict[str, Any], Answers]]:
        seen, kept = (halls(city, user, right, model) for right in (Right.SEE, Right.ADD))
        for world in city.worlds:
            found = arguments | {"slug": world.hall.slug}
            sent = {200, 303} if world.hall in kept else {403}
            yield found, {"get": {200}, "post": sent} if world.hall in seen else {"get": {404}, "post": {404}}

    return page


def sheets(city: City, user: Any) -> Iterator[tuple[dict[str, Any], Answers]]:
    offered = bool(user) and access.offers(user, Right.SEE, Link)
    yield {}, {"get": {200 if offered else 404}, "post": {303 if offered else 404}}


def sheet(city: City, user: Any) -> Iterator[tuple[dict[str, Any], Answers]]:
    for link in [row for row in city.rows(Link) if row.kind == Link.Kind.WALL][:2]:
        seen = bool(user) and access.offers(user, Right.SEE, Link) and access.may(user, Right.SEE, link)
        yield {"number": link.pk}, {"get": {200 if seen else 404}, "post": NOT_SENT}


def no_sheet(city: City, user: Any) -> Iterator[tuple[dict[str, Any], Answers]]:
    """A PDF takes a fifth of a second: here the answer to a number that does not exist."""
    yield {"number": 999_999_999}, {"get": {404}, "post": NOT_SENT}


COUNTING_PAGES: dict[str, Page] = {
    "begegnung:manage:count": only_looked_at(Right.SEE, Visit, get=302),
    "begegnung:manage:count_month": month,
    "begegnung:manage:count_hall": of_halls(Visit, month=month_of(timezone.localdate())),
    "begegnung:manage:returns_now": only_looked_at(Right.SEE, AnnualReturn, get=302),
    "begegnung:manage:returns": year,
    "begegnung:manage:return": of_halls(AnnualReturn, year=last_year()),
    "begegnung:manage:returns_xlsx": only_looked_at(Right.EXPORT, AnnualReturn, year=last_year()),
    "begegnung:manage:packet": only_looked_at(Right.ADD, AnnualReturn, year=last_year()),
    "begegnung:manage:packet_pdf": only_looked_at(Right.ADD, AnnualReturn, year=last_year()),
    "begegnung:manage:sheets": sheets,
    "begegnung:manage:all_sheets": only_looked_at(Right.SEE, Link),
    "begegnung:manage:sheet": sheet,
    "begegnung:manage:sheet_pdf": no_sheet,
}
