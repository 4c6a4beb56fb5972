"""What a line says becomes rows: a new entry with everything around it, or the fields of a stored one that differ."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from django.apps import apps

from seniorportal.importing.city import City
from seniorportal.importing.journal import Change, Journal, names
from seniorportal.importing.offerings import OfferingFacts
from seniorportal.importing.venues import VenueFacts
from seniorportal.importing.words import folded
from seniorportal.models import (
    AccessibilityFact,
    Carrier,
    ContactPoint,
    Occurrence,
    Offering,
    OpeningHours,
    ReportArea,
    Venue,
)
from seniorportal.text import fold_street

FROM_A_SOURCE = "Öffnungszeiten laut Quelle"  # how a description begins that no person wrote
UNCONFIRMED = {"confirmed_at": None, "confirmed_by": None}
# What a venue is in its report area. Models of the apps above, asked for by name: imports run downwards.
COMPANIONS = {
    ReportArea.MEETING_PLACES: ("begegnung", "MeetingPlace"),
    ReportArea.CENTRE: ("stadtteilzentrum", "Centre"),
    ReportArea.OFFICES: ("seniorenbuero", "Office"),
}


def companion_of(area: str) -> Any:
    return apps.get_model(*COMPANIONS[ReportArea(area)])


def new_venue(
    facts: VenueFacts,
    journal: Journal,
    carriers: Iterable[Carrier],
    companion: dict[str, Any] | None = None,
    **fields: Any,
) -> Venue:
    """A venue with its companion, contacts, hours and what is known of its access. ``fields`` win over the line."""
    values = {"name": facts.name, "slug": facts.slug, "report_area": facts.area} | facts.values | fields
    venue = Venue(**values)
    journal.make(venue, carriers=carriers)
    known = {"kind": facts.kind, "staffing": facts.staffing}
    known = companion or (known if venue.report_area == ReportArea.MEETING_PLACES else {})
    journal.make(companion_of(venue.report_area)(venue=venue, **known))
    for weekday, opens, closes in facts.hours:
        journal.make(
            OpeningHours(venue=venue, weekday=weekday, opens=opens, closes=closes, note=facts.hours_note)
        )
    for at, number in enumerate(facts.phones):
        journal.make(ContactPoint(venue=venue, value=number, position=at))
    for address in facts.emails:
        journal.make(ContactPoint(venue=venue, kind=ContactPoint.Kind.EMAIL, value=address, position=9))
    if facts.step_free:
        answer, note = facts.step_free
        journal.make(
            AccessibilityFact(
                venue=venue, feature=AccessibilityFact.Feature.STEP_FREE, value=answer, note=note
            )
        )
    return venue


def update_venue(venue: Venue, facts: VenueFacts, journal: Journal, carriers: list[Carrier]) -> None:
    """Cells that say something win over what is stored; empty cells and missing columns change nothing."""
    values = dict(facts.values)
    if fold_street(values.get("street", "")) == fold_street(venue.street):
        values.pop("street", None)  # another spelling is no other address
    else:
        values = {"quarter": None, "latitude": None, "longitude": None} | values
    if facts.hours or (venue.description and not venue.description.startswith(FROM_A_SOURCE)):
        values.pop("description", None)
    if venue.postal_code and not values.get("postal_code"):
        values.pop("postal_code", None)
    links = {"carriers": carriers} if carriers else {}
    details = Journal()
    update_contacts(venue, facts, details)
    update_hours(venue, facts, details)
    update_access(venue, facts, details)
    update_companion(venue, facts, details)
    quietly: tuple[str, ...] = ("latitude", "longitude", *UNCONFIRMED)
    if details.steps and venue.confirmed_at:
        quietly = ("latitude", "longitude", "confirmed_by")
    journal.change(venue, values | UNCONFIRMED, quietly=quietly, **links)
    journal.steps += details.steps
    journal.changes += details.changes
    journal.touched += details.touched


def update_contacts(venue: Venue, facts: VenueFacts, journal: Journal) -> None:
    """A number or address that is not there yet is added; the only one there is replaced by the only one said."""
    Kind = ContactPoint.Kind
    for kind, said in ((Kind.PHONE, facts.phones), (Kind.EMAIL, facts.emails)):
        there = [point for point in venue.contact_points.all() if point.kind == kind]
        missing = [text for text in said if key_of(text) not in {key_of(point.value) for point in there}]
        if len(there) == len(said) == len(missing) == 1:
            journal.change(there[0], {"value": missing[0]})
            continue
        for at, text in enumerate(missing, start=len(there)):
            journal.make(
                ContactPoint(venue=venue, kind=kind, value=text, position=9 if kind == Kind.EMAIL else at)
            )
            journal.changes.append(Change(str(kind.label), "nichts", text))


def key_of(contact: str) -> str:
    return contact.lower() if "@" in contact else re.sub(r"\D", "", contact)


def update_hours(venue: Venue, facts: VenueFacts, journal: Journal) -> None:
    """Hours without a validity are those of the file; rows with one were planned by somebody and stay."""
    if not facts.hours:
        return
    rows = [row for row in venue.opening_hours.all() if row.valid_from is None and row.valid_until is None]
    there = {(row.weekday, row.opens, row.closes): row for row in rows}
    said = set(facts.hours)
    if said == set(there):
        return
    for key in there.keys() - said:
        journal.remove(there[key])
    for weekday, opens, closes in sorted(said - there.keys()):
        journal.make(
            OpeningHours(venue=venue, weekday=weekday, opens=opens, closes=closes, note=facts.hours_note)
        )
    new = [OpeningHours(weekday=day, opens=opens, closes=closes) for day, opens, closes in sorted(said)]
    journal.changes.append(Change("Öffnungszeiten", names(rows), names(new)))


def update_access(venue: Venue, facts: VenueFacts, journal: Journal) -> None:
    if not facts.step_free:
        return
    answer, note = facts.step_free
    feature = AccessibilityFact.Feature.STEP_FREE
    fact = next((one for one in venue.accessibility.all() if one.feature == feature), None)
    if fact is None:
        made = journal.make(AccessibilityFact(venue=venue, feature=feature, value=answer, note=note))
        journal.changes.append(Change(feature.label, "nichts", made.get_value_display()))
    else:
        journal.change(fact, {"value": answer} | ({"note": note} if note else {}))


def update_companion(venue: Venue, facts: VenueFacts, journal: Journal) -> None:
    if venue.report_area != ReportArea.MEETING_PLACES or not facts.kind:
        return
    place = getattr(venue, "meeting_place", None)
    if place is None:
        journal.make(companion_of(venue.report_area)(venue=venue, kind=facts.kind, staffing=facts.staffing))
    else:
        journal.change(place, {"kind": facts.kind} | ({"staffing": facts.staffing} if facts.staffing else {}))


def unknown_place(
    name: str, city: City, journal: Journal, carriers: Iterable[Carrier], today: dt.date
) -> Venue:
    """A venue of which only the name is known, and the district where the name says it."""
    district = city.district_in(name)
    facts = VenueFacts(name=name, district=district, values={"district": district} if district else {})
    if Venue.objects.filter(slug=facts.slug).exists():
        return new_venue(
            facts, journal, carriers, active_from=today, slug="", report_area=ReportArea.MEETING_PLACES
        )
    return new_venue(facts, journal, carriers, active_from=today)


def new_offering(facts: OfferingFacts, journal: Journal, today: dt.date, **fields: Any) -> Offering:
    offering = Offering(**({"title": facts.title} | facts.values | fields))
    journal.make(
        offering,
        categories=[facts.category] if facts.category else [],
        target_groups=facts.target_groups,
    )
    single_dates(offering, facts, journal, today, set())
    return offering


def update_offering(offering: Offering, facts: OfferingFacts, journal: Journal, today: dt.date) -> None:
    """Cells that say something win; themes and target groups are only ever added."""
    same_words = folded(facts.values.get("rhythm_note", "")) == folded(offering.rhythm_note)
    open_ended = () if same_words else ENDS
    values = {name: value for name, value in facts.values.items() if value is not None or name in open_ended}
    if same_words and not facts.rhythm.rule and not facts.dates:
        values.pop("rule", None)  # somebody may have found out meanwhile what these words leave open
    if facts.rhythm.rule and facts.rhythm.rule == offering.rule and offering.first_date:
        moving = not facts.rhythm.anchored and facts.rhythm.last is None
        first = facts.rhythm.first
        if first is None or (moving and offering.first_date >= first):
            values.pop("first_date", None)  # the stored one keeps the rhythm going
    links: dict[str, list[Any]] = {}
    if facts.category:
        links["categories"] = [*{*offering.categories.all(), facts.category}]
    if facts.target_groups:
        links["target_groups"] = [*{*offering.target_groups.all(), *facts.target_groups}]
    journal.change(offering, values | UNCONFIRMED, quietly=tuple(UNCONFIRMED), **links)
    if facts.dates:
        there = set(
            offering.occurrences.filter(planned_date__in=facts.dates).values_list("planned_date", flat=True)
        )
        made = single_dates(offering, facts, journal, today, there)
        if made:
            said = ", ".join(f"{day:%d.%m.%Y}" for day in made)
            journal.changes.append(Change("Termine", "ohne diese", said))


ENDS = (
    "first_date",
    "active_from",
    "active_until",
)  # empty in the file means open only where its words are new


def single_dates(
    offering: Offering, facts: OfferingFacts, journal: Journal, today: dt.date, there: set[dt.date]
) -> list[dt.date]:
    """Dates that were named one by one. The first to come is made by the rhythm, the others are kept from it."""
    from seniorportal.programme import end_of

    by_rhythm = offering.first_date if not offering.rule else None
    days = [day for day in facts.dates if day not in there and not (day == by_rhythm and day >= today)]
    for day in days:
        journal.make(
            Occurrence(
                offering=offering,
                date=day,
                start=offering.start,
                end=end_of(offering.start, offering.minutes),
                planned_date=day,
                planned_start=offering.start,
                touched=day >= today,
                example=offering.example,
            )
        )
    return days
