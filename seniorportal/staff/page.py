"""Fixed pages: Leichte Sprache, Barrierefreiheit, Impressum, Datenschutz. They are there already; the "
"Redaktion writes."""

from django.contrib import admin

from seniorportal.models import Page

from .admin import ScopedAdmin
from .site import site


@admin.register(Page, site=site)
class PageAdmin(ScopedAdmin):
    list_display = ("title", "key", "missing")
    search_fields = ("title", "text")
    search_help_text = "Wort im Text"
    fixed_later = ("key",)
    fieldsets = (
        (
            None,
            {
                "fields": ("key", "title", "text"),
                "description": "Was in doppelten eckigen Klammern steht, kann nur die Betreiberin wissen. Auf "
                "der Seite steht dort, "
                "dass es noch fehlt. Die Angaben über Cookies und Löschfristen unter „Datenschutz“ schreibt das "
                "Portal selbst. "
                "Leichte Sprache: ein Gedanke je Zeile, kurze Wörter, lange Wörter mit Bindestrich.",
            },
        ),
    )

    @admin.display(description="auszufüllen")
    def missing(self, page: Page) -> str:
        return str(len(page.gaps)) if page.gaps else "–"
