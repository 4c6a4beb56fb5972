"""Nachbarschaftshelfer*innen."""

from typing import Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from seniorportal.models import Language, Period, PeriodQuerySet, Quarter, Record, Venue

from .office import OFFICES


class Help(models.TextChoices):
    """What neighbours do for one another; offered by the one, wanted by the other."""

    COMPANY = "begleitung", "Begleitung"
    SHOPPING = "einkauf", "Einkauf"
    READING = "vorlesen", "Vorlesen und Gespräch"
    WALK = "spaziergang", "Spaziergang"
    DEVICES = "technik", "Telefon, Fernseher, Computer"
    LETTERS = "behoerdenpost", "Post von Behörden"
    PETS = "tiere", "Tiere"
    REPAIR = "kleinreparatur", "kleine Reparaturen"


def some_help(label: str) -> ArrayField:
    return ArrayField(
        models.CharField(max_length=16, choices=Help), default=list, blank=True, verbose_name=label
    )


class HelperQuerySet(PeriodQuerySet):
    def contactable(self) -> Self:
        """Whom one may still ring, write to and put on a list: every list, call and letter asks this."""
        return self.filter(stopped_on__isnull=True)


@pghistory.track()
class Helper(Period, Record):
    """Nachbarschaftshelfer*in as a statistical head: number and facts, no name.

    ``active_from`` to ``active_until`` is the time with the state «aktiv»; it is what the report counts.
    """

    class Kind(models.TextChoices):
        OFFICE = "buero", "Nachbarschaftshilfe des Seniorenbüros"
        RECOGNISED = "anerkannt", "Nachbarschaftshilfe nach § 45b SGB XI (AnFöVO NRW)"

    class State(models.TextChoices):
        INTERESTED = "interesse", "interessiert"
        CHECKED = "geprueft", "geprüft"
        ACTIVE = "aktiv", "aktiv"
        PAUSED = "pause", "pausiert"
        LEFT = "ausgeschieden", "ausgeschieden"

    class Stop(models.TextChoices):
        DIED = "verstorben", "verstorben"
        UNWANTED = "keine-post", "möchte keine Anrufe und keine Post mehr"

    office = models.ForeignKey(
        Venue,
        on_delete=models.PROTECT,
        related_name="helpers",
        verbose_name="Seniorenbüro",
        limit_choices_to=OFFICES,
    )
    number = models.CharField("Nummer", max_length=24, help_text="Vergibt das Büro. Kein Name.")
    kind = models.CharField("Art der Hilfe", max_length=10, choices=Kind, default=Kind.OFFICE)
    state = models.CharField("Stand", max_length=14, choices=State, default=State.INTERESTED)
    quarter = models.ForeignKey(
        Quarter, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Quartier"
    )
    languages = models.ManyToManyField(Language, blank=True, related_name="+", verbose_name="Sprachen")

    offers = some_help("bietet an")
    minutes_on_foot = models.PositiveSmallIntegerField(
        "geht zu Fuß bis zu (Minuten)", null=True, blank=True, help_text="Leer: nicht bekannt."
    )
    hours_per_month = models.PositiveSmallIntegerField(
        "Zeit im Monat (Stunden)", null=True, blank=True, help_text="Leer: nicht bekannt."
    )
    stopped_on = models.DateField("angehalten am", null=True, blank=True, editable=False)
    stop_reason = models.CharField(
        "warum angehalten", max_length=12, choices=Stop, blank=True, editable=False
    )
    submission = models.UUIDField(null=True, unique=True, editable=False)

    objects = HelperQuerySet.as_manager()

    class Meta(Period.Meta):
        verbose_name = "Nachbarschaftshelfer*in"
        verbose_name_plural = "Nachbarschaftshelfer*innen"
        ordering = ["number"]
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["office", "number"],
                name="helper_number_once_per_office",
                violation_error_message="Diese Nummer hat das Büro schon vergeben.",
            ),
            models.CheckConstraint(
                condition=Q(stopped_on__isnull=True, stop_reason="")
                | Q(stopped_on__isnull=False) & ~Q(stop_reason=""),
                name="helper_stopped_for_a_reason",
                violation_error_message="Wer angehalten ist, ist es aus einem Grund.",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def clean(self) -> None:
        if self.state == self.State.LEFT and self.active_until is None and self.active_from is not None:
            raise ValidationError(
                {"active_until": "Wer ausgeschieden ist, braucht einen letzten Tag: Er zählt im Bericht."}
            )

    @property
    def offers_in_words(self) -> list[str]:
        return in_words(self.offers)


def in_words(codes: list[str]) -> list[str]:
    """In the order of the vocabulary."""
    return [one.label for one in Help if one.value in codes]
