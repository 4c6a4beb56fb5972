"""Chapter 1 of the Kurzbericht: Offene Seniorenarbeit in Begegnungsstätten."""

import pghistory
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from seniorportal.models import Record, ReportArea, Venue


class MeetingPlace(Record):
    """What a venue is as one of the 158 Begegnungsstätten."""

    class Staffing(models.TextChoices):
        VOLUNTARY = "ehrenamt", "ehrenamtlich geführt"
        PROFESSIONAL = "hauptamt", "hauptamtlich geführt"

    class Counting(models.TextChoices):
        """How the month sheet asks: the scopes of a Visit that a hall fills in itself."""

        DAY = "tag", "jeden Tag an der Tür"
        MONTH = "monat", "einmal im Monat"

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
    counting = models.CharField(
        "Besuche werden gezählt",
        max_length=5,
        choices=Counting,
        blank=True,
        help_text="Leer: wie zuletzt, sonst einmal im Monat.",
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

    Only corrections are stored: where a number is empty, what was counted and computed stands. Visits and volunteers
    declared here fill what nobody counted; hours declared here go over the computed ones. Reported and checked returns
    are in the report, drafts are not.
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
    question = models.CharField(
        "Rückfrage", max_length=400, blank=True, help_text="Von denen, die prüfen. Keine Namen."
    )
    printed_on = models.DateField("Bogen gedruckt am", null=True, blank=True, editable=False)
    reported_on = models.DateField("gemeldet am", null=True, blank=True, editable=False)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="gemeldet von",
    )
    checked_on = models.DateField("geprüft am", null=True, blank=True, editable=False)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="geprüft von",
    )

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
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("reported_by")),
                name="return_four_eyes",
                violation_error_message="Prüfen muss eine zweite Person.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.venue} {self.year}"


class VenueNote(Record):
    """What those who look after a venue tell each other about it.

    Never about persons. Anybody of them may delete it; no history keeps it, and after a year it goes by itself.
    """

    KEPT_MONTHS = 12

    submission = models.UUIDField(null=True, unique=True, editable=False)
    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="notes", verbose_name="Ort")
    text = models.TextField(
        "Notiz", max_length=400, help_text="Nur zum Haus. Keine Namen, nichts über Personen."
    )
    written_on = models.DateField("geschrieben am")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name="geschrieben von",
    )

    class Meta:
        verbose_name = "Notiz zu einem Ort"
        verbose_name_plural = "Notizen zu Orten"
        ordering = ["-written_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.venue}, {self.written_on:%d.%m.%Y}"
