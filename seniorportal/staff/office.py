"""Who works in several Seniorenbüros says for which one; until then nothing behind the wall is there for her."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from seniorportal import wall
from seniorportal.answers import SeeOther
from seniorportal.models import Membership


class OfficeForm(forms.Form):
    membership = forms.TypedChoiceField(
        label="Ich arbeite gerade für", coerce=int, widget=forms.RadioSelect, choices=()
    )

    def __init__(self, mine: list[Membership], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["membership"].choices = [(m.pk, f"{m.venue}, {m.employer}") for m in mine]  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    mine = wall.memberships(request.user)
    back = request.POST.get("next") or request.GET.get("next") or ""
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("staff:overview")
    active = wall.active(request)
    initial = {"membership": active.pk} if active else None
    form = OfficeForm(mine, request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        chosen = next(m for m in mine if m.pk == form.cleaned_data["membership"])
        wall.choose(request, chosen)
        messages.success(request, f"Sie arbeiten jetzt für: {chosen.venue}, {chosen.employer}.")
        return SeeOther(back)
    return render(request, "staff/office.html", {"form": form, "mine": mine, "back": back})
