"""Runde Tische: series, meetings and the organisations that come."""

import pghistory
from django.db import models

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

    class Meta:
        verbose_name = "Runder Tisch"
        verbose_name_plural = "Runde Tische"
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class RoundTableMeeting(Record):
    round_table = models.ForeignKey(
        RoundTable, on_delete=models.PROTECT, related_name="meetings", verbose_name="Runder Tisch"
    )
    date = models.DateField("Tag")
    topic = models.CharField("Thema", max_length=160, blank=True)

    class Meta:
        verbose_name = "Treffen eines Runden Tisches"
        verbose_name_plural = "Treffen der Runden Tische"
        ordering = ["-date"]
        constraints = [
            models.UniqueConstraint(
                fields=["round_table", "date"],
                name="one_meeting_a_day",
                violation_error_message="An diesem Tag ist schon ein Treffen eingetragen.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.round_table}, {self.date:%d.%m.%Y}"


@pghistory.track()
class Attendance(Record):
    """An organisation at a meeting; invited counts as Netzwerkpartner as well as present."""

    class State(models.TextChoices):
        INVITED = "eingeladen", "eingeladen"
        PRESENT = "dabei", "war dabei"
        EXCUSED = "entschuldigt", "entschuldigt"

    meeting = models.ForeignKey(
        RoundTableMeeting, on_delete=models.CASCADE, related_name="attendances", verbose_name="Treffen"
    )
    partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, related_name="attendances", verbose_name="Netzwerkpartner"
    )
    state = models.CharField("Stand", max_length=12, choices=State, default=State.INVITED)

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
