"""Cases as they are counted, and what lies behind the wall."""

from django.db.models import Model, Q

from seniorportal import register
from seniorportal.access import EDIT, By, Grant, Rule, memberships
from seniorportal.models import Case, ConsultationNote, Role, User
from seniorportal.rules.paths import of_office


def of_another_body(user: User) -> Q:
    """Walled rows of an employer for whom the person does not work in that office."""
    own = Q(pk__in=[])
    for membership in memberships(user):
        if membership.role == Role.TANDEM:
            own |= Q(office=membership.venue_id, body=membership.employer_id)
    return ~own


def walled(model: type[Model]) -> Rule:
    """What the wall of the database says, said once more by the door."""
    return Rule(model, {Role.TANDEM: [Grant(EDIT, By.VENUE, never=of_another_body)]}, {By.VENUE: "office"})


register.rules(
    [
        of_office(Case, "office"),
        walled(ConsultationNote),
    ]
)
