"""Who may see and change what in the Seniorenbüros."""

import datetime as dt

from django.db.models import Q
from django.utils import timezone

from seniorenbuero import months
from seniorenbuero.models import (
    AgendaItem,
    Attendance,
    ClosedMonth,
    ConsultationCount,
    Helper,
    Office,
    Referral,
    ReportRemark,
    RoundTable,
    RoundTableMeeting,
    TableDecision,
    TableTask,
    UnmetNeed,
    WorkingWeek,
)
from seniorenbuero.models.helping import HelperRecord, HelpRequest, Match, Milestone
from seniorportal import register
from seniorportal.access import CHANGE_ONLY, EDIT, READ, READ_EXPORT, Bearing, By, Grant, Right, Rule
from seniorportal.models import Consultation, Link, Role, User
from seniorportal.rules import at_office, of_office, of_venue


def of_a_closed_month(user: User) -> Q:
    return months.over()


def of_today() -> Q:
    """What the open log of a shift reaches: it adds, corrects and withdraws today's entries, and sees no others."""
    return Q(date=timezone.localdate())


def a_card() -> Q:
    """Vermittlungen with a card that a hall may still tick, or take back today."""
    today = timezone.localdate()
    since = today - dt.timedelta(days=Referral.VALID_DAYS)
    open_today = Q(arrived_on__isnull=True) | Q(arrived_on=today)
    return Q(direction=Referral.Direction.THERE, date__gte=since) & ~Q(code="") & open_today


def no_card(user: User) -> Q:
    return ~a_card()


def no_card_of_a_house(user: User) -> Q:
    return ~a_card() | at_office("venue")(user)


def extract(meeting: str) -> Q:
    """Meetings of which the office shows an extract; ``meeting`` leads there."""
    return Q(**{f"{meeting}published": True, f"{meeting}round_table__office__published": True})


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
                public=public,
            )
            for model, office, public in (
                (RoundTable, "office", None),
                (RoundTableMeeting, "round_table__office", extract("")),
                (AgendaItem, "meeting__round_table__office", None),
                (TableDecision, "meeting__round_table__office", extract("meeting__") & Q(public=True)),
                (TableTask, "meeting__round_table__office", None),
                (
                    Attendance,
                    "meeting__round_table__office",
                    extract("meeting__") & Q(state=Attendance.State.PRESENT, partner__may_be_published=True),
                ),
            )
        ),
        Rule(
            ReportRemark,
            {
                Role.TANDEM: [Grant(EDIT, By.VENUE)],
                Role.EDITORS: [Grant(READ, By.EVERYWHERE)],
                Role.EVALUATION: [Grant(READ, By.EVERYWHERE)],
            },
            {By.VENUE: "office"},
        ),
        of_office(Helper, "office"),
        of_office(HelpRequest, "office"),
        *(of_office(model, "helper__office") for model in (HelperRecord, Milestone, Match)),
        of_office(ClosedMonth, "office"),
        # The tables of an office; those of the city are for whoever sees every office.
        Rule(
            ConsultationCount,
            {
                Role.TANDEM: [Grant(READ_EXPORT, By.VENUE)],
                Role.EVALUATION: [Grant(READ_EXPORT, By.CARRIER)],
            },
            of_venue("office"),
        ),
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
        Rule(
            Referral,
            {
                Role.TANDEM: [Grant(READ, By.VENUE), Grant(WRITE, By.VENUE, never=of_a_closed_month)],
                Role.COORDINATION: [Grant(CHANGE_ONLY, By.CARRIER, never=no_card_of_a_house)],
                Role.VORORT: [Grant(CHANGE_ONLY, By.DISTRICT, never=no_card_of_a_house)],
                Role.HALL: [Grant(CHANGE_ONLY, By.VENUE, never=no_card)],
                Role.HOUSE: [Grant(CHANGE_ONLY, By.VENUE, never=no_card)],
            },
            {
                By.CARRIER: ("venue__carriers", "offering__carriers"),
                By.DISTRICT: ("venue__district", "offering__district"),
                By.VENUE: ("office", "venue"),
            },
            bearers={
                Link.Kind.LOG: Bearing(EDIT, "office", only=of_today),
                Link.Kind.WALL: Bearing(CHANGE_ONLY, "venue", only=a_card),
                Link.Kind.CANCEL: Bearing(CHANGE_ONLY, "venue", only=a_card),
            },
        ),
        Rule(
            UnmetNeed,
            {Role.TANDEM: [Grant(READ, By.VENUE), Grant(WRITE, By.VENUE, never=of_a_closed_month)]},
            {By.VENUE: "office"},
            bearers={Link.Kind.LOG: Bearing(EDIT, "office", only=of_today)},
        ),
    ]
)
