"""Signed links, sheets and codes: made, read, revoked. Whoever holds one is a ``Bearer`` at the door.

A token names its row and proves that it was made here, so a sheet can be printed again and nothing secret is stored.
GET shows, POST acts: scanners of mails follow links. Paths with a token lie below ``/zettel/``, which no log keeps.
"""

import base64
import datetime as dt
import hmac

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import base36_to_int, int_to_base36

from seniorportal import access
from seniorportal.access import Bearer, Right
from seniorportal.models import Link, Role, User, Venue

CODE_DIGITS = 8


def issue(
    kind: Link.Kind,
    venue: Venue,
    by: User | None = None,
    *,
    to: User | None = None,
    until: dt.datetime | None = None,
) -> Link:
    """A new one. ``by`` must have the right to add it; jobs make it without, for people they asked the door about."""
    with transaction.atomic():
        link = Link.objects.create(
            kind=kind, venue=venue, made_by=by, made_for=to, until=until, example=venue.example
        )
        if by is not None:
            access.ensure(by, Right.ADD, link)
    return link


def revoke(link: Link, by: User) -> None:
    """From now on it opens nothing. A second time changes nothing."""
    access.ensure(by, Right.CHANGE, link)
    if link.revoked_at is None:
        link.revoked_at = timezone.now()
        link.save(update_fields=["revoked_at"])


def token(link: Link) -> str:
    """The same each time for the same link, as long as the portal keeps its key."""
    return f"{int_to_base36(link.pk)}-{_mark(link, settings.SECRET_KEY)}"


def code(link: Link, key: str = "") -> str:
    """Eight digits to say on the telephone. Guessing must be counted by whoever asks for it."""
    number = int.from_bytes(_signed(f"code {_named(link)}", key or settings.SECRET_KEY)[:8], "big")
    return f"{number % 10**CODE_DIGITS:0{CODE_DIGITS}d}"


def read(written: str, kind: Link.Kind) -> Link | None:
    """The link of a token, open or over; None where the token was not made here for this kind. One statement."""
    number, _, mark = written.partition("-")
    try:
        pk = base36_to_int(number)
    except ValueError:
        return None
    if not 0 < pk < 2**63:
        return None
    link = Link.objects.select_related("venue", "made_for").filter(pk=pk, kind=kind).first()
    if link is None:
        return None
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return link if any(constant_time_compare(mark, _mark(link, key)) for key in keys) else None


def bearer(written: str, kind: Link.Kind) -> Bearer | None:
    """Whoever holds this token, while it opens anything."""
    link = read(written, kind)
    return of(link) if link else None


def bearer_of_code(venue: Venue, typed: str) -> Bearer | None:
    """Whoever knows a code of this venue to call a date off."""
    digits = "".join(typed.split())
    for link in Link.objects.open_on(timezone.now()).filter(venue=venue, kind=Link.Kind.CANCEL):
        # An earlier key still counts: the code hangs printed in the hall.
        keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        if any(constant_time_compare(digits, code(link, key)) for key in keys):
            return of(link)
    return None


def of(link: Link) -> Bearer | None:
    """None where it is over, or where the person it was made for may no longer do herself what it opens."""
    if not link.is_open(timezone.now()) or not _still_meant(link):
        return None
    return Bearer(Link.Kind(link.kind), link.venue_id, link.until, link.pk)


def _still_meant(link: Link) -> bool:
    if link.kind not in Link.PERSONAL:
        return True
    person = link.made_for
    if person is None or not person.is_active:
        return False
    if link.kind == Link.Kind.LOG:
        own = access.memberships(person)
        return any(m.role == Role.TANDEM and m.venue_id == link.venue_id for m in own)
    return access.may(person, Right.SEE, link.venue)


def _mark(link: Link, key: str) -> str:
    return base64.b32encode(_signed(f"link {_named(link)}", key)[:15]).decode().lower()


def _named(link: Link) -> str:
    return f"{link.kind} {link.pk} {link.venue_id}"


def _signed(said: str, key: str) -> bytes:
    return hmac.digest(key.encode(), f"seniorportal.links {said}".encode(), "sha256")
