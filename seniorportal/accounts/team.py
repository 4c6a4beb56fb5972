"""What happens to accounts after they exist: a lost factor, a last day, a long silence."""

import datetime as dt
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from seniorportal import access
from seniorportal.access import Right
from seniorportal.models import FactorReset, Membership, User

from . import sessions

IDLE_MONTHS = 24
WARNED_MONTHS = 23


def ask_for_reset(user: User, by: User) -> FactorReset:
    """One person asks; asking twice is asking once."""
    waiting = FactorReset.objects.open_on(timezone.now()).filter(user=user, asked_by=by).first()
    if waiting:
        return waiting
    if user == by:
        raise PermissionDenied("für sich selbst")
    with transaction.atomic():
        made = FactorReset.objects.create(user=user, asked_by=by)
        access.ensure(by, Right.ADD, made)
    return made


def confirm_reset(reset: FactorReset, by: User) -> None:
    """A second person agrees: the factors are gone, every session ends, the next login sets up a new one."""
    access.ensure(by, Right.RELEASE, reset)
    reset.confirmed_by = by
    reset.confirmed_at = timezone.now()
    reset.save()
    Authenticator.objects.filter(user=reset.user).delete()
    sessions.end(reset.user)


def end_membership(membership: Membership, by: User) -> None:
    """Today is the last day, and what is open on any device closes now."""
    access.ensure(by, Right.CHANGE, membership)
    today = timezone.localdate()
    membership.active_until = max(today, membership.active_from or today)
    membership.save()
    sessions.end(membership.user)


def silent_since(day: dt.date) -> Q:
    """Accounts that nobody has used since: by their last login, else by the day they were made."""
    return Q(last_sign__date__lt=day)


def months_before(day: dt.date, months: int) -> dt.date:
    count = day.year * 12 + day.month - 1 - months
    return dt.date(count // 12, count % 12 + 1, min(day.day, 28))


def going_silent(today: dt.date) -> list[User]:
    """Accounts that will be locked within a month if nobody signs in."""
    return list(_silent(months_before(today, WARNED_MONTHS)))


def lock_silent(today: dt.date) -> list[User]:
    """Locks accounts after two years of silence; their roles end and their sessions too. For a job of every night."""
    found = []
    with transaction.atomic():
        for user in _silent(months_before(today, IDLE_MONTHS)).select_for_update(of=("self",)):
            user.is_active = False
            user.save()
            for membership in user.memberships.active_on(today):
                membership.active_until = max(today, membership.active_from or today)
                membership.save()
            sessions.end(user)
            found.append(user)
    return found


def _silent(day: dt.date) -> Any:
    rows = User.objects.filter(is_active=True).annotate(last_sign=Coalesce("last_login", "date_joined"))
    return rows.filter(silent_since(day)).order_by("pk")


def nightly(today: dt.date) -> str:
    """Locks what was silent for two years; one sentence, empty when there was nothing to do."""
    number = len(lock_silent(today))
    return (
        f"{number} {'Konto' if number == 1 else 'Konten'} nach zwei Jahren ohne Anmeldung gesperrt."
        if number
        else ""
    )
