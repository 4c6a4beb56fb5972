"""Ehrenamtliche as statistical heads: what is counted, without a name."""

import pghistory
from django.db import models

from .base import Period, PeriodQuerySet, Record
from .carrier import Carrier
from .venue import Venue


@pghistory.track()
class Volunteer(Record):
    """One person who helps, known here by a number only; counted once however many venues there are."""

    carrier = models.ForeignKey(
        Carrier, on_delete=models.PROTECT, related_name="volunteers", verbose_name="Träger"
    )
    number = models.CharField(
        "Nummer", max_length=24, help_text="Vergibt der Träger. Kein Name, kein Geburtsdatum."
    )

    class Meta:
        verbose_name = "Ehrenamtliche oder Ehrenamtlicher"
        verbose_name_plural = "Ehrenamtliche"
        ordering = ["carrier", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["carrier", "number"],
                name="one_number_per_carrier",
                violation_error_message="Diese Nummer hat der Träger schon vergeben.",
            )
        ]

    def __str__(self) -> str:
        return self.number


@pghistory.track()
class Engagement(Period, Record):
    """A volunteer's activity at one venue."""

    volunteer = models.ForeignKey(
        Volunteer, on_delete=models.CASCADE, related_name="engagements", verbose_name="Ehrenamtliche*r"
    )
    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="engagements", verbose_name="Ort")
    task = models.CharField("Aufgabe", max_length=80, blank=True)
    hours_per_month = models.PositiveSmallIntegerField("Stunden im Monat", null=True, blank=True)
    submission = models.UUIDField(null=True, unique=True, editable=False)

    objects = PeriodQuerySet.as_manager()

    class Meta(Period.Meta):
        verbose_name = "Engagement"
        verbose_name_plural = "Engagements"
        ordering = ["volunteer", "active_from"]
        indexes = [models.Index(fields=["active_from", "active_until"])]

    def __str__(self) -> str:
        return self.task or "Mitarbeit"
