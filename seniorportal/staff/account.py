"""Konten and Mitgliedschaften: who may sign in, and as what."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone

from seniorportal import access
from seniorportal.access import Right
from seniorportal.models import Membership, Role, User

from .admin import ScopedAdmin
from .forms import RecordForm
from .site import site
from .words import ActiveToday, joined


class NewAccountForm(RecordForm):
    initial_password = forms.CharField(
        label="Anfangspasswort",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=password_validation.password_validators_help_text_html,
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if password := cleaned.get("initial_password"):
            known = User(**{name: cleaned.get(name) or "" for name in ("username", "name", "email")})
            try:
                password_validation.validate_password(password, known)
            except ValidationError as error:
                self.add_error("initial_password", error)
        return cleaned


@admin.register(User, site=site)
class UserAdmin(ScopedAdmin):
    """No page shows or takes a hash, and a stored account keeps its name and address: both lead to its password."""

    list_display = ("username", "name", "as_what", "is_active", "last_login")
    list_filter = ("is_active",)
    search_fields = ("username", "name", "email")
    search_help_text = "Anmeldename, Name oder E-Mail"
    ordering = ("username",)
    fixed_later = ("username", "email", "last_login", "date_joined", "as_what")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ((None, {"fields": ("username", "name", "email", "initial_password")}),)
        return (
            (None, {"fields": ("username", "name", "email", "is_active")}),
            ("Zur Kenntnis", {"fields": ("as_what", "last_login", "date_joined")}),
        )

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(
            request, obj, change, **({} if change else {"form": NewAccountForm}), **kwargs
        )

    def for_list(self, rows: models.QuerySet[Any], request: HttpRequest) -> models.QuerySet[Any]:
        return rows.prefetch_related(
            models.Prefetch(
                "memberships",
                Membership.objects.active_on(timezone.localdate()).select_related(
                    "carrier", "district", "venue"
                ),
                to_attr="of_today",
            )
        )

    @admin.display(description="Rollen heute")
    def as_what(self, user: Any) -> str:
        rows = getattr(user, "of_today", None)
        if rows is None:
            rows = user.memberships.active_on(timezone.localdate()).select_related(
                "carrier", "district", "venue"
            )
        return joined(rows)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            obj.set_password(form.cleaned_data["initial_password"])
        super().save_model(request, obj, form, change)


class MembershipForm(RecordForm):
    def clean(self) -> dict[str, Any] | None:
        """At an office a longer time is a new grant, and that takes two persons."""
        cleaned = super().clean() or {}
        before = Membership.objects.filter(pk=self.instance.pk, role=Role.TANDEM).first()
        if before is None:
            return cleaned
        until, first = cleaned.get("active_until"), cleaned.get("active_from")
        if before.active_until and (until is None or until > before.active_until):
            self.add_error(
                "active_until",
                "Länger braucht eine zweite Person: Bitte laden Sie unter «Mein Team» neu ein.",
            )
        if before.active_from and (first is None or first < before.active_from):
            self.add_error(
                "active_from", "Früher geht nicht: Die Mitgliedschaft beginnt, wenn sie bestätigt ist."
            )
        return cleaned


@admin.register(Membership, site=site)
class MembershipAdmin(ScopedAdmin):
    list_display = ("user", "role", "bound_to", "employer", "active_from", "active_until")
    list_filter = (ActiveToday, "role")
    list_select_related = ("user", "carrier", "district", "venue", "employer")
    search_fields = ("user__username", "user__name", "carrier__name", "district__name", "venue__name")
    search_help_text = "Konto, Träger, Stadtbezirk oder Ort"
    autocomplete_fields = ("user", "carrier", "venue", "employer")
    form = MembershipForm
    fixed_later = (
        "user",
        "role",
        "carrier",
        "district",
        "venue",
        "employer",
    )  # another role is another membership
    fieldsets = (
        (
            None,
            {
                "fields": ("user", "role", "carrier", "district", "venue", "employer"),
                "description": "Niemand vergibt eine Rolle an sich selbst. Mitgliedschaften der Seniorenbüros brauchen "
                "zwei Personen, die zweite aus dem Büro: Sie entstehen durch eine Einladung unter «Mein Team».",
            },
        ),
        (
            "Wie lange",
            {
                "fields": (("active_from", "active_until"),),
                "description": "Eine Rolle endet mit ihrem letzten Tag; gelöscht wird sie nicht.",
            },
        ),
    )

    def get_autocomplete_fields(self, request: HttpRequest) -> Any:
        """Only a new membership asks whose it is and where."""
        adds = access.offers(request.user, Right.ADD, Membership)
        return super().get_autocomplete_fields(request) if adds else ()

    @admin.display(description="gebunden an")
    def bound_to(self, membership: Membership) -> str:
        return str(membership.carrier or membership.district or membership.venue or "–")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"active_from": timezone.localdate()} | super().get_changeform_initial_data(request)
