"""From «Stimmt etwas nicht?» to an answer: who is responsible, until when, and what settling it does."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from seniorportal import access, working_days
from seniorportal.access import Right
from seniorportal.models import (
    Carrier,
    District,
    Feedback,
    Membership,
    Offering,
    ReportArea,
    Role,
    User,
    Venue,
)

WORKING_DAYS = 5

DEFAULT_ANSWERS = {
    Feedback.Outcome.STANDS: "Wir haben nachgefragt: Die Angaben stimmen.",
    Feedback.Outcome.CORRECTED: "Danke, wir haben den Eintrag berichtigt.",
    Feedback.Outcome.UNCLEAR: "Wir konnten es nicht klären. Bitte rufen Sie vorher an.",
}


@dataclass(frozen=True)
class Owner:
    role: Role
    carrier: Carrier | None = None
    district: District | None = None


def owner_of(entry: Offering | Venue | None, today: dt.date) -> Owner:
    """Who answers: the house or office itself, the coordinator of a carrier, Begegnung VorOrt, the editors.

    A few statements; only when something is reported.
    """
    if entry is None:
        return Owner(Role.EDITORS)
    venue = entry if isinstance(entry, Venue) else entry.venue
    own = {ReportArea.OFFICES: Role.TANDEM, ReportArea.CENTRE: Role.HOUSE}.get(
        ReportArea(venue.report_area) if venue else ReportArea.MEETING_PLACES
    )
    there = Membership.objects.active_on(today).filter(user__is_active=True)
    if own and there.filter(role=own, venue=venue).exists():
        return Owner(own)
    if own != Role.TANDEM:
        carriers = list(entry.carriers.all())
        if venue and venue is not entry:
            carriers += venue.carriers.all()
        for carrier in carriers:
            if there.filter(role=Role.COORDINATION, carrier__in=with_all_above(carrier)).exists():
                return Owner(Role.COORDINATION, carrier=carrier)
        district = (venue.district if venue else None) or entry.district
        if district and there.filter(role=Role.VORORT, district=district).exists():
            return Owner(Role.VORORT, district=district)
    return Owner(Role.EDITORS)


def with_all_above(carrier: Carrier) -> list[int]:
    found: list[int] = []
    above: Carrier | None = carrier
    while above is not None and above.pk not in found:
        found.append(above.pk)
        above = above.parent
    return found


def answer_day(today: dt.date) -> dt.date:
    """The fifth working day from today on."""
    return working_days.after(today, WORKING_DAYS)


def report(entry: Offering | Venue | None, topic: str, text: str, submission: Any) -> Feedback:
    """A new task. The same submission a second time raises IntegrityError."""
    today = timezone.localdate()
    owner = owner_of(entry, today)
    return Feedback.objects.create(
        submission=submission,
        offering=entry if isinstance(entry, Offering) else None,
        venue=entry if isinstance(entry, Venue) else None,
        topic=topic,
        text=text,
        reported_on=today,
        answer_by=answer_day(today),
        owner_role=owner.role,
        carrier=owner.carrier,
        district=owner.district,
        example=bool(entry and entry.example),
    )


def open_for(user: Any) -> Any:
    """The open tasks that this person may settle, the most urgent first: a queryset."""
    return access.visible(user, Right.CHANGE, Feedback.objects.still_open())


def settle(task: Feedback, user: User, today: dt.date) -> bool:
    """Fills in what an outcome brings with it; whether the entry now counts as checked today.

    The caller saves the task. An entry that the person may not change stays as it is.
    """
    task.done_on = task.done_on or today
    task.done_by = user
    task.answer = task.answer.strip() or DEFAULT_ANSWERS[Feedback.Outcome(task.outcome)]
    entry = task.entry
    if task.outcome == Feedback.Outcome.UNCLEAR or not entry or not access.may(user, Right.CHANGE, entry):
        return False
    entry.confirmed_at, entry.confirmed_by = today, user
    entry.save(update_fields=["confirmed_at", "confirmed_by"])
    return True
