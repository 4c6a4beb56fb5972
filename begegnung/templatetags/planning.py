"""What templates of the planning pages lack: look-ups, opened names, and which of the pages somebody may open."""

from collections.abc import Mapping
from typing import Any

from django import template

from begegnung.models import VenueNote
from seniorportal import access
from seniorportal.access import Right
from seniorportal.models import Certificate, Engagement, Idea, Opening, Population, Volunteer

register = template.Library()


@register.filter
def at(found: Mapping[str, Any], key: str) -> Any:
    """What stands under a key that the template holds in a variable."""
    return found.get(key)


@register.filter
def known_name(volunteer: Volunteer) -> str:
    """The name, opened; empty where there is none."""
    known: Any = getattr(volunteer, "known_as", None)
    return str(known.name) if known else ""


@register.filter
def certificate_of(volunteer: Volunteer) -> Certificate | None:
    return getattr(volunteer, "certificate", None)


@register.simple_tag
def planning_pages(user: Any) -> list[tuple[str, str]]:
    """The pages of this family that the person may open, by name and title. No statement of its own."""
    return [
        (f"begegnung:manage:{name}", title)
        for name, title, right, models in (
            ("volunteers", "Ehrenamtliche", Right.SEE, (Engagement,)),
            ("taking_part", "Mitmachen", Right.CHANGE, (Opening, Idea)),
            ("needs", "Bedarfskarte", Right.SEE, (Population,)),
            ("notes", "Notizen", Right.SEE, (VenueNote,)),
        )
        if any(access.offers(user, right, model) for model in models)
    ]
