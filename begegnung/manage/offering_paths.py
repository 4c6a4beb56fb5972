"""Paths of offerings: at a venue, and of points outside."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from begegnung.manage import (
    carriers,
    dates,
    half_year,
    offering_templates,
    offerings,
    shares,
)

View = Callable[..., Any]
OF_ONE: tuple[tuple[str, View, str], ...] = (
    ("", offerings.offering, ""),
    ("vorschau/", offerings.offering_preview, "_preview"),
    ("traeger/", carriers.offering_carriers, "_carriers"),
    ("vorlage/", offering_templates.offering_template, "_template"),
    ("termine/neu/", dates.offering_date_new, "_date_new"),
    ("termine/<int:date>/", dates.offering_date, "_date"),
)


def of_one(prefix: str, name: str) -> list[URLPattern]:
    return [path(f"{prefix}<int:pk>/{rest}", view, name=f"{name}{end}") for rest, view, end in OF_ONE]


PATHS = [
    path("treffpunkte/", offerings.points, name="points"),
    path("treffpunkte/neu/", offerings.point_new, name="point_new"),
    *of_one("treffpunkte/", "point"),
    path("vorlagen/", offering_templates.templates, name="templates"),
    path("vorlagen/<int:pk>/", offering_templates.template, name="template"),
    path("anteile/", shares.shares, name="shares"),
    path("<slug:slug>/angebote/", offerings.offerings, name="offerings"),
    path("<slug:slug>/angebote/neu/", offerings.offering_new, name="offering_new"),
    path("<slug:slug>/angebote/halbjahr/", half_year.half_year, name="half_year"),
    path("<slug:slug>/angebote/halbjahr/<int:run>/", half_year.half_year_done, name="half_year_done"),
    *of_one("<slug:slug>/angebote/", "offering"),
]
