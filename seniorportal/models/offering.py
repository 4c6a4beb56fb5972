"""Offering: a thing one can attend. Occurrence: one dated instance of it."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Self

import pghistory
import pgtrigger
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q
from django.db.models.functions import JSONObject
from django.urls import reverse

from seniorportal.text import slug, sort_field

from .base import Period, PeriodQuerySet, Record
from .calendar import Moment
from .carrier import Carrier
from .district import District
from .nested import nested
from .room import Room
from .venue import Confirmable, Venue, around_venue
from .vocabulary import Category, Language, TargetGroup


class OfferingQuerySet(PeriodQuerySet):
    def for_list(self) -> Self:
        return self.select_related("venue__district", "district")

    def for_page(self) -> Self:
        """The public page in one statement; ``attached`` and ``around_venue`` are for ``attach()``."""
        return self.select_related("venue__district", "district").annotate(
            attached=_on_the_page(), around_venue=JSONObject(**around_venue(OuterRef("venue")))
        )

    def undated(self, day: dt.date) -> Self:
        """Running offerings whose weekday or time nobody has told us: they have no rule and not a single date."""
        return self.active_on(day).filter(
            ~Exists(Occurrence.objects.filter(offering=OuterRef("pk"))), rule=""
        )


@pghistory.track()
class Offering(Confirmable, Period, Record):
    class Form(models.TextChoices):
        OPEN = "treff", "offener Treff"
        GROUP = "gruppe", "Gruppe"
        COURSE = "kurs", "Kurs"
        EVENT = "einzel", "Einzelveranstaltung"
        CONSULTING = "sprechstunde", "Sprechstunde"
        TRIP = "fahrt", "Fahrt"

    class Specialist(models.TextChoices):
        """What the third chapter of the Kurzbericht counts beside the ordinary programme."""

        SYMPOSIUM = "fachveranstaltung", "Fachveranstaltung"
        ACTION_DAY = "aktionstag", "Aktionstag"
        CARE_COURSE = "pflegekurs", "Pflegekurs"

    title = models.CharField("Titel", max_length=160)
    venue = models.ForeignKey(
        Venue, on_delete=models.PROTECT, null=True, blank=True, related_name="offerings", verbose_name="Ort"
    )
    meeting_point = models.CharField(
        "Treffpunkt", max_length=160, blank=True, help_text="Nur ohne Ort: Spaziergang, Plauderbank."
    )
    district = models.ForeignKey(
        District,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="offerings",
        verbose_name="Stadtbezirk",
        help_text="Nur ohne Ort; sonst gilt der Stadtbezirk des Ortes.",
    )
    room = models.ForeignKey(
        Room,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="offerings",
        verbose_name="Raum",
        help_text="Nur ein Raum des Ortes. Leer: nicht bekannt.",
    )
    carriers = models.ManyToManyField(
        Carrier,
        blank=True,
        related_name="offerings",
        verbose_name="Träger",
        help_text="Nur nötig, wenn es andere oder weitere sind als die Träger des Ortes.",
    )
    form = models.CharField("Form", max_length=12, choices=Form, default=Form.OPEN)
    specialist = models.CharField("Fachangebot", max_length=20, choices=Specialist, blank=True)
    categories = models.ManyToManyField(Category, blank=True, related_name="offerings", verbose_name="Themen")
    target_groups = models.ManyToManyField(
        TargetGroup, blank=True, related_name="offerings", verbose_name="Zielgruppen"
    )
    languages = models.ManyToManyField(Language, blank=True, related_name="+", verbose_name="Sprachen")
    summary = models.CharField("Kurz gesagt", max_length=240, blank=True)
    description = models.TextField("Beschreibung", blank=True)
    rule = models.CharField(
        "Regel der Wiederholung",
        max_length=200,
        blank=True,
        help_text="RRULE (RFC 5545), zum Beispiel FREQ=WEEKLY;BYDAY=TU. Leer: ein Termin oder Zeit unbekannt.",
    )
    first_date = models.DateField(
        "erster Termin", null=True, blank=True, help_text="Ab diesem Tag gilt die Regel."
    )
    start = models.TimeField("Beginn", null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(
        "Dauer in Minuten", null=True, blank=True, validators=[MinValueValidator(5)]
    )
    skip_public_holidays = models.BooleanField("nicht an Feiertagen", default=True)
    skip_school_holidays = models.BooleanField("nicht in den Schulferien", default=False)
    rhythm_note = models.CharField("Rhythmus in Worten", max_length=160, blank=True)
    is_free = models.BooleanField("kostenlos", null=True, blank=True, help_text="Leer: nicht bekannt.")
    cost_note = models.CharField("Kosten", max_length=120, blank=True)
    needs_registration = models.BooleanField(
        "Anmeldung nötig", null=True, blank=True, help_text="Leer: nicht bekannt."
    )
    registration_note = models.CharField("Anmeldung", max_length=160, blank=True)
    open_to_all = models.BooleanField("offen für alle", null=True, blank=True)
    first_time_free = models.BooleanField("beim ersten Mal kostenlos", null=True, blank=True)
    care_meanwhile = models.BooleanField(
        "Betreuung von Angehörigen in dieser Zeit", null=True, blank=True, help_text="Leer: nicht bekannt."
    )
    greeted_by = models.CharField("Wer begrüßt", max_length=120, blank=True, help_text="Funktion, kein Name.")
    phone = models.CharField("Telefon", max_length=40, blank=True)
    published = models.BooleanField("öffentlich", default=True)
    submission = models.UUIDField(
        "Absendung",
        null=True,
        unique=True,
        editable=False,
        help_text="Nummer des Formulars, aus dem es entstand: ein zweiter Klick macht kein zweites.",
    )
    sort = sort_field("title")

    objects = OfferingQuerySet.as_manager()

    class Meta(Period.Meta):
        verbose_name = "Angebot"
        verbose_name_plural = "Angebote"
        ordering = ["sort", "title"]
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                condition=Q(venue__isnull=False) | Q(district__isnull=False) | ~Q(meeting_point=""),
                name="offering_somewhere",
                violation_error_message="Bitte einen Ort oder einen Treffpunkt angeben.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("public:offering", args=[self.pk, self.slug])

    @property
    def slug(self) -> str:
        return slug(self.title)

    @property
    def place(self) -> str:
        """Name of the venue or the meeting point. Reads ``venue``: one statement where it is not loaded."""
        return self.venue.name if self.venue else self.meeting_point

    def clean(self) -> None:
        from seniorportal.programme import rule_error  # the verb reads this model

        if self.rule and (error := rule_error(self.rule)):
            raise ValidationError({"rule": error})
        if self.rule and self.first_date is None:
            raise ValidationError({"first_date": "Eine Wiederholung braucht einen ersten Termin."})
        if self.venue and self.venue.district_id and self.district_id not in (None, self.venue.district_id):
            raise ValidationError({"district": "Der Ort liegt in einem anderen Stadtbezirk."})
        if self.room and self.room.venue_id != self.venue_id:
            self.room = None  # what moves to another place leaves its room behind


def _on_the_page() -> JSONObject:
    own = OuterRef("pk")
    spoken = Offering.languages.through.objects.filter(offering=OuterRef(own)).values("language")
    return JSONObject(
        carriers=nested(Carrier.objects.filter(offerings=own), "name", "short_name", "phone"),
        categories=nested(Category.objects.filter(offerings=own), "name"),
        target_groups=nested(TargetGroup.objects.filter(offerings=own), "name"),
        languages=nested(Language.objects.filter(pk__in=spoken), "name"),
    )


class OccurrenceQuerySet(models.QuerySet):
    def upcoming(self, day: dt.date) -> Self:
        """From ``day`` on in time order; dates without a known start come last on their day."""
        return self.filter(date__gte=day).order_by(
            "date", F("start").asc(nulls_last=True), "offering__sort", "pk"
        )

    def still_to_come(self, now: dt.datetime | Moment) -> Self:
        """Upcoming without what is over today."""
        return self.upcoming(Moment.of(now).today).not_over_today(now)

    def not_over_today(self, now: dt.datetime | Moment) -> Self:
        """Without the dates of today past their end or, where that is unknown, two hours past their start."""
        moment = Moment.of(now)
        over = Q(end__lt=moment.time) | Q(end__isnull=True, start__lt=moment.begun)
        return self.exclude(Q(date=moment.today) & over)

    def for_list(self) -> Self:
        return self.select_related("offering__venue__district", "offering__district")

    def of_rhythm(
        self, offerings: Iterable[Offering], today: dt.date
    ) -> models.QuerySet[Any, dict[str, Any]]:
        """The dates from today on as plain rows; ``by_hand``: somebody changed, counted or settled the date."""
        touched = Q(touched=True) | ~Q(status=Occurrence.Status.PLANNED) | Q(visit__isnull=False)
        return (
            self.filter(offering__in=[o.pk for o in offerings], planned_date__gte=today)
            .annotate(by_hand=ExpressionWrapper(touched, output_field=models.BooleanField()))
            .values("pk", "offering", "planned_date", "planned_start", "end", "by_hand")
        )


@pghistory.track(pghistory.UpdateEvent(condition=pgtrigger.Q(new__touched=True)))
class Occurrence(Record):
    """One date. ``planned_*`` is its place in the rhythm and never changes; a touched row is never regenerated."""

    class Status(models.TextChoices):
        PLANNED = "geplant", "geplant"
        HELD = "stattgefunden", "hat stattgefunden"
        CANCELLED = "ausgefallen", "fällt aus"
        MOVED = "verlegt", "verlegt"

    offering = models.ForeignKey(
        Offering, on_delete=models.CASCADE, related_name="occurrences", verbose_name="Angebot"
    )
    date = models.DateField("Tag")
    start = models.TimeField("Beginn", null=True, blank=True)
    end = models.TimeField("Ende", null=True, blank=True)
    planned_date = models.DateField("geplanter Tag", editable=False)
    planned_start = models.TimeField("geplanter Beginn", null=True, editable=False)
    status = models.CharField("Stand", max_length=14, choices=Status, default=Status.PLANNED)
    note = models.CharField("Hinweis", max_length=160, blank=True)
    touched = models.BooleanField("von Hand geändert", default=False, editable=False)

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        verbose_name = "Termin"
        verbose_name_plural = "Termine"
        ordering = ["date", "start", "pk"]
        indexes = [
            models.Index(
                fields=["date", "start", "offering"],
                include=["end", "status", "id"],
                name="occurrence_in_time",
            ),
            models.Index(
                fields=["offering", "date", "start"], include=["end", "status", "id"], name="occurrence_next"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["offering", "planned_date", "planned_start"],
                nulls_distinct=False,
                name="one_occurrence_per_place_in_rhythm",
                violation_error_message="Diesen Termin gibt es schon.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.date:%d.%m.%Y}" + (f", {self.start:%H:%M} Uhr" if self.start else "")

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.planned_date is None:
            self.planned_date, self.planned_start = self.date, self.start
        super().save(*args, **kwargs)


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), obj_field=None)
class OfferingCarrier(Offering.carriers.through):  # type: ignore[name-defined]
    """Who carries an offering, seen as rows so that history follows them."""

    class Meta:
        proxy = True
