"""The way in for somebody invited: the code, then a name and a password of her own."""

import time
from typing import Any

from allauth.core.internal import ratelimit
from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from seniorportal.accounts import invitations
from seniorportal.models import Invitation, User

OPENED = "invitation"  # in the session: number and time of the invitation whose code was given
MINUTES = 30


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Code aus dem Brief oder der E-Mail",
        max_length=40,
        help_text="16 Zeichen. Leerzeichen und Groß- oder Kleinschreibung spielen keine Rolle.",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}
        ),
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_code(self) -> Invitation:
        limits = {"invitation": "20/m/ip,100/d/ip"}
        if not ratelimit.consume(self.request, app="allauth.account", action="invitation", config=limits):
            raise ValidationError(
                "Zu viele Versuche. Bitte warten Sie eine Weile, oder rufen Sie an, wer Sie eingeladen hat."
            )
        found = invitations.opened_by(self.cleaned_data["code"])
        if found is None:
            raise ValidationError(
                "Dieser Code gilt nicht. Bitte prüfen Sie ihn; ist er älter als 30 Tage oder schon benutzt, "
                "bitten Sie um einen neuen Brief."
            )
        return found


class AccountForm(forms.ModelForm):
    password1 = forms.CharField(
        label="Passwort",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Mindestens zwölf Zeichen. Drei oder vier Wörter hintereinander sind gut zu merken.",
    )
    password2 = forms.CharField(
        label="Passwort noch einmal",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    class Meta:
        model = User
        fields = ("username",)
        widgets = {"username": forms.TextInput(attrs={"autocomplete": "username", "spellcheck": "false"})}
        help_texts = {"username": "Buchstaben, Ziffern, Bindestrich; ohne Umlaute."}

    def clean_username(self) -> str:
        name: str = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=name).exists():
            raise ValidationError("Diesen Anmeldenamen gibt es schon. Bitte wählen Sie einen anderen.")
        return name

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", "Die beiden Passwörter sind verschieden.")
        elif first:
            try:
                password_validation.validate_password(first, User(username=cleaned.get("username") or ""))
            except ValidationError as error:
                self.add_error("password1", error)
        return cleaned


@login_not_required
@never_cache
def redeem(request: HttpRequest) -> HttpResponse:
    """GET shows a field, POST opens: whatever follows links by itself changes nothing."""
    form = CodeForm(request, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        request.session[OPENED] = [form.cleaned_data["code"].pk, time.time()]
        return redirect("entry:accept")
    return render(request, "account/redeem.html", {"form": form})


@login_not_required
@never_cache
def accept(request: HttpRequest) -> HttpResponse:
    found = _opened(request)
    if found is None:
        request.session.pop(OPENED, None)
        return redirect("entry:redeem")
    if request.method == "POST" and "eigenes" in request.POST and isinstance(request.user, User):
        invitations.accept_with(found, request.user)
        request.session.pop(OPENED, None)
        return redirect("staff:overview")
    form = AccountForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        invitations.accept(found, form.cleaned_data["username"], form.cleaned_data["password1"])
        request.session.pop(OPENED, None)
        return render(request, "account/welcome.html", {"username": form.cleaned_data["username"]})
    return render(request, "account/accept.html", {"form": form, "invitation": found})


def _opened(request: HttpRequest) -> Invitation | None:
    pk, at = request.session.get(OPENED) or (0, 0)
    if time.time() - at > MINUTES * 60:
        return None
    rows = Invitation.objects.select_related("carrier", "district", "venue", "invited_by")
    found = rows.filter(pk=pk).first()
    if found is None or not found.digest or not found.is_open() or not invitations.still_meant(found):
        return None
    return found
