"""Mails leave through a table: what a rolled back transaction wrote is never sent, and what it kept is not lost.

A mail says what waits and where, never what it is about: its text stands in ``templates/mail/<kind>.txt`` (first line:
subject), and it is filled with whole numbers and paths of the portal only. What an app writes to organisations it
composes itself at the moment of sending, from the number that the row holds (``register.letters``).

Two processes never send the same row. Between the mail server's yes and our commit a power cut remains possible: the
mail is then sent again under the same Message-ID, by which mail programs know it as the one they have.
"""

import datetime as dt
import smtplib
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from seniorportal import register
from seniorportal.models import OutgoingMail, Partner, User

MINUTES_BETWEEN = (1, 5, 15, 60, 180, 360, 720)  # after the last of them a mail is given up
A_RUN = 200


Fact = int | str | list[str]


def put(kind: str, to: User | Partner, key: str, **facts: Fact) -> bool:
    """Writes a mail, once for each ``key``; whether it is new. Texts other than paths of the portal are refused."""
    for name, fact in facts.items():
        texts = fact if isinstance(fact, list) else [fact] if isinstance(fact, str) else []
        if any(not text.startswith("/") or " " in text for text in texts):
            raise ValueError(f"a mail holds numbers and paths only, not {name}")
    now = timezone.now()
    row = OutgoingMail(
        kind=OutgoingMail.Kind(kind), key=key, facts=facts, written_at=now, next_try_at=now, **_recipient(to)
    )
    before = OutgoingMail.objects.filter(key=key).exists()
    OutgoingMail.objects.bulk_create([row], ignore_conflicts=True)
    return not before


def _recipient(to: User | Partner) -> dict[str, Any]:
    return {"to": to} if isinstance(to, User) else {"partner": to}


def ready() -> bool:
    """Whether a mail server is set; without one the mails wait."""
    return bool(settings.PORTAL_MAIL_READY)


def send_due() -> tuple[int, int]:
    """Sends what is due, each mail in a transaction of its own; how many were sent, how many were put off."""
    sent = failed = 0
    if not ready():
        return sent, failed
    for _ in range(A_RUN):
        with transaction.atomic():
            mail = (
                OutgoingMail.objects.due(timezone.now())
                .select_for_update(of=("self",), skip_locked=True)
                .select_related("to", "partner")
                .first()
            )
            if mail is None:
                break
            if _send(mail):
                sent += 1
            else:
                failed += 1
    return sent, failed


def message(mail: OutgoingMail) -> EmailMessage:
    compose = register.letter_of(mail.kind)
    facts = (compose(mail) or {}) if compose else written_out(mail.facts)
    subject, _, body = render_to_string(f"mail/{mail.kind}.txt", facts).strip().partition("\n")
    host = settings.PORTAL_ADDRESS.partition("://")[2].partition(":")[0]
    headers = {
        "Message-ID": f"<{mail.key}.{mail.pk}@{host}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": "de",
    }
    return EmailMessage(
        subject,
        body.strip() + "\n",
        settings.DEFAULT_FROM_EMAIL,
        [_address(mail)],
        headers=headers,
        reply_to=[facts["reply_to"]] if facts.get("reply_to") else None,
    )


def _address(mail: OutgoingMail) -> str:
    """Empty where there is none any more. Where an organisation gets its mail, the app that writes to it knows."""
    compose = register.letter_of(mail.kind)
    if compose:
        return (compose(mail) or {}).get("address", "")
    return mail.to.email if mail.to is not None and mail.to.is_active else ""


def _no_longer(mail: OutgoingMail) -> str:
    """Why a mail is not sent any more; empty where it is."""
    compose = register.letter_of(mail.kind)
    if compose and compose(mail) is None:
        return "Der Anlass ist entfallen."
    if _address(mail):
        return ""
    return (
        "Die Organisation hat keine E-Mail-Adresse mehr."
        if mail.partner_id
        else "Das Konto hat keine E-Mail-Adresse oder ist geschlossen."
    )


def written_out(facts: dict[str, Any]) -> dict[str, Any]:
    """Paths as whole addresses."""

    def whole(fact: Any) -> Any:
        if isinstance(fact, list):
            return [settings.PORTAL_ADDRESS + path for path in fact]
        return settings.PORTAL_ADDRESS + fact if isinstance(fact, str) else fact

    return {name: whole(fact) for name, fact in facts.items()}


def _send(mail: OutgoingMail) -> bool:
    mail.attempts += 1
    if why := _no_longer(mail):
        mail.given_up, mail.problem = True, why
        mail.facts = {}
        mail.save()
        return False
    try:
        get_connection().send_messages([message(mail)])
    except (smtplib.SMTPException, OSError) as problem:
        mail.problem = f"Der Mailserver nahm sie nicht an ({type(problem).__name__})."
        if mail.attempts > len(MINUTES_BETWEEN):
            mail.given_up = True
        else:
            wait = dt.timedelta(minutes=MINUTES_BETWEEN[mail.attempts - 1])
            mail.next_try_at = timezone.now() + wait
        mail.save()
        return False
    mail.sent_at, mail.problem, mail.facts = timezone.now(), "", {}
    mail.save()
    return True
