"""Sums of Beratungen. Machine-made: triggers on Beratungen and their topics keep them (migration 0007)."""

from django.db import models
from django.db.models import Q

from seniorportal.models import Venue


class ConsultationCount(models.Model):
    """How many Beratungen of an office and a month have a value of a kind: the sum of all rows of one key.

    Whoever writes a Beratung only adds rows here, which are ``waiting``; now and then they are folded into one. So
    nobody waits for anybody, and a number is never older than the last entry. Wrong numbers count nowhere.
    """

    class Kind(models.TextChoices):
        ALL = "alle", "Beratungen"
        CONTACT = "kontakt", "Kontakt"  # value: erster, weiterer
        CHANNEL = "weg", "Weg"
        OUTCOME = "ergebnis", "Ergebnis"
        DISTRICT = "bezirk", "Stadtbezirk"  # value: its key; empty where it is not known
        TOPIC = "thema", "Thema"  # value: the key of the topic as it was chosen

    # Rows of an office that is gone mean nothing; a constraint would make its removal depend on the order of tables.
    office = models.ForeignKey(
        Venue, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+", verbose_name="Seniorenbüro"
    )
    month = models.DateField("Monat")
    kind = models.CharField("Gliederung", max_length=8, choices=Kind)
    value = models.CharField("Ausprägung", max_length=20)
    number = models.IntegerField("Zahl")
    waiting = models.BooleanField("noch nicht zusammengefasst", default=True)

    class Meta:
        verbose_name = "Summe der Beratungen"
        verbose_name_plural = "Summen der Beratungen"
        indexes = [
            models.Index(
                fields=["kind", "month", "office", "value"], include=["number"], name="consultation_sums"
            ),
            models.Index(fields=["waiting"], condition=Q(waiting=True), name="consultation_sums_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%m.%Y} {self.kind} {self.value}: {self.number:+}"
