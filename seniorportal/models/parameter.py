"""Gesetzliche Beträge with the day from which they hold: shown as information, never a decision."""

import datetime as dt
from typing import Self

import pghistory
from django.core.validators import MinValueValidator
from django.db import models

from .base import Record


class ParameterQuerySet(models.QuerySet):
    def on(self, day: dt.date) -> Self:
        """Of each key the amount that holds on that day."""
        return self.filter(valid_from__lte=day).order_by("key", "-valid_from").distinct("key")


@pghistory.track()
class Parameter(Record):
    """A new amount is a new row with a later first day; the older ones stay, for what was asked about then."""

    key = models.SlugField(
        "Kürzel", max_length=40, help_text="Für jeden Betrag eines, durch alle Jahre: ehrenamtspauschale"
    )
    name = models.CharField("Name", max_length=120)
    amount = models.DecimalField("Betrag", max_digits=9, decimal_places=2, validators=[MinValueValidator(0)])
    unit = models.CharField("Einheit", max_length=40, default="Euro im Jahr")
    valid_from = models.DateField("gilt ab")
    law = models.CharField("Rechtsgrundlage", max_length=120)
    source = models.CharField("Beleg", max_length=200, help_text="Wo nachgesehen, und wann.")
    note = models.CharField("Hinweis", max_length=240, blank=True)

    objects = ParameterQuerySet.as_manager()

    class Meta:
        verbose_name = "gesetzlicher Betrag"
        verbose_name_plural = "gesetzliche Beträge"
        ordering = ["key", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "valid_from"],
                name="one_amount_a_day",
                violation_error_message="Ab diesem Tag steht der Betrag schon da.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ab {self.valid_from:%d.%m.%Y}"
