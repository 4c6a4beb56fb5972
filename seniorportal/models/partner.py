"""Netzwerkpartner: organisations, kept once for the whole city; who spoke to them, and which two were one."""

import datetime as dt
import uuid
from typing import Any, Self

import pghistory
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from seniorportal.text import sort_field

from .base import Record
from .district import District
from .venue import Venue

NO_DAY = "Ohne den Tag der Zustimmung wird nichts veröffentlicht. Bitte den Tag eintragen."


class PartnerQuerySet(models.QuerySet):
    def existing_on(self, day: dt.date) -> Self:
        return self.filter(Q(active_until__isnull=True) | Q(active_until__gte=day))

    def offered(self) -> Self:
        """Those that a new entry may name; see ``Scoped.choices_of``."""
        return self.existing_on(timezone.localdate())


@pghistory.track()
class Partner(Record):
    class Kind(models.TextChoices):
        CARE_SERVICE = "pflegedienst", "Pflegedienst"
        CARE_HOME = "heim", "Pflegeeinrichtung"
        PHARMACY = "apotheke", "Apotheke"
        DOCTOR = "praxis", "Arztpraxis"
        HOSPITAL = "krankenhaus", "Krankenhaus"
        HOUSING = "wohnung", "Wohnungsgesellschaft"
        PARISH = "gemeinde", "Kirchen- oder Religionsgemeinde"
        MEETING_PLACE = "begegnung", "Begegnungsstätte"
        CLUB = "verein", "Verein oder Initiative"
        AUTHORITY = "amt", "Amt oder Beirat"
        POLICE = "polizei", "Polizei"
        BUSINESS = "betrieb", "Geschäft oder Betrieb"
        OTHER = "sonstige", "sonstige"

    name = models.CharField("Name der Organisation", max_length=160, unique=True)
    kind = models.CharField("Art", max_length=14, choices=Kind, default=Kind.OTHER)
    districts = models.ManyToManyField(
        District, blank=True, related_name="partners", verbose_name="Stadtbezirke"
    )
    phone = models.CharField("Telefon der Organisation", max_length=40, blank=True)
    email = models.EmailField("E-Mail der Organisation", blank=True)
    website = models.URLField("Internetseite", blank=True)
    street = models.CharField("Straße und Hausnummer", max_length=120, blank=True)
    postal_code = models.CharField("PLZ", max_length=5, blank=True)
    city = models.CharField("Ort", max_length=60, blank=True, help_text="Leer: Dortmund.")
    may_be_published = models.BooleanField("darf veröffentlicht werden", default=False)
    consent_on = models.DateField(
        "Zustimmung vom", null=True, blank=True, help_text="Tag, an dem die Organisation zugestimmt hat."
    )
    active_until = models.DateField(
        "besteht bis", null=True, blank=True, help_text="Letzter Tag. Leer: besteht weiter."
    )
    submission = models.UUIDField(null=True, unique=True, editable=False)
    sort = sort_field()

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = "Netzwerkpartner"
        verbose_name_plural = "Netzwerkpartner"
        ordering = ["sort", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(may_be_published=False) | Q(consent_on__isnull=False),
                name="partner_consent_has_a_day",
                violation_error_message=NO_DAY,
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.may_be_published and self.consent_on is None:
            raise ValidationError({"consent_on": NO_DAY})


@pghistory.track()
class PartnerContact(Record):
    """That an office or a house spoke with an organisation, and what about; never with whom."""

    partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, related_name="contacts", verbose_name="Netzwerkpartner"
    )
    venue = models.ForeignKey(
        Venue, on_delete=models.PROTECT, related_name="partner_contacts", verbose_name="Büro oder Haus"
    )
    date = models.DateField("Tag")
    occasion = models.CharField(
        "Anlass",
        max_length=160,
        help_text="Eine Zeile, ohne Namen von Menschen: «Runder Tisch vorbereitet», «Flyer gebracht».",
    )
    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        verbose_name = "Kontakt mit einem Netzwerkpartner"
        verbose_name_plural = "Kontakte mit Netzwerkpartnern"
        ordering = ["-date", "-pk"]
        indexes = [models.Index(fields=["partner", "-date"], name="contact_of_partner")]

    def __str__(self) -> str:
        return f"{self.date:%d.%m.%Y}: {self.occasion}"


@pghistory.track()
class PartnersApart(Record):
    """Two organisations that look alike and are not the same: nobody is asked again."""

    one = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="+", verbose_name="ein Partner")
    other = models.ForeignKey(
        Partner, on_delete=models.CASCADE, related_name="+", verbose_name="der andere Partner"
    )
    said_on = models.DateField("gesagt am", default=timezone.localdate)

    class Meta:
        verbose_name = "kein Doppel"
        verbose_name_plural = "keine Doppel"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="partners_apart_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="partners_apart_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.one} ist nicht {self.other}"


@pghistory.track()
class PartnerMerge(Record):
    """The trace of two that became one. ``gone_key`` is the number under which old links still look for it."""

    kept = models.ForeignKey(
        Partner, on_delete=models.PROTECT, related_name="merges", verbose_name="geblieben als"
    )
    gone_key = models.PositiveBigIntegerField("frühere Nummer", unique=True)
    gone_name = models.CharField("früherer Name", max_length=160)
    gone_values: Any = models.JSONField("frühere Angaben", default=dict)  # name of the field: words
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="von",
    )
    at = models.DateTimeField("am", default=timezone.now)
    moved: Any = models.JSONField("umgezogen", default=list)  # pairs of plural name and number
    dropped: Any = models.JSONField("doppelte Zeilen", default=list)  # rows both had, in words

    class Meta:
        verbose_name = "Zusammenführung"
        verbose_name_plural = "Zusammenführungen"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.gone_name} ist jetzt {self.kept}"
