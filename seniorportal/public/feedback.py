"""«Stimmt etwas nicht?»: a form of its own for each entry, and the receipt that tells how it went.

The form sits on its own page, so that no page of an entry needs a token and varies on a cookie.
"""

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from seniorportal import contact, feedback
from seniorportal.access import PUBLIC, fetch
from seniorportal.models import Feedback, Offering, Venue

QUICKEST = 3  # seconds; nobody has read the form by then
LONGEST = 12 * 60 * 60
SIGNER = signing.TimestampSigner(salt="rueckmeldung")

TOO_QUICK = "Das ging sehr schnell. Bitte sehen Sie Ihre Angaben noch einmal durch und senden Sie dann ab."
TOO_OLD = "Das Formular war lange offen. Ihre Angaben sind noch da: Bitte senden Sie es noch einmal ab."
TOO_MANY = "Von diesem Anschluss kamen heute schon sehr viele Hinweise. Ihre Angaben sind noch da. Bitte rufen Sie an."


class SeeOther(HttpResponseRedirect):
    status_code = 303


TOPICS = [choice for choice in Feedback.Topic.choices if choice[0] != Feedback.Topic.BARRIER]


class FeedbackForm(forms.Form):
    """``stamp`` is the signed number of the submission with its time."""

    thema = forms.ChoiceField(
        label="Was stimmt nicht?",
        choices=TOPICS,
        error_messages={
            "required": "Bitte wählen Sie aus, was nicht stimmt.",
            "invalid_choice": "Bitte wählen Sie eine der Möglichkeiten aus.",
        },
    )
    text = forms.CharField(
        label="Möchten Sie etwas dazu schreiben?",
        max_length=400,
        required=False,
        error_messages={
            "max_length": "Bitte schreiben Sie höchstens 400 Zeichen. Es sind %(show_value)s.",
            "null_characters_not_allowed": "Der Text enthält ein Zeichen, das wir nicht lesen können.",
        },
    )
    nachricht = forms.CharField(required=False)  # nobody sees it; only machines fill it in
    stempel = forms.CharField(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.submission, problem = read_stamp(cleaned.get("stempel", ""))
        if cleaned.get("nachricht"):
            problem = (
                problem or "Bitte senden Sie das Formular noch einmal ab, ohne verborgene Felder auszufüllen."
            )
        if problem:
            self.add_error(None, problem)
        said = cleaned.get("text", "").strip() or "text" in self.errors
        if cleaned.get("thema") == Feedback.Topic.OTHER and not said:
            self.add_error("text", "Bitte schreiben Sie kurz, was nicht stimmt.")
        return cleaned


class BarrierForm(FeedbackForm):
    """What of the portal itself somebody could not use, in her own words."""

    thema = None  # type: ignore[assignment]
    text = forms.CharField(
        label="Was ging nicht?",
        max_length=400,
        error_messages={
            "required": "Bitte schreiben Sie kurz, was nicht ging und auf welcher Seite.",
            "max_length": "Bitte schreiben Sie höchstens 400 Zeichen. Es sind %(show_value)s.",
            "null_characters_not_allowed": "Der Text enthält ein Zeichen, das wir nicht lesen können.",
        },
    )

    def clean(self) -> dict[str, Any]:
        return super().clean() | {"thema": Feedback.Topic.BARRIER}


def new_stamp() -> str:
    return SIGNER.sign(str(uuid.uuid4()))


def read_stamp(stamp: str) -> tuple[uuid.UUID | None, str]:
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


@login_not_required
def of_offering(request: HttpRequest, pk: int) -> HttpResponse:
    found = fetch(PUBLIC, Offering.objects.select_related("venue__district", "district"), pk=pk)
    return form_page(request, found)


@login_not_required
def of_venue(request: HttpRequest, slug: str) -> HttpResponse:
    return form_page(request, fetch(PUBLIC, Venue.objects.select_related("district"), slug=slug))


@login_not_required
def of_portal(request: HttpRequest) -> HttpResponse:
    return form_page(request, None)


@login_not_required
def of_barrier(request: HttpRequest) -> HttpResponse:
    return form_page(request, None, BarrierForm, "public/barrier.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def form_page(
    request: HttpRequest,
    entry: Offering | Venue | None,
    form_class: type[FeedbackForm] = FeedbackForm,
    template: str = "public/feedback.html",
) -> HttpResponse:
    status = 200
    form = form_class(request.POST) if request.method == "POST" else form_class()
    if form.is_bound and form.is_valid():
        if feedback.too_many(client_address(request), timezone.localdate()):
            form.add_error(None, TOO_MANY)
            status = 429
        else:
            return SeeOther(reverse("public:feedback_receipt", args=[send(form, entry)]))
    stamp = form.data.get("stempel", "") if form.is_bound and form.submission else new_stamp()
    context = {
        "entry": entry,
        "form": form,
        "stamp": stamp,
        "topics": TOPICS,
        "contact": reachable(entry),
    }
    return render(request, template, context, status=status)


def send(form: FeedbackForm, entry: Offering | Venue | None) -> uuid.UUID:
    """Writes the report, once: whoever sends it a second time is led to the first."""
    number = form.submission
    assert number is not None
    try:
        with transaction.atomic():
            feedback.report(entry, form.cleaned_data["thema"], form.cleaned_data["text"].strip(), number)
    except IntegrityError:
        if not Feedback.objects.filter(submission=number).exists():
            raise
    return number


@login_not_required
@never_cache
@require_safe
def receipt(request: HttpRequest, submission: uuid.UUID) -> HttpResponse:
    rows = Feedback.objects.select_related(
        "offering__venue__district", "venue__district", "carrier", "district"
    )
    found = fetch(PUBLIC, rows, submission=submission)
    context = {"report": found, "entry": found.entry, "contact": reachable(found.entry)}
    return render(request, "public/feedback_receipt.html", context)


def reachable(entry: Offering | Venue | None) -> contact.Contact:
    now = timezone.localtime()
    if isinstance(entry, Offering):
        return contact.for_offering(entry, now)
    return contact.for_venue(entry, now) if entry else contact.city()


def client_address(request: HttpRequest) -> str:
    """Of whoever sent the request; behind trusted proxies the last address that none of them wrote itself."""
    trusted = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    named = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if trusted and len(named) >= trusted:
        return named[-trusted]
    return str(request.META.get("REMOTE_ADDR", ""))
