"""The real venues: meeting places, the house, the twelve offices. What the files leave open stays unknown."""

from typing import Any

from seniorportal.demo import source
from seniorportal.demo.tables import HouseService
from seniorportal.importing import venues
from seniorportal.importing.city import City
from seniorportal.importing.journal import Journal
from seniorportal.importing.table import Line
from seniorportal.importing.venues import HOUSE, HOUSE_SLUG, VenueFacts
from seniorportal.importing.write import new_venue
from seniorportal.models import Carrier, ReportArea, Venue
from seniorportal.text import slug

# Services that the Kurzbericht names for the house.
UNDER_ONE_ROOF = (
    "Tagespflege",
    "Seniorenbüro Innenstadt-West",
    "Externe Beratungsangebote",
    "Freizeitangebote",
)


def load(carriers: dict[str, Carrier]) -> tuple[dict[str, Venue], int]:
    """All real venues by the name that the files use, and how many are new."""
    city = City()
    there = {venue.slug: venue for venue in Venue.objects.filter(example=False)}
    found: dict[str, Venue] = {}
    new = 0
    for name in ("begegnungsstaetten.csv", "seniorenbueros.csv"):
        for line in source.lines(name, venues.HEADS):
            facts = venues.read(line, city)
            key = facts.slug or slug(facts.name, most=90)
            if key not in there:
                there[key] = make(facts, line, key, carriers)
                new += 1
            found[facts.name] = there[key]
    return found, new


def make(facts: VenueFacts, line: Line, key: str, carriers: dict[str, Carrier]) -> Venue:
    carrying = [carriers[one.known.slug] for one in facts.carriers if one.known]
    if facts.area == ReportArea.OFFICES:  # city and association carry an office as equals
        carrying.insert(0, carriers["stadt-dortmund"])
    name = HOUSE if key == HOUSE_SLUG else facts.name
    # Opening year, motto and services of the house are those of the Kurzbericht.
    companions: dict[ReportArea, dict[str, Any]] = {
        ReportArea.OFFICES: {"hours_note": line["oeffnungszeiten"]},
        ReportArea.CENTRE: {"opened_year": 1983, "motto": "Alles unter einem Dach"},
    }
    companion = companions.get(ReportArea(facts.area))
    venue = new_venue(facts, Journal(), carrying, companion, name=name, slug=key)
    if facts.area == ReportArea.CENTRE:
        for at, service in enumerate(UNDER_ONE_ROOF):
            HouseService.objects.create(centre=venue.centre, name=service, position=at)
    return venue
