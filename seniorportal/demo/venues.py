"""The real venues: meeting places, the house, the twelve offices. What the files leave open stays unknown."""

from seniorportal.demo import carriers as carrier_names
from seniorportal.demo import source
from seniorportal.demo.tables import Centre, HouseService, MeetingPlace, Office
from seniorportal.locate import locate
from seniorportal.models import (
    AccessibilityFact,
    Carrier,
    ContactPoint,
    District,
    OpeningHours,
    ReportArea,
    Venue,
)
from seniorportal.text import slug

HOUSE = "eugen-krautscheid-haus"
HOUSE_NAMES = ("Eugen-Krautscheid-Haus (EKH)", "Eugen-Krautscheid-Haus")
# Services that the Kurzbericht names for the house.
UNDER_ONE_ROOF = (
    "Tagespflege",
    "Seniorenbüro Innenstadt-West",
    "Externe Beratungsangebote",
    "Freizeitangebote",
)

Row = dict[str, str]


def load(carriers: dict[str, Carrier]) -> tuple[dict[str, Venue], int]:
    """All real venues by the name that the files use, and how many are new."""
    districts = {district.name: district for district in District.objects.all()}
    there = {venue.slug: venue for venue in Venue.objects.filter(example=False)}
    venues: dict[str, Venue] = {}
    new = 0
    for row in source.rows("begegnungsstaetten.csv"):
        house = row["name"] in HOUSE_NAMES
        key = HOUSE if house else slug(row["name"], most=90)
        if key not in there:
            venue = make(
                row,
                name=HOUSE_NAMES[1] if house else row["name"],
                key=key,
                area=ReportArea.CENTRE if house else ReportArea.MEETING_PLACES,
                districts=districts,
            )
            venue.carriers.set(carrier_names.named_in(row["traeger"], carriers))
            make_house(venue) if house else make_meeting_place(venue, row)
            there[key] = venue
            new += 1
        venues[row["name"]] = there[key]
    for row in source.rows("seniorenbueros.csv"):
        key = f"seniorenbuero-{slug(row['stadtbezirk'])}"
        if key not in there:
            venue = make(row, name=row["name"], key=key, area=ReportArea.OFFICES, districts=districts)
            venue.carriers.set(
                [carriers["stadt-dortmund"], *carrier_names.named_in(row["verband"], carriers)]
            )
            Office.objects.create(venue=venue, hours_note=row["oeffnungszeiten"])
            there[key] = venue
            new += 1
        venues[row["name"]] = there[key]
    return venues, new


def make(row: Row, name: str, key: str, area: str, districts: dict[str, District]) -> Venue:
    street, note = source.place(row["strasse"])
    located = locate(street)
    district = districts.get(row["stadtbezirk"]) or located.district
    agrees = located.district == district
    year = source.year(row["jahr"])
    hours = source.hours(row["oeffnungszeiten"])
    venue = Venue.objects.create(
        name=name,
        slug=key,
        report_area=area,
        street=street,
        place_note=note,
        postal_code=row["plz"],
        district=district,
        quarter=located.quarter if agrees else None,
        latitude=located.latitude if agrees else None,
        longitude=located.longitude if agrees else None,
        website=row.get("website", ""),
        description=""
        if hours or not row["oeffnungszeiten"]
        else f"Öffnungszeiten laut Quelle von {year}: {row['oeffnungszeiten']}.",
        **source.origin(row),
    )
    as_of = f"Stand {year}, nicht bestätigt" if year else "nicht bestätigt"
    for weekday, opens, closes in hours:
        OpeningHours.objects.create(venue=venue, weekday=weekday, opens=opens, closes=closes, note=as_of)
    for at, number in enumerate(source.numbers(row["telefon"])):
        ContactPoint.objects.create(venue=venue, value=number, position=at)
    if row["email"]:
        ContactPoint.objects.create(venue=venue, kind=ContactPoint.Kind.EMAIL, value=row["email"], position=9)
    if row.get("barrierefrei", "").startswith("nein"):
        AccessibilityFact.objects.create(
            venue=venue,
            feature=AccessibilityFact.Feature.STEP_FREE,
            value=AccessibilityFact.Value.NO,
            note=source.place(row["barrierefrei"])[1],
        )
    return venue


def make_meeting_place(venue: Venue, row: Row) -> None:
    kind = row["art"]
    staffing = ""
    if "ehrenamtlich" in kind:
        staffing = MeetingPlace.Staffing.VOLUNTARY
    elif "städtisches" in kind:  # the Kurzbericht, chapter 2: professionally run, as the house is
        staffing = MeetingPlace.Staffing.PROFESSIONAL
    MeetingPlace.objects.create(venue=venue, kind=kind[:80], staffing=staffing)


def make_house(venue: Venue) -> None:
    """Opening year, motto and services are those of the Kurzbericht."""
    centre = Centre.objects.create(venue=venue, opened_year=1983, motto="Alles unter einem Dach")
    for at, service in enumerate(UNDER_ONE_ROOF):
        HouseService.objects.create(centre=centre, name=service, position=at)
