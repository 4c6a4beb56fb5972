"""Whose accounts, invitations and lost factors somebody looks after: her own people's; for an office never alone."""

from django.db.models import Q

from seniorportal import register
from seniorportal.access import CHANGE_ONLY, EDIT, READ, By, Grant, Right, Rule
from seniorportal.models import FactorReset, Invitation, LoginSession, Membership, Role, User
from seniorportal.rules import Paths, at_office


def own_or_of_an_office(user: User) -> Q:
    """Memberships that technicians may not touch: their own, and those of the Seniorenbüros."""
    return Q(user=user.pk) | Q(role=Role.TANDEM)


# Who is whose: the people of a carrier's halls, of a house, of an office, each looked after by their own.
OF_A_BODY: Paths = {By.CARRIER: ("carrier", "venue__carriers"), By.VENUE: "venue"}
OF_A_COLLEAGUE: Paths = {
    By.CARRIER: ("user__memberships__carrier", "user__memberships__venue__carriers"),
    By.VENUE: "user__memberships__venue",
}


def beyond_a_carrier(user: User) -> Q:
    """Of the people below a carrier its coordinators look after each other and the halls, never after themselves."""
    return Q(user=user.pk) | ~Q(role__in=(Role.HALL, Role.COORDINATION)) | at_office("venue")(user)


def beyond_a_house(user: User) -> Q:
    return Q(user=user.pk) | ~Q(role=Role.HALL)


def elsewhere(user: User) -> Q:
    """Accounts of offices, and of roles that a carrier or a house does not look after."""
    cared = Membership.objects.filter(role__in=(Role.HALL, Role.COORDINATION))
    return ~Q(pk__in=cared.order_by().values("user"))


def own(user: User) -> Q:
    return Q(user=user.pk)


def not_for_a_carrier(user: User) -> Q:
    """Invitations that coordinators do not write; nobody's own are among them, for they have no account yet."""
    return ~Q(role__in=(Role.HALL, Role.COORDINATION)) | at_office("venue")(user)


def not_for_a_hall(user: User) -> Q:
    return ~Q(role=Role.HALL)


def not_for_an_office(user: User) -> Q:
    return ~Q(role=Role.TANDEM)


def not_by_a_second(user: User) -> Q:
    """Who proposed somebody for an office does not agree to it as well."""
    return ~Q(role=Role.TANDEM) | Q(invited_by=user.pk) | Q(invited_by__isnull=True)


def of_an_office(user: User) -> Q:
    """Accounts of the offices, which only the offices look after."""
    return Q(user__in=Membership.objects.filter(role=Role.TANDEM).order_by().values("user"))


def not_as_second(user: User) -> Q:
    """Nobody agrees to what she asked for, nor to anything about herself."""
    return Q(user=user.pk) | Q(asked_by=user.pk)


def not_as_second_outside(user: User) -> Q:
    return not_as_second(user) | of_an_office(user)


def not_asked_by(user: User) -> Q:
    return Q(user=user.pk) | ~Q(asked_by=user.pk)


ASK = frozenset({Right.SEE, Right.ADD})
AGREE = frozenset({Right.SEE, Right.RELEASE})

register.rules(
    [
        Rule(
            User,
            {
                Role.COORDINATION: [Grant(READ, By.CARRIER, never=elsewhere)],
                Role.HOUSE: [Grant(READ, By.VENUE, never=elsewhere)],
                Role.TANDEM: [Grant(READ, By.VENUE)],
                Role.TECHNICAL: [Grant(EDIT, By.EVERYWHERE)],
            },
            {
                By.CARRIER: ("memberships__carrier", "memberships__venue__carriers"),
                By.VENUE: "memberships__venue",
            },
        ),
        Rule(
            Membership,
            {
                Role.COORDINATION: [Grant(CHANGE_ONLY, By.CARRIER, never=beyond_a_carrier)],
                Role.HOUSE: [Grant(CHANGE_ONLY, By.VENUE, never=beyond_a_house)],
                Role.TANDEM: [Grant(READ, By.VENUE), Grant(CHANGE_ONLY, By.VENUE, never=own)],
                Role.TECHNICAL: [
                    Grant(READ, By.EVERYWHERE),
                    Grant(EDIT, By.EVERYWHERE, never=own_or_of_an_office),
                ],
            },
            OF_A_BODY,
        ),
        Rule(LoginSession),
        Rule(
            Invitation,
            {
                Role.COORDINATION: [Grant(EDIT, By.CARRIER, never=not_for_a_carrier)],
                Role.HOUSE: [Grant(EDIT, By.VENUE, never=not_for_a_hall)],
                Role.TANDEM: [
                    Grant(EDIT, By.VENUE, never=not_for_an_office),
                    Grant(AGREE, By.VENUE, never=not_by_a_second),
                ],
                Role.TECHNICAL: [Grant(EDIT, By.EVERYWHERE)],
            },
            OF_A_BODY,
        ),
        Rule(
            FactorReset,
            {
                Role.COORDINATION: [
                    Grant(ASK, By.CARRIER, never=not_asked_by),
                    Grant(AGREE, By.CARRIER, never=not_as_second_outside),
                ],
                Role.HOUSE: [
                    Grant(ASK, By.VENUE, never=not_asked_by),
                    Grant(AGREE, By.VENUE, never=not_as_second_outside),
                ],
                Role.TANDEM: [
                    Grant(ASK, By.VENUE, never=not_asked_by),
                    Grant(AGREE, By.VENUE, never=not_as_second),
                ],
                Role.TECHNICAL: [
                    Grant(ASK, By.EVERYWHERE, never=not_asked_by),
                    Grant(AGREE, By.EVERYWHERE, never=not_as_second_outside),
                ],
            },
            OF_A_COLLEAGUE,
        ),
    ]
)
