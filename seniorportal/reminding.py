"""The mail about entries that nobody has confirmed for a while, with a link for each house that needs no login."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from seniorportal import access, links, outbox, review
from seniorportal.access import Right
from seniorportal.models import Link, Offering, OutgoingMail, User, Venue

BEFORE = 14  # days before the first confirmation of a house runs out
VALID = 28  # days that a link is open
OF_A_HOUSE = 14  # days between two reminders of one house
OF_A_PERSON = 7  # and between two mails to one person
MOST = 60  # houses in one mail


def remind(today: dt.date) -> int:
    """A mail for everybody who keeps houses of which something is due; how many were written.

    All who keep a house hear of it on the same day. A few statements a person, and one for each link.
    """
    now = timezone.now()
    sent = Link.objects.filter(kind=Link.Kind.CONFIRM)
    of_late = sent.filter(made_at__gt=now - dt.timedelta(days=OF_A_HOUSE))
    resting = set(of_late.values_list("venue", flat=True))
    told = set(
        sent.filter(made_at__gt=now - dt.timedelta(days=OF_A_PERSON)).values_list("made_for", flat=True)
    )
    written = 0
    for user in User.objects.with_mail().order_by("pk"):
        if user.pk in told or not access.offers(user, Right.CHANGE, Venue):
            continue
        if waiting := due_houses(user, resting, today)[:MOST]:
            written += write(user, waiting, now, today)
    return written


def due_houses(user: User, resting: set[int], today: dt.date) -> list[tuple[Venue, int]]:
    """The houses she keeps with something due, and how much there is to look at; the most of it first."""
    soon, later = today + dt.timedelta(days=BEFORE), today + dt.timedelta(days=review.SOON)
    kept: Any = access.visible(
        user, Right.CHANGE, Venue.objects.filter(published=True).exclude(pk__in=resting)
    )
    kept = kept.active_on(today).annotate(until=review.UNTIL)
    houses = {house.pk: house for house in kept}
    urgent = {pk for pk, house in houses.items() if house.until is None or house.until < soon}
    number = {pk: int(house.until is None or house.until < later) for pk, house in houses.items()}
    rows = access.visible(user, Right.CHANGE, Offering.objects.filter(venue__in=houses)).order_by()
    counted = review.current(rows, today).annotate(until=review.UNTIL).values("venue")
    for row in counted.annotate(
        urgent=Count("pk", filter=review.due_on(soon)),
        all=Count("pk", filter=review.due_on(later)),
    ).filter(Q(urgent__gt=0) | Q(all__gt=0)):
        number[row["venue"]] += row["all"]
        if row["urgent"]:
            urgent.add(row["venue"])
    found = [(houses[pk], number[pk]) for pk in urgent]
    return sorted(found, key=lambda pair: (-pair[1], pair[0].sort, pair[0].pk))


@transaction.atomic
def write(user: User, waiting: list[tuple[Venue, int]], now: dt.datetime, today: dt.date) -> bool:
    """The mail and its links, together or not at all. The name of a house stands behind the #, which no server sees."""
    until = now + dt.timedelta(days=VALID)
    paths = []
    for venue, _ in waiting:
        link = links.issue(Link.Kind.CONFIRM, venue, to=user, until=until)
        path = reverse("public:confirm_by_link", args=[links.token(link)])
        paths.append(f"{path}#{venue.slug}")
    return outbox.put(
        OutgoingMail.Kind.REVIEW,
        user,
        f"stimmt-noch-{user.pk}-{today}",
        number=sum(number for _, number in waiting),
        houses=len(waiting),
        days=VALID,
        links=paths,
        page=reverse("staff:overview"),
    )
