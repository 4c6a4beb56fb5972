"""Pages around people and needs: volunteers, who is looked for, ideas, the map of needs, notes on houses."""

from collections.abc import Iterator
from typing import Any

from begegnung.models import VenueNote
from seniorportal import access
from seniorportal.access import Right
from seniorportal.models import Engagement, Idea, Opening, Population, Venue, Volunteer
from tests.access.pages import FORM, Answers, Page, of_rows, whoever
from tests.cast import City


def places(allowed: Any, post: set[int]) -> Page:
    """Of venues: 404 where ``allowed(user)`` does not hold the place."""

    def page(city: City, user: Any) -> Iterator[tuple[dict[str, Any], Answers]]:
        held = set(allowed(user).values_list("pk", flat=True))
        for venue in [world.hall for world in city.worlds]:
            found = venue.pk in held
            yield {"slug": venue.slug}, {"get": {200 if found else 404}, "post": post if found else {404}}

    return page


def volunteers_of(user: Any) -> Any:
    if not access.offers(user, Right.ADD, Engagement):
        return Venue.objects.none()
    return access.visible(user, Right.CHANGE, Venue.objects.all())


def notes_of(user: Any) -> Any:
    return access.targets(user, Right.ADD, VenueNote, "venue")


def taking_part(city: City, user: Any) -> Iterator[tuple[dict[str, Any], Answers]]:
    offered = access.offers(user, Right.ADD, Opening) or access.offers(user, Right.CHANGE, Idea)
    yield {}, {"get": {200 if offered else 404}, "post": {405} if offered else {404, 405}}


def only_get(page: Page) -> Page:
    """Refuses other methods before it asks who it is."""

    def answers(city: City, user: Any) -> Iterator[tuple[dict[str, Any], Answers]]:
        for arguments, expected in page(city, user):
            yield arguments, expected | {"post": {405}}

    return answers


def population(city: City, user: Any) -> Iterator[tuple[dict[str, Any], Answers]]:
    sees, keeps = (access.offers(user, right, Population) for right in (Right.SEE, Right.ADD))
    yield {}, {"get": {200 if sees else 404}, "post": FORM if keeps else {403 if sees else 404}}


def remove_note(city: City, user: Any) -> Iterator[tuple[dict[str, Any], Answers]]:
    for row in city.rows(VenueNote):
        seen = access.offers(user, Right.SEE, VenueNote) and access.may(user, Right.SEE, row)
        yield {"pk": row.pk}, {"get": {405}, "post": FORM if seen else {404}}


NEEDS_PAGES: dict[str, Page] = {
    "begegnung:manage:volunteers": only_get(whoever(Right.SEE, Engagement)),
    "begegnung:manage:volunteers_of_venue": places(volunteers_of, FORM),
    "begegnung:manage:volunteer": of_rows(Volunteer),
    "begegnung:manage:volunteer_information": only_get(of_rows(Volunteer, changes=None)),
    "begegnung:manage:engagement": of_rows(Engagement),
    "begegnung:manage:taking_part": only_get(taking_part),
    "begegnung:manage:new_opening": whoever(Right.ADD, Opening, FORM),
    "begegnung:manage:opening": of_rows(Opening),
    "begegnung:manage:idea": of_rows(Idea),
    "begegnung:manage:needs": only_get(whoever(Right.SEE, Population)),
    "begegnung:manage:population": population,
    "begegnung:manage:notes": only_get(whoever(Right.SEE, VenueNote)),
    "begegnung:manage:notes_of_venue": places(notes_of, FORM),
    "begegnung:manage:remove_note": remove_note,
}
