"""When notes of consultations go: first of all, and with everything their history keeps of them."""

import datetime as dt

from dateutil.relativedelta import relativedelta
from django.db.models import Exists, OuterRef, Q

from seniorportal import wall
from seniorportal.models import Consultation, ConsultationNote


def last_day(note: ConsultationNote) -> dt.date:
    """The last day on which the note is there."""
    return note.consultation.date + relativedelta(months=note.KEPT_MONTHS)


def forget(today: dt.date, *, only_count: bool = False) -> int:
    """Delete what is older than its time, event rows included; answers the number of notes. For the owner only.

    A note that somebody deleted by hand lives on in its history until then; so does what it said before a change.
    """
    limit = today - relativedelta(months=ConsultationNote.KEPT_MONTHS)
    events = ConsultationNote.pgh_event_models["delete"].objects  # type: ignore[attr-defined]
    with wall.maintenance():
        notes = ConsultationNote.objects.filter(consultation__date__lt=limit)
        count = notes.count()
        if not only_count:
            notes.delete()
            kept = Consultation.objects.filter(pk=OuterRef("consultation_id"), date__gte=limit)
            events.filter(~Q(Exists(kept))).delete()
        return count
