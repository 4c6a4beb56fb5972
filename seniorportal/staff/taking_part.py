"""What a house looks for, and what rates and amounts are counted with, as records. The tasks have own pages."""

from django.contrib import admin

from seniorportal.models import Opening, Parameter, Population

from .admin import ScopedAdmin
from .site import site


@admin.register(Opening, site=site)
class OpeningAdmin(ScopedAdmin):
    list_display = ("title", "venue", "hours", "active_until", "published")
    list_filter = ("published", "venue__district")
    list_select_related = ("venue",)
    search_fields = ("title", "venue__name")
    search_help_text = "Aufgabe oder Ort"
    autocomplete_fields = ("venue",)
    fixed_later = ("venue",)
    fieldsets = (
        (None, {"fields": ("venue", "title", "text", "hours", "thanks")}),
        ("Wen man anruft", {"fields": ("phone", "phone_label")}),
        ("Im Portal", {"fields": ("active_from", "active_until", "published")}),
    )


@admin.register(Parameter, site=site)
class ParameterAdmin(ScopedAdmin):
    list_display = ("name", "amount", "unit", "valid_from", "law")
    search_fields = ("name", "key")
    search_help_text = "Name"
    fixed_later = ("key",)
    fieldsets = (
        (
            None,
            {
                "fields": ("key", "name", "amount", "unit", "valid_from", "law", "source", "note"),
                "description": "Ändert das Gesetz den Betrag, legen Sie eine neue Zeile mit demselben Kürzel und dem "
                "Tag an, ab dem er gilt. Die alte bleibt stehen.",
            },
        ),
    )


@admin.register(Population, site=site)
class PopulationAdmin(ScopedAdmin):
    list_display = ("district", "year", "people", "source")
    list_filter = ("district",)
    list_select_related = ("district",)
    search_fields = ("district__name",)
    search_help_text = "Stadtbezirk"
    fixed_later = ("district", "year")
    fieldsets = ((None, {"fields": ("district", "year", "people", "source")}),)
