"""Rückmeldung: somebody outside says that an entry is wrong. No name and no contact is ever asked for."""

import datetime as dt
import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from .account import Role
from .base import Record
from .carrier import Carrier
from .district import District
from .offering import Offering
from .venue import Venue


class FeedbackQuerySet(models.QuerySet):
    def still_open(self) -> Self:
        return self.filter(done_on__isnull=True)

    def over_since(self, day: dt.date) -> Self:
        """Done on that day or before."""
        return self.filter(done_on__lte=day)


class Feedback(Record):
    """A task with an owner and a promised day. It is about an offering, a venue, or the portal as a whole.

    The owner is kept as role with carrier or district, never as a person; who works on it follows from the rules.
    """

    class Topic(models.TextChoices):
        NOT_HELD = "nicht-statt", "Das findet nicht statt"
        TIME = "zeit", "Die Zeit stimmt nicht"
        PLACE = "ort", "Der Ort stimmt nicht"
        PHONE = "telefon", "Die Telefonnummer stimmt nicht"
        ACCESS = "zugang", "Zugang oder Barrierefreiheit stimmt nicht"
        OTHER = "anderes", "Etwas anderes"
        BARRIER = "barriere", "Eine Barriere im Portal"  # has a form of its own

    class Outcome(models.TextChoices):
        STANDS = "stimmt", "Stimmt noch: Die Angaben bleiben"
        CORRECTED = "berichtigt", "Berichtigt: Der Eintrag ist geändert"
        UNCLEAR = "unklar", "Nicht zu klären: Der Eintrag gilt nicht als geprüft"

    SHOWN_DAYS = 14  # after it is done
    KEPT_DAYS = 30

    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    offering = models.ForeignKey(
        Offering,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="feedback",
        verbose_name="Angebot",
    )
    venue = models.ForeignKey(
        Venue, on_delete=models.CASCADE, null=True, blank=True, related_name="feedback", verbose_name="Ort"
    )
    topic = models.CharField("Was stimmt nicht", max_length=12, choices=Topic)
    text = models.TextField("Mit eigenen Worten", max_length=400, blank=True)
    reported_on = models.DateField("gemeldet am")
    answer_by = models.DateField("Antwort bis")
    owner_role = models.CharField("zuständige Rolle", max_length=14, choices=Role)
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
    outcome = models.CharField("Ergebnis", max_length=12, choices=Outcome, blank=True)
    answer = models.CharField(
        "Antwort",
        max_length=240,
        blank=True,
        help_text="Ein kurzer, freundlicher Satz. Er steht 14 Tage lang öffentlich auf der Seite. Keine Namen.",
    )
    done_on = models.DateField("erledigt am", null=True, blank=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="erledigt von",
    )

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = "Rückmeldung"
        verbose_name_plural = "Rückmeldungen"
        ordering = ["answer_by", "pk"]
        indexes = [
            models.Index(fields=["answer_by"], condition=Q(done_on__isnull=True), name="feedback_open")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(offering__isnull=True) | Q(venue__isnull=True),
                name="feedback_about_one_thing",
                violation_error_message="Eine Rückmeldung gilt einem Angebot oder einem Ort.",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", done_on__isnull=True) | ~Q(outcome="") & Q(done_on__isnull=False),
                name="feedback_done_with_an_outcome",
                violation_error_message="Erledigt ist, was ein Ergebnis hat.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_topic_display()} ({self.reported_on:%d.%m.%Y})"

    @property
    def entry(self) -> Any:
        """The offering or the venue; None where it is about the portal."""
        return self.offering or self.venue

    @property
    def place(self) -> Venue | None:
        return self.venue or (self.offering.venue if self.offering else None)

    @property
    def owner(self) -> str:
        """Who answers, by role. Never the name of a person."""
        if self.owner_role == Role.COORDINATION and self.carrier:
            return f"die Koordination ({self.carrier.short_name or self.carrier.name})"
        if self.owner_role == Role.VORORT and self.district:
            return f"Begegnung VorOrt im Stadtbezirk {self.district.name}"
        if self.owner_role == Role.TANDEM and self.place:
            return f"das {self.place.name}"
        if self.owner_role == Role.HOUSE:
            return "die Hausleitung"
        return "die Redaktion des Portals"

    def answered_on(self, today: dt.date) -> bool:
        """Done, and still told to everybody."""
        return self.done_on is not None and today <= self.done_on + dt.timedelta(days=self.SHOWN_DAYS)


class FormUse(models.Model):
    """How often a public form was sent from one address on one day. The address is a keyed hash of that day."""

    key = models.CharField(max_length=64, primary_key=True)
    day = models.DateField(db_index=True)
    count = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "Absendung eines Formulars"
        verbose_name_plural = "Absendungen von Formularen"

    def __str__(self) -> str:
        return f"{self.day:%d.%m.%Y}: {self.count}"
