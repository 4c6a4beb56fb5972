"""What an invitation says, on paper and by mail: where, when and what about; nobody's name."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from seniorenbuero.models import Attendance, RoundTableMeeting
from seniorportal.models import ContactPoint, OutgoingMail, Partner, Venue
from seniorportal.printing import words

State = RoundTableMeeting.State


def missing(meeting: RoundTableMeeting) -> list[str]:
    """What an invitation cannot do without. One that is called off needs nothing more."""
    if meeting.state == State.CANCELLED:
        return []
    return [name for name, value in (("der Beginn", meeting.start), ("der Ort", meeting.place)) if not value]


def postal(partner: Partner) -> list[str]:
    """The lines below the name; empty where a letter would not arrive."""
    if not partner.street or not partner.postal_code:
        return []
    return [partner.street, f"{partner.postal_code} {partner.city or 'Dortmund'}"]


def of(meeting: RoundTableMeeting, partners: list[Partner]) -> dict[str, Any]:
    """The letter as data, one page for each of the partners."""
    said = _said(meeting)
    office = meeting.round_table.office
    sender = [office.name, office.street, f"{office.postal_code} Dortmund" if office.postal_code else ""]
    return said | {
        "pages": [{"recipient": [one.name, *postal(one)]} for one in partners],
        "sender": ", ".join(filter(None, sender)),
        "printed": f"Dortmund, {date_format(timezone.localdate(), 'j. F Y')}",
        "example": "Beispieldaten der Demo: Diesen Brief bitte nicht verschicken." if meeting.example else "",
    }


def facts(meeting: RoundTableMeeting) -> dict[str, Any]:
    """The numbers that a mail in the outbox holds: it is sent only while they are still true."""
    return {
        "meeting": meeting.pk,
        "day": meeting.date.toordinal(),
        "off": int(meeting.state == State.CANCELLED),
    }


def key(meeting: RoundTableMeeting, row: Attendance) -> str:
    off = "-faellt-aus" if meeting.state == State.CANCELLED else ""
    return f"runder-tisch-{meeting.pk}-{row.partner_id}-{meeting.date:%Y%m%d}{off}"


def mail(row: OutgoingMail) -> dict[str, Any] | None:
    """What the mail says at the moment of sending; None where the meeting was moved, called off or taken up again."""
    rows = RoundTableMeeting.objects.select_related("round_table__office")
    meeting = rows.filter(pk=row.facts.get("meeting")).first()
    if meeting is None or row.partner is None or facts(meeting) != row.facts:
        return None
    reply = _points(meeting.round_table.office, ContactPoint.Kind.EMAIL)
    return _said(meeting) | {
        "address": row.partner.email,
        "to": row.partner.name,
        "reply_to": reply[0] if reply else "",
        "example": "Beispieldaten der Demo." if meeting.example else "",
        "portal": settings.PORTAL_ADDRESS,
    }


def _said(meeting: RoundTableMeeting) -> dict[str, Any]:
    table, off = meeting.round_table, meeting.state == State.CANCELLED
    office = table.office
    day = date_format(meeting.date, "l, j. F Y")
    time = words.times(meeting.start, meeting.end).replace("\xa0", " ") if meeting.start else ""
    if off:
        lead = f"{table.title} am {day} fällt aus. Zum nächsten Treffen laden wir Sie wieder ein."
    else:
        lead = f"wir laden Ihre Organisation herzlich ein: {table.title}."
    rings = _points(office, ContactPoint.Kind.PHONE)
    mails = _points(office, ContactPoint.Kind.EMAIL)
    reply = " oder ".join([*rings[:1], *mails[:1]])
    return {
        "subject": f"{'Fällt aus' if off else 'Einladung'}: {table.title}",
        "greeting": "Guten Tag,",
        "lead": lead,
        "facts": []
        if off
        else [
            [name, value]
            for name, value in (
                ("Tag", day),
                ("Zeit", time),
                ("Ort", meeting.place),
                ("Thema", meeting.topic),
            )
            if value
        ],
        "agenda_title": "Tagesordnung",
        "agenda": [] if off else [item.title for item in meeting.agenda.all()],
        "reply": f"Bitte sagen Sie uns, ob jemand aus Ihrer Organisation kommt: {reply}."
        if reply and not off
        else (f"Fragen beantworten wir gern: {reply}." if reply else ""),
        "regards": "Freundliche Grüße",
        "office": office.name,
    }


def _points(office: Venue, kind: str) -> list[str]:
    return [point.value for point in office.contact_points.all() if point.kind == kind]
