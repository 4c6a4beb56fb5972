"""What happens to accounts after they exist: a lost factor, a last day, a long silence."""

import datetime as dt
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from seniorportal import access, concerns, outbox, register
from seniorportal.access import Right
from seniorportal.models import Concern, FactorReset, Invitation, Membership, OutgoingMail, Role, User

from . import sessions

IDLE_MONTHS = 24
WARNED_MONTHS = 23
ONCE_MORE = 7  # days before the account is locked


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
    """Today is the last day, and what is open on any device closes now.

    What she looks after stays hers until somebody takes it; whom she was just ringing, anybody of the team may ring.
    """
    access.ensure(by, Right.CHANGE, membership)
    today = timezone.localdate()
    membership.active_until = max(today, membership.active_from or today)
    membership.save()
    _concerns(membership).filter(claimed_by=membership.user).update(
        **concerns.UNCLAIMED, version=F("version") + 1
    )
    sessions.end(membership.user)


def left_open(by: User, membership: Membership) -> list[register.LeftOpen]:
    """What she still looks after, as far as ``by`` may pass it on; of the offices, the app above them says it."""
    number = 0
    if membership.role != Role.TANDEM:
        kept = _concerns(membership).filter(keeper=membership.user)
        number = access.visible(by, Right.CHANGE, kept).count()
    own = (
        [register.LeftOpen(f"{number} Anliegen", reverse("staff:calls"), "Zur Anrufliste")] if number else []
    )
    return own + register.all_left_open(by, membership)


def _concerns(membership: Membership) -> QuerySet[Concern]:
    """Of the team that she belongs to by this membership."""
    if membership.role == Role.COORDINATION:
        return Concern.objects.filter(team_carrier__isnull=False)
    if membership.role in (Role.TANDEM, Role.HOUSE):
        return Concern.objects.filter(team_venue=membership.venue)
    return Concern.objects.none()


def silent_since(day: dt.date) -> Q:
    """Accounts that nobody has used since: by their last login, else by the day they were made."""
    return Q(last_sign__date__lt=day)


def months_before(day: dt.date, months: int) -> dt.date:
    count = day.year * 12 + day.month - 1 - months
    return dt.date(count // 12, count % 12 + 1, min(day.day, 28))


def going_silent(today: dt.date) -> list[User]:
    """Accounts that will be locked within a month if nobody signs in."""
    return list(_silent(months_before(today, WARNED_MONTHS)))


def locked_on(user: User) -> dt.date:
    """The night that will lock the account, unless somebody signs in: ``months_before`` counted forward."""
    last = timezone.localdate(user.last_login or user.date_joined)
    if last.day < 28:
        day = last + dt.timedelta(days=1)
    else:  # to it, the last days of a month are all the 28th
        day = (last.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    return dt.date(day.year + IDLE_MONTHS // 12, day.month, day.day)


def warn_silent(today: dt.date) -> int:
    """A month before an account is locked, and once more in its last week: to the person and to whoever invited her.

    How many mails were written. Who has no address hears of it through her team, which sees it too.
    """
    written = 0
    for user in going_silent(today):
        locked = locked_on(user)
        left = max((locked - today).days, 1)
        key = f"konto-ruht-{user.pk}-{locked}-{'bald' if left <= ONCE_MORE else 'zuerst'}"
        if user.email:
            page = reverse("account_login")
            written += outbox.put(OutgoingMail.Kind.SILENT, user, key, days=left, own=1, page=page)
        inviter = _invited_by(user)
        if inviter and inviter.email:
            page = reverse("entry:team")
            written += outbox.put(
                OutgoingMail.Kind.SILENT, inviter, f"{key}-team", days=left, own=0, page=page
            )
    return written


def _invited_by(user: User) -> User | None:
    """Whoever invited her last, while that person still looks after her."""
    rows = Invitation.objects.filter(account=user, invited_by__is_active=True).exclude(invited_by=user)
    last = rows.select_related("invited_by").order_by("-accepted_at").first()
    inviter = last.invited_by if last else None
    own = Membership.objects.filter(user=user)
    return inviter if inviter and access.visible(inviter, Right.SEE, own).exists() else None


def silent_in_team(user: User, today: dt.date) -> list[tuple[User, dt.date]]:
    """Of the people she looks after, those whose account is soon locked, and when. One statement."""
    rows = access.visible(user, Right.SEE, Membership.objects.active_on(today)).order_by()
    found = (
        _silent(months_before(today, WARNED_MONTHS)).filter(pk__in=rows.values("user")).exclude(pk=user.pk)
    )
    return [(one, locked_on(one)) for one in found.order_by("name", "username")]


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
    """Locks what was silent for two years and warns what soon will be; a sentence, empty where nothing was to do."""
    number, warned = len(lock_silent(today)), warn_silent(today)
    said = []
    if number:
        said.append(
            f"{number} {'Konto' if number == 1 else 'Konten'} nach zwei Jahren ohne Anmeldung gesperrt."
        )
    if warned:
        said.append(f"{warned} {'Warnung' if warned == 1 else 'Warnungen'} vor dem Sperren geschrieben.")
    return " ".join(said)
