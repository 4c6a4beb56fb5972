"""How many people of 65 and more live in a Stadtbezirk: what a rate per 1,000 is counted against."""

import pghistory
from django.db import models
from django.db.models import Q

from .base import Record
from .district import District


@pghistory.track()
class Population(Record):
    """From a file of the city; without it the portal shows numbers and no rates."""

    YEARS = (2000, 2100)

    district = models.ForeignKey(
        District, on_delete=models.PROTECT, related_name="populations", verbose_name="Stadtbezirk"
    )
    year = models.PositiveSmallIntegerField("Jahr", help_text="Stand am 31. Dezember.")
    people = models.PositiveIntegerField("Menschen ab 65")
    source = models.CharField("Quelle", max_length=160, blank=True)

    class Meta:
        verbose_name = "Zahl der Menschen ab 65"
        verbose_name_plural = "Menschen ab 65 je Stadtbezirk"
        ordering = ["-year", "district"]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "year"],
                name="population_once_a_year",
                violation_error_message="Für dieses Jahr steht die Zahl des Stadtbezirks schon da.",
            ),
            models.CheckConstraint(
                condition=Q(year__range=(2000, 2100)),
                name="population_year",
                violation_error_message="Das Jahr muss zwischen 2000 und 2100 liegen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.district}, {self.year}"
