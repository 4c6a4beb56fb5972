"""Card: what a list shows of an offering in one language, in one row. Machine-made; ``seniorportal.cards`` keeps it."""

import datetime as dt
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from seniorportal.text import slug

from .offering import Offering

GERMAN = "de"
WITHOUT_START = 3  # of the four parts of a day


class LocalMoment(models.Field):
    """Date and time on the clock of the town hall, without a zone: 15 Uhr stays 15 Uhr when the clocks change."""

    def db_type(self, connection: Any) -> str:
        return "timestamp"


class SlotDays(models.Func):
    """The days of an array of moments, for finding the cards with a date that ends today."""

    template = "((%(expressions)s)::date[])"
    output_field = ArrayField(models.DateField())


class CardQuerySet(models.QuerySet):
    def in_german(self) -> Self:
        return self.filter(language=GERMAN)

    def coming(self, now: dt.datetime) -> Self:
        """With a date still to come, cancelled or not, or running without anybody knowing when."""
        today = now.date()
        running = Q(active_from__isnull=True) | Q(active_from__lte=today)
        not_ended = Q(active_until__isnull=True) | Q(active_until__gte=today)
        return self.filter(Q(until__gte=now.replace(tzinfo=None)) | Q(undated=True) & running & not_ended)


class Card(models.Model):
    """Kept by triggers on every table it is made from. Holds nothing that changes by the clock alone."""

    offering = models.ForeignKey(
        Offering,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="cards",
        verbose_name="Angebot",
    )
    language = models.CharField("Sprachcode", max_length=12)
    title = models.CharField("Titel", max_length=160)
    german_title = models.CharField("deutscher Titel", max_length=160)
    summary = models.CharField("Kurz gesagt", max_length=240)
    place = models.CharField("Ort oder Treffpunkt", max_length=160)
    venue_slug = models.CharField("Kurzname des Ortes", max_length=100)
    street = models.CharField("Straße und Hausnummer", max_length=120)
    district_slug = models.CharField("Stadtbezirk, Kurzname", max_length=60)
    district_name = models.CharField("Stadtbezirk", max_length=60)
    quarter_slug = models.CharField("Quartier, Kurzname", max_length=60)
    quarter_name = models.CharField("Quartier", max_length=60)
    latitude = models.FloatField("Breite", null=True)
    longitude = models.FloatField("Länge", null=True)
    topics = ArrayField(models.TextField(), verbose_name="Themen")
    target_groups = ArrayField(models.TextField(), verbose_name="Zielgruppen")
    carriers = ArrayField(
        models.TextField(),
        verbose_name="Träger",
        help_text="Des Angebots und des Ortes, mit ihren Verbänden.",
    )
    languages = ArrayField(models.TextField(), verbose_name="Sprachen")
    access = ArrayField(models.TextField(), verbose_name="barrierefrei: ja")
    access_partly = ArrayField(models.TextField(), verbose_name="barrierefrei: teilweise")
    form = models.CharField("Form", max_length=12)
    is_free = models.BooleanField("kostenlos", null=True)
    cost_note = models.CharField("Kosten", max_length=120)
    needs_registration = models.BooleanField("Anmeldung nötig", null=True)
    registration_note = models.CharField("Anmeldung", max_length=160)
    rule = models.CharField("Regel der Wiederholung", max_length=200)
    rhythm_note = models.CharField("Rhythmus in Worten", max_length=160)
    confirmed_until = models.DateField("gilt als geprüft bis", null=True)
    active_from = models.DateField("aktiv ab", null=True)
    active_until = models.DateField("aktiv bis", null=True)
    example = models.BooleanField("Beispiel")
    sort = models.CharField("Sortierung", max_length=250)
    undated = models.BooleanField("ohne Regel und Termin")
    until = LocalMoment("Ende des letzten Termins", null=True)
    slots = ArrayField(
        models.SmallIntegerField(),
        verbose_name="Wochentage und Tageszeiten",
        help_text="4 × Wochentag + Tageszeit aller Termine, die nicht ausfallen.",
    )
    slots_until = ArrayField(LocalMoment(), verbose_name="Ende des letzten Termins jeder Tageszeit")
    words = SearchVectorField("Wörter")

    objects = CardQuerySet.as_manager()

    class Meta:
        verbose_name = "Karte"
        verbose_name_plural = "Karten"
        ordering = ["sort", "offering"]
        constraints = [models.UniqueConstraint(fields=["offering", "language"], name="one_card_per_language")]
        indexes = [
            models.Index(fields=["district_slug"]),
            models.Index(fields=["quarter_slug"]),
            GinIndex(fields=["words"], name="card_words"),
            GinIndex(fields=["topics"], name="card_topics"),
            GinIndex(fields=["target_groups"], name="card_target_groups"),
            GinIndex(fields=["carriers"], name="card_carriers"),
            GinIndex(fields=["languages"], name="card_languages"),
            GinIndex(fields=["slots"], name="card_slots"),
            models.Index(fields=["until"], name="card_until"),
            GinIndex(SlotDays("slots_until"), name="card_slot_days"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"

    def get_absolute_url(self) -> str:
        return reverse("public:offering", args=[self.offering_id, slug(self.german_title)])

    def is_confirmed(self, today: dt.date) -> bool:
        """Whether the entry was confirmed within its review interval."""
        return self.confirmed_until is not None and today <= self.confirmed_until
