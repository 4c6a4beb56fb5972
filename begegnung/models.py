"""Chapter 1 of the Kurzbericht: Offene Seniorenarbeit in Begegnungsstätten."""

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from seniorportal.models import Record, ReportArea, Venue


class MeetingPlace(Record):
    """What a venue is as one of the 158 Begegnungsstätten."""

    class Staffing(models.TextChoices):
        VOLUNTARY = "ehrenamt", "ehrenamtlich geführt"
        PROFESSIONAL = "hauptamt", "hauptamtlich geführt"

    venue = models.OneToOneField(
        Venue,
        on_delete=models.CASCADE,
        related_name="meeting_place",
        verbose_name="Ort",
        limit_choices_to={"report_area": ReportArea.MEETING_PLACES},
    )
    kind = models.CharField(
        "Zuschnitt", max_length=80, blank=True, help_text="zum Beispiel Gemeindehaus, Nachbarschaftstreff"
    )
    staffing = models.CharField(
        "Führung", max_length=8, choices=Staffing, blank=True, help_text="Leer: nicht bekannt."
    )

    class Meta:
        verbose_name = "Begegnungsstätte"
        verbose_name_plural = "Begegnungsstätten"
        ordering = ["venue"]

    def __str__(self) -> str:
        return str(self.venue)


@pghistory.track()
class AnnualReturn(Record):
    """Jahresmeldung: what a Begegnungsstätte declares for one calendar year; empty is missing, not 0.

    It fills what nobody counted: hours in whole hours, visits, heads of volunteers.
    """

    class State(models.TextChoices):
        DRAFT = "entwurf", "Entwurf"
        REPORTED = "gemeldet", "gemeldet"
        CHECKED = "geprueft", "geprüft"

    venue = models.ForeignKey(
        Venue,
        on_delete=models.PROTECT,
        related_name="annual_returns",
        verbose_name="Begegnungsstätte",
        limit_choices_to={"report_area": ReportArea.MEETING_PLACES},
    )
    year = models.PositiveSmallIntegerField(
        "Jahr", validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    opening_hours = models.PositiveIntegerField("Öffnungsstunden (geschätzt)", null=True, blank=True)
    visits = models.PositiveIntegerField("Besuche (geschätzt)", null=True, blank=True)
    volunteers = models.PositiveIntegerField("Ehrenamtliche (gemeldet)", null=True, blank=True)
    state = models.CharField("Stand", max_length=8, choices=State, default=State.DRAFT)
    comment = models.TextField("Bemerkung", blank=True, help_text="Keine Namen.")

    class Meta:
        verbose_name = "Jahresmeldung"
        verbose_name_plural = "Jahresmeldungen"
        ordering = ["-year", "venue"]
        constraints = [
            models.UniqueConstraint(
                fields=["venue", "year"],
                name="one_return_per_year",
                violation_error_message="Für dieses Jahr gibt es schon eine Meldung.",
            ),
            models.CheckConstraint(
                condition=Q(year__range=(2000, 2100)),
                name="return_year",
                violation_error_message="Das Jahr muss zwischen 2000 und 2100 liegen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.venue} {self.year}"
