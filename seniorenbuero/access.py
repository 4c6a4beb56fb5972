"""Who may see and change what in the Seniorenbüros."""

from django.db.models import Q

from seniorenbuero.models import Attendance, Helper, Office, RoundTable, RoundTableMeeting
from seniorportal import register
from seniorportal.access import CHANGE_ONLY, EDIT, READ, By, Grant, Rule
from seniorportal.models import Role
from seniorportal.rules import of_office, of_venue

register.rules(
    [
        Rule(
            Office,
            {
                Role.TANDEM: [Grant(CHANGE_ONLY, By.VENUE)],
                Role.VORORT: [Grant(READ, By.DISTRICT)],
                Role.EDITORS: [Grant(READ, By.EVERYWHERE)],
            },
            of_venue("venue"),
            public=Q(venue__published=True),
        ),
        *(
            Rule(
                model,
                {Role.TANDEM: [Grant(EDIT, By.VENUE)], Role.VORORT: [Grant(READ, By.DISTRICT)]},
                of_venue(office),
            )
            for model, office in (
                (RoundTable, "office"),
                (RoundTableMeeting, "round_table__office"),
                (Attendance, "meeting__round_table__office"),
            )
        ),
        of_office(Helper, "office"),
    ]
)
