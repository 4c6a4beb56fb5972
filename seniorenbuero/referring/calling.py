"""«Was passt?» inside the log, while the call goes on: one more button of the same form, which stores nothing."""

from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.http import urlencode

from seniorenbuero.desk.door import Desk
from seniorenbuero.desk.form import EntryForm
from seniorenbuero.referring import asking, fitting, writing
from seniorenbuero.referring.page import written
from seniorportal.models import Consultation

ASKED, SHOWN = "passend", "gezeigt"


def panel(desk: Desk, posted: QueryDict, form: EntryForm) -> dict[str, Any] | None:
    """What fits, once somebody asked for it and as long as the form is not saved; else None and no statement."""
    if form.instance.pk or not (ASKED in posted or SHOWN in posted):
        return None
    form.is_valid()  # reads topics and place; what is wrong elsewhere is said at its field
    wish = asking.of(desk, form.topics, form.place, posted)
    return asking.panel(fitting.find(desk.principal, wish, timezone.localtime()), posted)


def write(desk: Desk, posted: QueryDict, form: EntryForm, entry: Consultation) -> str:
    """The Vermittlungen that were ticked and what was lacking, beside an entry that was just written.

    They share the day with it and nothing else. Answers what the address of the next page says about them.
    """
    if SHOWN not in posted or entry.outcome == Consultation.Outcome.WRONG_NUMBER:
        return ""
    cards = writing.refer(desk, posted.getlist(asking.CHOSEN), entry.submission, entry.date)
    district = form.place.district or desk.office.district
    topic = next(iter(form.topics), None)
    lack = posted.get(asking.LACK, "")
    need = writing.lacked(desk, lack, district, topic, None, entry.submission, entry.date)
    said = [("karten", written(cards))] if cards else []
    if need:
        said.append(("notiert", "fehlt"))
    return f"?{urlencode(said)}" if said else ""
