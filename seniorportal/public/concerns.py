"""«Bitte rufen Sie mich zurück», «Ich möchte nicht allein hingehen», «Programm per Post»: a form and a receipt.

The forms sit on pages of their own, so that no page of a place needs a token. What somebody wrote is shown to nobody on
these pages again, not even to her: the address of the receipt holds a number and nothing else.
"""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from seniorportal import concerns, contact
from seniorportal.access import PUBLIC, Right, fetch, visible
from seniorportal.answers import SeeOther
from seniorportal.models import Concern, Occurrence, Offering, Venue
from seniorportal.public.concerns_forms import CallBackForm, CompanyForm, PostForm
from seniorportal.public.feedback import reachable
from seniorportal.public.forms import PublicForm, answered, once

MOST_DATES = 8  # to choose from
Kind = Concern.Kind
NOBODY_THERE = _("Im Augenblick kann das niemand annehmen. Ihre Angaben sind noch da. Bitte rufen Sie an.")

# The words of each form: title, first sentence, button.
WORDS: dict[str, tuple[Any, Any, Any]] = {
    Kind.CALL_BACK: (
        _("Bitte rufen Sie mich zurück"),
        _("Sagen Sie uns, unter welcher Nummer wir Sie erreichen. Das kostet Sie nichts."),
        _("Um Rückruf bitten"),
    ),
    Kind.COMPANY: (
        _("Ich möchte nicht allein hingehen"),
        _(
            "Beim ersten Mal ist es leichter zu zweit. Wir rufen Sie an und suchen jemanden, der Sie begleitet."
        ),
        _("Um Begleitung bitten"),
    ),
    Kind.POST: (
        _("Programm per Post"),
        _("Wir schicken Ihnen das Programm in großer Schrift mit der Post. Das kostet Sie nichts."),
        _("Programm bestellen"),
    ),
}


@login_not_required
def call_back(request: HttpRequest, slug: str) -> HttpResponse:
    return page(request, venue(slug), Kind.CALL_BACK, CallBackForm)


@login_not_required
def post(request: HttpRequest, slug: str) -> HttpResponse:
    return page(request, venue(slug), Kind.POST, PostForm)


@login_not_required
def company(request: HttpRequest, pk: int) -> HttpResponse:
    found = fetch(PUBLIC, Offering.objects.select_related("venue__district", "district"), pk=pk)
    first = concerns.promised(Kind.COMPANY, timezone.localdate()) + dt.timedelta(days=1)
    rows = visible(PUBLIC, Right.SEE, Occurrence.objects.upcoming(first).filter(offering=found))
    rows = rows.exclude(status=Occurrence.Status.CANCELLED)
    dates = list(dict.fromkeys(rows.values_list("date", flat=True)[:MOST_DATES]))
    return page(request, found, Kind.COMPANY, lambda *sent: CompanyForm(*sent, dates=dates))


def venue(slug: str) -> Venue:
    return fetch(PUBLIC, Venue.objects.select_related("district"), slug=slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(
    request: HttpRequest, entry: Venue | Offering, kind: str, form_class: Callable[..., PublicForm]
) -> HttpResponse:
    form = form_class(request.POST) if request.method == "POST" else form_class()
    try:
        found, status = answered(request, form, lambda form: send(form, entry, kind))
    except concerns.Nobody:
        form.add_error(None, NOBODY_THERE)
        found, status = None, 200
    if found:
        return found
    today = timezone.localdate()
    team = concerns.team_of(entry, kind, today)
    title, lead, button = WORDS[kind]
    context = {
        "entry": entry,
        "form": form,
        "title": title,
        "lead": lead,
        "button": button,
        "answered": kind != Kind.POST,
        "team": concerns.name_of(team) if team else "",
        "until": concerns.promised(kind, today),
        "contact": reachable(entry),
    }
    return render(request, "public/concern.html", context, status=status)


def send(form: Any, entry: Venue | Offering, kind: str) -> str:
    """Writes the request, once: whoever sends it a second time is led to the first result, even if that is done."""
    number = form.submission
    if not concerns.is_settled(number):
        once(
            lambda: concerns.ask(kind, entry, number, timezone.localtime(), **form.said()),
            Concern.objects.filter(pk=number).exists,
        )
    return reverse("public:concern_receipt", args=[number])


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest, submission: uuid.UUID) -> HttpResponse:
    """Who answers until when; its POST takes the request back. Whoever has the number sent the form."""
    rows = Concern.objects.exclude(kind=Kind.WORRY).select_related(
        "offering__venue__district",
        "offering__district",
        "venue__district",
        "team_venue",
        "team_carrier",
        "deputy",
    )
    found = visible(PUBLIC, Right.SEE, rows).filter(pk=submission).first()
    if found is None and not concerns.is_settled(submission):
        raise Http404("kein solches Anliegen")
    if request.POST.get("tun") == "loeschen":
        if found:
            concerns.settle(found, timezone.localdate())
        return SeeOther(request.path)
    entry = (found.offering or found.venue) if found else None
    context = {
        "concern": found,
        "entry": entry,
        "by_post": found is not None and found.kind == Kind.POST,
        "contact": reachable(entry) if entry else contact.city(),
    }
    return render(request, "public/concern_receipt.html", context)
