"""On which weekdays somebody of an office is there, and which languages she speaks."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from seniorportal.models import Language, Membership, Record, Weekday


class WorkingWeek(Record):
    """The public page makes «Türkisch: montags» of it, and never says who speaks. No history: it follows nobody."""

    member = models.OneToOneField(
        Membership, on_delete=models.CASCADE, related_name="working_week", verbose_name="Mitgliedschaft"
    )
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(choices=Weekday),
        default=list,
        blank=True,
        verbose_name="Wochentage im Büro",
    )
    languages = models.ManyToManyField(
        Language,
        blank=True,
        related_name="+",
        verbose_name="Sprachen",
        help_text="Außer Deutsch.",
    )

    class Meta:
        verbose_name = "Arbeitswoche"
        verbose_name_plural = "Arbeitswochen"
        ordering = ["pk"]

    def __str__(self) -> str:
        return ", ".join(str(Weekday(day).label) for day in sorted(self.weekdays)) or "keine Tage bekannt"
