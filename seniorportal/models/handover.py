"""Übergabe: open requests went from one person to another, or to another Seniorenbüro."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from .base import Record
from .venue import Venue


class HandOver(Record):
    """The trace of an act: who gave how many requests to whom on which day, and nothing about any of them."""

    MONTHS_KEPT = 24

    office = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="+", verbose_name="Seniorenbüro")
    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="von",
        help_text="Leer: was noch niemand übernommen hatte.",
    )
    taker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="an"
    )
    taking_office = models.ForeignKey(
        Venue, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="an das Seniorenbüro"
    )
    number = models.PositiveIntegerField("Anliegen")
    day = models.DateField("Tag", default=timezone.localdate)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="eingetragen von",
    )

    class Meta:
        verbose_name = "Übergabe"
        verbose_name_plural = "Übergaben"
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(taker__isnull=True) | models.Q(taking_office__isnull=True),
                name="hand_over_to_one",
                violation_error_message="Übergeben wird an eine Person oder an ein Büro.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.day:%d.%m.%Y}: {self.number}"
