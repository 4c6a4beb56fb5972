"""«Weitergeben»: to a colleague of the team or to another Seniorenbüro. The promised day stays."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from seniorportal import access, concerns, standing_in
from seniorportal.access import Right
from seniorportal.accounts.personal import personal
from seniorportal.answers import SeeOther
from seniorportal.models import Concern, ReportArea, User, Venue

from .calls import ALREADY_DONE, back_to, some

COLLEAGUE, OFFICE = "k", "b"


class PassOnForm(forms.Form):
    an = forms.ChoiceField(
        label="An wen?",
        choices=(),
        widget=forms.RadioSelect,
        error_messages={
            "required": "Bitte wählen Sie aus, wer übernimmt.",
            "invalid_choice": "Diese Auswahl gibt es nicht mehr. Bitte wählen Sie neu.",
        },
    )

    def __init__(self, people: list[User], offices: list[Venue], *args: Any) -> None:
        super().__init__(*args)
        self.people = {f"{COLLEAGUE}{one.pk}": one for one in people}
        self.offices = {f"{OFFICE}{one.pk}": one for one in offices}
        self.fields["an"].choices = [  # type: ignore[attr-defined]
            *((key, str(one)) for key, one in self.people.items()),
            *((key, concerns.short_name(one)) for key, one in self.offices.items()),
        ]


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def pass_on(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    concern = some(request, pk)
    if concern is None:
        messages.info(request, ALREADY_DONE)
        return SeeOther(reverse("staff:calls"))
    user: Any = request.user
    now = timezone.localtime()
    people = list(concerns.colleagues(concern, user, now.date()))
    offices = [one for one in concerns.offices(now.date()) if one.pk != concern.team_venue_id]
    form = PassOnForm(people, offices, *([request.POST] if request.method == "POST" else []))
    if form.is_bound and form.is_valid():
        return SeeOther(_passed(request, concern, form))
    context = {"call": concern, "form": form, "alone": not people and not offices}
    return render(request, "staff/call_pass_on.html", context)


def _passed(request: HttpRequest, concern: Concern, form: PassOnForm) -> str:
    user: Any = request.user
    now = timezone.localtime()
    access.ensure(user, Right.CHANGE, concern)
    chosen = form.cleaned_data["an"]
    if person := form.people.get(chosen):
        concerns.give_to(concern, person, now)
        _traced(concern, person, user)
        messages.success(request, f"{person} hat es jetzt auf der Liste.")
        return back_to(concern)
    office = form.offices[chosen]
    _traced(concern, office, user)
    concerns.pass_on(concern, office, now.date())
    messages.success(request, f"Weitergegeben an: {concerns.short_name(office)}.")
    return reverse("staff:calls")


def _traced(concern: Concern, taker: User | Venue, by: User) -> None:
    """Where it leaves somebody of an office. Of the teams of carriers nobody keeps a list."""
    if concern.team_venue and concern.team_venue.report_area == ReportArea.OFFICES:
        standing_in.trace(concern.team_venue, concern.keeper, taker, by, timezone.localdate())
