"""Opening the wall: which office and which body one transaction works for. Outside of it there are no walled rows.

A request opens it for the one membership it works with (``for_request``); commands and tests with ``opened``; the
owner's commands, which serve everybody, with ``maintenance``. PostgreSQL forgets the setting at the end of the
transaction, so a connection that goes on to the next request, by a pool or by PgBouncer, carries nothing over.
"""

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest

from seniorportal import access
from seniorportal.models import Membership, Role, User

# Where a person with several offices keeps the one she works for, in her session.
CHOSEN = "wall_membership"

# Questions to a request that keep the wall closed, such as: is the personal session locked? Handed in by accounts.
locks: list[Callable[[HttpRequest], bool]] = []


SETTINGS = ("portal.office", "portal.body", "portal.membership")


@contextlib.contextmanager
def opened(membership: Membership) -> Iterator[None]:
    """One transaction for the office and the body of this membership, whatever was opened around it."""
    before = _current() if connection.in_atomic_block else None
    with transaction.atomic():
        _open(membership)
        yield
    if before is not None and not connection.needs_rollback:
        _set(before)


@contextlib.contextmanager
def maintenance() -> Iterator[None]:
    """One transaction of the owner in which every walled row is there: for rotation, retention and backup.

    The database grants it to portal_owner alone; for portal_app the flag opens nothing.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('portal.maintenance', true)")
        (before,) = cursor.fetchone()
        cursor.execute("SELECT set_config('portal.maintenance', 'on', true)")
        yield
        cursor.execute("SELECT set_config('portal.maintenance', %s, true)", [before or ""])


def memberships(user: Any) -> list[Membership]:
    """The memberships of today that the wall opens for: those of the Seniorenbüros."""
    if not isinstance(user, User):
        return []
    return [m for m in access.memberships(user) if m.role == Role.TANDEM and m.venue_id and m.employer_id]


def active(request: HttpRequest) -> Membership | None:
    """The membership this request works with: the only one, or of several the one the person chose in this session.

    Of several none is guessed: a note would land with the wrong office or employer.
    """
    mine = memberships(request.user)
    if len(mine) < 2:
        return mine[0] if mine else None
    chosen = request.session.get(CHOSEN)
    return next((m for m in mine if m.pk == chosen), None)


def choose(request: HttpRequest, membership: Membership) -> None:
    """From the next request on the person works for this membership, until she signs out or chooses again."""
    request.session[CHOSEN] = membership.pk


def for_request(request: HttpRequest) -> None:
    """Open the wall for the rest of the request's transaction; for nobody without an office, and not past a lock."""
    membership = active(request)
    if membership is not None and not any(locked(request) for locked in locks):
        _open(membership)
        request.__dict__["wall"] = membership


def of(request: HttpRequest) -> Membership | None:
    """The membership for which the wall is open in this request."""
    return request.__dict__.get("wall")


def close(request: HttpRequest) -> None:
    """For a request whose transaction lay in another one, as in tests: nothing of it stays open behind it."""
    if of(request) is not None and not connection.needs_rollback:
        _set(("", "", ""))


def _open(membership: Membership) -> None:
    if membership.role != Role.TANDEM or not membership.venue_id or not membership.employer_id:
        raise ValueError("only a membership of a Seniorenbüro opens the wall")
    _set((str(membership.venue_id), str(membership.employer_id), str(membership.pk)))


def _set(place: tuple[str, ...]) -> None:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("the wall opens inside a transaction only")
    calls = ", ".join(f"set_config('{name}', %s, true)" for name in SETTINGS)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", place)


def _current() -> tuple[str, ...]:
    calls = ", ".join(f"coalesce(current_setting('{name}', true), '')" for name in SETTINGS)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}")
        return cursor.fetchone()
