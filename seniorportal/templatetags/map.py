"""The map of the Stadtbezirke in templates."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.safestring import SafeString

from seniorportal.models import Venue
from seniorportal.public import map as drawn

register = template.Library()


@register.inclusion_tag("public/_map_choice.html")
def choose_office(offices: Iterable[Venue]) -> dict[str, Any]:
    """The list of the districts and beside it the map, both to the Seniorenbüros."""
    return {"doors": drawn.to_offices(offices), "marked": True}


@register.inclusion_tag("public/_map_choice.html")
def choose_venues(group: Any) -> dict[str, Any]:
    """The same to the Begegnungsstätten. group: the filter group of the districts."""
    return {"doors": drawn.to_venues(group), "marked": False}


@register.inclusion_tag("public/_map.html")
def map_of_offices(offices: Iterable[Venue]) -> dict[str, Any]:
    """The map alone, for a page that lists the offices itself."""
    return {"doors": drawn.to_offices(offices)}


@register.inclusion_tag("public/_map_place.html")
def map_of_place(venue: Venue) -> dict[str, Any]:
    """Where a place lies within its district; nothing where that is not known."""
    return {"map": drawn.locator(venue)}


@register.simple_tag
def map_drawing(doors: tuple[drawn.Door, ...]) -> SafeString:
    return drawn.drawing(doors)
