"""Where a task about a house is done."""

from typing import Any

from django.urls import NoReverseMatch, reverse

from seniorportal.models import ReportArea


def to_edit(entry: Any) -> str:
    """The page that changes a venue or an offering; those of an office are in the admin."""
    venue = getattr(entry, "venue", entry)
    if venue is None:
        return _page("begegnung:manage:point", entry, entry.pk)
    if venue.report_area == ReportArea.OFFICES:
        return _admin(entry)
    if venue is entry:
        return _page("begegnung:manage:venue", entry, venue.slug)
    return _page("begegnung:manage:offering", entry, venue.slug, entry.pk)


def _page(name: str, entry: Any, *arguments: Any) -> str:
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return _admin(entry)


def _admin(entry: Any) -> str:
    return reverse(f"admin:seniorportal_{entry._meta.model_name}_change", args=[entry.pk])
