"""The second factor: whom it is demanded of, and whether this session has shown one.

The list of roles is here and nowhere else; a test compares it with the rules of everything that is about persons.
"""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from seniorportal import access
from seniorportal.models import Role, User

# Halls enter numbers and the evaluation reads them: neither meets a person in the portal.
DEMANDED_OF = frozenset(
    {Role.COORDINATION, Role.VORORT, Role.HOUSE, Role.TANDEM, Role.EDITORS, Role.TECHNICAL}
)
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def is_demanded(user: User) -> bool:
    return settings.PORTAL_REQUIRE_MFA and bool(access.roles(user) & DEMANDED_OF)


def of(user: Any) -> Any:
    """Her factors; the codes for emergencies are none by themselves."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS)


def has_another(factor: Authenticator) -> bool:
    return of(factor.user).exclude(pk=factor.pk).exists()


def is_shown(request: HttpRequest) -> bool:
    """Whether this session was opened, or strengthened later, with a second factor."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))


def set_up(request: HttpRequest, kind: str) -> None:
    """The person has just proved that the new factor is in her hand."""
    record_authentication(request, request.user, "mfa", type=kind, reauthenticated=True)
