"""Room: where in a venue something takes place, and how many people it holds."""

from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from .base import Record
from .venue import Venue


@pghistory.track()
class Room(Record):
    """A venue without a single room is one whose rooms nobody has told us; what is not told of a room is unknown.

    ``equipment`` holds what is known to be there: a thing that is missing from it may be there all the same.
    """

    MOST_SEATS = 2000

    class Equipment(models.TextChoices):
        KITCHEN = "kueche", "Küche"
        PROJECTOR = "beamer", "Beamer oder Leinwand"
        PIANO = "klavier", "Klavier"
        FLOOR = "boden", "Boden für Gymnastik und Tanz"
        MIRROR = "spiegel", "Spiegelwand"
        HEARING_LOOP = "induktion", "Induktionsschleife"

    class StepFree(models.TextChoices):
        YES = "ja", "ja"
        NO = "nein", "nein"

    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="rooms", verbose_name="Ort")
    name = models.CharField("Name", max_length=60)
    seats = models.PositiveSmallIntegerField(
        "Plätze",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_SEATS)],
        help_text="So viele Menschen können an Tischen oder im Kreis sitzen. Leer: nicht bekannt.",
    )
    step_free = models.CharField(
        "ohne Stufen zu erreichen",
        max_length=4,
        choices=StepFree,
        blank=True,
        help_text="Leer: nicht bekannt.",
    )
    equipment = ArrayField(
        models.CharField(max_length=10, choices=Equipment),
        default=list,
        blank=True,
        verbose_name="Was es dort gibt",
    )
    note = models.CharField("Hinweis", max_length=160, blank=True)

    class Meta:
        verbose_name = "Raum"
        verbose_name_plural = "Räume"
        ordering = [models.F("seats").desc(nulls_last=True), "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["venue", "name"],
                name="room_name_once_a_venue",
                violation_error_message="Einen Raum mit diesem Namen gibt es in diesem Haus schon.",
            ),
            models.CheckConstraint(
                condition=models.Q(seats__isnull=True) | models.Q(seats__gte=1),
                name="room_holds_somebody",
                violation_error_message="In einem Raum ist Platz für mindestens einen Menschen.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def told(self) -> str:
        """«Saal (60 Plätze)»."""
        return f"{self.name} ({seats_in_words(self.seats)})" if self.seats else self.name

    @property
    def things(self) -> list[str]:
        """What is known to be there, in words."""
        return [thing.label for thing in self.Equipment if thing.value in self.equipment]


def seats_in_words(number: Any) -> str:
    return "1 Platz" if number == 1 else f"{number} Plätze"
