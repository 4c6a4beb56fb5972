"""Mails with a way into an account. They wait in no table: whoever reads our tables must not get in."""

import logging
import threading

from django.core.mail import EmailMessage
from django.db import transaction

log = logging.getLogger(__name__)


def beside(message: EmailMessage) -> None:
    """Sends after the commit, beside the answer. One that fails is lost: the person asks again, or gets a letter."""
    transaction.on_commit(lambda: threading.Thread(target=_send, args=[message], daemon=True).start())


def now(message: EmailMessage) -> bool:
    """Sends and waits; whether the mail server took it."""
    try:
        return bool(message.send())
    except (
        OSError
    ) as error:  # refused, unreachable, or a sentence of the server: smtplib's errors are OSErrors
        log.warning("A mail about an account was not taken: %s", type(error).__name__)
        return False


def _send(message: EmailMessage) -> None:
    now(message)
