"""Besuche: counts of one date, day, month or year."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from seniorportal.models import Visit

from .admin import ScopedAdmin
from .forms import RecordForm
from .site import site


class VisitForm(RecordForm):
    """For one date the venue and the day are those of the date."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        occurrence = cleaned.get("occurrence")
        if cleaned.get("scope") == Visit.Scope.DATE and occurrence:
            cleaned["venue"] = occurrence.offering.venue
            cleaned["first_day"] = occurrence.date
        day = cleaned.get("first_day")
        if day and day > timezone.localdate():
            self.add_error("first_day", "Dieser Tag liegt in der Zukunft.")
        return cleaned


@admin.register(Visit, site=site)
class VisitAdmin(ScopedAdmin):
    form = VisitForm
    list_display = ("first_day", "venue", "scope", "count", "closed", "method")
    list_filter = ("scope", "first_day", "method", "closed")
    list_select_related = ("venue",)
    search_fields = ("venue__name",)
    search_help_text = "Ort"
    autocomplete_fields = ("venue", "occurrence")
    preset = ("venue",)
    fieldsets = (
        (
            None,
            {
                "fields": ("venue", "scope", "first_day", "count", "closed", "method", "occurrence"),
                "description": "Gezählt werden Besuche, nie Personen. 0 heißt: niemand kam. Für Monat und Jahr den "
                "ersten Tag eintragen. Den Termin nur, wenn ein einzelner Termin gezählt wurde.",
            },
        ),
    )

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        kept = {"scope": Visit.Scope.DAY, "first_day": timezone.localdate()}
        return kept | super().get_changeform_initial_data(request)
