"""Who may see and change what in the Begegnungsstätten."""

from django.db.models import Q

from begegnung.models import AnnualReturn, MeetingPlace, VenueNote
from seniorportal import register
from seniorportal.access import EDIT, EDIT_EXPORT, READ, READ_EXPORT, By, Grant, Rule
from seniorportal.models import Role
from seniorportal.rules import at_office, of_venue

register.rules(
    [
        Rule(
            MeetingPlace,
            {
                Role.COORDINATION: [Grant(EDIT, By.CARRIER)],
                Role.VORORT: [Grant(READ, By.DISTRICT)],
                Role.HALL: [Grant(READ, By.VENUE)],
                Role.TANDEM: [Grant(READ, By.OFFICE_DISTRICT)],
                Role.EVALUATION: [Grant(READ, By.CARRIER)],
            },
            of_venue("venue"),
            public=Q(venue__published=True),
        ),
        Rule(
            AnnualReturn,
            {
                Role.COORDINATION: [Grant(EDIT_EXPORT, By.CARRIER)],
                Role.VORORT: [Grant(READ, By.DISTRICT)],
                Role.HALL: [Grant(READ, By.VENUE)],
                Role.EVALUATION: [Grant(READ_EXPORT, By.CARRIER)],
            },
            of_venue("venue"),
        ),
        Rule(
            VenueNote,
            {
                Role.COORDINATION: [Grant(EDIT, By.CARRIER, never=at_office("venue"))],
                Role.VORORT: [Grant(EDIT, By.DISTRICT, never=at_office("venue"))],
                Role.HOUSE: [Grant(EDIT, By.VENUE)],
                Role.TANDEM: [Grant(EDIT, By.OFFICE_DISTRICT, never=at_office("venue"))],
            },
            of_venue("venue"),
        ),
    ]
)
