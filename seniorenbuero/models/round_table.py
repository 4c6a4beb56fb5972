"""Runde Tische: series, meetings and the organisations that come. What was said there: ``round_table_minutes``."""

import pghistory
from django.db import models
from django.db.models import F, Q

from seniorportal.models import Partner, Record, Venue

from .office import OFFICES


@pghistory.track()
class RoundTable(Record):
    office = models.ForeignKey(
        Venue,
        on_delete=models.PROTECT,
        related_name="round_tables",
        verbose_name="Seniorenbüro",
        limit_choices_to=OFFICES,
    )
    title = models.CharField("Titel", max_length=120)
    rhythm = models.CharField(
        "Wie oft", max_length=120, blank=True, help_text="In Worten, zum Beispiel: im Frühjahr und im Herbst."
    )
    usual_time = models.CharField(
        "Gewöhnlich wann", max_length=120, blank=True, help_text="Zum Beispiel: mittwochs von 15 bis 17 Uhr."
    )
    usual_place = models.CharField("Gewöhnlich wo", max_length=160, blank=True)

    class Meta:
        verbose_name = "Runder Tisch"
        verbose_name_plural = "Runde Tische"
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class RoundTableMeeting(Record):
    """``published`` shows day, topic, organisations that agreed and public decisions on the page of the office."""

    class State(models.TextChoices):
        PLANNED = "geplant", "geplant"
        HELD = "stattgefunden", "hat stattgefunden"
        CANCELLED = "ausgefallen", "ist ausgefallen"

    round_table = models.ForeignKey(
        RoundTable, on_delete=models.PROTECT, related_name="meetings", verbose_name="Runder Tisch"
    )
    date = models.DateField("Tag")
    start = models.TimeField("Beginn", null=True, blank=True)
    end = models.TimeField("Ende", null=True, blank=True)
    place = models.CharField("Ort", max_length=160, blank=True)
    topic = models.CharField("Thema", max_length=160, blank=True)
    state = models.CharField("Stand", max_length=14, choices=State, default=State.PLANNED)
    published = models.BooleanField("Auszug öffentlich", default=False)

    class Meta:
        verbose_name = "Treffen eines Runden Tisches"
        verbose_name_plural = "Treffen der Runden Tische"
        ordering = ["-date"]
        constraints = [
            models.UniqueConstraint(
                fields=["round_table", "date"],
                name="one_meeting_a_day",
                violation_error_message="An diesem Tag ist schon ein Treffen eingetragen.",
            ),
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(start__isnull=False, end__gt=F("start")),
                name="meeting_ends_after_it_began",
                violation_error_message="Das Ende liegt nicht nach dem Beginn.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_table}, {self.date:%d.%m.%Y}"


@pghistory.track()
class Attendance(Record):
    """An organisation at a meeting; invited counts as Netzwerkpartner as well as present.

    ``invited_on`` is the day of the letter or mail; empty while none was sent.
    """

    class State(models.TextChoices):
        INVITED = "eingeladen", "eingeladen"
        PRESENT = "dabei", "war dabei"
        EXCUSED = "entschuldigt", "entschuldigt"

    class Way(models.TextChoices):
        LETTER = "brief", "Brief"
        MAIL = "mail", "E-Mail"

    meeting = models.ForeignKey(
        RoundTableMeeting, on_delete=models.CASCADE, related_name="attendances", verbose_name="Treffen"
    )
    partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, related_name="attendances", verbose_name="Netzwerkpartner"
    )
    state = models.CharField("Stand", max_length=12, choices=State, default=State.INVITED)
    way = models.CharField("Eingeladen mit", max_length=6, choices=Way, blank=True, editable=False)
    invited_on = models.DateField("eingeladen am", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "Teilnahme"
        verbose_name_plural = "Teilnahmen"
        ordering = ["partner"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "partner"],
                name="partner_once_per_meeting",
                violation_error_message="Diese Organisation ist für das Treffen schon eingetragen.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.partner}: {self.get_state_display()}"
