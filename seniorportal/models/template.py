"""Vorlage: an offering as a carrier thinks of it, without place and dates, for all of its branches."""

import pghistory
from django.db import models

from seniorportal.text import sort_field

from .base import Record
from .carrier import Carrier


@pghistory.track()
class OfferingTemplate(Record):
    """``facts`` are columns of Offering as JSON keeps them, and slugs of vocabularies; who reads them checks."""

    carrier = models.ForeignKey(
        Carrier, on_delete=models.PROTECT, related_name="templates", verbose_name="Träger"
    )
    name = models.CharField("Name der Vorlage", max_length=160)
    facts = models.JSONField("Angaben", default=dict)
    sort = sort_field()

    class Meta:
        verbose_name = "Vorlage"
        verbose_name_plural = "Vorlagen"
        ordering = ["sort", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["carrier", "name"],
                name="one_template_per_name",
                violation_error_message="Eine Vorlage mit diesem Namen gibt es bei diesem Träger schon.",
            )
        ]

    def __str__(self) -> str:
        return self.name
