"""One of the twelve Seniorenbüros: what a venue is besides."""

from django.db import models

from seniorportal.models import Record, ReportArea, Venue

OFFICES = {"report_area": ReportArea.OFFICES}


class Office(Record):
    """What a venue is as one of the twelve Seniorenbüros, carried by city and association as equals."""

    venue = models.OneToOneField(
        Venue, on_delete=models.CASCADE, related_name="office", verbose_name="Ort", limit_choices_to=OFFICES
    )
    hours_note = models.CharField("Sprechzeiten in Worten", max_length=160, blank=True)
    home_visits = models.BooleanField("Hausbesuche", null=True, blank=True, help_text="Leer: nicht bekannt.")
    home_visits_note = models.CharField(
        "Hausbesuche in Worten",
        max_length=160,
        blank=True,
        help_text="Zum Beispiel: montags bis donnerstags, nach Absprache am Telefon.",
    )

    class Meta:
        verbose_name = "Seniorenbüro"
        verbose_name_plural = "Seniorenbüros"
        ordering = ["venue"]

    def __str__(self) -> str:
        return str(self.venue)
