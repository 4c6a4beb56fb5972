"""The navigation below /begegnung/verwalten/: which pages a person may open, under which word."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.db import models
from django.http import HttpRequest
from django.urls import reverse

from begegnung.models import VenueNote
from seniorportal import access
from seniorportal.access import Right
from seniorportal.models import (
    Engagement,
    Idea,
    Offering,
    OfferingShare,
    OfferingTemplate,
    Opening,
    Population,
    Visit,
)

register = template.Library()
EVERYBODY = None


@dataclass(frozen=True)
class Entry:
    """``family``: beginnings of the names of the pages that stand below this one; ``of``: who may on any of these."""

    title: str
    name: str
    family: tuple[str, ...] = ()
    of: tuple[Right, tuple[type[models.Model], ...]] | None = EVERYBODY

    def open_to(self, user: Any) -> bool:
        return self.of is None or any(access.offers(user, self.of[0], model) for model in self.of[1])

    def told(self, here: str) -> dict[str, Any]:
        return {
            "path": reverse(self.name if ":" in self.name else f"begegnung:manage:{self.name}"),
            "title": self.title,
            "here": here == self.name or here.startswith(self.family or ("-",)),
        }


GROUPS: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    (
        "",
        (
            Entry("Meine Häuser", "houses", ("venue", "confirm", "offerings", "offering_new", "half_year")),
            Entry("Besuche zählen", "count", ("count_",)),
            Entry("Heute fällt aus", "called_off"),
            Entry("Programme drucken", "programmes_now", ("programmes",)),
        ),
    ),
    (
        "Häuser und Angebote",
        (
            Entry("Schließen und öffnen", "closings", ("closing",)),
            Entry("Treffpunkte", "points", ("point",), (Right.CHANGE, (Offering,))),
            Entry("Vorlagen", "templates", ("template",), (Right.SEE, (OfferingTemplate,))),
            Entry("Wandzettel", "sheets", ("sheet",)),
        ),
    ),
    (
        "Menschen",
        (
            Entry("Ehrenamtliche", "volunteers", ("volunteer", "engagement"), (Right.SEE, (Engagement,))),
            Entry(
                "Mitmachen",
                "taking_part",
                ("opening", "new_opening", "idea"),
                (Right.CHANGE, (Opening, Idea)),
            ),
            Entry("Karte: angekommen", "arrival:hall", (), (Right.ADD, (Visit,))),
            Entry("Notizen zu Häusern", "notes", ("notes_",), (Right.SEE, (VenueNote,))),
        ),
    ),
    (
        "Zahlen",
        (
            Entry("Jahresmeldung", "returns_now", ("return", "packet")),
            Entry("Bedarfskarte", "needs", ("population",), (Right.SEE, (Population,))),
            Entry("Zahlen unseres Trägers", "shares", (), (Right.EXPORT, (OfferingShare,))),
        ),
    ),
    ("", (Entry("Übersicht", "staff:overview"),)),
)


@register.simple_tag
def manage_nav(request: HttpRequest) -> list[dict[str, Any]]:
    """Groups with a title stand folded, the others open. No statement of its own."""
    match = request.resolver_match
    here = match.view_name.removeprefix("begegnung:manage:") if match else ""
    found = []
    for title, entries in GROUPS:
        pages = [entry.told(here) for entry in entries if entry.open_to(request.user)]
        if pages:
            found.append({"title": title, "pages": pages, "here": any(page["here"] for page in pages)})
    return found
