"""Who may see and change what in the Seniorenbüros."""

from django.db.models import Q
from django.utils import timezone

from seniorenbuero import months
from seniorenbuero.models import Attendance, ClosedMonth, Helper, Office, RoundTable, RoundTableMeeting, WorkingWeek
from seniorportal import register
from seniorportal.access import CHANGE_ONLY, EDIT, READ, Bearing, By, Grant, Right, Rule
from seniorportal.models import Consultation, Link, Role, User
from seniorportal.rules import of_office, of_venue


def of_a_closed_month(user: User) -> Q:
    return months.over()


def of_today() -> Q:
    """What the open log of a shift reaches: it adds, corrects and withdraws today's entries, and sees no others."""
    return Q(date=timezone.localdate())


WRITE = frozenset({Right.ADD, Right.CHANGE})

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
        of_office(ClosedMonth, "office"),
        Rule(
            WorkingWeek,
            {Role.TANDEM: [Grant(EDIT, By.VENUE)]},
            {By.VENUE: "member__venue"},
            public=Q(member__venue__published=True),  # languages by weekday; no page says who
        ),
        Rule(
            Consultation,
            {Role.TANDEM: [Grant(READ, By.VENUE), Grant(WRITE, By.VENUE, never=of_a_closed_month)]},
            {By.VENUE: "office"},
            bearers={Link.Kind.LOG: Bearing(EDIT, "office", only=of_today)},
        ),
    ]
)
