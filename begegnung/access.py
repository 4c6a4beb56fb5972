"""Who may see and change what in the Begegnungsstätten."""

from django.db.models import Q

from begegnung.models import AnnualReturn, MeetingPlace, VenueNote
from seniorportal import register
from seniorportal.access import EDIT, EDIT_EXPORT, READ, READ_EXPORT, By, Grant, Right, Rule
from seniorportal.models import Role, User
from seniorportal.rules import at_office, of_venue


def not_to_be_checked(user: User) -> Q:
    """Returns that are drafts or checked already, and what the person reported herself."""
    return ~Q(state=AnnualReturn.State.REPORTED) | Q(reported_by=user.pk)


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
                Role.VORORT: [
                    Grant(READ_EXPORT, By.DISTRICT),
                    Grant(frozenset({Right.RELEASE}), By.DISTRICT, never=not_to_be_checked),
                ],
                Role.HALL: [Grant(READ, By.VENUE)],
                Role.EVALUATION: [
                    Grant(READ_EXPORT, By.CARRIER),
                    Grant(frozenset({Right.RELEASE}), By.CARRIER, never=not_to_be_checked),
                ],
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
