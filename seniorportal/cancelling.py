"""«Heute fällt aus»: one date called off and taken back, each in one step, by whoever holds ``Right.CANCEL`` on it.

Only dates from today on. Whoever wanted company for a date that falls away is put on the call list.
"""

import datetime as dt

from django.db import transaction
from django.db.models import F, QuerySet

from seniorportal import access, concerns, limits
from seniorportal.access import Principal, Right
from seniorportal.models import Closure, NoticeDate, Occurrence, Venue
from seniorportal.programme import end_of

AHEAD = 7  # days that a page shows
LONGEST_REASON = 80
REASON, BETWEEN = "Grund: ", " · "
REASONS = (
    "Die Leitung ist erkrankt",
    "Der Raum ist nicht nutzbar",
    "Wegen des Wetters",
    "Es haben sich zu wenige gemeldet",
    "Im Haus ist eine andere Veranstaltung",
)
TRIES_OF_A_VENUE, TRIES_FROM_AN_ADDRESS = (
    20,
    60,
)  # a day, right ones included; several halls may share an address


class Refused(Exception):
    """Why a date cannot be called off or taken back, as a German sentence."""


def dates_for(principal: Principal, now: dt.datetime, days: int = AHEAD) -> QuerySet[Occurrence]:
    """What may be called off from now on, in time order, with what has been called off already. No statement."""
    rows = Occurrence.objects.still_to_come(now).filter(date__lte=now.date() + dt.timedelta(days=days))
    rows = rows.exclude(status=Occurrence.Status.HELD)
    return access.visible(principal, Right.CANCEL, rows).select_related(
        "offering__venue", "closed_with__notice"
    )


def call_off(principal: Principal, pk: int, reason: str, now: dt.datetime) -> Occurrence:
    """The date falls away; called off already, nothing changes and the first reason stays."""
    with transaction.atomic():
        date = _held(principal, pk, now)
        if date.status == Occurrence.Status.CANCELLED:
            return date
        reason = " ".join(reason.replace("\0", " ").split())[:LONGEST_REASON]
        date.status = Occurrence.Status.CANCELLED
        if reason:
            kept = date.note[: 160 - len(REASON + reason + BETWEEN)]
            date.note = REASON + reason + (BETWEEN + kept if kept else "")
        _save(principal, date)
        concerns.date_cancelled([date])
    return date


def take_back(principal: Principal, pk: int, now: dt.datetime) -> Occurrence:
    """The date stands again, with the note it had; Refused where its house is closed that day."""
    with transaction.atomic():
        date = _held(principal, pk, now)
        if date.status != Occurrence.Status.CANCELLED:
            return date
        closed = Closure.objects.filter(
            venue=date.offering.venue_id, first_day__lte=date.date, last_day__gte=date.date
        )
        if NoticeDate.objects.filter(occurrence=date).exists() or closed.exists():
            raise Refused("An diesem Tag ist das Haus geschlossen. Bitte öffnen Sie es zuerst wieder.")
        as_planned = (date.date, date.start) == (date.planned_date, date.planned_start)
        date.status = Occurrence.Status.PLANNED if as_planned else Occurrence.Status.MOVED
        if date.note.startswith(REASON):
            date.note = date.note.partition(BETWEEN)[2]
        _save(principal, date)
        offering = date.offering
        end = end_of(offering.start, offering.minutes)
        if as_planned and (date.start, date.end) == (offering.start, end) and not date.note:
            # As the rhythm has it: from now on it follows the rhythm again. The history has the line above.
            Occurrence.objects.filter(pk=date.pk).update(touched=False, version=F("version") + 1)
    return date


def _held(principal: Principal, pk: int, now: dt.datetime) -> Occurrence:
    """Locked; 404 where it is not hers to see, 403 where it is not hers to call off."""
    rows = Occurrence.objects.select_related("offering__venue").select_for_update(of=("self",))
    date = access.fetch(principal, rows, pk=pk)
    access.ensure(principal, Right.CANCEL, date)
    if date.date < now.date() or date.status == Occurrence.Status.HELD:
        raise Refused("Dieser Termin ist schon vorbei.")
    return date


def _save(principal: Principal, date: Occurrence) -> None:
    date.touched = True
    date.save(update_fields=["status", "note", "touched"])
    access.ensure(principal, Right.CANCEL, date)


# The code of a hall is short: every try is counted before it is looked at.


def may_try(venue: Venue, address: str, today: dt.date) -> bool:
    """Counts one try for the venue and from the address; False where there were too many today. Two statements."""
    of_venue = limits.used(f"absagen ort {venue.pk}", today)
    from_there = limits.used(f"absagen von {address}", today)
    return of_venue <= TRIES_OF_A_VENUE and from_there <= TRIES_FROM_AN_ADDRESS
