"""What helps people to find: other words for the same thing, names of old villages, what was looked for in vain."""

from typing import Any

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from .base import Record
from .consultation import ConsultationTopic
from .district import District, Quarter

MAIN_TOPICS = Q(parent__isnull=True)


@pghistory.track()
class Synonym(Record):
    """One way only: who types ``word`` also gets what ``means`` finds."""

    word = models.CharField(
        "gesucht wird", max_length=60, unique=True, help_text="So, wie Menschen es eintippen: Gehirnjogging"
    )
    means = models.CharField(
        "gemeint ist",
        max_length=200,
        help_text="So, wie es in den Angeboten steht; mehrere mit Komma: Gedächtnistraining, Denksport",
    )

    class Meta:
        verbose_name = "anderes Wort"
        verbose_name_plural = "andere Wörter (Suche)"
        ordering = ["word"]

    def __str__(self) -> str:
        return f"{self.word}: {self.means}"


@pghistory.track()
class PlaceAlias(Record):
    """A name that people use and the city's territory does not know; two rows where a village lies in two quarters."""

    name = models.CharField("Name", max_length=60)
    quarter = models.ForeignKey(
        Quarter,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="aliases",
        verbose_name="Quartier",
        help_text="Leer, wenn nur der Stadtbezirk sicher ist.",
    )
    district = models.ForeignKey(
        District, on_delete=models.PROTECT, related_name="aliases", verbose_name="Stadtbezirk"
    )
    source = models.CharField("Beleg", max_length=160, blank=True)

    class Meta:
        verbose_name = "Ortsname"
        verbose_name_plural = "Ortsnamen (Suche)"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "district", "quarter"],
                nulls_distinct=False,
                name="place_alias_once",
                violation_error_message="Dieser Name ist so schon eingetragen.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.quarter and self.district_id and self.quarter.district_id != self.district_id:
            raise ValidationError({"quarter": "Das Quartier liegt in einem anderen Stadtbezirk."})


@pghistory.track()
class Need(Record):
    """What people type when they need somebody rather than a date: answered first with a Seniorenbüro."""

    name = models.CharField("Name", max_length=60, unique=True)
    phrases = models.TextField(
        "Suchwörter",
        help_text="Eine Wendung je Zeile; alle ihre Wörter müssen vorkommen. Ein Stern steht für jede Endung: einsam*",
    )
    sentence = models.CharField(
        "Antwort", max_length=240, help_text="Ein, zwei freundliche Sätze. Sie stehen über den Ergebnissen."
    )
    topic = models.ForeignKey(
        ConsultationTopic,
        on_delete=models.PROTECT,
        related_name="needs",
        verbose_name="Seite",
        limit_choices_to=MAIN_TOPICS,
    )
    finds = models.CharField(
        "findet auch", max_length=200, blank=True, help_text="Wörter aus den Angeboten, mit Komma."
    )
    position = models.PositiveSmallIntegerField(
        "Reihenfolge", default=100, help_text="Passen mehrere, gilt die kleinste Zahl."
    )

    class Meta:
        verbose_name = "Anliegen"
        verbose_name_plural = "Anliegen (Suche)"
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class UnmetQuerySet(models.QuerySet):
    SHOWN_FROM = 3

    def seen_often(self) -> "models.QuerySet[Any, Any]":
        """One row a word and district, with ``times`` and ``last``, from the third occurrence there on.

        Counts of districts are no part of those of the city: filter by one district, or by none.
        """
        return (
            self.values("word", "district")
            .annotate(times=models.Sum("count"), last=models.Max("day"))
            .filter(times__gte=self.SHOWN_FROM)
            .order_by("-times", "word")
        )

    def of_seen_often(self) -> "models.QuerySet[Any, Any]":
        """The rows themselves, day by day, of what ``seen_often`` shows."""
        together = models.Window(models.Sum("count"), partition_by=["word", "district"])
        return self.annotate(together=together).filter(together__gte=self.SHOWN_FROM).order_by()


class UnmetSearch(models.Model):
    """How often a word was looked for in vain on a day. No digits, no addresses, nobody; gone after 90 days.

    Without a district: in the whole city. With one: by somebody who looked only there, whom another district might have
    had something for; a place that was typed with the word counts for both.
    """

    LONGEST = 30

    word = models.CharField("Wort", max_length=LONGEST)
    day = models.DateField("Tag")
    count = models.PositiveIntegerField("wie oft", default=1)
    district = models.ForeignKey(
        District,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Stadtbezirk",
        help_text="Leer: in der ganzen Stadt gesucht.",
    )

    objects = UnmetQuerySet.as_manager()

    class Meta:
        verbose_name = "Suche ohne Ergebnis"
        verbose_name_plural = "Suchen ohne Ergebnis"
        ordering = ["-day", "word"]
        constraints = [
            models.UniqueConstraint(
                fields=["word", "day", "district"],
                nulls_distinct=False,
                name="unmet_word_once_a_day_and_district",
            )
        ]

    def __str__(self) -> str:
        return self.word
