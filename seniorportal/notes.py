"""When notes of consultations go: first of all, and with everything their history keeps of them.

Both querysets see something only while the wall is open for maintenance.
"""

import datetime as dt
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Exists, OuterRef, Q, QuerySet

from seniorportal.models import Consultation, ConsultationNote


def last_day(note: ConsultationNote) -> dt.date:
    """The last day on which the note is there."""
    return note.consultation.date + relativedelta(months=note.KEPT_MONTHS)


def over(today: dt.date) -> QuerySet[ConsultationNote]:
    return ConsultationNote.objects.filter(consultation__date__lt=_limit(today))


def traces(today: dt.date) -> QuerySet[Any]:
    """What the history keeps of notes that somebody deleted by hand: it stays as long as the note would have."""
    events = ConsultationNote.pgh_event_models["delete"].objects  # type: ignore[attr-defined]
    kept = Consultation.objects.filter(pk=OuterRef("consultation_id"), date__gte=_limit(today))
    return events.filter(~Q(Exists(kept)))


def _limit(today: dt.date) -> dt.date:
    return today - relativedelta(months=ConsultationNote.KEPT_MONTHS)
