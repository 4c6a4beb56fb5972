"""Texts in other languages: one table per translated model, each knowing whether the German has changed since."""

import hashlib
from typing import Any, ClassVar

import pghistory
from django.db import models

from .base import Record
from .offering import Offering
from .venue import Venue
from .vocabulary import Language


class Translation(Record):
    """One language of one record. ``source_hash`` is the sha256 of the German fields when it was translated."""

    FIELDS: ClassVar[tuple[str, ...]] = ()

    language = models.ForeignKey(Language, on_delete=models.PROTECT, related_name="+", verbose_name="Sprache")
    source_hash = models.CharField("Fingerabdruck des Deutschen", max_length=64, editable=False)
    reviewed = models.BooleanField("gegengelesen", default=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.of} ({self.language})"  # type: ignore[attr-defined]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding or self.reviewed:
            self.source_hash = self.german_hash()
        super().save(*args, **kwargs)

    def german_hash(self) -> str:
        german = "\x1f".join(getattr(self.of, field) for field in self.FIELDS)  # type: ignore[attr-defined]
        return hashlib.sha256(german.encode()).hexdigest()

    def is_outdated(self) -> bool:
        """Whether the German text changed after it was translated."""
        return self.source_hash != self.german_hash()


@pghistory.track()
class VenueTranslation(Translation):
    FIELDS = ("description", "way")

    of = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="translations", verbose_name="Ort")
    description = models.TextField("Beschreibung", blank=True)
    way = models.TextField("Weg von der Haltestelle", blank=True)

    class Meta:
        verbose_name = "Übersetzung eines Ortes"
        verbose_name_plural = "Übersetzungen der Orte"
        constraints = [models.UniqueConstraint(fields=["of", "language"], name="one_venue_text_per_language")]


@pghistory.track()
class OfferingTranslation(Translation):
    FIELDS = ("title", "summary", "description")

    of = models.ForeignKey(
        Offering, on_delete=models.CASCADE, related_name="translations", verbose_name="Angebot"
    )
    title = models.CharField("Titel", max_length=160)
    summary = models.CharField("Kurz gesagt", max_length=240, blank=True)
    description = models.TextField("Beschreibung", blank=True)

    class Meta:
        verbose_name = "Übersetzung eines Angebots"
        verbose_name_plural = "Übersetzungen der Angebote"
        constraints = [
            models.UniqueConstraint(fields=["of", "language"], name="one_offering_text_per_language")
        ]
