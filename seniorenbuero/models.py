"""Chapter 3 of the Kurzbericht: Seniorenbüros, their round tables and their Nachbarschaftshelfer."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from seniorportal.models import Language, Partner, Period, PeriodQuerySet, Quarter, Record, ReportArea, Venue

OFFICES = {"report_area": ReportArea.OFFICES}


class Office(Record):
    """What a venue is as one of the twelve Seniorenbüros, carried by city and association as equals."""

    venue = models.OneToOneField(
        Venue, on_delete=models.CASCADE, related_name="office", verbose_name="Ort", limit_choices_to=OFFICES
    )
    hours_note = models.CharField("Sprechzeiten in Worten", max_length=160, blank=True)
    home_visits = models.BooleanField("Hausbesuche", null=True, blank=True, help_text="Leer: nicht bekannt.")

    class Meta:
        verbose_name = "Seniorenbüro"
        verbose_name_plural = "Seniorenbüros"
        ordering = ["venue"]

    def __str__(self) -> str:
        return str(self.venue)


@pghistory.track()
class RoundTable(Record):
    office = models.ForeignKey(
        Venue,
        on_delete=models.PROTECT,
        related_name="round_tables",
        verbose_name="Seniorenbüro",
        limit_choices_to=OFFICES,
    )
    title = models.CharField("Titel", max_length=120)

    class Meta:
        verbose_name = "Runder Tisch"
        verbose_name_plural = "Runde Tische"
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class RoundTableMeeting(Record):
    round_table = models.ForeignKey(
        RoundTable, on_delete=models.PROTECT, related_name="meetings", verbose_name="Runder Tisch"
    )
    date = models.DateField("Tag")
    topic = models.CharField("Thema", max_length=160, blank=True)

    class Meta:
        verbose_name = "Treffen eines Runden Tisches"
        verbose_name_plural = "Treffen der Runden Tische"
        ordering = ["-date"]
        constraints = [
            models.UniqueConstraint(
                fields=["round_table", "date"],
                name="one_meeting_a_day",
                violation_error_message="An diesem Tag ist schon ein Treffen eingetragen.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.round_table}, {self.date:%d.%m.%Y}"


@pghistory.track()
class Attendance(Record):
    """An organisation at a meeting; invited counts as Netzwerkpartner as well as present."""

    class State(models.TextChoices):
        INVITED = "eingeladen", "eingeladen"
        PRESENT = "dabei", "war dabei"
        EXCUSED = "entschuldigt", "entschuldigt"

    meeting = models.ForeignKey(
        RoundTableMeeting, on_delete=models.CASCADE, related_name="attendances", verbose_name="Treffen"
    )
    partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, related_name="attendances", verbose_name="Netzwerkpartner"
    )
    state = models.CharField("Stand", max_length=12, choices=State, default=State.INVITED)

    class Meta:
        verbose_name = "Teilnahme"
        verbose_name_plural = "Teilnahmen"
        ordering = ["partner"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "partner"],
                name="partner_once_per_meeting",
                violation_error_message="Diese Organisation ist für das Treffen schon eingetragen.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.partner}: {self.get_state_display()}"


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

    office = models.ForeignKey(
        Venue,
        on_delete=models.PROTECT,
        related_name="helpers",
        verbose_name="Seniorenbüro",
        limit_choices_to=OFFICES,
    )
    number = models.CharField("Nummer", max_length=24, unique=True, help_text="Vergibt das Büro. Kein Name.")
    kind = models.CharField("Art der Hilfe", max_length=10, choices=Kind, default=Kind.OFFICE)
    state = models.CharField("Stand", max_length=14, choices=State, default=State.INTERESTED)
    quarter = models.ForeignKey(
        Quarter, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Quartier"
    )
    languages = models.ManyToManyField(Language, blank=True, related_name="+", verbose_name="Sprachen")

    objects = PeriodQuerySet.as_manager()

    class Meta(Period.Meta):
        verbose_name = "Nachbarschaftshelfer*in"
        verbose_name_plural = "Nachbarschaftshelfer*innen"
        ordering = ["number"]

    def __str__(self) -> str:
        return self.number


@pghistory.track()
class ClosedMonth(Record):
    """A month of an office whose figures are reported: its Beratungen can be read, not changed.

    Without a row a month stays open until its year is closed (``seniorenbuero.months``).
    """

    office = models.ForeignKey(
        Venue,
        on_delete=models.PROTECT,
        related_name="closed_months",
        verbose_name="Seniorenbüro",
        limit_choices_to=OFFICES,
    )
    month = models.DateField("Monat", help_text="Der erste Tag des Monats.")
    closed_on = models.DateField("abgeschlossen am", default=timezone.localdate, editable=False)

    class Meta:
        verbose_name = "abgeschlossener Monat"
        verbose_name_plural = "abgeschlossene Monate"
        ordering = ["-month"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "month"],
                name="month_closed_once",
                violation_error_message="Dieser Monat ist schon abgeschlossen.",
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="closed_month_is_its_first_day",
                violation_error_message="Bitte den ersten Tag des Monats angeben.",
            ),
        ]

    def __str__(self) -> str:
        return date_format(self.month, "F Y")
