"""Whose programme is printed: a place, a Stadtbezirk, a Thema."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from seniorportal.access import PUBLIC, Right, visible
from seniorportal.models import Occurrence, Offering, ReportArea, Venue
from seniorportal.printing import rings
from seniorportal.printing.sheet import Scope, opening_of
from seniorportal.printing.spans import Span
from seniorportal.public.places import attach_venue, with_surroundings


def place_rows(area: str) -> QuerySet[Venue]:
    """Places of a report area with all that paper says about them, in one statement; then ``attach_venue()``."""
    return with_surroundings(Venue.objects.in_area(area).for_page())


def of_venue(venue: Venue, span: Span) -> Scope:
    """No statement for a venue with ``attach_venue()``."""
    return Scope(
        kind="Programm",
        subject=venue.name,
        line=f"Stadtbezirk {venue.district.name}" if venue.district else "",
        dates=Occurrence.objects.filter(offering__venue=venue.pk),
        offerings=Offering.objects.filter(venue=venue.pk),
        closures=sorted(venue.closures.all(), key=lambda one: one.first_day),
        opening=opening_of(venue, span),
        way=way_to(venue),
        rings=rings.of_venue(venue),
        has_places=False,
        example=venue.example,
    )


def of_district(slug: str, name: str) -> Scope:
    """One statement: the Seniorenbüro of the Stadtbezirk with its telephones."""
    office = visible(PUBLIC, Right.SEE, place_rows(ReportArea.OFFICES).filter(district__slug=slug)).first()
    found: list[rings.Ring] = []
    way: list[str] = []
    if office is not None:
        attach_venue(office)
        found = rings.of_venue(office)
        way = [f"Rat und Hilfe: {office.name}", *way_to(office)]
    return Scope(
        kind="Wochenprogramm",
        subject=f"Stadtbezirk {name}",
        dates=Occurrence.objects.filter(
            Q(offering__venue__district__slug=slug) | Q(offering__district__slug=slug)
        ),
        offerings=Offering.objects.filter(Q(venue__district__slug=slug) | Q(district__slug=slug)),
        way=way,
        rings=found or [rings.city()],
    )


def of_topic(slug: str, name: str) -> Scope:
    """No statement."""

    def fitting(offering: str) -> Any:
        through = Offering.categories.through.objects
        return Exists(through.filter(offering=OuterRef(offering), category__slug=slug))

    return Scope(
        kind="Wochenprogramm",
        subject=name,
        line="in ganz Dortmund",
        dates=Occurrence.objects.filter(fitting("offering")),
        offerings=Offering.objects.filter(fitting("pk")),
        rings=[rings.city()],
    )


def way_to(venue: Venue) -> list[str]:
    """Address, stop and way, a line each; a line that says so where the street is unknown."""
    street = ", ".join(filter(None, (venue.street, f"{venue.postal_code} Dortmund".strip())))
    return [
        line
        for line in (
            street if venue.street else "Straße nicht bekannt – bitte fragen Sie",
            venue.place_note,
            f"Haltestelle: {venue.stop}" if venue.stop else "",
            venue.way,
        )
        if line
    ]
