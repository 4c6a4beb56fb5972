"""Nachbarschaftshelfer*innen."""

import pghistory
from django.db import models

from seniorportal.models import Language, Period, PeriodQuerySet, Quarter, Record, Venue

from .office import OFFICES


@pghistory.track()
class Helper(Period, Record):
    """Nachbarschaftshelfer*in as a statistical head: number and facts, no name.

    ``active_from`` to ``active_until`` is the time with the state «aktiv»; it is what the report counts.
    """

    class Kind(models.TextChoices):
        OFFICE = "buero", "Nachbarschaftshilfe des Seniorenbüros"
        RECOGNISED = "anerkannt", "Nachbarschaftshilfe nach § 45b SGB XI (AnFöVO NRW)"

    class State(models.TextChoices):
        INTERESTED = "interesse", "interessiert"
        CHECKED = "geprueft", "geprüft"
        ACTIVE = "aktiv", "aktiv"
        PAUSED = "pause", "pausiert"
        LEFT = "ausgeschieden", "ausgeschieden"

    office = models.ForeignKey(
        Venue,
        on_delete=models.PROTECT,
        related_name="helpers",
        verbose_name="Seniorenbüro",
        limit_choices_to=OFFICES,
    )
    number = models.CharField("Nummer", max_length=24, unique=True, help_text="Vergibt das Büro. Kein Name.")
    kind = models.CharField("Art der Hilfe", max_length=10, choices=Kind, default=Kind.OFFICE)
    state = models.CharField("Stand", max_length=14, choices=State, default=State.INTERESTED)
    quarter = models.ForeignKey(
        Quarter, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Quartier"
    )
    languages = models.ManyToManyField(Language, blank=True, related_name="+", verbose_name="Sprachen")

    objects = PeriodQuerySet.as_manager()

    class Meta(Period.Meta):
        verbose_name = "Nachbarschaftshelfer*in"
        verbose_name_plural = "Nachbarschaftshelfer*innen"
        ordering = ["number"]

    def __str__(self) -> str:
        return self.number
