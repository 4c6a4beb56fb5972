"""What every form has that asks something of the public: a number, a time, a trap and a limit. No captcha.

A form derives from ``PublicForm``, its view calls ``answered``, its template includes ``public/_form_guard.html`` and
shows the errors of the form. Sent twice it leads to the first result: ``once`` around the write.
"""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.core import signing
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from seniorportal import limits
from seniorportal.answers import SeeOther

QUICKEST = 3  # seconds; nobody has read the form by then
LONGEST = 12 * 60 * 60
SIGNER = signing.TimestampSigner(salt="formular")

TOO_QUICK = _("Das ging sehr schnell. Bitte sehen Sie Ihre Angaben noch einmal durch und senden Sie dann ab.")
TOO_OLD = _("Das Formular war lange offen. Ihre Angaben sind noch da: Bitte senden Sie es noch einmal ab.")
TOO_MANY = _(
    "Von diesem Anschluss kamen heute schon sehr viele Formulare. Ihre Angaben sind noch da. Bitte rufen Sie an."
)
TRAPPED = _("Bitte senden Sie das Formular noch einmal ab, ohne verborgene Felder auszufüllen.")
UNREADABLE = _("Der Text enthält ein Zeichen, das wir nicht lesen können.")


class PublicForm(forms.Form):
    """``stempel`` is the signed number of the submission with its time; ``nachricht`` nobody sees, machines fill it in.

    ``submission`` is the number, known once the form is validated; None where the stamp was not ours or too old.
    """

    nachricht = forms.CharField(required=False)
    stempel = forms.CharField(required=False)
    submission: uuid.UUID | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                # The sentence of Django's own validator would be English.
                field.error_messages.setdefault("null_characters_not_allowed", UNREADABLE)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.submission, problem = read_stamp(cleaned.get("stempel", ""))
        if cleaned.get("nachricht"):
            problem = problem or TRAPPED
        for name, value in list(cleaned.items()):
            if isinstance(value, str) and "\ufffd" in value:  # bytes that are no text, as Django reads them
                self.add_error(name, UNREADABLE)
        if problem:
            self.add_error(None, problem)
        return cleaned

    def limit(self, request: HttpRequest) -> bool:
        """Counts a valid form; says it in the form where there were too many."""
        if limits.too_many(request, self.submission, timezone.localdate()):
            self.add_error(None, TOO_MANY)
            return False
        return True

    @property
    def stamp(self) -> str:
        """For the page: the same number where somebody corrects what she sent, a new one where there is none."""
        return self.data.get("stempel", "") if self.is_bound and self.submission else new_stamp()


def answered(
    request: HttpRequest, form: PublicForm, write: Callable[[Any], str]
) -> tuple[SeeOther | None, int]:
    """The way to the receipt where the form was good and written; else the status of the page that shows it again."""
    if not (form.is_bound and form.is_valid()):
        return None, 200
    if not form.limit(request):
        return None, 429
    return SeeOther(write(form)), 303


def once(write: Callable[[], Any], is_there: Callable[[], bool]) -> None:
    """Writes it; where the same number was written before, that stands."""
    try:
        with transaction.atomic():
            write()
    except IntegrityError:
        if not is_there():
            raise


def new_stamp() -> str:
    return SIGNER.sign(str(uuid.uuid4()))


def read_stamp(stamp: str) -> tuple[uuid.UUID | None, Any]:
    """The number of the submission, and what is wrong with its time."""
    try:
        number = uuid.UUID(SIGNER.unsign(stamp, max_age=LONGEST))
        try:
            SIGNER.unsign(stamp, max_age=QUICKEST)
        except signing.SignatureExpired:
            return number, ""
        return number, TOO_QUICK if QUICKEST else ""
    except (signing.BadSignature, ValueError):
        return None, TOO_OLD
