"""Who takes part: openings, ideas and those behind them, volunteers."""

from collections.abc import Callable

from django.db.models import Q

from seniorportal import register
from seniorportal.access import CHANGE_ONLY, EDIT, READ, By, Grant, Rule
from seniorportal.models import (
    Certificate,
    Companion,
    Engagement,
    Idea,
    Opening,
    Role,
    User,
    Volunteer,
    VolunteerName,
)
from seniorportal.rules.paths import at_office, of_venue


def of_another_in_charge(role: Role) -> Callable[[User], Q]:
    """People behind an idea are seen by the one coordinator in charge of it, however many may read the idea."""
    return lambda user: ~Q(idea__owner_role=role)


register.rules(
    [
        Rule(
            Opening,
            {
                Role.COORDINATION: [Grant(EDIT, By.CARRIER, never=at_office("venue"))],
                Role.VORORT: [Grant(EDIT, By.DISTRICT, never=at_office("venue"))],
                Role.HALL: [Grant(READ, By.VENUE)],
                Role.HOUSE: [Grant(EDIT, By.VENUE)],
                Role.TANDEM: [Grant(EDIT, By.VENUE), Grant(READ, By.OFFICE_DISTRICT)],
                Role.EDITORS: [Grant(READ, By.EVERYWHERE)],
            },
            of_venue("venue"),
            public=Q(published=True, venue__published=True),
        ),
        Rule(
            Idea,
            {
                Role.COORDINATION: [Grant(CHANGE_ONLY, By.CARRIER)],
                Role.VORORT: [Grant(CHANGE_ONLY, By.DISTRICT)],
                Role.EDITORS: [Grant(CHANGE_ONLY, By.EVERYWHERE)],
            },
            {By.CARRIER: "carrier", By.DISTRICT: "district"},
            public=Q(state=Idea.State.PUBLIC),
        ),
        Rule(
            Companion,
            {
                Role.COORDINATION: [
                    Grant(CHANGE_ONLY, By.CARRIER, never=of_another_in_charge(Role.COORDINATION))
                ],
                Role.VORORT: [Grant(CHANGE_ONLY, By.DISTRICT, never=of_another_in_charge(Role.VORORT))],
                Role.EDITORS: [Grant(CHANGE_ONLY, By.EVERYWHERE, never=of_another_in_charge(Role.EDITORS))],
            },
            {By.CARRIER: "idea__carrier", By.DISTRICT: "idea__district"},
        ),
        Rule(Volunteer, {Role.COORDINATION: [Grant(EDIT, By.CARRIER)]}, {By.CARRIER: "carrier"}),
        *(
            Rule(model, {Role.COORDINATION: [Grant(EDIT, By.CARRIER)]}, {By.CARRIER: "volunteer__carrier"})
            for model in (Certificate, VolunteerName)
        ),
        Rule(
            Engagement,
            {Role.COORDINATION: [Grant(EDIT, By.CARRIER, never=at_office("venue"))]},
            {By.CARRIER: "volunteer__carrier"},
        ),
    ]
)
