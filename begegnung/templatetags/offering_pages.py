"""Which pages of offerings the navigation names to a person."""

from typing import Any

from django import template

from seniorportal import access
from seniorportal.access import Right
from seniorportal.models import Offering, OfferingShare, OfferingTemplate

register = template.Library()


@register.simple_tag
def offering_pages(user: Any) -> list[tuple[str, str]]:
    """By name and title. No statement of its own."""
    return [
        (f"begegnung:manage:{name}", title)
        for name, title, right, model in (
            ("points", "Treffpunkte", Right.CHANGE, Offering),
            ("templates", "Vorlagen", Right.SEE, OfferingTemplate),
            ("shares", "Zahlen unseres Trägers", Right.EXPORT, OfferingShare),
        )
        if access.offers(user, right, model)
    ]
