"""Admin pages of the Begegnungsstätten and their Jahresmeldungen."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils import timezone

from begegnung.models import AnnualReturn, MeetingPlace
from seniorportal.models import ReportArea
from seniorportal.staff.admin import ScopedAdmin
from seniorportal.staff.site import site
from seniorportal.staff.venue import Companion, VenueAdmin


class MeetingPlaceInline(Companion):
    model = MeetingPlace
    area = ReportArea.MEETING_PLACES
    fields = ("kind", "staffing", "counting")


VenueAdmin.companions.append(MeetingPlaceInline)


@admin.register(MeetingPlace, site=site)
class MeetingPlaceAdmin(ScopedAdmin):
    list_display = ("venue", "kind", "staffing", "district")
    list_filter = ("staffing", "venue__district")
    list_select_related = ("venue__district",)
    search_fields = ("venue__name", "kind")
    search_help_text = "Name oder Zuschnitt"
    ordering = ("venue__sort", "pk")
    autocomplete_fields = ("venue",)
    fixed_later = ("venue",)
    fieldsets = ((None, {"fields": ("venue", "kind", "staffing", "counting")}),)

    @admin.display(description="Stadtbezirk")
    def district(self, place: MeetingPlace) -> str:
        return str(place.venue.district or "–")


class Year(admin.SimpleListFilter):
    title = "Jahr"
    parameter_name = "jahr"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        rows = model_admin.get_queryset(request).order_by("-year")
        return [(str(year), str(year)) for year in rows.values_list("year", flat=True).distinct()]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        return queryset.filter(year=self.value()) if (self.value() or "").isdecimal() else queryset


@admin.register(AnnualReturn, site=site)
class AnnualReturnAdmin(ScopedAdmin):
    list_display = ("venue", "year", "opening_hours", "visits", "volunteers", "state")
    list_filter = (Year, "state", "venue__district")
    list_select_related = ("venue",)
    search_fields = ("venue__name",)
    search_help_text = "Begegnungsstätte"
    ordering = ("-year", "venue__sort", "pk")
    autocomplete_fields = ("venue",)
    fixed_later = ("venue", "year")
    readonly_fields = ("state", "question", "reported_on", "checked_on", "printed_on")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "venue",
                    "year",
                    "opening_hours",
                    "visits",
                    "volunteers",
                    "comment",
                    *readonly_fields,
                ),
                "description": "Leer heißt: nicht bekannt. 0 heißt: keine. Im Bericht zählen nur gemeldete und "
                "geprüfte Zahlen, und nur dort, wo niemand gezählt hat. Melden und Prüfen: auf der Seite "
                "„Jahresmeldung“ unter „Häuser verwalten“.",
            },
        ),
    )

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        last_year = timezone.localdate().year - 1
        return {"year": last_year} | super().get_changeform_initial_data(request)
