"""Ehrenamtliche of a carrier: one head each, however many halls there are; who helps where, and what was seen when."""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from seniorportal import access
from seniorportal.access import Right, visible
from seniorportal.models import (
    Carrier,
    Certificate,
    Deletion,
    Engagement,
    User,
    Venue,
    Volunteer,
    VolunteerName,
)

SOON = 30  # days before a certificate is to be seen again

# No row of the certificate at all is no task: whether one is asked for, says the carrier's own rule.


def houses(user: User) -> QuerySet[Venue]:
    """The places whose volunteers she keeps."""
    if not access.offers(user, Right.ADD, Engagement):
        return Venue.objects.none()
    rows = visible(user, Right.CHANGE, Venue.objects.active_on(timezone.localdate()))
    return rows.order_by("sort", "name")


def counted(user: User, today: dt.date) -> dict[int, dict[str, Any]]:
    """Per place how many help today, the hours they said, and certificates that are due. One statement."""
    due = Q(volunteer__certificate__again_on__lte=today + dt.timedelta(days=SOON))
    rows = (
        visible(user, Right.SEE, Engagement.objects.active_on(today))
        .order_by()
        .values("venue")
        .annotate(
            heads=Count("volunteer", distinct=True),
            hours=Sum("hours_per_month"),
            due=Count("volunteer", distinct=True, filter=due),
        )
    )
    return {row["venue"]: dict(row) for row in rows}


def heads(user: User, today: dt.date) -> int:
    """Each volunteer once. One statement."""
    found = visible(user, Right.SEE, Engagement.objects.active_on(today)).aggregate(
        heads=Count("volunteer", distinct=True)
    )
    return int(found["heads"])


def of_venue(user: User, venue: Venue) -> QuerySet[Engagement]:
    """Everybody who helps or helped there, with number, name and certificate. One statement."""
    rows = visible(user, Right.SEE, Engagement.objects.filter(venue=venue))
    return rows.select_related(
        "volunteer__carrier", "volunteer__known_as", "volunteer__certificate__seen_by"
    ).order_by("volunteer__number", "active_from", "pk")


def carriers(user: User, venue: Venue) -> QuerySet[Carrier]:
    """Those of the place for which the person keeps volunteers."""
    rows = access.targets(user, Right.ADD, Volunteer, "carrier")
    return rows.filter(pk__in=venue.carriers.order_by().values("pk"))


def next_number(carrier: Carrier) -> str:
    """The lowest number above all plain ones."""
    plain = Volunteer.objects.filter(carrier=carrier, number__regex=r"^[0-9]{1,9}$")
    return str(max((int(number) for number in plain.values_list("number", flat=True)), default=0) + 1)


@transaction.atomic
def engage(
    user: User, venue: Venue, carrier: Carrier, number: str, name: str, engagement: Engagement
) -> tuple[Volunteer, bool]:
    """Somebody helps at a place. A number that the carrier knows is the same head again; whether she is new."""
    Carrier.objects.select_for_update(of=("self",)).get(
        pk=carrier.pk
    )  # two at once would take the same number
    volunteer, new = Volunteer.objects.get_or_create(
        carrier=carrier, number=number or next_number(carrier), defaults={"example": carrier.example}
    )
    access.ensure(user, Right.ADD if new else Right.CHANGE, volunteer)
    engagement.volunteer, engagement.venue = volunteer, venue
    engagement.save()
    access.ensure(user, Right.ADD, engagement)
    if name and new:
        rename(volunteer, name, timezone.localdate())
    return volunteer, new


def name_of(volunteer: Volunteer) -> str:
    known = getattr(volunteer, "known_as", None)
    return str(known.name) if known else ""


def rename(volunteer: Volunteer, name: str, today: dt.date) -> None:
    """Keeps the name sealed; an empty one deletes it."""
    known = VolunteerName.objects.filter(volunteer=volunteer).first()
    if known and not name:
        Deletion.objects.create(
            label=VolunteerName._meta.label, number=str(known.pk), act=Deletion.Act.DELETED, day=today
        )
        known.delete()
    elif known and str(known.name) != name:
        known.name = name
        known.save()
    elif name and not known:
        VolunteerName.objects.create(id=uuid.uuid4(), volunteer=volunteer, name=name)


def take_away(certificate: Certificate, today: dt.date) -> None:
    Deletion.objects.create(
        label=Certificate._meta.label, number=str(certificate.pk), act=Deletion.Act.DELETED, day=today
    )
    certificate.delete()


def information(volunteer: Volunteer) -> dict[str, Any]:
    """Everything the portal holds on one volunteer, in the words of the forms: for her, when she asks."""
    certificate = getattr(volunteer, "certificate", None)
    return {
        "traeger": volunteer.carrier.name,
        "nummer": volunteer.number,
        "name": name_of(volunteer) or None,
        "einsaetze": [
            {
                "ort": one.venue.name,
                "aufgabe": one.task or None,
                "stunden_im_monat": one.hours_per_month,
                "von": one.active_from and f"{one.active_from:%d.%m.%Y}",
                "bis": one.active_until and f"{one.active_until:%d.%m.%Y}",
            }
            for one in volunteer.engagements.select_related("venue").order_by("active_from", "pk")
        ],
        "fuehrungszeugnis": certificate
        and {
            "eingesehen_am": f"{certificate.seen_on:%d.%m.%Y}",
            "eingesehen_von": str(certificate.seen_by),
            "datum_des_zeugnisses": f"{certificate.issued_on:%d.%m.%Y}",
            "wiedervorlage": certificate.again_on and f"{certificate.again_on:%d.%m.%Y}",
        },
    }
