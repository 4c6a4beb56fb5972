"""Orte with their hours, closures, contacts, access facts and texts."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest
from django.utils import timezone

from seniorportal import programme
from seniorportal.locate import settle
from seniorportal.models import (
    AccessibilityFact,
    Closure,
    ContactHours,
    ContactPoint,
    OpeningHours,
    ReportArea,
    Venue,
    VenueTranslation,
)

from .admin import ScopedAdmin, ScopedInline, StackedScopedInline
from .forms import RowForm
from .scope import seen
from .site import site
from .words import Confirming, Review, joined


class OpeningHoursInline(ScopedInline):
    model = OpeningHours
    removable = True
    fields = ("weekday", "opens", "closes", "valid_from", "valid_until", "on_public_holidays", "note")


class ClosureInline(ScopedInline):
    model = Closure
    removable = True
    fields = ("first_day", "last_day", "reason")


class ContactPointInline(ScopedInline):
    model = ContactPoint
    removable = True
    show_change_link = True
    fields = ("kind", "value", "label", "position")


class AccessibilityInline(ScopedInline):
    model = AccessibilityFact
    removable = True
    fields = ("feature", "value", "note", "checked_on")


class VenueTranslationInline(StackedScopedInline):
    model = VenueTranslation
    fields = ("language", "description", "way", "reviewed")
    classes = ("collapse",)


class CompanionForm(RowForm):
    """Saved with a new venue even where nothing was filled in."""

    def has_changed(self) -> bool:
        return self.instance._state.adding or super().has_changed()


class Companion(StackedScopedInline):
    """What a venue is in its report area; made together with the venue, one to one. ``area`` says where it belongs."""

    area: ClassVar[str] = ""
    min_num = max_num = 1
    form = CompanionForm


@admin.register(Venue, site=site)
class VenueAdmin(Confirming, ScopedAdmin):
    list_display = ("name", "street", "district", "carried_by", "review", "published")
    list_filter = (Review, "report_area", "district", "carriers", "published")
    list_select_related = ("district",)
    search_fields = ("name", "street", "postal_code", "quarter__name")
    search_help_text = "Name, Straße, Postleitzahl oder Quartier"
    actions = ("confirm",)
    autocomplete_fields = ("carriers",)
    readonly_fields = ("report_area", "quarter", "review")
    formfield_overrides: ClassVar[dict[Any, Any]] = {
        models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple}
    }
    fieldsets = (
        (None, {"fields": ("name", "carriers", "report_area", "published")}),
        (
            "Wo",
            {
                "fields": ("street", "postal_code", "place_note", "district", "quarter", "stop", "way"),
                "description": "Stadtbezirk und Quartier ergeben sich beim Sichern aus Straße und Hausnummer.",
            },
        ),
        ("Was man wissen will", {"fields": ("description", "website", "languages")}),
        (
            "Prüfung und Quelle",
            {
                "fields": ("review", "review_interval", "source_url", "source_year"),
                "description": "«Stimmt noch» steht in der Liste der Orte unter den Aktionen.",
            },
        ),
        (
            "Aktiv",
            {
                "fields": (("active_from", "active_until"),),
                "description": "Orte werden nicht gelöscht. Wer schließt, bekommt einen letzten Tag.",
            },
        ),
    )
    inlines = (
        OpeningHoursInline,
        ClosureInline,
        ContactPointInline,
        AccessibilityInline,
        VenueTranslationInline,
    )
    companions: ClassVar[list[type[Companion]]] = []

    def for_list(self, rows: models.QuerySet[Any], request: HttpRequest) -> models.QuerySet[Any]:
        return rows.prefetch_related(seen(request, Venue, "carriers"))

    @admin.display(description="Träger")
    def carried_by(self, venue: Venue) -> str:
        return joined(venue.carriers.all())

    def get_inlines(self, request: HttpRequest, obj: Venue | None) -> list[Any]:
        area = obj.report_area if obj else ReportArea.MEETING_PLACES
        return [*(one for one in self.companions if one.area == area), *self.inlines]

    def save_model(self, request: HttpRequest, obj: Venue, form: Any, change: bool) -> None:
        if not change:
            obj.report_area = ReportArea.MEETING_PLACES
        if "street" in form.changed_data or (obj.street and obj.quarter_id is None):
            self._locate(request, obj, "district" in form.fields)
        super().save_model(request, obj, form, change)

    def _locate(self, request: HttpRequest, venue: Venue, may_move: bool) -> None:
        """District and quarter from the address; a typed district stays where the register does not know the house."""
        found = settle(venue, may_move=may_move)
        if found.district:
            quarter = f", Quartier {found.quarter}" if found.quarter else ""
            self.message_user(request, f"Die Adresse liegt im Stadtbezirk {found.district}{quarter}.")
        elif venue.street:
            self.message_user(
                request,
                "Diese Adresse steht nicht im Verzeichnis. Bitte prüfen Sie den Stadtbezirk.",
                messages.WARNING,
            )

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        super().save_formset(request, form, formset, change)
        if formset.model is Closure and formset.has_changed():
            programme.regenerate(form.instance.offerings.all(), timezone.localdate())


class ContactHoursInline(ScopedInline):
    model = ContactHours
    removable = True
    fields = ("weekday", "opens", "closes")


@admin.register(ContactPoint, site=site)
class ContactPointAdmin(ScopedAdmin):
    list_display = ("value", "label", "kind", "venue")
    list_filter = ("kind",)
    list_select_related = ("venue",)
    search_fields = ("value", "label", "venue__name")
    search_help_text = "Nummer, Wer antwortet oder Ort"
    autocomplete_fields = ("venue",)
    ordering = ("venue__sort", "position", "pk")
    fieldsets = (
        (
            None,
            {
                "fields": ("venue", "kind", "value", "label", "position"),
                "description": "Nur Nummern und Adressen von Einrichtungen, nie von Privatpersonen.",
            },
        ),
    )
    inlines = (ContactHoursInline,)
