"""Closed lists, the territory, the calendar, carriers and partners: the shared vocabulary of the portal."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from seniorportal.models import (
    CalendarDay,
    Carrier,
    Category,
    ConsultationTopic,
    District,
    Language,
    Partner,
    Quarter,
    TargetGroup,
    free_slug,
)

from .admin import ScopedAdmin
from .site import site
from .words import joined


class Slugged(ScopedAdmin):
    """The path segment is made once, from the first name; links to it keep working when the name changes."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.slug = obj.slug or free_slug(type(obj), obj.name)
        super().save_model(request, obj, form, change)


@admin.register(Category, TargetGroup, site=site)
class WordAdmin(Slugged):
    list_display = ("name", "slug", "position")
    search_fields = ("name",)
    fieldsets = ((None, {"fields": ("name", "position")}),)


@admin.register(Language, site=site)
class LanguageAdmin(Slugged):
    list_display = ("name", "code", "position")
    search_fields = ("name", "code")
    fieldsets = ((None, {"fields": ("name", "code", "position")}),)


@admin.register(ConsultationTopic, site=site)
class ConsultationTopicAdmin(Slugged):
    list_display = ("name", "code", "parent", "position")
    list_select_related = ("parent",)
    search_fields = ("name", "code")
    fieldsets = ((None, {"fields": ("name", "code", "parent", "position")}),)


@admin.register(District, site=site)
class DistrictAdmin(ScopedAdmin):
    list_display = ("name", "slug")
    search_fields = ("name",)
    fieldsets = ((None, {"fields": ("name", "slug")}),)


@admin.register(Quarter, site=site)
class QuarterAdmin(ScopedAdmin):
    list_display = ("name", "code", "district")
    list_filter = ("district",)
    list_select_related = ("district",)
    search_fields = ("name", "code")
    fieldsets = ((None, {"fields": ("name", "code", "district", "slug")}),)


@admin.register(CalendarDay, site=site)
class CalendarDayAdmin(ScopedAdmin):
    list_display = ("date", "public_holiday", "school_holiday")
    search_fields = ("public_holiday", "school_holiday")
    search_help_text = "Feiertag oder Schulferien"
    date_hierarchy = "date"
    fieldsets = ((None, {"fields": ("date", "public_holiday", "school_holiday")}),)


@admin.register(Carrier, site=site)
class CarrierAdmin(Slugged):
    list_display = ("name", "short_name", "kind", "parent", "phone")
    list_filter = ("kind",)
    list_select_related = ("parent",)
    search_fields = ("name", "short_name")
    search_help_text = "Name oder Kurzname"
    autocomplete_fields = ("parent",)
    fieldsets = (
        (None, {"fields": ("name", "short_name", "kind", "parent")}),
        ("Zu erreichen", {"fields": ("phone", "email", "website")}),
    )


@admin.register(Partner, site=site)
class PartnerAdmin(ScopedAdmin):
    list_display = ("name", "kind", "in_districts", "phone", "may_be_published")
    list_filter = ("kind", "districts", "may_be_published")
    search_fields = ("name",)
    search_help_text = "Name der Organisation"
    fieldsets = (
        (
            None,
            {
                "fields": ("name", "kind", "districts", "active_until"),
                "description": "Organisationen, keine Personen. Doppelte finden und zusammenführen: "
                "auf den Seiten des Netzwerks.",
            },
        ),
        ("Zu erreichen", {"fields": ("phone", "email", "website", "street", "postal_code", "city")}),
        ("Veröffentlichen", {"fields": (("may_be_published", "consent_on"),)}),
    )

    def for_list(self, rows: models.QuerySet[Any], request: HttpRequest) -> models.QuerySet[Any]:
        return rows.prefetch_related("districts")

    @admin.display(description="Stadtbezirke")
    def in_districts(self, partner: Partner) -> str:
        return joined(partner.districts.all())
