"""The map of the twelve Stadtbezirke: links beside a list that says the same, and where a place lies. No statement."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from seniorportal import outlines
from seniorportal.models import Venue
from seniorportal.outlines import Box, City, Shape

SYLLABLES = ("Innenstadt-", "Lütgen")  # where a long name breaks
MARGIN = 14  # around a district, in units of the drawing
LINE = 13  # from one name of a quarter to the next
LETTER = 6.4  # width of a letter of these names, about
KILOMETRE = 1000 / 111_320  # in degrees of latitude


@dataclass(frozen=True)
class Door:
    """One Stadtbezirk to choose."""

    slug: str
    name: str
    url: str
    note: str = ""  # behind the name in the list
    chosen: bool = False


@dataclass(frozen=True)
class Label:
    text: str
    x: int
    y: int


def to_offices(offices: Iterable[Venue]) -> tuple[Door, ...]:
    """To the Seniorenbüro of each district that has one."""
    return tuple(
        Door(office.district.slug, office.district.name, office.get_absolute_url())
        for office in offices
        if office.district
    )


def to_venues(group: Any) -> tuple[Door, ...]:
    """To the Begegnungsstätten of each district. expects: the filter group of the districts with their numbers."""
    here = reverse("begegnung:venues")
    return tuple(
        Door(value.slug, value.name, f"{here}?bezirk={value.slug}", f"({value.number})", value.chosen)
        for value in group.values
    )


def drawing(doors: tuple[Door, ...]) -> SafeString:
    """The map with a link for each door; districts without one are drawn but lead nowhere."""
    bare = tuple(Door(door.slug, door.name, door.url, "", door.chosen) for door in doors)
    return _drawing(bare, get_language() or "")


@lru_cache(maxsize=64)
def _drawing(doors: tuple[Door, ...], language: str) -> SafeString:
    city = outlines.city()
    by_slug = {door.slug: door for door in doors}
    areas = [
        {"shape": shape, "door": by_slug.get(key), "lines": lines(shape.name)}
        for key, shape in city.shapes.items()
    ]
    return render_to_string("public/_map_city.html", {"city": city, "areas": areas})


def lines(name: str) -> list[str]:
    """A name as it stands on the map, on one line or two."""
    for first in SYLLABLES:
        if name.startswith(first) and name != first:
            return [first.rstrip("-") + "-", name.removeprefix(first)]
    return [name]


def locator(venue: Venue) -> dict[str, Any] | None:
    """Where a place lies within its district; None where its coordinates or the district are not known."""
    city = outlines.city()
    district = venue.district
    shape = city.shapes.get(district.slug) if district else None
    if shape is None or venue.latitude is None or venue.longitude is None:
        return None
    x, y = city.place(venue.latitude, venue.longitude)
    left, top, right, bottom = frame(shape)
    if not (left < x < right and top < y < bottom):
        return None  # the coordinates and the district contradict each other
    return {
        "x": x,
        "y": y,
        "still": _surroundings(shape.slug, get_language() or ""),
        "where": _where(shape, x, y),
        "district": shape.name,
        "quarter": venue.quarter.name if venue.quarter else "",
        "name": venue.name,
        "box": f"{left} {top} {right - left} {bottom - top}",
    }


def frame(shape: Shape) -> Box:
    """What the small map shows: the district with a margin, never narrower than high."""
    left, top, right, bottom = shape.box
    side = max(MARGIN, (bottom - top - right + left) // 2 + MARGIN)
    return left - side, top - MARGIN, right + side, bottom + MARGIN


def _where(shape: Shape, x: int, y: int) -> str:
    """The part of the district in words; its middle third counts as the middle."""
    left, top, right, bottom = shape.box
    column = min(2, max(0, 3 * (x - left) // max(1, right - left)))
    row = min(2, max(0, 3 * (y - top) // max(1, bottom - top)))
    parts = (
        (_("im Nordwesten"), _("im Norden"), _("im Nordosten")),
        (_("im Westen"), _("in der Mitte"), _("im Osten")),
        (_("im Südwesten"), _("im Süden"), _("im Südosten")),
    )
    return parts[row][column]


@lru_cache(maxsize=64)
def _surroundings(slug: str, language: str) -> SafeString:
    """All that does not move: the district, its neighbours, the names, one kilometre to measure by."""
    city = outlines.city()
    shape = city.shapes[slug]
    box = frame(shape)
    around = [city.shapes[key] for key in sorted(shape.neighbours)]
    return render_to_string(
        "public/_map_surroundings.html",
        {
            "shape": shape,
            "around": around,
            "names": names_inside(city, shape),
            "beside": [label for one in around if (label := name_beside(one, box))],
            "scale": {"x": box[0] + 8, "y": box[3] - 7, "length": kilometre(city)},
        },
    )


def kilometre(city: City) -> int:
    return round(KILOMETRE * city.frame[3])


def names_inside(city: City, shape: Shape) -> list[Label]:
    """The names of the quarters, moved down or inwards where they would cover each other or be cut off."""
    left, _top, right, _bottom = frame(shape)
    placed: list[Label] = []
    for spot in sorted(
        (spot for spot in city.quarters if spot.district == shape.slug), key=lambda spot: spot.at[1]
    ):
        half = len(spot.name) * LETTER / 2
        x = round(min(max(spot.at[0], left + half), right - half))
        y = spot.at[1]
        for other in placed:
            beside = abs(x - other.x) < half + len(other.text) * LETTER / 2
            if beside and abs(y - other.y) < LINE:
                y = other.y + LINE
        placed.append(Label(spot.name, x, y))
    return placed


def name_beside(neighbour: Shape, box: Box) -> Label | None:
    """The name of a neighbour where the small map shows enough of it."""
    left, top, right, bottom = box
    seen = (left + 3, top + LINE // 2, right - 3, bottom - LINE // 2)
    room, (x, y) = outlines.room_in(list(neighbour.rings[0]), LINE // 2, seen)
    return Label(neighbour.name, x, y) if room > len(neighbour.name) * LETTER + 6 else None
