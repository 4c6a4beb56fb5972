"""What people ask and report, and who of a team stands in for whom."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from seniorportal import register
from seniorportal.access import CHANGE_ONLY, EDIT, READ, By, Grant, Right, Rule, memberships
from seniorportal.models import Absence, CallAttempt, Carrier, Concern, Feedback, HandOver, Role, User
from seniorportal.rules.paths import at_office


def about_an_office(user: User) -> Q:
    return at_office("venue")(user) | at_office("offering__venue")(user)


def not_on_duty(user: User) -> Q:
    """Requests of other teams; those for which her office stands in count as its own once the promised day is over."""
    own = Q(pk__in=[])
    for membership in memberships(user):
        if membership.role == Role.COORDINATION:
            carriers = Carrier.objects.below([membership.carrier_id or 0]).order_by().values("pk")
            own |= Q(team_carrier__in=carriers)
        elif membership.role in (Role.HOUSE, Role.TANDEM):
            own |= Q(team_venue=membership.venue_id)
            own |= Q(deputy=membership.venue_id, answer_by__lt=timezone.localdate())
            own |= Q(team_venue__in=offices_covered_by(membership.venue_id))
    return ~own


def offices_covered_by(office: int | None) -> QuerySet[Absence, Any]:
    """The offices somebody of which is away today, with this one standing in."""
    away = Absence.objects.active_on(timezone.localdate()).filter(deputy_office=office)
    return away.order_by().values("office")


def of_the_office_covered(user: User) -> Q:
    """Absences and hand-overs of an office that hers stands in for: she reads them, their own office writes them."""
    own = [m.venue_id for m in memberships(user) if m.role == Role.TANDEM]
    return ~Q(office__in=own)


def not_on_duty_for(user: User) -> Q:
    return ~Q(concern__in=Concern.objects.exclude(not_on_duty(user)).order_by().values("pk"))


register.rules(
    [
        Rule(
            Feedback,
            {
                Role.COORDINATION: [Grant(CHANGE_ONLY, By.CARRIER, never=about_an_office)],
                Role.VORORT: [Grant(CHANGE_ONLY, By.DISTRICT, never=about_an_office)],
                Role.HOUSE: [Grant(CHANGE_ONLY, By.VENUE)],
                Role.TANDEM: [Grant(CHANGE_ONLY, By.VENUE)],
                Role.EDITORS: [Grant(CHANGE_ONLY, By.EVERYWHERE)],
            },
            {
                By.CARRIER: ("venue__carriers", "offering__venue__carriers", "offering__carriers"),
                By.DISTRICT: ("venue__district", "offering__venue__district", "offering__district"),
                By.VENUE: ("venue", "offering__venue"),
            },
            public=Q(),  # its state and its answer; no page shows what somebody wrote
        ),
        Rule(
            Concern,
            {
                Role.COORDINATION: [Grant(CHANGE_ONLY, By.CARRIER, never=not_on_duty)],
                Role.HOUSE: [Grant(CHANGE_ONLY, By.VENUE, never=not_on_duty)],
                Role.TANDEM: [Grant(CHANGE_ONLY, By.VENUE, never=not_on_duty)],
            },
            {
                By.CARRIER: "team_carrier",
                By.VENUE: ("team_venue", "deputy", "team_venue__absences__deputy_office"),
            },
            public=Q(),  # who calls until when; no page shows what somebody wrote
        ),
        Rule(
            CallAttempt,
            {
                Role.COORDINATION: [Grant(EDIT, By.CARRIER, never=not_on_duty_for)],
                Role.HOUSE: [Grant(EDIT, By.VENUE, never=not_on_duty_for)],
                Role.TANDEM: [Grant(EDIT, By.VENUE, never=not_on_duty_for)],
            },
            {
                By.CARRIER: "concern__team_carrier",
                By.VENUE: (
                    *("concern__team_venue", "concern__deputy"),
                    "concern__team_venue__absences__deputy_office",
                ),
            },
        ),
        Rule(
            Absence,
            {
                Role.TANDEM: [
                    Grant(READ, By.VENUE),
                    Grant(EDIT, By.VENUE, never=of_the_office_covered),
                ]
            },
            {By.VENUE: ("office", "deputy_office")},
            # Until when a language is missing; no page says who is away.
            public=Q(office__published=True),
        ),
        Rule(
            HandOver,
            {
                Role.TANDEM: [
                    Grant(READ, By.VENUE),
                    Grant(frozenset({Right.ADD}), By.VENUE, never=of_the_office_covered),
                ]
            },
            {By.VENUE: ("office", "taking_office")},
        ),
    ]
)
