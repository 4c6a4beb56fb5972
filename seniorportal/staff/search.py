"""What editors keep for finding: other words, village names, needs, topic pages, numbers; and what was missed."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from seniorportal.models import EmergencyNumber, Need, PlaceAlias, Synonym, TopicPage, UnmetSearch

from .admin import ScopedAdmin
from .site import site
from .words import day, joined


@admin.register(Synonym, site=site)
class SynonymAdmin(ScopedAdmin):
    list_display = ("word", "means")
    search_fields = ("word", "means")
    fieldsets = (
        (
            None,
            {
                "fields": ("word", "means"),
                "description": "Wer das erste Wort sucht, findet auch, was zu den anderen passt. Umlaute, Mehrzahl, "
                "zusammengesetzte Wörter und Tippfehler erkennt die Suche von selbst. Gilt nach spätestens einer "
                "Minute.",
            },
        ),
    )


@admin.register(PlaceAlias, site=site)
class PlaceAliasAdmin(ScopedAdmin):
    list_display = ("name", "quarter", "district", "source")
    list_filter = ("district",)
    list_select_related = ("quarter", "district")
    search_fields = ("name",)
    fieldsets = ((None, {"fields": ("name", "district", "quarter", "source")}),)


@admin.register(Need, site=site)
class NeedAdmin(ScopedAdmin):
    list_display = ("name", "sentence", "topic", "position")
    list_filter = ("topic",)
    list_select_related = ("topic",)
    search_fields = ("name", "phrases")
    search_help_text = "Name oder Suchwort"
    fieldsets = (
        (None, {"fields": ("name", "sentence", "topic")}),
        (
            "Woran man es erkennt",
            {
                "fields": ("phrases", "finds", "position"),
                "description": "Reihenfolge bis 10: eine Notlage; die Nummern stehen dann gleich unter der Antwort.",
            },
        ),
    )


@admin.register(TopicPage, site=site)
class TopicPageAdmin(ScopedAdmin):
    list_display = ("title", "topic", "numbers", "published")
    list_select_related = ("topic",)
    search_fields = ("title", "lead")
    fixed_later = ("topic",)
    formfield_overrides: ClassVar[dict[Any, Any]] = {
        models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple}
    }
    fieldsets = (
        (
            None,
            {
                "fields": ("topic", "title", "lead", "published"),
                "description": "Sie-Form, kurze Sätze, keine Zusagen. Beträge nur mit dem Stand, zu dem sie galten.",
            },
        ),
        ("Inhalt", {"fields": ("does", "bring", "note", "categories")}),
    )

    def for_list(self, rows: models.QuerySet[Any], request: HttpRequest) -> models.QuerySet[Any]:
        return rows.prefetch_related("topic__emergency_numbers")

    @admin.display(description="Nummern")
    def numbers(self, page: TopicPage) -> str:
        return joined(number.name for number in page.topic.emergency_numbers.all())


@admin.register(EmergencyNumber, site=site)
class EmergencyNumberAdmin(ScopedAdmin):
    list_display = ("name", "number", "checked", "urgent", "published", "position")
    list_filter = ("urgent", "published")
    search_fields = ("name", "number")
    formfield_overrides: ClassVar[dict[Any, Any]] = {
        models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple}
    }
    fieldsets = (
        (None, {"fields": ("name", "number", "note", "urgent", "topics", "published", "position")}),
        (
            "Prüfung",
            {
                "fields": ("source", "checked_on"),
                "description": "Bitte einmal im Jahr bei der Stelle nachsehen oder anrufen und den Tag eintragen.",
            },
        ),
    )

    @admin.display(description="geprüft am", ordering="checked_on")
    def checked(self, number: EmergencyNumber) -> str:
        return day(number.checked_on) if number.checked_on else "bitte prüfen"


@admin.register(UnmetSearch, site=site)
class UnmetSearchAdmin(ScopedAdmin):
    """From the third time on, in the city or in one district; by word and day, and never by whom."""

    list_display = ("word", "day", "district", "count")
    list_filter = ("district",)
    list_select_related = ("district",)
    search_fields = ("word",)
    date_hierarchy = "day"
    fieldsets = ((None, {"fields": ("word", "day", "district", "count")}),)
