"""«Stimmt etwas nicht?»: a form of its own for each entry, and the receipt that tells how it went.

The form sits on its own page, so that no page of an entry needs a token and varies on a cookie.
"""

import uuid
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from seniorportal import contact, feedback
from seniorportal.access import PUBLIC, fetch
from seniorportal.models import Feedback, Offering, Venue
from seniorportal.public.forms import PublicForm, answered, once

TOPICS = [choice for choice in Feedback.Topic.choices if choice[0] != Feedback.Topic.BARRIER]


class FeedbackForm(PublicForm):
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
        },
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
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
        },
    )

    def clean(self) -> dict[str, Any]:
        return super().clean() | {"thema": Feedback.Topic.BARRIER}


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
    form = form_class(request.POST) if request.method == "POST" else form_class()
    found, status = answered(request, form, lambda form: send(form, entry))
    context = {"entry": entry, "form": form, "topics": TOPICS, "contact": reachable(entry)}
    return found or render(request, template, context, status=status)


def send(form: FeedbackForm, entry: Offering | Venue | None) -> str:
    """Writes the report, once: whoever sends it a second time is led to the first."""
    number, said = form.submission, form.cleaned_data
    assert number is not None  # the form is valid
    once(
        lambda: feedback.report(entry, said["thema"], said["text"].strip(), number),
        Feedback.objects.filter(submission=number).exists,
    )
    return reverse("public:feedback_receipt", args=[number])


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
