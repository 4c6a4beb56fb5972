"""Mitmachen: from an idea to the people who join it. One coordinator is in charge; names leave with the end of it."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from seniorportal import access, contact, working_days
from seniorportal.access import PUBLIC, Right, visible
from seniorportal.contact import Contact
from seniorportal.models import (
    Carrier,
    Companion,
    Deletion,
    District,
    Idea,
    Membership,
    Opening,
    ReportArea,
    Role,
    User,
    Venue,
)

State = Idea.State
ANSWERED_WITHIN = 5  # working days


# For everybody


def openings(today: dt.date) -> QuerySet[Opening]:
    """Who is looked for today, at places that are there today."""
    places = Venue.objects.active_on(today).order_by().values("pk")
    rows = Opening.objects.active_on(today).filter(venue__in=places)
    return visible(PUBLIC, Right.SEE, rows).select_related("venue__district").order_by("-active_from", "-pk")


def ideas(today: dt.date) -> QuerySet[Idea]:
    rows = visible(PUBLIC, Right.SEE, Idea.objects.in_public(today))
    return rows.select_related("district", "carrier").order_by("-published_on", "-pk")


def with_contacts(rows: Iterable[Opening], now: dt.datetime) -> list[Opening]:
    """Each with ``ring``, whom to ring about it. Six statements, however many rows there are."""
    found = list(rows)
    venues = {row.venue_id: row.venue for row in found}
    reachable = Venue.objects.prefetch_related("contact_points__hours", "carriers")
    full = reachable.in_bulk(list(venues)) if venues else {}
    offices = offices_by_district({venue.district_id for venue in venues.values()})
    for row in found:
        venue: Any = full[row.venue_id]
        venue.district = row.venue.district
        venue.responsible = offices.get(venue.district_id, [])
        row.ring = contact_of_opening(row, venue, now)  # type: ignore[attr-defined]
    return found


def offices_by_district(districts: set[int | None]) -> dict[int, list[Venue]]:
    rows = Venue.objects.filter(
        report_area=ReportArea.OFFICES, district__in=districts - {None}, published=True
    ).prefetch_related("contact_points__hours")
    found: dict[int, list[Venue]] = {}
    for office in rows:  # none of no districts, without a statement
        found.setdefault(office.district_id or 0, []).append(office)
    return found


def contact_of_opening(opening: Opening, venue: Venue, now: dt.datetime) -> Contact:
    if opening.phone:
        return Contact(opening.phone, opening.phone_label or venue.name)
    return contact.for_venue(venue, now)


def contact_of_idea(idea: Idea, now: dt.datetime) -> Contact:
    """By function: the carrier whose coordinators are in charge, else the office of the district, else the city."""
    if idea.owner_role == Role.COORDINATION and idea.carrier and idea.carrier.phone:
        return Contact(idea.carrier.phone, idea.carrier.short_name or idea.carrier.name)
    return contact.for_district(idea.district, now)


# What somebody sends


def in_charge(district: District | None, today: dt.date) -> Role:
    """Begegnung VorOrt where somebody has that role in the district today, else the editors."""
    there = Membership.objects.active_on(today).filter(
        user__is_active=True, role=Role.VORORT, district=district
    )
    return Role.VORORT if district is not None and there.exists() else Role.EDITORS


@transaction.atomic
def post(said: dict[str, Any], number: uuid.UUID, today: dt.date) -> Idea:
    """A new idea with the person behind it. The same number a second time raises IntegrityError."""
    idea = Idea.objects.create(
        submission=number,
        title=said["title"],
        text=said["text"],
        where=said["where"],
        when=said["when"],
        district=said["district"],
        owner_role=in_charge(said["district"], today),
        posted_on=today,
        answer_by=working_days.after(today, ANSWERED_WITHIN),
        until=today + dt.timedelta(days=Idea.OPEN_DAYS),
    )
    Companion.objects.create(
        idea=idea, started=True, name=said["name"], phone=said["phone"], message="", joined_on=today
    )
    return idea


def join(idea: Idea, said: dict[str, Any], number: uuid.UUID, today: dt.date) -> Companion:
    return Companion.objects.create(
        submission=number,
        idea=idea,
        name=said["name"],
        phone=said["phone"],
        message=said["message"],
        joined_on=today,
        example=idea.example,
    )


def idea_of_receipt(number: uuid.UUID) -> tuple[Idea | None, bool]:
    """The idea that was posted or joined under this number, and whether it was posted.

    Whoever holds the number sent it: it is the key, as on every receipt. Of the idea a receipt tells who is in charge
    and how far it is, never what is in it.
    """
    rows = Idea.objects.select_related("district", "carrier")
    if posted := rows.filter(submission=number).first():
        return posted, True
    return rows.filter(companions__submission=number).first(), False


# What the coordinator does


def publish(idea: Idea, today: dt.date) -> None:
    """The caller saves. It stands there for half a year from today."""
    idea.state, idea.published_on = State.PUBLIC, idea.published_on or today
    idea.until = today + dt.timedelta(days=Idea.OPEN_DAYS)
    idea.done_on = idea.done_by = None


@transaction.atomic
def finish(idea: Idea, user: User, state: str, today: dt.date) -> int:
    """Over: done or never published. Every name and number goes at once; how many did."""
    idea.state, idea.done_on, idea.done_by = state, today, user
    idea.until = min(idea.until, today)
    idea.save()
    return forget(idea.companions.values_list("pk", flat=True), today)


@transaction.atomic
def forget(people: Iterable[uuid.UUID], today: dt.date) -> int:
    """Deletes them and keeps their keys in the ledger, so that no backup brings them back."""
    keys = list(people)
    Companion.objects.filter(pk__in=keys).delete()
    Deletion.objects.bulk_create(
        Deletion(label=Companion._meta.label, number=str(key), act=Deletion.Act.DELETED, day=today)
        for key in keys
    )
    return len(keys)


def hand_over(idea: Idea, carrier: Carrier | None, district: District | None, today: dt.date) -> None:
    """To the coordinators of a carrier, or back to whoever is in charge of the district. The caller saves."""
    idea.district, idea.carrier = district, carrier
    idea.owner_role = Role.COORDINATION if carrier else in_charge(district, today)


def waiting(user: User) -> int:
    """Ideas that this person could publish and nobody has read yet. One statement; none for who never may."""
    if not access.offers(user, Right.CHANGE, Idea):
        return 0
    return access.visible(user, Right.CHANGE, Idea.objects.waiting()).count()
