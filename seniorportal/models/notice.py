"""Schließung: one act that closes a venue, the venues of a carrier, of a district or of the city until a last day."""

import datetime as dt
import uuid
from typing import Any, Self

import pghistory
from django.db import models
from django.db.models import F, Q

from .account import User
from .base import Record
from .carrier import Carrier
from .district import District
from .offering import Occurrence
from .venue import Venue


class NoticeQuerySet(models.QuerySet):
    def standing(self, day: dt.date) -> Self:
        """Closing on that day or on a later one."""
        return self.filter(last_day__gte=day, taken_back=False)


@pghistory.track()
class Notice(Record):
    """What everybody reads while something is closed. ``closing.py`` keeps closures and dates in line with it.

    Reopening early moves the last day; ``taken_back`` is an act that ended before its first day.
    """

    class Scope(models.TextChoices):
        VENUE = "haus", "ein Haus"
        CARRIER = "traeger", "alle Häuser eines Trägers"
        DISTRICT = "stadtbezirk", "alle Häuser eines Stadtbezirks"
        CITY = "stadt", "alle Häuser der Stadt"

    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    scope = models.CharField("Was schließt", max_length=12, choices=Scope)
    venue = models.ForeignKey(
        Venue, on_delete=models.PROTECT, null=True, blank=True, related_name="notices", verbose_name="Haus"
    )
    carrier = models.ForeignKey(
        Carrier, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Träger"
    )
    district = models.ForeignKey(
        District,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Stadtbezirk",
    )
    first_day = models.DateField("geschlossen von")
    last_day = models.DateField("bis", help_text="Letzter Tag.")
    text = models.CharField(
        "Warum",
        max_length=120,
        help_text="Ein kurzer Satz, den alle lesen. Zum Beispiel: Wegen Sturmwarnung. Keine Namen.",
    )
    meeting_points = models.BooleanField(
        "Auch Treffpunkte ohne Haus fallen aus (Spaziergänge, Plauderbänke)", default=False
    )
    taken_back = models.BooleanField("zurückgenommen", default=False, editable=False)
    made_by = models.ForeignKey(
        User, on_delete=models.PROTECT, editable=False, related_name="+", verbose_name="geschlossen von Konto"
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "Schließung"
        verbose_name_plural = "Schließungen"
        ordering = ["first_day", "pk"]
        indexes = [models.Index(fields=["last_day"], condition=Q(taken_back=False), name="notice_standing")]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="notice_order",
                violation_error_message="Der letzte Tag liegt vor dem ersten.",
            ),
            models.CheckConstraint(
                condition=Q(scope="haus", venue__isnull=False, carrier=None, district=None)
                | Q(scope="traeger", carrier__isnull=False, venue=None, district=None)
                | Q(scope="stadtbezirk", district__isnull=False, venue=None, carrier=None)
                | Q(scope="stadt", venue=None, carrier=None, district=None),
                name="notice_of_one_scope",
                violation_error_message=(
                    "Eine Schließung gilt einem Haus, einem Träger, einem Stadtbezirk oder der Stadt."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.whose}: {self.first_day:%d.%m.%Y} bis {self.last_day:%d.%m.%Y}"

    @property
    def bound(self) -> Any:
        """What it closes; None for the whole city."""
        return self.venue or self.carrier or self.district

    @property
    def whose(self) -> str:
        """What is closed, as the beginning of a sentence. One statement where it is not loaded."""
        if self.scope == self.Scope.VENUE:
            return str(self.venue)
        if self.scope == self.Scope.CARRIER and self.carrier:
            return f"Alle Häuser: {self.carrier.short_name or self.carrier.name}"
        if self.scope == self.Scope.DISTRICT:
            return f"Alle Häuser im Stadtbezirk {self.district}"
        return "Alle Begegnungsstätten in Dortmund"


class NoticeDate(models.Model):
    """A date that an act called off, and how it stood before; gone as soon as the date is given back."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="dates")
    occurrence = models.OneToOneField(Occurrence, on_delete=models.CASCADE, related_name="closed_with")
    status = models.CharField(max_length=14, choices=Occurrence.Status)
    note = models.CharField(max_length=160, blank=True)
    touched = models.BooleanField()

    class Meta:
        verbose_name = "Termin einer Schließung"
        verbose_name_plural = "Termine einer Schließung"

    def __str__(self) -> str:
        return f"{self.notice_id}: {self.occurrence_id}"
