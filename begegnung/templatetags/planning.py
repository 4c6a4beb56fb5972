"""What templates of the planning pages lack: look-ups, opened names, and which of the pages somebody may open."""

from collections.abc import Mapping
from typing import Any

from django import template

from seniorportal.models import Certificate, Volunteer

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
