"""Months of an office whose figures are reported."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from seniorportal.models import Record, Venue

from .office import OFFICES


@pghistory.track()
class ClosedMonth(Record):
    """A month of an office whose figures are reported: its Beratungen can be read, not changed.

    Without a row a month stays open until its year is closed (``seniorenbuero.months``).
    """

    office = models.ForeignKey(
        Venue,
        on_delete=models.PROTECT,
        related_name="closed_months",
        verbose_name="Seniorenbüro",
        limit_choices_to=OFFICES,
    )
    month = models.DateField("Monat", help_text="Der erste Tag des Monats.")
    closed_on = models.DateField("abgeschlossen am", default=timezone.localdate, editable=False)

    class Meta:
        verbose_name = "abgeschlossener Monat"
        verbose_name_plural = "abgeschlossene Monate"
        ordering = ["-month"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "month"],
                name="month_closed_once",
                violation_error_message="Dieser Monat ist schon abgeschlossen.",
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="closed_month_is_its_first_day",
                violation_error_message="Bitte den ersten Tag des Monats angeben.",
            ),
        ]

    def __str__(self) -> str:
        return date_format(self.month, "F Y")
