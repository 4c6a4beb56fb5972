"""From «Bitte rufen Sie mich zurück» to the call: whose it is, until when, who stands in, and how nothing is left.

What is personal is in the sealed columns of the row and nowhere else: in no log, no mail and no address.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from seniorportal import access, feedback, working_days
from seniorportal.access import Right
from seniorportal.models import (
    Absence,
    CallAttempt,
    Carrier,
    Concern,
    Deletion,
    District,
    Membership,
    Occurrence,
    Offering,
    ReportArea,
    Role,
    User,
    Venue,
)
from seniorportal.models.concern import HalfDay

LABEL = "seniorportal.Concern"
NOON = 12
SOON = 14  # days


@dataclass(frozen=True)
class Team:
    """The people of an office or a house, or the coordinators of a carrier."""

    venue: Venue | None = None
    carrier: Carrier | None = None


def name_of(team: Team) -> str:
    return Concern(team_venue=team.venue, team_carrier=team.carrier).team


def half_of(now: dt.datetime) -> str:
    return HalfDay.MORNING if timezone.localtime(now).hour < NOON else HalfDay.AFTERNOON


# Whose it is


def team_of(entry: Venue | Offering | None, kind: str, today: dt.date) -> Team | None:
    """Who answers: the house, office or coordination that feedback would go to, as far as they meet persons at all.

    Otherwise, and always for company on the way and for worries, the Seniorenbüro of the district; where nobody works
    there, the next one that has people. None: nobody can promise anything.
    """
    if entry is not None and kind not in (Concern.Kind.COMPANY, Concern.Kind.WORRY):
        owner = feedback.owner_of(entry, today)
        venue = entry if isinstance(entry, Venue) else entry.venue
        if owner.role in (Role.TANDEM, Role.HOUSE):
            return Team(venue=venue)
        if owner.role == Role.COORDINATION:
            return Team(carrier=owner.carrier)
    office = office_for(district_of(entry), today)
    return Team(venue=office) if office else None


def district_of(entry: Venue | Offering | None) -> District | None:
    if isinstance(entry, Offering) and entry.venue and entry.venue.district:
        return entry.venue.district
    return entry.district if entry else None


def office_for(district: District | None, today: dt.date, but: Venue | None = None) -> Venue | None:
    """The Seniorenbüro of the district; where nobody works there the next in the ring of the districts. One statement.

    ``but``: the one that is looked for a deputy.
    """
    there = [office for office in offices(today) if but is None or office.pk != but.pk]
    behind = [one for one in there if district and one.district and one.district.sort >= district.sort]
    return next(iter([*behind, *there]), None)


def offices(today: dt.date) -> QuerySet[Venue]:
    """The Seniorenbüros in which somebody works today, in the ring of their districts."""
    there = Membership.objects.active_on(today).filter(role=Role.TANDEM, user__is_active=True)
    found = Venue.objects.in_area(ReportArea.OFFICES).active_on(today)
    rows = found.filter(pk__in=there.order_by().values("venue")).select_related("district")
    return rows.order_by("district__sort", "sort", "pk")


def short_name(office: Venue) -> str:
    """By its district, as everybody says it."""
    return f"Seniorenbüro {office.district.name}" if office.district else office.name


def deputy_of(team: Team, district: District | None, today: dt.date) -> Venue | None:
    """The office that sees it when the promised day is over: the one of the district, for an office the next one."""
    own = team.venue if team.venue and team.venue.report_area == ReportArea.OFFICES else None
    return office_for(own.district if own else district, today, but=own)


def ask(
    kind: str,
    entry: Venue | Offering,
    number: uuid.UUID,
    now: dt.datetime,
    **said: Any,
) -> Concern:
    """A new request; sent a second time, the first result. ``Nobody`` where no team could keep the promise."""
    today = timezone.localdate(now)
    team = team_of(entry, kind, today)
    if team is None:
        raise Nobody
    made = Concern(
        id=number,
        kind=kind,
        venue=entry if isinstance(entry, Venue) else entry.venue,
        offering=entry if isinstance(entry, Offering) else None,
        team_venue=team.venue,
        team_carrier=team.carrier,
        deputy=deputy_of(team, district_of(entry), today),
        asked_on=today,
        half_day=half_of(now),
        answer_by=promised(kind, today),
        example=entry.example,
        **said,
    )
    made.save(force_insert=True)
    for told in ASKED:
        told(made)
    return made


# Apps that count requests hear of each new one, once, in the transaction that stores it.
ASKED: list[Callable[[Concern], None]] = []


class Nobody(Exception):
    """There is no team that could keep the promise."""


def promised(kind: str, today: dt.date) -> dt.date:
    return working_days.after(today, Concern.PROMISED[Concern.Kind(kind)])


def is_settled(number: uuid.UUID) -> bool:
    """Whether there was such a request and it is done. The ledger keeps its number, nothing else is left of it."""
    return Deletion.objects.filter(label=LABEL, number=str(number)).exists()


# The call list


def open_for(user: User) -> QuerySet[Concern]:
    """What is hers to settle: her team's, and what others left lying past the promised day."""
    return access.visible(user, Right.CHANGE, Concern.objects.all())


def waiting(user: User, today: dt.date) -> dict[str, Any] | None:
    """How many wait, the first promised day, and how many of them are past it: numbers only. One statement."""
    if not access.offers(user, Right.CHANGE, Concern):
        return None
    found = open_for(user).aggregate(
        number=Count("pk"), first=Min("answer_by"), late=Count("pk", filter=Q(answer_by__lt=today))
    )
    return found if found["number"] else None


def claim(concern: Concern, user: User, now: dt.datetime) -> bool:
    """«Ich rufe an»: one guarded UPDATE; of two at once one wins. For whoever has it already it stays hers."""
    today, half = timezone.localdate(now), half_of(now)
    held = Q(claimed_by__isnull=False, claimed_on=today, claimed_half=half) & ~Q(claimed_by=user)
    return bool(
        Concern.objects.filter(pk=concern.pk)
        .exclude(held)
        .update(keeper=user, claimed_by=user, claimed_on=today, claimed_half=half, version=F("version") + 1)
    )


def give_back(concern: Concern, user: User) -> None:
    Concern.objects.filter(pk=concern.pk, claimed_by=user).update(
        keeper=None, **UNCLAIMED, version=F("version") + 1
    )


UNCLAIMED: dict[str, Any] = {"claimed_by": None, "claimed_on": None, "claimed_half": ""}


def tried(concern: Concern, user: User, outcome: str, number: uuid.UUID, now: dt.datetime) -> bool:
    """Keeps the attempt and frees the request for the next one; False where this click was counted already."""
    today, half = timezone.localdate(now), half_of(now)
    _, new = CallAttempt.objects.get_or_create(
        submission=number,
        defaults={"concern": concern, "outcome": outcome, "by": user, "day": today, "half_day": half},
    )
    if new:
        Concern.objects.filter(pk=concern.pk).update(
            tried_on=today, tried_half=half, **UNCLAIMED, version=F("version") + 1
        )
    return new


@transaction.atomic
def settle(concern: Concern, today: dt.date) -> bool:
    """Done: the request and its attempts are deleted, the ledger keeps the number. False where somebody was quicker."""
    gone, _ = Concern.objects.filter(pk=concern.pk).delete()
    if gone:
        Deletion.objects.create(label=LABEL, number=str(concern.pk), act=Deletion.Act.DELETED, day=today)
    return bool(gone)


def pass_on(concern: Concern, office: Venue, today: dt.date) -> None:
    """To another Seniorenbüro. The promised day stays, and so does whoever asked: nobody has to ask again."""
    concern.team_venue, concern.team_carrier = office, None
    concern.deputy = deputy_of(Team(venue=office), office.district, today)
    for name, value in (UNCLAIMED | {"keeper": None}).items():
        setattr(concern, name, value)
    concern.save()


def give_to(concern: Concern, colleague: User, now: dt.datetime) -> None:
    """She looks after it and has it for the rest of this half of the day, as if she had taken it herself."""
    Concern.objects.filter(pk=concern.pk).update(
        keeper=colleague,
        claimed_by=colleague,
        claimed_on=timezone.localdate(now),
        claimed_half=half_of(now),
        version=F("version") + 1,
    )


def venues_of(user: User) -> set[int]:
    """The offices and houses whose requests are hers."""
    roles = (Role.TANDEM, Role.HOUSE)
    return {m.venue_id for m in access.memberships(user) if m.role in roles and m.venue_id}


def colleagues(concern: Concern, user: User, today: dt.date) -> QuerySet[User]:
    """Who else works in the team it belongs to and is there today."""
    there = Membership.objects.active_on(today)
    if concern.team_carrier:
        above = feedback.with_all_above(concern.team_carrier)
        there = there.filter(role=Role.COORDINATION, carrier__in=above)
    else:
        there = there.filter(role__in=(Role.TANDEM, Role.HOUSE), venue=concern.team_venue)
    people = User.objects.filter(is_active=True, pk__in=there.order_by().values("user"))
    if concern.team_venue:
        away = Absence.objects.active_on(today).filter(office=concern.team_venue)
        people = people.exclude(pk__in=away.order_by().values("member__user"))
    return people.exclude(pk=user.pk).order_by("name", "username")


# What others report


def date_cancelled(occurrences: Iterable[Occurrence]) -> int:
    """Dates fall away: whoever wanted company for one of them is called today; how many. One statement.

    Whoever named no date is told of those of the next two weeks. The door is not asked: the caller changed the dates.
    """
    today = timezone.localdate()
    dates = Occurrence.objects.filter(pk__in=[date.pk for date in occurrences], offering=OuterRef("offering"))
    soon = dates.filter(date__lte=today + dt.timedelta(days=SOON))
    return Concern.objects.filter(
        Q(Exists(dates.filter(date=OuterRef("for_date")))) | Q(Exists(soon), for_date__isnull=True),
        kind=Concern.Kind.COMPANY,
    ).update(called_off_on=today, answer_by=today, version=F("version") + 1)


def over(today: dt.date) -> QuerySet[Concern]:
    """Never settled, and long past the promised day."""
    return Concern.objects.filter(answer_by__lt=today - dt.timedelta(days=Concern.KEPT_DAYS))
