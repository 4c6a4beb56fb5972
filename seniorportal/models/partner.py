"""Netzwerkpartner: organisations, kept once for the whole city."""

import pghistory
from django.db import models

from seniorportal.text import sort_field

from .base import Record
from .district import District


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
    website = models.URLField("Internetseite", blank=True)
    may_be_published = models.BooleanField("darf veröffentlicht werden", default=False)
    sort = sort_field()

    class Meta:
        verbose_name = "Netzwerkpartner"
        verbose_name_plural = "Netzwerkpartner"
        ordering = ["sort", "name"]

    def __str__(self) -> str:
        return self.name
