"""What this app hands to other rooms: sentences for the editors of the report, and the text of its mails."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from seniorenbuero.models import ReportRemark
from seniorenbuero.tables import letters
from seniorportal import access, register
from seniorportal.access import Right
from seniorportal.models import OutgoingMail, ReportArea


def noted(principal: Any, first: dt.date, last: dt.date) -> Iterator[register.Remark]:
    rows = access.visible(principal, Right.SEE, ReportRemark.objects.filter(day__range=(first, last)))
    for row in rows.select_related("office", "meeting__round_table", "offering"):
        about = row.meeting.round_table.title if row.meeting else row.offering.title if row.offering else ""
        yield register.Remark(ReportArea.OFFICES, row.day, f"{row.office.name}: {about}", row.sentence)


register.remarks([noted])
register.letters({OutgoingMail.Kind.ROUND_TABLE: letters.mail})
