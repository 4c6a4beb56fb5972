"""The few pages that are text and nothing else: the Redaktion keeps them, the paths are fixed."""

import re

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from .base import Record

GAP = re.compile(r"\[\[(.+?)\]\]")


@pghistory.track()
class Page(Record):
    """``text`` is written in the few marks of ``markup``; ``[[...]]`` is what only the operator can know."""

    class Key(models.TextChoices):
        EASY = "leichte-sprache", "Leichte Sprache"
        ACCESS = "barrierefreiheit", "Barrierefreiheit"
        IMPRINT = "impressum", "Impressum"
        PRIVACY = "datenschutz", "Datenschutz"

    key = models.CharField("Seite", max_length=20, choices=Key, unique=True)
    title = models.CharField("Überschrift", max_length=80)
    text = models.TextField(
        "Text",
        help_text="Eine leere Zeile beginnt einen Absatz, ## eine Überschrift, - einen Punkt einer Liste. "
        "[Wörter](/angebote/) ist ein Link, {Telefon} die Nummer der Stadt, [[...]] eine Lücke, die noch "
        "auszufüllen ist.",
    )

    class Meta:
        verbose_name = "feste Seite"
        verbose_name_plural = "feste Seiten"
        ordering = ["key"]

    def __str__(self) -> str:
        return self.title

    @property
    def gaps(self) -> list[str]:
        """What the operator still has to fill in."""
        return GAP.findall(self.text)

    def get_absolute_url(self) -> str:
        return reverse(f"public:{Page.Key(self.key).name.lower()}")

    def clean(self) -> None:
        if re.search(r"^# ", self.text, re.MULTILINE):
            raise ValidationError(
                {"text": "Die Überschrift der Seite steht im Feld darüber; im Text beginnt sie mit ##."}
            )
