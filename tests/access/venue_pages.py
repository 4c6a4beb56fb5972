"""Pages of one house, of dates that fall away, and of closings: who gets what answer."""

from collections.abc import Iterator
from typing import Any

from seniorportal import access
from seniorportal.access import Right
from seniorportal.models import ContactPoint, Link, Notice, Occurrence, Room, Venue
from tests.access.pages import FORM, Answers, Page, holds, of_rows, representatives, whoever
from tests.cast import City


def slug(venue: Venue) -> dict[str, Any]:
    return {"slug": venue.slug}


def handing_out(*, letter: bool) -> Page:
    """For whoever may give this house a code; a letter only where there is one to write."""

    def page(city: City, user: Any) -> Iterator[tuple[dict[str, Any], Answers]]:
        for venue in representatives(city, user, Venue):
            may = bool(user) and access.targets(user, Right.ADD, Link, "venue").filter(pk=venue.pk).exists()
            there = may and (not letter or venue in (city.hoerde.hall, city.hombruch.hall))
            posts = {405} if letter else FORM if may else {403 if holds(user, Right.SEE, venue) else 404}
            yield slug(venue), {"get": {200 if there else 404}, "post": posts}

    return page


VENUE_PAGES: dict[str, Page] = {
    "begegnung:manage:called_off": whoever(Right.CANCEL, Occurrence, post={404}),  # no date was named
    "begegnung:manage:closings": whoever(Right.SEE, Notice, post={200}),
    "begegnung:manage:closing": of_rows(Notice),
    "begegnung:manage:venue": of_rows(Venue, slug, changes=None),
    "begegnung:manage:venue_facts": of_rows(Venue, slug),
    "begegnung:manage:propose": of_rows(Venue, slug, changes=Right.SEE),
    "begegnung:manage:contacts": of_rows(Venue, slug, changes=None),
    "begegnung:manage:contact_add": of_rows(Venue, slug),
    "begegnung:manage:contact": of_rows(ContactPoint, lambda row: {"slug": row.venue.slug, "pk": row.pk}),
    "begegnung:manage:hours": of_rows(Venue, slug),
    "begegnung:manage:week": of_rows(Venue, slug),
    "begegnung:manage:special_day": of_rows(Venue, slug),
    "begegnung:manage:rooms": of_rows(Venue, slug, changes=None),
    "begegnung:manage:room_add": of_rows(Venue, slug),
    "begegnung:manage:room": of_rows(Room, lambda row: {"slug": row.venue.slug, "pk": row.pk}),
    "begegnung:manage:access_check": of_rows(Venue, slug, changes=None),
    "begegnung:manage:access_feature": of_rows(Venue, lambda row: {"slug": row.slug, "key": "wc"}),
    "begegnung:manage:cancel_code": handing_out(letter=False),
    "begegnung:manage:cancel_letter": handing_out(letter=True),
}
