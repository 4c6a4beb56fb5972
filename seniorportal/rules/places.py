"""Carriers, venues and all that hangs on a venue; closings; signed links."""

from collections.abc import Callable

from django.db.models import Model, Q

from seniorportal import register
from seniorportal.access import CHANGE_ONLY, EDIT, EDIT_EXPORT, READ, READ_EXPORT, Bearing, By, Grant, Rule
from seniorportal.models import (
    AccessibilityFact,
    Carrier,
    Closure,
    ContactHours,
    ContactPoint,
    Link,
    Notice,
    NoticeDate,
    OpeningHours,
    Role,
    Room,
    User,
    Venue,
    VenueTranslation,
)
from seniorportal.rules.paths import at_office, of_venue


def details_of_venue(model: type[Model], venue: str) -> Rule:
    """Hours, contacts, access, texts: kept by whoever keeps the venue."""
    return Rule(
        model,
        {
            Role.COORDINATION: [Grant(EDIT, By.CARRIER, never=at_office(venue))],
            Role.VORORT: [Grant(READ, By.DISTRICT)],
            Role.HALL: [Grant(READ, By.VENUE)],
            Role.HOUSE: [Grant(EDIT, By.VENUE)],
            Role.TANDEM: [Grant(EDIT, By.VENUE), Grant(READ, By.OFFICE_DISTRICT)],
            Role.EVALUATION: [Grant(READ, By.CARRIER)],
            Role.EDITORS: [Grant(READ, By.EVERYWHERE)],
        },
        of_venue(venue),
        public=Q(**{f"{venue}__published": True}),
        bearers={Link.Kind.CONFIRM: Bearing(READ, venue)},
    )


def closes(*fields: str, offices: bool = True) -> Callable[[User], Q]:
    """Closings that a role does not make: of a carrier, of a district, of an office."""

    def never(user: User) -> Q:
        found = at_office("venue")(user) if offices else Q(pk__in=[])
        for field in fields:
            found |= Q(**{f"{field}__pk__isnull": False})
        return found

    return never


register.rules(
    [
        Rule(
            Carrier,
            {
                Role.COORDINATION: [Grant(READ, By.CARRIER)],
                Role.EVALUATION: [Grant(READ, By.CARRIER)],
                Role.EDITORS: [Grant(EDIT, By.EVERYWHERE)],
                Role.TECHNICAL: [Grant(READ, By.EVERYWHERE)],
                Role.VORORT: [Grant(READ, By.DISTRICT)],
                Role.HOUSE: [Grant(READ, By.VENUE)],
                Role.TANDEM: [Grant(READ, By.VENUE)],
            },
            {By.CARRIER: "pk", By.DISTRICT: "venues__district", By.VENUE: "venues"},
            public=Q(),
        ),
        Rule(
            Venue,
            {
                Role.COORDINATION: [Grant(EDIT_EXPORT, By.CARRIER, never=at_office(""))],
                Role.VORORT: [Grant(READ_EXPORT, By.DISTRICT)],
                Role.HALL: [Grant(READ, By.VENUE)],
                Role.HOUSE: [Grant(CHANGE_ONLY, By.VENUE)],
                Role.TANDEM: [Grant(CHANGE_ONLY, By.VENUE), Grant(READ, By.OFFICE_DISTRICT)],
                Role.EVALUATION: [Grant(READ_EXPORT, By.CARRIER)],
                Role.EDITORS: [Grant(READ, By.EVERYWHERE)],
                Role.TECHNICAL: [Grant(READ, By.EVERYWHERE)],
            },
            {By.CARRIER: "carriers", By.DISTRICT: "district", By.VENUE: "pk"},
            public=Q(published=True),
            bearers={Link.Kind.CONFIRM: Bearing(CHANGE_ONLY, "pk")},
        ),
        *(
            details_of_venue(m, "venue")
            for m in (OpeningHours, Closure, ContactPoint, AccessibilityFact, Room)
        ),
        details_of_venue(ContactHours, "contact_point__venue"),
        details_of_venue(VenueTranslation, "of"),
        Rule(
            Notice,
            {
                Role.COORDINATION: [Grant(EDIT, By.CARRIER, never=closes("district"))],
                Role.VORORT: [Grant(EDIT, By.DISTRICT, never=closes("carrier"))],
                Role.HOUSE: [Grant(EDIT, By.VENUE, never=closes("carrier", "district", offices=False))],
                Role.TANDEM: [Grant(EDIT, By.VENUE, never=closes("carrier", "district", offices=False))],
                Role.EDITORS: [Grant(EDIT, By.EVERYWHERE)],
            },
            {
                By.CARRIER: ("carrier", "venue__carriers"),
                By.DISTRICT: ("district", "venue__district"),
                By.VENUE: "venue",
            },
            public=Q(),
        ),
        Rule(NoticeDate),
        Rule(
            Link,
            {
                Role.COORDINATION: [Grant(EDIT, By.CARRIER, never=at_office("venue"))],
                Role.VORORT: [Grant(EDIT, By.DISTRICT, never=at_office("venue"))],
                Role.HOUSE: [Grant(EDIT, By.VENUE)],
                Role.TANDEM: [Grant(EDIT, By.VENUE)],
            },
            of_venue("venue"),
        ),
    ]
)
