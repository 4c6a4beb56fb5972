"""Offerings, their dates and what is counted at them."""

import datetime as dt
from collections.abc import Mapping

from django.db.models import Model, Q
from django.utils import timezone

from seniorportal import register
from seniorportal.access import (
    CALL_OFF,
    CHANGE_ONLY,
    EDIT,
    EDIT_EXPORT,
    READ,
    READ_EXPORT,
    Bearing,
    By,
    Grant,
    Right,
    Rule,
    memberships,
)
from seniorportal.models import (
    Carrier,
    Link,
    Occurrence,
    Offering,
    OfferingShare,
    OfferingTemplate,
    OfferingTranslation,
    Role,
    User,
    Visit,
)
from seniorportal.rules.paths import at_office, of_offering

CALLED_OFF_AHEAD = 14  # days that the code of a hall reaches


def of_the_next_days() -> Q:
    today = timezone.localdate()
    return Q(date__range=(today, today + dt.timedelta(days=CALLED_OFF_AHEAD)))


def programme(
    model: type[Model],
    prefix: str,
    hall: frozenset[Right],
    bearers: Mapping[Link.Kind, Bearing],
    calls_off: frozenset[Right] = frozenset(),
) -> Rule:
    """Offerings, their texts and their dates; ``prefix`` leads to the offering.

    ``calls_off``: what everybody who looks after the place may do as well, the Seniorenbüro of the district included.
    """
    venue = f"{prefix}venue"
    return Rule(
        model,
        {
            Role.COORDINATION: [Grant(EDIT_EXPORT | calls_off, By.CARRIER, never=at_office(venue))],
            Role.VORORT: [Grant(EDIT_EXPORT | calls_off, By.DISTRICT, never=at_office(venue))],
            Role.HALL: [Grant(hall | calls_off, By.VENUE)],
            Role.HOUSE: [Grant(EDIT_EXPORT | calls_off, By.VENUE)],
            Role.TANDEM: [Grant(EDIT | calls_off, By.VENUE), Grant(READ | calls_off, By.OFFICE_DISTRICT)],
            Role.EVALUATION: [Grant(READ_EXPORT, By.CARRIER)],
            Role.EDITORS: [Grant(READ, By.EVERYWHERE)],
        },
        of_offering(prefix),
        public=Q(**{f"{prefix}published": True})
        & (Q(**{f"{venue}__isnull": True}) | Q(**{f"{venue}__published": True})),
        bearers=bearers,
    )


def of_a_carrier_above(user: User) -> Q:
    """Templates that come from above: a branch works from them and leaves them as they are."""
    own = [m.carrier_id for m in memberships(user) if m.role == Role.COORDINATION and m.carrier_id]
    return ~Q(carrier__pk__in=Carrier.objects.below(own).order_by().values("pk"))


DAYS_ON_THE_WALL = 7  # how far back a wall sheet lets somebody correct


def at_the_door_these_days() -> Q:
    today = timezone.localdate()
    days = (today - dt.timedelta(days=DAYS_ON_THE_WALL), today)
    return Q(scope=Visit.Scope.DAY, first_day__range=days)


register.rules(
    [
        programme(Offering, "", hall=READ, bearers={Link.Kind.CONFIRM: Bearing(CHANGE_ONLY, "venue")}),
        programme(
            Occurrence,
            "offering__",
            hall=CHANGE_ONLY,
            calls_off=CALL_OFF,
            bearers={
                Link.Kind.CONFIRM: Bearing(READ, "offering__venue"),
                Link.Kind.CANCEL: Bearing(READ | CALL_OFF, "offering__venue", only=of_the_next_days),
            },
        ),
        programme(OfferingTranslation, "of__", hall=READ, bearers={}),
        Rule(
            OfferingShare,
            {
                Role.COORDINATION: [Grant(EDIT_EXPORT, By.CARRIER, never=at_office("offering__venue"))],
                Role.VORORT: [Grant(EDIT, By.DISTRICT, never=at_office("offering__venue"))],
                Role.HOUSE: [Grant(EDIT, By.VENUE)],
                Role.EVALUATION: [Grant(READ_EXPORT, By.CARRIER)],
            },
            {
                By.CARRIER: ("carrier", "offering__venue__carriers", "offering__carriers"),
                By.DISTRICT: ("offering__venue__district", "offering__district"),
                By.VENUE: "offering__venue",
            },
        ),
        Rule(
            OfferingTemplate,
            {
                Role.COORDINATION: [
                    Grant(READ, By.CARRIER),
                    Grant(EDIT, By.CARRIER, never=of_a_carrier_above),
                ],
                Role.VORORT: [Grant(READ, By.DISTRICT)],
            },
            {
                By.CARRIER: ("carrier", "carrier__branches", "carrier__branches__branches"),
                By.DISTRICT: (
                    "carrier__venues__district",
                    "carrier__branches__venues__district",
                    "carrier__branches__branches__venues__district",
                ),
            },
        ),
        Rule(
            Visit,
            {
                Role.COORDINATION: [Grant(EDIT_EXPORT, By.CARRIER, never=at_office("venue"))],
                Role.VORORT: [Grant(EDIT_EXPORT, By.DISTRICT, never=at_office("venue"))],
                Role.HALL: [Grant(EDIT, By.VENUE)],
                Role.HOUSE: [Grant(EDIT_EXPORT, By.VENUE)],
                Role.TANDEM: [Grant(EDIT, By.VENUE)],
                Role.EVALUATION: [Grant(READ_EXPORT, By.CARRIER)],
            },
            {
                By.CARRIER: ("venue__carriers", "occurrence__offering__carriers"),
                By.DISTRICT: ("venue__district", "occurrence__offering__district"),
                By.VENUE: "venue",
            },
            bearers={Link.Kind.WALL: Bearing(EDIT, "venue", only=at_the_door_these_days)},
        ),
    ]
)
