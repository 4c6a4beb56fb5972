"""Entries of the log: written once, repeated, taken back, counted for the day. Each by the rules of the door."""

import datetime as dt
import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from seniorenbuero.desk.door import Desk
from seniorenbuero.desk.form import PRESET, EntryForm, half_day_now
from seniorenbuero.desk.place import Place
from seniorportal import access
from seniorportal.access import Right
from seniorportal.models import Consultation

MOST_SAME = 20
COPIED = (
    *("office_id", "date", "half_day", "channel", "asker", "outcome", "duration", "is_first", "age_group"),
    *("district_id", "quarter_id"),
)
WRONG = Q(outcome=Consultation.Outcome.WRONG_NUMBER)


def of_office(desk: Desk) -> QuerySet[Consultation]:
    """What the desk may see of its own office."""
    return access.visible(desk.principal, Right.SEE, Consultation.objects.filter(office=desk.office))


def in_words(desk: Desk) -> QuerySet[Consultation]:
    return of_office(desk).select_related("district", "quarter__district").prefetch_related("topics")


def write(form: EntryForm) -> Consultation:
    """Stores an entry, new or corrected; the same submission a second time is the first one."""
    desk, entry, adding = form.desk, form.instance, form.instance._state.adding
    right = Right.ADD if adding else Right.CHANGE
    if adding:
        entry.office = desk.office
        entry.submission = form.cleaned_data.get("submission") or uuid.uuid4()
        if first := of_office(desk).filter(submission=entry.submission).first():
            return first
    entry.is_first = form.cleaned_data["is_first"]
    entry.district, entry.quarter = form.place.district, form.place.quarter
    try:
        with transaction.atomic():
            entry.save()
            entry.topics.set(form.topics)
    except IntegrityError:
        # The other click was quicker by an instant.
        first = of_office(desk).filter(submission=entry.submission).first()
        if first is None:
            raise PermissionDenied("Absendung") from None
        return first
    access.ensure(desk.principal, right, entry)
    return entry


def repeat(desk: Desk, entry: Consultation, number: int, submission: uuid.UUID) -> None:
    """So many more of the same. Their numbers follow from the submission: a second click adds none."""
    topics = list(entry.topics.all())
    for count in range(number):
        copy = Consultation(submission=uuid.uuid5(submission, str(count)))
        for name in COPIED:
            setattr(copy, name, getattr(entry, name))
        try:
            with transaction.atomic():
                copy.save()
                copy.topics.set(topics)
        except IntegrityError:
            continue
        access.ensure(desk.principal, Right.ADD, copy)


def take_back(desk: Desk, entry: Consultation) -> bool:
    """The entry is gone, as if it had never been counted. False where a note hangs on it: that goes first.

    The note is behind the wall, which is closed here; only the database knows of it.
    """
    access.ensure(desk.principal, Right.CHANGE, entry)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            entry.delete()
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except IntegrityError:
        return False
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return True


def counted(rows: QuerySet[Consultation]) -> dict[str, int]:
    """The counters of the screen: Anfragen, Beratungen, and calls that were wrong. One statement."""
    found: dict[str, int] = rows.aggregate(
        requests=Count("pk", filter=~WRONG & Q(is_first=True)),
        consultations=Count("pk", filter=~WRONG),
        wrong=Count("pk", filter=WRONG),
    )
    return found


def of_day(desk: Desk, day: dt.date) -> dict[str, int]:
    return counted(of_office(desk).filter(date=day))


def presets(desk: Desk, last: Consultation | None, like_it: bool = False) -> dict[str, Any]:
    """What a new form says already: today and now, the way and the age of the last entry, or all of it."""
    today = timezone.localdate()
    found: dict[str, Any] = {"date": today, "half_day": half_day_now(), "is_first": "1"}
    if last is None:
        return found
    if last.date != today and desk.signed_in:
        found |= {"date": last.date, "half_day": last.half_day}
    found |= {name: getattr(last, name) for name in PRESET}
    if like_it:
        found |= {name: getattr(last, name) for name in ("half_day", "asker", "outcome", "duration")}
        found |= {"is_first": "1" if last.is_first else "0", "topics": list(last.topics.all())}
        found["place"] = Place(last.district, last.quarter)
    return found
