"""Numbers beside the filters of the lists. Machine-made: triggers on the cards keep them, ``cards`` checks them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from .card import LocalMoment


class FacetCount(models.Model):
    """How many cards have two values of two filters, written as ``bezirk=hoerde``; an empty one stands for every card.

    ``numbers[i]`` cards come to their end on ``ends[i]`` or later: the clock alone changes nothing here. Of a weekday
    or part of the day it is the last such date that counts.
    """

    first = models.TextField("ein Filterwert", db_collation="C")
    second = models.TextField("ein anderer", db_collation="C")
    ends = ArrayField(models.DateField(), verbose_name="letzte Tage")
    numbers = ArrayField(models.IntegerField(), verbose_name="Karten bis dahin oder länger")

    class Meta:
        verbose_name = "Zahl der Filter"
        verbose_name_plural = "Zahlen der Filter"
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="one_number_per_pair")]
        indexes = [
            models.Index(fields=["second"], condition=~Q(first=F("second")), name="facet_second"),
        ]

    def __str__(self) -> str:
        return f"{self.first} und {self.second}".removeprefix(" und ") or "alle"


class FacetChange(models.Model):
    """A card that came (1) or went (-1) and is not yet in the numbers. Only ever added, so that no editor waits."""

    sign = models.SmallIntegerField("kam oder ging")
    district_slug = models.CharField("Stadtbezirk", max_length=60)
    quarter_slug = models.CharField("Quartier", max_length=60)
    is_free = models.BooleanField("kostenlos", null=True)
    topics = ArrayField(models.TextField(), verbose_name="Themen")
    target_groups = ArrayField(models.TextField(), verbose_name="Zielgruppen")
    carriers = ArrayField(models.TextField(), verbose_name="Träger")
    languages = ArrayField(models.TextField(), verbose_name="Sprachen")
    access = ArrayField(models.TextField(), verbose_name="barrierefrei: ja")
    active_from = models.DateField("aktiv ab", null=True)
    active_until = models.DateField("aktiv bis", null=True)
    undated = models.BooleanField("ohne Regel und Termin")
    until = LocalMoment("Ende des letzten Termins", null=True)
    slots = ArrayField(models.SmallIntegerField(), verbose_name="Wochentage und Tageszeiten")
    slots_until = ArrayField(LocalMoment(), verbose_name="Ende des letzten Termins jeder Tageszeit")

    class Meta:
        verbose_name = "Änderung einer Karte"
        verbose_name_plural = "Änderungen der Karten"

    def __str__(self) -> str:
        return f"{self.sign:+}"
