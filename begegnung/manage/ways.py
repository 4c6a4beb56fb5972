"""Where a task about a house is done."""

from typing import Any

from django.urls import reverse

from seniorportal.models import Offering, Venue


def to_edit(entry: Venue | Offering) -> str:
    """The page that changes the entry."""
    name = "venue" if isinstance(entry, Venue) else "offering"
    return reverse(f"admin:seniorportal_{name}_change", args=[entry.pk])


def to_house(venue: Any) -> str:
    """Where the name of a house leads in a list: to its tasks, for others to what everybody sees."""
    return to_edit(venue) if venue.may_change else venue.get_absolute_url()
