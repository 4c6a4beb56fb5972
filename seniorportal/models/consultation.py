"""Beratung: one contact, anonymous by construction."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from .base import Record
from .district import District, Quarter
from .venue import ReportArea, Venue
from .vocabulary import Word


class AgeGroup(models.TextChoices):
    BELOW_60 = "u60", "unter 60"
    FROM_60 = "60", "60 bis 69"
    FROM_70 = "70", "70 bis 79"
    FROM_80 = "80", "80 bis 89"
    FROM_90 = "90", "90 und älter"
    UNKNOWN = "x", "unbekannt"


class CareGrade(models.TextChoices):
    NONE = "0", "keiner"
    APPLIED = "a", "beantragt"
    ONE = "1", "1"
    TWO = "2", "2"
    THREE = "3", "3"
    FOUR = "4", "4"
    FIVE = "5", "5"


class ConsultationTopic(Word):
    """Main topics and their parts (DOMAIN vocabulary of the Seniorenbüros); a part points to its main topic."""

    code = models.CharField("Kürzel", max_length=6, unique=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts", verbose_name="Teil von"
    )

    class Meta(Word.Meta):
        verbose_name = "Beratungsthema"
        verbose_name_plural = "Beratungsthemen"


class Consultation(Record):
    """No name, street, birth date, free text, worker, or time finer than half a day.

    Counted as «persönliche Beratung» unless the outcome is a wrong number. The office, not the worker, is recorded.
    """

    class HalfDay(models.TextChoices):
        MORNING = "vm", "Vormittag"
        AFTERNOON = "nm", "Nachmittag"

    class Channel(models.TextChoices):
        PHONE_IN = "tel", "Telefon, eingehend"
        PHONE_OUT = "tela", "Telefon, ausgehend"
        OPEN_HOUR = "offen", "offene Sprechstunde"
        APPOINTMENT = "termin", "Termin im Büro"
        HOME_VISIT = "haus", "Hausbesuch"
        EMAIL = "mail", "E-Mail"
        LETTER = "brief", "Brief"
        VIDEO = "video", "Video"
        FIELD = "aussen", "Außensprechstunde in einer Begegnungsstätte"
        EVENT = "runde", "Runder Tisch oder Veranstaltung"
        THIRD_PARTY = "dritte", "Gespräch mit Dritten"

    class Asker(models.TextChoices):
        SELF = "selbst", "selbst"
        SPOUSE = "partner", "Partnerin oder Partner"
        RELATIVE = "angehoerig", "Angehörige"
        NEIGHBOUR = "nachbar", "Nachbarschaft, Freundeskreis"
        SPECIALIST = "fach", "Fachstelle"
        VOLUNTEER = "ehrenamt", "Ehrenamtliche"

    class Outcome(models.TextChoices):
        INFORMATION = "info", "Information"
        ADVICE = "beratung", "Beratung"
        APPLICATION = "antrag", "Hilfe beim Antrag"
        REFERRAL = "vermittlung", "Vermittlung"
        CASE = "fall", "Weitergabe an das Fallmanagement"
        APPOINTMENT = "termin", "Termin vereinbart"
        NONE = "ohne", "ohne Ergebnis"
        WRONG_NUMBER = "fehl", "Fehlanruf (wird nicht gezählt)"

    class Duration(models.TextChoices):
        TEN = "10", "bis 10 Minuten"
        THIRTY = "30", "11 bis 30 Minuten"
        SIXTY = "60", "31 bis 60 Minuten"
        LONGER = "61", "mehr als 60 Minuten"

    class Gender(models.TextChoices):
        FEMALE = "w", "weiblich"
        MALE = "m", "männlich"
        DIVERSE = "d", "divers"
        UNKNOWN = "x", "keine Angabe"

    submission = models.UUIDField("Absendung", unique=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(
        Venue,
        on_delete=models.PROTECT,
        related_name="consultations",
        verbose_name="Seniorenbüro",
        limit_choices_to={"report_area": ReportArea.OFFICES},
    )
    date = models.DateField("Tag", default=timezone.localdate)
    half_day = models.CharField("Tageshälfte", max_length=2, choices=HalfDay, default=HalfDay.MORNING)
    channel = models.CharField("Weg", max_length=8, choices=Channel, default=Channel.PHONE_IN)
    asker = models.CharField("Wer fragt", max_length=10, choices=Asker, default=Asker.SELF)
    topics = models.ManyToManyField(ConsultationTopic, related_name="consultations", verbose_name="Themen")
    outcome = models.CharField("Ergebnis", max_length=12, choices=Outcome, default=Outcome.ADVICE)
    duration = models.CharField("Dauer", max_length=2, choices=Duration, default=Duration.THIRTY)
    is_first = models.BooleanField("Erstkontakt", default=True)
    age_group = models.CharField("Altersgruppe", max_length=3, choices=AgeGroup, default=AgeGroup.UNKNOWN)
    gender = models.CharField("Geschlecht", max_length=1, choices=Gender, default=Gender.UNKNOWN)
    lives_alone = models.BooleanField("lebt allein", null=True, blank=True)
    care_grade = models.CharField("Pflegegrad", max_length=1, choices=CareGrade, blank=True)
    district = models.ForeignKey(
        District,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Stadtbezirk",
    )
    quarter = models.ForeignKey(
        Quarter, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Quartier"
    )

    class Meta:
        verbose_name = "Beratung"
        verbose_name_plural = "Beratungen"
        ordering = ["-date", "-pk"]
        indexes = [
            models.Index(
                fields=["date", "office"], condition=~Q(outcome="fehl"), name="consultation_counted"
            ),
            models.Index(fields=["office", "date"], name="consultation_of_office"),
        ]

    def __str__(self) -> str:
        return f"Beratung am {self.date:%d.%m.%Y}"
