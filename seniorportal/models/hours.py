"""When a venue is open, when it is closed, and when somebody answers its telephone."""

import pghistory
from django.db import models
from django.db.models import F, Q

from .base import Record
from .venue import Venue


class Weekday(models.IntegerChoices):
    MONDAY = 0, "Montag"
    TUESDAY = 1, "Dienstag"
    WEDNESDAY = 2, "Mittwoch"
    THURSDAY = 3, "Donnerstag"
    FRIDAY = 4, "Freitag"
    SATURDAY = 5, "Samstag"
    SUNDAY = 6, "Sonntag"


class WeeklyHours(models.Model):
    """From ``opens`` to ``closes`` local time on one weekday."""

    weekday = models.PositiveSmallIntegerField("Wochentag", choices=Weekday)
    opens = models.TimeField("von")
    closes = models.TimeField("bis")

    class Meta:
        abstract = True
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")),
                name="%(app_label)s_%(class)s_order",
                violation_error_message="Das Ende liegt nicht nach dem Anfang.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M} bis {self.closes:%H:%M} Uhr"


@pghistory.track()
class OpeningHours(WeeklyHours, Record):
    venue = models.ForeignKey(
        Venue, on_delete=models.CASCADE, related_name="opening_hours", verbose_name="Ort"
    )
    valid_from = models.DateField("gilt ab", null=True, blank=True)
    valid_until = models.DateField("gilt bis", null=True, blank=True, help_text="Letzter Tag.")
    on_public_holidays = models.BooleanField("auch an Feiertagen", default=False)
    note = models.CharField("Hinweis", max_length=120, blank=True)

    class Meta(WeeklyHours.Meta):
        verbose_name = "Öffnungszeit"
        verbose_name_plural = "Öffnungszeiten"
        constraints = [
            *WeeklyHours.Meta.constraints,
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="opening_hours_validity",
                violation_error_message="Der letzte Tag liegt vor dem ersten.",
            ),
        ]


@pghistory.track()
class Closure(Record):
    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="closures", verbose_name="Ort")
    first_day = models.DateField("geschlossen von")
    last_day = models.DateField("bis", help_text="Letzter Tag.")
    reason = models.CharField("Grund", max_length=120, blank=True)
    notice = models.ForeignKey(
        "seniorportal.Notice",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="closures",
        verbose_name="Schließung",
        help_text="Der Akt, der diese Schließzeit machte und sie wieder beendet.",
    )

    class Meta:
        verbose_name = "Schließzeit"
        verbose_name_plural = "Schließzeiten"
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="closure_order",
                violation_error_message="Der letzte Tag liegt vor dem ersten.",
            )
        ]

    def __str__(self) -> str:
        return f"geschlossen {self.first_day:%d.%m.%Y} bis {self.last_day:%d.%m.%Y}"


@pghistory.track()
class ContactPoint(Record):
    """A telephone number or an address of an institution, never of a private person."""

    class Kind(models.TextChoices):
        PHONE = "telefon", "Telefon"
        EMAIL = "email", "E-Mail"

    venue = models.ForeignKey(
        Venue, on_delete=models.CASCADE, related_name="contact_points", verbose_name="Ort"
    )
    kind = models.CharField("Art", max_length=8, choices=Kind, default=Kind.PHONE)
    value = models.CharField("Nummer oder Adresse", max_length=120)
    label = models.CharField("Wer antwortet", max_length=80, blank=True, help_text="Funktion, kein Name.")
    position = models.PositiveSmallIntegerField("Reihenfolge", default=0)

    class Meta:
        verbose_name = "Kontakt"
        verbose_name_plural = "Kontakte"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.value


class ContactHours(WeeklyHours, Record):
    contact_point = models.ForeignKey(
        ContactPoint, on_delete=models.CASCADE, related_name="hours", verbose_name="Kontakt"
    )

    class Meta(WeeklyHours.Meta):
        verbose_name = "Sprechzeit am Telefon"
        verbose_name_plural = "Sprechzeiten am Telefon"
