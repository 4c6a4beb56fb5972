"""«Übergeben»: what is open goes from one person to another, or to another office, all at once."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from seniorenbuero.desk.door import Desk, at_the_desk
from seniorenbuero.office import leaving
from seniorenbuero.office.absences import COLLEAGUE, GONE, OFFICE
from seniorportal import concerns, standing_in
from seniorportal.accounts.personal import personal
from seniorportal.answers import SeeOther
from seniorportal.models import User

NOBODY, EVERYTHING = "niemand", "alles"


class HandOverForm(forms.Form):
    von = forms.ChoiceField(
        label="Was wird übergeben?",
        widget=forms.RadioSelect,
        error_messages={"required": "Bitte wählen Sie, was übergeben wird.", "invalid_choice": GONE},
    )
    an = forms.ChoiceField(
        label="Wer übernimmt?",
        help_text="Geht es an ein anderes Seniorenbüro, sehen Sie es danach nicht mehr. "
        "Was zur Nachbarschaftshilfe gehört, bleibt hier im Büro.",
        widget=forms.RadioSelect,
        error_messages={"required": "Bitte wählen Sie, wer übernimmt.", "invalid_choice": GONE},
    )

    def __init__(self, desk: Desk, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.waiting = leaving.by_person(desk.principal, desk.office)
        self.givers = {
            str(one.pk): one
            for one in User.objects.filter(pk__in=[pk for pk in self.waiting if pk]).order_by(
                "name", "username"
            )
        }
        self.takers = {f"{COLLEAGUE}{one.pk}": one for one in standing_in.present(desk.office, today)}
        others = (one for one in concerns.offices(today) if one.pk != desk.office.pk)
        self.offices = {f"{OFFICE}{one.pk}": one for one in others}
        giver: Any = self.fields["von"]
        giver.choices = [
            *(
                (key, f"Was {one} übernommen hat ({self.waiting[one.pk].in_words})")
                for key, one in self.givers.items()
            ),
            *(
                [(NOBODY, f"Was noch niemand übernommen hat ({self.waiting[None].in_words})")]
                if None in self.waiting
                else []
            ),
            *(
                [(EVERYTHING, f"Alles, was offen ist ({self.total.in_words})")]
                if len(self.waiting) > 1
                else []
            ),
        ]
        taker: Any = self.fields["an"]
        taker.choices = [
            *((key, str(one)) for key, one in self.takers.items()),
            *((key, concerns.short_name(one)) for key, one in self.offices.items()),
        ]

    @property
    def total(self) -> leaving.Open:
        return sum(self.waiting.values(), leaving.Open())

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if cleaned.get("an") and cleaned.get("an") == f"{COLLEAGUE}{cleaned.get('von')}":
            self.add_error("an", "Das ist dieselbe Person. Bitte wählen Sie jemand anderen.")
        return cleaned


@personal
@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, desk: Desk) -> HttpResponse:
    asked = {name: request.GET[name] for name in ("von", "an") if name in request.GET}
    form = HandOverForm(desk, request.POST if request.method == "POST" else None, initial=asked)
    if form.is_bound and not form.total:
        messages.info(request, "Es ist nichts offen, was sich übergeben ließe.")
        return SeeOther(reverse("desk:office"))
    if form.is_bound and form.is_valid():
        return SeeOther(_done(request, desk, form))
    context = {"desk": desk, "today": timezone.localdate(), "form": form}
    return render(request, "seniorenbuero/office/hand_over.html", context)


def _done(request: HttpRequest, desk: Desk, form: HandOverForm) -> str:
    """Where to go on: here again with what another office cannot take over."""
    by: Any = desk.principal
    which, to = form.cleaned_data["von"], form.cleaned_data["an"]
    giver = form.givers.get(which)
    rows = (
        standing_in.open_in(desk.office) if which == EVERYTHING else standing_in.open_of(desk.office, giver)
    )
    taker = form.takers.get(to) or form.offices[to]
    stays = leaving.Open()
    with transaction.atomic():
        helping = 0
        if isinstance(taker, User) and which != NOBODY:
            helping = leaving.hand_on(by, desk.office, giver, taker)
        elif which != NOBODY:
            stays = form.waiting[giver.pk] if giver else form.total
        number = standing_in.hand_over(rows, desk.office, giver, taker, by, timezone.localtime(), helping)
    name = str(taker) if isinstance(taker, User) else concerns.short_name(taker)
    if number:
        messages.success(request, f"{number} Anliegen übergeben an: {name}.")
    elif not stays.helping:
        messages.info(request, "Das war schon übergeben.")
    if not stays.helping:
        return reverse("desk:office")
    left = leaving.Open(requests=stays.requests, visits=stays.visits)
    messages.warning(
        request,
        f"In diesem Büro bleibt, was zur Nachbarschaftshilfe gehört: {left.in_words}. Wer von hier übernimmt das?",
    )
    return leaving.where(giver) if giver else reverse("desk:office_hand_over")
