"""Träger: associations, the municipality, parishes, clubs."""

from collections.abc import Iterable
from typing import Self

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from seniorportal.text import sort_field

from .base import Record


class CarrierQuerySet(models.QuerySet):
    def below(self, carriers: Iterable[int]) -> Self:
        """The given carriers and all below them: Verband, Gliederung, Ortsverein are the three levels there are."""
        return self.filter(Q(pk__in=carriers) | Q(parent__in=carriers) | Q(parent__parent__in=carriers))


@pghistory.track()
class Carrier(Record):
    class Kind(models.TextChoices):
        MUNICIPALITY = "kommune", "Kommune"
        MUNICIPAL_COMPANY = "kommunal", "kommunale Gesellschaft"
        ASSOCIATION = "verband", "Wohlfahrtsverband"
        BRANCH = "gliederung", "Ortsverein oder Gliederung"
        PARISH = "gemeinde", "Kirchen- oder Religionsgemeinde"
        MIGRANTS = "mso", "Migrantenselbstorganisation"
        CLUB = "verein", "Verein oder Initiative"
        OTHER = "sonstige", "sonstiger Träger"

    name = models.CharField("Name", max_length=160, unique=True)
    short_name = models.CharField("Kurzname", max_length=40, blank=True)
    slug = models.SlugField("Kurzname in Adressen", max_length=80, unique=True)
    kind = models.CharField("Art", max_length=12, choices=Kind, default=Kind.OTHER)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="branches",
        verbose_name="gehört zu",
    )
    phone = models.CharField("Telefon", max_length=40, blank=True)
    email = models.EmailField("E-Mail", blank=True)
    website = models.URLField("Internetseite", blank=True)
    sort = sort_field()

    objects = CarrierQuerySet.as_manager()

    class Meta:
        verbose_name = "Träger"
        verbose_name_plural = "Träger"
        ordering = ["sort", "name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        above, depth = self.parent, 1
        while above is not None:
            depth += 1
            if depth > 3 or above.pk == self.pk:
                raise ValidationError(
                    {"parent": "Mehr als drei Ebenen (Verband, Gliederung, Ortsverein) gibt es nicht."}
                )
            above = above.parent
