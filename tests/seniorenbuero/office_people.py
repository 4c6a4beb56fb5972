"""An office of two employers with people in it."""

import datetime as dt
from typing import Any

from django.utils import timezone

from seniorportal.models import Absence, Carrier, Membership, Role, User, Venue
from tests.cast import make_membership, make_user
from tests.public.town import make_carrier, make_office


def today() -> dt.date:
    return timezone.localdate()


def in_days(days: int) -> dt.date:
    return today() + dt.timedelta(days=days)


def make_team(district: str = "Hörde", *names: str) -> tuple[Venue, list[User]]:
    """The first works for the city, the second for the association, and so on in turn."""
    office = make_office(district)
    bodies = [carrier("Stadt Dortmund"), carrier("Caritas Dortmund")]
    office.carriers.set(bodies)
    people = [
        make_user(name.lower().replace(" ", "-"), name=name)
        for name in names or ("Anna Amsel", "Bodo Bussard")
    ]
    for number, one in enumerate(people):
        make_membership(one, Role.TANDEM, venue=office, employer=bodies[number % 2])
    return office, people


def carrier(name: str) -> Carrier:
    return Carrier.objects.filter(name=name).first() or make_carrier(name)


def membership(user: User) -> Membership:
    return user.memberships.get()


def away(user: User, deputy: User | Venue, *, first: int = 0, last: int | None = 7, **more: Any) -> Absence:
    stands_in: dict[str, Any] = (
        {"deputy": membership(deputy)} if isinstance(deputy, User) else {"deputy_office": deputy}
    )
    until = None if last is None else in_days(last)
    return Absence.objects.create(
        member=membership(user), active_from=in_days(first), active_until=until, **stands_in, **more
    )
