"""Vermittlung: somebody was shown the way from the office to a place, or from there to the office. Nobody is named."""

import datetime as dt
import secrets
import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from seniorportal.models import (
    Category,
    ConsultationTopic,
    District,
    Offering,
    Partner,
    Record,
    Venue,
)

from .office import OFFICES

LETTERS = "ACDEFHJKLMNPRTUVWXY34679"  # none that is mistaken for another, written or spoken
CODE_LENGTH = 8


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


class ReferralQuerySet(models.QuerySet):
    def for_list(self) -> Self:
        return self.select_related("office", "venue", "offering", "partner")


class Referral(Record):
    """One Vermittlung. It knows the day, the office and the place, and nothing of the person.

    No topic, no district, no Beratung: a hall that ticks the card must not learn what somebody asked for, and the rows
    of one day must not be put together again. ``code`` is what the printed card carries, empty where there is none;
    ``venue`` is also that of the offering. No history.
    """

    class Direction(models.TextChoices):
        THERE = "hin", "vom Seniorenbüro dorthin"
        HERE = "her", "von dort ins Seniorenbüro"

    VALID_DAYS = 90  # that long a card can be ticked

    submission = models.UUIDField("Absendung", unique=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(
        Venue,
        on_delete=models.PROTECT,
        related_name="referrals",
        verbose_name="Seniorenbüro",
        limit_choices_to=OFFICES,
    )
    date = models.DateField("Tag", default=timezone.localdate)
    direction = models.CharField("Richtung", max_length=3, choices=Direction, default=Direction.THERE)
    offering = models.ForeignKey(
        Offering, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="Angebot"
    )
    venue = models.ForeignKey(
        Venue, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Ort"
    )
    partner = models.ForeignKey(
        Partner,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="referrals",
        verbose_name="Netzwerkpartner",
    )
    code = models.CharField("Code der Karte", max_length=CODE_LENGTH, blank=True, editable=False)
    arrived_on = models.DateField("angekommen am", null=True, blank=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        verbose_name = "Vermittlung"
        verbose_name_plural = "Vermittlungen"
        ordering = ["-date", "-pk"]
        indexes = [models.Index(fields=["office", "date"], name="referral_of_office")]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="referral_code"),
            models.CheckConstraint(
                condition=Q(partner__isnull=True) | Q(venue__isnull=True, offering__isnull=True),
                name="referral_to_one_place",
                violation_error_message="Bitte nur ein Ziel: ein Angebot, einen Ort oder einen Netzwerkpartner.",
            ),
            models.CheckConstraint(
                condition=Q(arrived_on__isnull=True) | Q(arrived_on__gte=F("date"), direction="hin"),
                name="referral_arrives_afterwards",
                violation_error_message="Angekommen wird nach der Vermittlung.",
            ),
        ]

    def __str__(self) -> str:
        return f"Vermittlung am {self.date:%d.%m.%Y}"

    @property
    def target(self) -> str:
        """Where to, or where from, in words. Reads what ``for_list()`` brings along."""
        found = self.offering or self.venue or self.partner
        return str(found) if found else "ein Angebot, das es nicht mehr gibt"

    def is_open(self, today: dt.date) -> bool:
        """Whether somebody in the hall may tick it, or take back what was ticked today."""
        fresh = self.date >= today - dt.timedelta(days=self.VALID_DAYS)
        return bool(self.code) and fresh and self.arrived_on in (None, today)

    @property
    def spoken_code(self) -> str:
        return f"{self.code[:4]} {self.code[4:]}" if self.code else ""


class UnmetNeed(Record):
    """«Nichts Passendes gefunden»: what was looked for in which district, and what was lacking. Nobody is named."""

    class Lack(models.TextChoices):
        NOTHING = "nichts", "gibt es im Stadtbezirk nicht"
        FAR = "weit", "zu weit weg"
        STEPS = "stufen", "nicht ohne Stufen"
        TIME = "zeit", "zur falschen Zeit"
        FULL = "voll", "kein Platz frei"
        COST = "teuer", "zu teuer"
        LANGUAGE = "sprache", "nicht in der Sprache"
        COMPANY = "begleitung", "niemand, der mitgeht"
        OTHER = "anderes", "etwas anderes"

    submission = models.UUIDField("Absendung", unique=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(
        Venue,
        on_delete=models.PROTECT,
        related_name="unmet_needs",
        verbose_name="Seniorenbüro",
        limit_choices_to=OFFICES,
    )
    date = models.DateField("Tag", default=timezone.localdate)
    topic = models.ForeignKey(
        ConsultationTopic,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Beratungsthema",
    )
    category = models.ForeignKey(
        Category,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Thema",
    )
    district = models.ForeignKey(
        District, on_delete=models.PROTECT, related_name="+", verbose_name="Stadtbezirk"
    )
    lack = models.CharField("was fehlte", max_length=10, choices=Lack)

    class Meta:
        verbose_name = "unerfüllter Bedarf"
        verbose_name_plural = "unerfüllter Bedarf"
        ordering = ["-date", "-pk"]
        indexes = [models.Index(fields=["date"], name="unmet_need_in_time")]
        constraints = [
            models.CheckConstraint(
                condition=Q(topic__isnull=False) | Q(category__isnull=False),
                name="unmet_need_of_something",
                violation_error_message="Bitte sagen Sie, wonach gesucht wurde.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.category or self.topic}: {self.get_lack_display()}"
