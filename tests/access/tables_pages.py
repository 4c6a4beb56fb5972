"""Rows of the matrix for the pages of round tables and of the office's own events.

Who only reads the round tables of a district does so in the admin: the desk is for those who work in the office.
"""

from collections.abc import Iterator
from typing import Any

from seniorenbuero.models import RoundTable, RoundTableMeeting, TableDecision, TableTask
from seniorportal import access
from seniorportal.access import Right
from seniorportal.models import Consultation
from tests.access.pages import FORM, Answers, Page, holds, of_rows, representatives, whoever
from tests.cast import City


def own(model: Any, changes: Right | None = Right.CHANGE) -> Page:
    return of_rows(model, sees=Right.CHANGE, changes=changes)


def own_sent(model: Any) -> Page:
    """Takes what is sent and shows nothing by itself."""

    def page(city: City, user: Any) -> Iterator[tuple[dict[str, Any], Answers]]:
        works = access.offers(user, Right.CHANGE, model)
        for row in representatives(city, user, model):
            sent = FORM if holds(user, Right.CHANGE, row) else {404}
            yield {"pk": row.pk}, {"get": {405 if works else 404}, "post": sent}

    return page


def no_event(city: City, user: Any) -> Iterator[tuple[dict[str, Any], Answers]]:
    """Offerings of the cast are no Fachveranstaltungen; theirs have tests of their own."""
    yield {"pk": 1}, {"get": {404}, "post": {404}}


TABLES_PAGES: dict[str, Page] = {
    "desk:tables": whoever(Right.ADD, RoundTable),
    "desk:table_new": whoever(Right.ADD, RoundTable, post=FORM),
    "desk:table": own(RoundTable, changes=None),
    "desk:table_edit": own(RoundTable),
    "desk:meeting_new": own(RoundTable),
    "desk:meeting": own(RoundTableMeeting, changes=None),
    "desk:meeting_edit": own(RoundTableMeeting),
    "desk:invite": own(RoundTableMeeting),
    "desk:invitations": own(RoundTableMeeting),
    "desk:invitation_letters": own(RoundTableMeeting, changes=None),
    "desk:attendance": own(RoundTableMeeting),
    "desk:minutes": own(RoundTableMeeting),
    "desk:minutes_pdf": own(RoundTableMeeting, changes=None),
    "desk:decision_new": own_sent(RoundTableMeeting),
    "desk:task_new": own_sent(RoundTableMeeting),
    "desk:meeting_remark": own_sent(RoundTableMeeting),
    "desk:decision": own(TableDecision),
    "desk:task": own(TableTask),
    "desk:task_done": own_sent(TableTask),
    "desk:events": whoever(Right.ADD, Consultation),
    "desk:event_new": whoever(Right.ADD, Consultation, post=FORM),
    "desk:event": no_event,
}
