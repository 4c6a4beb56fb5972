"""Rows of the matrix for the pages of offerings below /begegnung/verwalten/."""

from collections.abc import Callable, Iterator
from typing import Any

from begegnung.half_year import MARK
from seniorportal import access
from seniorportal.access import Right
from seniorportal.models import ImportRun, Occurrence, Offering, OfferingShare, OfferingTemplate, Venue
from tests.access.pages import FORM, Answers, Page, holds, of_rows, whoever
from tests.cast import City


def at_venues(city: City) -> list[Offering]:
    """In the hall of either world, in the house, in the office."""
    rows = [row for row in city.rows(Offering) if row.venue_id]
    return [rows[0], rows[3], rows[1], rows[2]]


def outside(city: City) -> list[Offering]:
    return [row for row in city.rows(Offering) if not row.venue_id]


def address(row: Offering) -> dict[str, Any]:
    return {"pk": row.pk} | ({"slug": row.venue.slug} if row.venue else {})


def offered_at() -> Page:
    """Pages that begin something at a venue: for those who may add an offering there."""

    def page(city: City, user: Any) -> Iterator[tuple[dict[str, Any], Answers]]:
        for row in city.rows(Venue)[:4]:
            if not holds(user, Right.SEE, row):
                yield {"slug": row.slug}, {"get": {404}, "post": {404}}
                continue
            adds = access.targets(user, Right.ADD, Offering, "venue").filter(pk=row.pk).exists()
            yield {"slug": row.slug}, {"get": {200 if adds else 403}, "post": FORM if adds else {403}}

    return page


def read_by(right: Right, model: Any) -> Page:
    """Only read, by those whom the rules offer the right on some row of the model."""

    def page(city: City, user: Any) -> Iterator[tuple[dict[str, Any], Answers]]:
        yield {}, {"get": {200 if access.offers(user, right, model) else 404}, "post": {405}}

    return page


def about(rows: Callable[[City], list[Offering]], may: Callable[[Any, Offering], bool]) -> Page:
    """Pages that only those open who may do what they are for."""

    def page(city: City, user: Any) -> Iterator[tuple[dict[str, Any], Answers]]:
        for row in rows(city):
            if not holds(user, Right.SEE, row):
                yield address(row), {"get": {404}, "post": {404}}
            else:
                fine = may(user, row)
                yield address(row), {"get": {200 if fine else 403}, "post": FORM if fine else {403}}

    return page


def shown_as_public(rows: Callable[[City], list[Offering]]) -> Page:
    """What is public already leads to the public page."""

    def page(city: City, user: Any) -> Iterator[tuple[dict[str, Any], Answers]]:
        for row in rows(city):
            sees = holds(user, Right.SEE, row)
            yield address(row), {"get": {303 if sees else 404}, "post": {405}}

    return page


def dates(at_venue: bool) -> Callable[[City], list[Occurrence]]:
    return lambda city: [row for row in city.rows(Occurrence) if bool(row.offering.venue_id) == at_venue][:4]


def keeps(user: Any, row: Offering) -> bool:
    return access.offers(user, Right.ADD, OfferingTemplate)


def changes(user: Any, row: Offering) -> bool:
    return holds(user, Right.CHANGE, row)


def of_one(name: str, rows: Callable[[City], list[Offering]]) -> dict[str, Page]:
    return {
        f"begegnung:manage:{name}": of_rows(Offering, address, rows=rows),
        f"begegnung:manage:{name}_carriers": of_rows(Offering, address, rows=rows),
        f"begegnung:manage:{name}_preview": shown_as_public(rows),
        f"begegnung:manage:{name}_template": about(rows, keeps),
        f"begegnung:manage:{name}_date_new": about(rows, changes),
        f"begegnung:manage:{name}_date": of_rows(
            Occurrence,
            lambda row: address(row.offering) | {"date": row.pk},
            rows=dates(at_venue=name == "offering"),
        ),
    }


OFFERING_PAGES: dict[str, Page] = {
    "begegnung:manage:offerings": of_rows(Venue, lambda row: {"slug": row.slug}, changes=None),
    "begegnung:manage:offering_new": offered_at(),
    "begegnung:manage:half_year": offered_at(),
    "begegnung:manage:half_year_done": of_rows(
        ImportRun,
        lambda row: {"slug": Venue.objects.get(name=row.notes[1]).slug, "run": row.pk},
        rows=lambda city: [row for row in city.rows(ImportRun) if MARK in row.notes],
    ),
    **of_one("offering", at_venues),
    "begegnung:manage:points": read_by(Right.CHANGE, Offering),
    "begegnung:manage:point_new": whoever(Right.ADD, Offering, post=FORM),
    **of_one("point", outside),
    "begegnung:manage:templates": read_by(Right.SEE, OfferingTemplate),
    "begegnung:manage:template": of_rows(OfferingTemplate),
    "begegnung:manage:shares": read_by(Right.EXPORT, OfferingShare),
}
