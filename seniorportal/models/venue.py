"""Venue: every place of the open senior work, whichever of the three report areas it counts in."""

import datetime as dt
from typing import Any, Self

import pghistory
from django.apps import apps
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject
from django.urls import reverse

from seniorportal.paths import words_where_a_venue_stands
from seniorportal.text import slug, sort_field

from .base import Period, PeriodQuerySet, Record
from .carrier import Carrier
from .district import District, Quarter
from .nested import nested
from .vocabulary import Language


class ReportArea(models.TextChoices):
    """The three chapters of the Kurzbericht; every venue counts in exactly one of them."""

    MEETING_PLACES = "begegnung", "Begegnungsstätten"
    CENTRE = "stadtteilzentrum", "Stadtteilzentrum"
    OFFICES = "seniorenbuero", "Seniorenbüros"


class Confirmable(models.Model):
    """Somebody vouches for the entry from time to time; past the interval the portal no longer promises anything."""

    confirmed_at = models.DateField("geprüft am", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="geprüft von",
    )
    review_interval = models.PositiveSmallIntegerField(
        "Prüfabstand in Tagen", default=180, help_text="So lange gilt eine Prüfung."
    )
    source_url = models.URLField("Quelle", max_length=500, blank=True)
    source_year = models.PositiveSmallIntegerField("Jahr der Quelle", null=True, blank=True)

    class Meta:
        abstract = True

    def is_confirmed(self, today: dt.date) -> bool:
        """Whether the entry was confirmed within its review interval."""
        return self.confirmed_at is not None and today <= self.confirmed_at + dt.timedelta(
            days=self.review_interval
        )


class VenueQuerySet(PeriodQuerySet):
    def in_area(self, area: str) -> Self:
        return self.filter(report_area=area)

    def for_list(self) -> Self:
        """Two statements: the venues with district and quarter, and their carriers."""
        return self.select_related("district", "quarter").prefetch_related("carriers")

    def by_district(self) -> Self:
        """The public list, in one statement: by Stadtbezirk, with ``carrier_names``."""
        return (
            self.select_related("district", "quarter")
            .annotate(carrier_names=names(Carrier.objects.filter(venues=OuterRef("pk"))))
            .order_by("district__sort", "sort", "name", "pk")
        )

    def for_page(self) -> Self:
        """The public page in one statement; ``attached`` holds what ``attach()`` puts under hours, closures, contacts,
        access facts, carriers, languages and rooms."""
        return self.select_related("district", "quarter").annotate(attached=_on_the_page())


@pghistory.track()
class Venue(Confirmable, Period, Record):
    name = models.CharField("Name", max_length=160)
    slug = models.SlugField("Kurzname in Adressen", max_length=100, unique=True, blank=True)
    report_area = models.CharField("Berichtsbereich", max_length=16, choices=ReportArea)
    carriers = models.ManyToManyField(Carrier, blank=True, related_name="venues", verbose_name="Träger")
    street = models.CharField("Straße und Hausnummer", max_length=120, blank=True)
    postal_code = models.CharField("Postleitzahl", max_length=5, blank=True)
    place_note = models.CharField(
        "Hinweis zum Ort", max_length=160, blank=True, help_text="zum Beispiel: 1. Obergeschoss"
    )
    district = models.ForeignKey(
        District,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="venues",
        verbose_name="Stadtbezirk",
        help_text="Ergibt sich aus der Adresse. Leer: nicht bekannt.",
    )
    quarter = models.ForeignKey(
        Quarter,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="venues",
        verbose_name="Quartier",
    )
    latitude = models.FloatField("Breite", null=True, blank=True, editable=False)
    longitude = models.FloatField("Länge", null=True, blank=True, editable=False)
    website = models.URLField("Internetseite", max_length=300, blank=True)
    description = models.TextField("Beschreibung", blank=True)
    stop = models.CharField("Haltestelle", max_length=120, blank=True)
    way = models.TextField("Weg von der Haltestelle", blank=True)
    languages = models.ManyToManyField(Language, blank=True, related_name="+", verbose_name="Sprachen")
    published = models.BooleanField("öffentlich", default=True)
    sort = sort_field()

    objects = VenueQuerySet.as_manager()

    class Meta(Period.Meta):
        verbose_name = "Ort"
        verbose_name_plural = "Orte"
        ordering = ["sort", "name"]
        indexes = [models.Index(fields=["report_area", "district"])]
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                condition=Q(postal_code="") | Q(postal_code__regex=r"^[0-9]{5}$"),
                name="venue_postal_code",
                violation_error_message="Eine Postleitzahl hat fünf Ziffern.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug or self.slug in words_where_a_venue_stands():
            self.slug = free_slug(type(self), self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The public page; an office is found under its district, the Eugen-Krautscheid-Haus under its own name."""
        if self.report_area == ReportArea.OFFICES:
            return reverse("seniorenbuero:office", args=[self.slug.removeprefix("seniorenbuero-")])
        if self.report_area == ReportArea.CENTRE:
            return reverse("stadtteilzentrum:centre")
        return reverse("begegnung:venue", args=[self.slug])


def _on_the_page() -> JSONObject:
    venue = OuterRef("pk")
    spoken = Venue.languages.through.objects.filter(venue=OuterRef(venue)).values("language")
    span = ("weekday", "opens", "closes", "valid_from", "valid_until", "on_public_holidays", "note")
    return JSONObject(
        **around_venue(venue),
        opening_hours=nested(related("OpeningHours", venue=venue), *span),
        closures=nested(related("Closure", venue=venue), "first_day", "last_day", "reason"),
        languages=nested(related("Language", pk__in=spoken), "name"),
        rooms=nested(related("Room", venue=venue), "name", "seats"),
    )


def names(rows: models.QuerySet) -> ArraySubquery:
    """The names of related rows as an array, so that a list needs no statement of their own for them."""
    return ArraySubquery(rows.values("name"))


def related(model: str, **lookup: Any) -> models.QuerySet:
    """Rows of a model that is defined after this one."""
    return apps.get_model("seniorportal", model)._default_manager.filter(**lookup)


def around_venue(venue: OuterRef) -> dict[str, ArraySubquery]:
    """What pages say about a venue beside its own columns, for ``attach()``; contacts with their hours."""
    hours = related("ContactHours", contact_point=OuterRef("pk"))
    return {
        "carriers": nested(Carrier.objects.filter(venues=venue), "name", "short_name", "phone"),
        "accessibility": nested(
            related("AccessibilityFact", venue=venue), "feature", "value", "note", "checked_on"
        ),
        "contact_points": nested(
            related("ContactPoint", venue=venue),
            *("kind", "value", "label"),
            hours=nested(hours, "weekday", "opens", "closes"),
        ),
    }


def free_slug(model: type[models.Model], name: str) -> str:
    """The first free slug for a name: ``-2``, ``-3`` ... where it is taken, or a word of our own paths. One statement
    per try."""
    first = candidate = slug(name, most=90)
    number = 1
    reserved = words_where_a_venue_stands() if model is Venue else frozenset()
    while candidate in reserved or model._default_manager.filter(slug=candidate).exists():
        number += 1
        candidate = f"{first}-{number}"
    return candidate


class AccessibilityFact(Record):
    """One fact about access. No row means unknown, and is shown as unknown."""

    class Feature(models.TextChoices):
        STEP_FREE = "stufenlos", "stufenloser Eingang"
        LIFT = "aufzug", "Aufzug"
        RAMP = "rampe", "Rampe"
        DOORS = "tueren", "Türen mindestens 90 cm breit"
        TOILET = "wc", "Rollstuhl-WC"
        HEARING_LOOP = "induktion", "Induktions- oder Höranlage"
        FLAT_WAY = "flacher-weg", "flacher Weg von der Haltestelle"
        WALKER = "rollator", "mit Rollator gut zu schaffen"
        PARKING = "parkplatz", "Behindertenparkplatz"
        SEATS = "sitzplaetze", "Sitzgelegenheiten auf dem Weg"

    class Value(models.TextChoices):
        YES = "ja", "ja"
        PARTLY = "teilweise", "teilweise"
        NO = "nein", "nein"

    venue = models.ForeignKey(
        Venue, on_delete=models.CASCADE, related_name="accessibility", verbose_name="Ort"
    )
    feature = models.CharField("Merkmal", max_length=16, choices=Feature)
    value = models.CharField("Angabe", max_length=10, choices=Value)
    note = models.CharField("Hinweis", max_length=160, blank=True)
    checked_on = models.DateField("geprüft am", null=True, blank=True)

    class Meta:
        verbose_name = "Angabe zur Barrierefreiheit"
        verbose_name_plural = "Angaben zur Barrierefreiheit"
        ordering = ["feature"]
        constraints = [
            models.UniqueConstraint(
                fields=["venue", "feature"],
                name="one_fact_per_feature",
                violation_error_message="Dieses Merkmal ist für den Ort schon eingetragen.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_feature_display()}: {self.get_value_display()}"


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), obj_field=None)
class VenueCarrier(Venue.carriers.through):  # type: ignore[name-defined]
    """Who carries a venue, seen as rows so that history follows them."""

    class Meta:
        proxy = True
