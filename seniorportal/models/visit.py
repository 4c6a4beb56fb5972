"""Besuche: visits, never persons (Kurzbericht: Gesamtbesucherzahl)."""

import pghistory
from django.db import models
from django.db.models import Q

from .base import Record
from .offering import Occurrence
from .venue import Venue


@pghistory.track()
class Visit(Record):
    """One count. Per venue a date goes over the door, the door over the month, the month over the year: never added.

    ``count`` 0 means nobody came, ``closed`` that the venue was closed; no row means that nobody counted.
    """

    class Scope(models.TextChoices):
        DATE = "termin", "ein Termin"
        DAY = "tag", "ein Tag an der Tür"
        MONTH = "monat", "ein Monat"
        YEAR = "jahr", "ein Jahr"

    class Method(models.TextChoices):
        COUNTED = "gezaehlt", "gezählt"
        ESTIMATED = "geschaetzt", "geschätzt"

    venue = models.ForeignKey(
        Venue, on_delete=models.PROTECT, null=True, blank=True, related_name="visits", verbose_name="Ort"
    )
    occurrence = models.OneToOneField(
        Occurrence,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="visit",
        verbose_name="Termin",
    )
    scope = models.CharField("gezählt wurde", max_length=8, choices=Scope)
    first_day = models.DateField("Tag", help_text="Bei Monat und Jahr der erste Tag.")
    count = models.PositiveIntegerField("Besuche", null=True, blank=True)
    closed = models.BooleanField("geschlossen", default=False)
    method = models.CharField("Methode", max_length=10, choices=Method, default=Method.COUNTED)

    class Meta:
        verbose_name = "Besuchszahl"
        verbose_name_plural = "Besuche"
        ordering = ["-first_day", "pk"]
        indexes = [models.Index(fields=["first_day"])]
        constraints = [
            models.UniqueConstraint(
                fields=["venue", "scope", "first_day"],
                condition=~Q(scope="termin"),
                name="one_count_per_venue_and_time",
                violation_error_message="Für diesen Ort und diese Zeit gibt es schon eine Zahl.",
            ),
            models.CheckConstraint(
                condition=Q(closed=True, count__isnull=True) | Q(closed=False, count__isnull=False),
                name="visit_counted_or_closed",
                violation_error_message="Entweder eine Zahl eintragen (auch 0) oder „geschlossen“ ankreuzen.",
            ),
            models.CheckConstraint(
                condition=Q(scope="termin", occurrence__isnull=False)
                | (~Q(scope="termin") & Q(occurrence__isnull=True, venue__isnull=False)),
                name="visit_of_date_or_venue",
                violation_error_message="Ein Termin braucht den Termin, alles andere den Ort.",
            ),
            models.CheckConstraint(
                condition=Q(scope__in=["termin", "tag"])
                | Q(scope="monat", first_day__day=1)
                | Q(scope="jahr", first_day__day=1, first_day__month=1),
                name="visit_starts_its_period",
                violation_error_message="Ein Monat und ein Jahr beginnen am ersten Tag.",
            ),
        ]

    def __str__(self) -> str:
        number = "geschlossen" if self.closed else f"{self.count} Besuche"
        return f"{number} ({self.get_scope_display()}, {self.first_day:%d.%m.%Y})"
