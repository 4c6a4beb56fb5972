"""What carriers agree on about a joint offering: whose part of its visits is how large."""

import pghistory
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from .base import Record
from .carrier import Carrier
from .offering import Offering


@pghistory.track()
class OfferingShare(Record):
    """One carrier's part of a joint offering in percent.

    Shares count when every carrier of the offering has one and they make 100; else all count the same part.
    """

    offering = models.ForeignKey(
        Offering, on_delete=models.CASCADE, related_name="shares", verbose_name="Angebot"
    )
    carrier = models.ForeignKey(
        Carrier, on_delete=models.PROTECT, related_name="shares", verbose_name="Träger"
    )
    percent = models.PositiveSmallIntegerField("Anteil in Prozent", validators=[MaxValueValidator(100)])

    class Meta:
        verbose_name = "Anteil an einem Angebot"
        verbose_name_plural = "Anteile an gemeinsamen Angeboten"
        ordering = ["offering", "carrier"]
        constraints = [
            models.UniqueConstraint(
                fields=["offering", "carrier"],
                name="one_share_per_carrier",
                violation_error_message="Dieser Träger hat schon einen Anteil.",
            ),
            models.CheckConstraint(
                condition=Q(percent__lte=100),
                name="share_at_most_all",
                violation_error_message="Mehr als 100 Prozent gibt es nicht.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.carrier}: {self.percent} %"
