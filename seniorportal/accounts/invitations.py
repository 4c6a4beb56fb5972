"""How somebody new gets in: invited within the inviter's own reach, with a code that opens one account once.

The code is typed into a form and stands in no address, so no log and no scanner of mails sees it; we keep its hash.
"""

import datetime as dt
import hashlib
import secrets
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from seniorportal import access
from seniorportal.access import Right
from seniorportal.models import FactorReset, Invitation, Membership, Role, User

from . import post, team

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is taken for another one
LENGTH = 16

# Which roles a role may offer; where, say the rules.
OFFERS: dict[Role, tuple[Role, ...]] = {
    Role.COORDINATION: (Role.HALL, Role.COORDINATION),
    Role.HOUSE: (Role.HALL,),
    Role.TANDEM: (Role.TANDEM,),
    Role.TECHNICAL: tuple(Role),
}


def offered_by(user: User) -> list[Role]:
    """What is offered most often stands first."""
    return list(dict.fromkeys(role for own in sorted(access.roles(user)) for role in OFFERS.get(own, ())))


def invite(invitation: Invitation, by: User) -> Invitation:
    """Stores it when the rules let this person offer this role here; else nothing is stored and it is refused."""
    with transaction.atomic():
        invitation.invited_by = by
        invitation.expires_at = timezone.now() + dt.timedelta(days=Invitation.DAYS)
        invitation.save()
        access.ensure(by, Right.ADD, invitation)
    return invitation


def confirm(invitation: Invitation, by: User) -> None:
    """The second person of the office agrees."""
    access.ensure(by, Right.RELEASE, invitation)
    invitation.confirmed_by = by
    invitation.save()


def revoke(invitation: Invitation, by: User) -> None:
    access.ensure(by, Right.CHANGE, invitation)
    invitation.revoked_at = timezone.now()
    invitation.digest = ""
    invitation.save()


def issue(invitation: Invitation, by: User) -> str:
    """A new code, shown this once; an earlier one opens nothing any more."""
    access.ensure(by, Right.CHANGE, invitation)
    if not invitation.is_open() or invitation.needs_a_second():
        raise PermissionDenied("kein Code")
    return _new_code(invitation)


def invite_from_the_console(invitation: Invitation) -> str:
    """For whoever runs the server, where nobody is yet who could invite or agree."""
    invitation.from_console = True
    invitation.expires_at = timezone.now()
    invitation.full_clean()
    return _new_code(invitation)


def _new_code(invitation: Invitation) -> str:
    code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    invitation.digest = digest(code)
    invitation.issued_at = timezone.now()
    invitation.expires_at = invitation.issued_at + dt.timedelta(days=Invitation.DAYS)
    invitation.save()
    return code


def spoken(code: str) -> str:
    """In groups of four, as one reads it out."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def digest(code: str) -> str:
    plain = "".join(code.upper().split()).replace("-", "").replace("0", "O").replace("1", "I")
    return hashlib.sha256(f"einladung:{plain}".encode()).hexdigest()


def mail(invitation: Invitation, code: str, address: str) -> bool:
    """Whether the mail server took it. It says neither who nor where, and leads to a page without the code in it."""
    text = render_to_string("mail/einladung.txt", {"code": spoken(code), "address": address})
    return post.now(EmailMessage("Ihr Zugang zum Seniorenportal Dortmund", text, to=[invitation.email]))


def opened_by(code: str) -> Invitation | None:
    """The open invitation of this code, if whoever offered it could still offer it."""
    found = (
        Invitation.objects.open_on(timezone.now())
        .select_related("carrier", "district", "venue", "employer", "invited_by")
        .filter(digest=digest(code))
        .first()
    )
    if found is None or found.needs_a_second() or not still_meant(found):
        return None
    return found


def still_meant(invitation: Invitation) -> bool:
    """Whoever left takes her invitations along; those from the console have nobody and stay."""
    by = invitation.invited_by
    return by is None or access.may(by, Right.ADD, invitation)


@transaction.atomic
def accept(invitation: Invitation, username: str, password: str) -> User:
    """Makes the account and its role. The invitation is locked: two clicks make one account."""
    locked = _locked(invitation)
    user = User.objects.create_user(username, password, name=locked.name, email=locked.email)
    _grant(locked, user)
    return user


@transaction.atomic
def accept_with(invitation: Invitation, user: User) -> None:
    """For somebody who has an account already: one more role. Nobody takes what she herself offered or agreed to."""
    locked = _locked(invitation)
    if user.pk in (locked.invited_by_id, locked.confirmed_by_id):
        raise PermissionDenied("eigene Einladung")
    _grant(locked, user)


def _locked(invitation: Invitation) -> Invitation:
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not locked.is_open() or locked.needs_a_second() or not still_meant(locked):
        raise PermissionDenied("Einladung gilt nicht mehr")
    return locked


def _grant(invitation: Invitation, user: User) -> Membership:
    made = Membership.objects.create(
        user=user,
        role=invitation.role,
        carrier=invitation.carrier,
        district=invitation.district,
        venue=invitation.venue,
        employer=invitation.employer,
        active_from=timezone.localdate(),
        active_until=invitation.until,
    )
    invitation.accepted_at = timezone.now()
    invitation.account = user
    invitation.digest = ""
    invitation.save()
    return made


def to_confirm(user: User | AnonymousUser) -> tuple[Any, Any]:
    """What waits for this person's agreement: invitations into her office, lost factors of her colleagues."""
    now = timezone.now()
    invited = Invitation.objects.waiting_for_a_second(now).select_related("venue", "employer", "invited_by")
    lost = FactorReset.objects.open_on(now).select_related("user", "asked_by")
    return (
        access.visible(user, Right.RELEASE, invited).order_by("pk"),
        access.visible(user, Right.RELEASE, lost).order_by("pk"),
    )


def news(user: User, days: int = 14) -> dict[str, Any] | None:
    """For the overview: what waits for her agreement, who came, whose factor was reset. None: not her matter."""
    if not access.offers(user, Right.SEE, Invitation):
        return None
    since = timezone.now() - dt.timedelta(days=days)
    to_agree, lost = to_confirm(user)
    came = access.visible(user, Right.SEE, Invitation.objects.filter(accepted_at__gt=since))
    reset = access.visible(user, Right.SEE, FactorReset.objects.filter(confirmed_at__gt=since))
    found = {
        "silent": team.silent_in_team(user, timezone.localdate()),
        "waiting": to_agree.count() + lost.count(),
        "came": list(came.select_related("carrier", "district", "venue").order_by("-accepted_at")[:5]),
        "reset": list(reset.select_related("user").order_by("-confirmed_at")[:5]),
    }
    return found
