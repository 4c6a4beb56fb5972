"""Anliegen: somebody outside asks to be called, accompanied or written to, or a hall worries about somebody."""

import datetime as dt
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils import timezone

from seniorportal.sealed import SealedField

from .base import Record
from .carrier import Carrier
from .consultation import Consultation
from .offering import Offering
from .venue import ReportArea, Venue
from .vocabulary import Language

HalfDay = Consultation.HalfDay


class ConcernQuerySet(models.QuerySet):
    def overdue_on(self, today: dt.date) -> Self:
        """The promised day is over: from now on the deputies see them as well."""
        return self.filter(answer_by__lt=today)

    def most_urgent_first(self, today: dt.date, half: str) -> Self:
        """What was called off, then by promised day; whom somebody tried in this half of the day comes last."""
        return self.order_by(
            Case(When(called_off_on__isnull=False, then=Value(0)), default=Value(1)),
            Case(When(tried_on=today, tried_half=half, then=Value(1)), default=Value(0)),
            "answer_by",
            "asked_on",
            "pk",
        )


class Concern(Record):
    """One request, kept until it is done and not a day longer: then the row and its attempts are deleted.

    Its key is the number of the submission, so that the ledger of deletions still knows a form that was sent twice. It
    belongs to a team, never to a person: to the people of an office or a house (``team_venue``) or to the coordinators
    of a carrier. ``keeper`` says who of them looks after it and binds nobody. When the promised day is over, the
    office that stands in (``deputy``) sees it as well. No history.
    """

    class Kind(models.TextChoices):
        CALL_BACK = "rueckruf", "Bitte rufen Sie mich zurück"
        COMPANY = "begleitung", "Ich möchte nicht allein hingehen"
        POST = "post", "Programm per Post"
        WORRY = "sorge", "Wir machen uns Gedanken"

    class Regards(models.TextChoices):
        SELF = "selbst", "um mich selbst"
        RELATIVE = "angehoerig", "um jemanden aus meiner Familie"
        NEIGHBOUR = "nachbar", "um jemanden aus Nachbarschaft oder Freundeskreis"
        OTHER = "andere", "um jemand anderen"

    class Wished(models.TextChoices):
        ANY = "egal", "Das ist mir gleich"
        MORNING = "vormittag", "Am Vormittag"
        AFTERNOON = "nachmittag", "Am Nachmittag"

    class Topic(models.TextChoices):
        MISSED = "fehlt", "kommt seit einiger Zeit nicht mehr"
        LONELY = "allein", "wirkt einsam oder traurig"
        CHANGED = "veraendert", "wirkt verändert, verwirrt oder vergesslich"
        WEAK = "schwach", "wirkt krank oder geschwächt, ist gestürzt"
        CARE = "versorgt", "wirkt schlecht versorgt"
        MONEY = "geld", "hat Geldsorgen oder wurde betrogen"
        FEAR = "angst", "hat Angst vor jemandem"
        OTHER = "anderes", "etwas anderes"

    # Until when somebody calls or writes, in working days.
    PROMISED = {Kind.CALL_BACK: 2, Kind.COMPANY: 3, Kind.POST: 5, Kind.WORRY: 1}
    KEPT_DAYS = 30  # after the promised day, where nobody ever settles it

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("Anliegen", max_length=10, choices=Kind)
    venue = models.ForeignKey(
        Venue,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="concerns",
        verbose_name="Ort",
    )
    offering = models.ForeignKey(
        Offering,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="concerns",
        verbose_name="Angebot",
    )
    for_date = models.DateField("für den Termin am", null=True, blank=True)
    called_off_on = models.DateField("dieser Termin fällt aus", null=True, blank=True)

    team_venue = models.ForeignKey(
        Venue,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="zuständiges Büro oder Haus",
    )
    team_carrier = models.ForeignKey(
        Carrier,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="zuständige Koordination",
    )
    deputy = models.ForeignKey(
        Venue,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Vertretung",
        limit_choices_to={"report_area": ReportArea.OFFICES},
    )
    asked_on = models.DateField("gefragt am", default=timezone.localdate)
    half_day = models.CharField("Tageshälfte", max_length=2, choices=HalfDay, default=HalfDay.MORNING)
    answer_by = models.DateField("zugesagt bis")

    regards = models.CharField("Es geht", max_length=10, choices=Regards, blank=True)
    wished = models.CharField("gewünschte Zeit", max_length=10, choices=Wished, default=Wished.ANY)
    language = models.ForeignKey(
        Language,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Sprache",
        help_text="Leer: Deutsch.",
    )
    topic = models.CharField("Beobachtung", max_length=10, choices=Topic, blank=True)
    agreed = models.BooleanField("die Person möchte angerufen werden", default=True)

    name = SealedField("Name", max_length=120, null=True, blank=True)
    phone = SealedField("Telefonnummer", max_length=40, null=True, blank=True)
    address = SealedField("Anschrift", max_length=240, null=True, blank=True)
    remark = SealedField("Mit eigenen Worten", max_length=400, null=True, blank=True)

    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="kümmert sich",
        help_text="Wer es zuletzt übernommen hat oder bekam; bis jemand anderes es nimmt.",
    )
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="übernommen von",
    )
    claimed_on = models.DateField("übernommen am", null=True, blank=True, editable=False)
    claimed_half = models.CharField("übernommen", max_length=2, choices=HalfDay, blank=True, editable=False)
    tried_on = models.DateField("zuletzt versucht am", null=True, blank=True, editable=False)
    tried_half = models.CharField(
        "zuletzt versucht", max_length=2, choices=HalfDay, blank=True, editable=False
    )

    objects = ConcernQuerySet.as_manager()

    class Meta:
        verbose_name = "Anliegen"
        verbose_name_plural = "Anliegen"
        ordering = ["answer_by", "asked_on", "pk"]
        indexes = [models.Index(fields=["answer_by"], name="concern_answer_by")]
        constraints = [
            models.CheckConstraint(
                condition=Q(team_venue__isnull=False, team_carrier__isnull=True)
                | Q(team_venue__isnull=True, team_carrier__isnull=False),
                name="concern_of_one_team",
                violation_error_message="Ein Anliegen gehört genau einem Team.",
            ),
            models.CheckConstraint(
                condition=Q(agreed=True)
                | Q(
                    kind="sorge",
                    name__isnull=True,
                    phone__isnull=True,
                    address__isnull=True,
                    remark__isnull=True,
                ),
                name="concern_names_nobody_unasked",
                violation_error_message="Ohne das Ja der Person wird nichts über sie festgehalten.",
            ),
            models.CheckConstraint(
                condition=Q(claimed_by__isnull=True) | Q(claimed_on__isnull=False) & ~Q(claimed_half=""),
                name="concern_claimed_for_half_a_day",
                violation_error_message="Übernommen wird für einen halben Tag.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.asked_on:%d.%m.%Y})"

    @property
    def team(self) -> str:
        """Who answers, as a whole: never the name of a person."""
        if self.team_carrier:
            return f"die Koordination ({self.team_carrier.short_name or self.team_carrier.name})"
        assert self.team_venue is not None
        if self.team_venue.report_area == ReportArea.CENTRE:
            return f"das Team vom {self.team_venue.name}"
        return f"das {self.team_venue.name}"

    @property
    def is_anonymous(self) -> bool:
        return not self.agreed

    def is_claimed_in(self, today: dt.date, half: str) -> bool:
        """«Ich rufe an» holds for its half of a day; then anybody of the team may take it over."""
        return self.claimed_by_id is not None and (self.claimed_on, self.claimed_half) == (today, half)

    @property
    def last_day(self) -> dt.date:
        """The last day on which it is there, should nobody settle it."""
        return self.answer_by + dt.timedelta(days=self.KEPT_DAYS)


class CallAttempt(models.Model):
    """Somebody rang. That it is done is no row: then nothing is left of the request."""

    class Outcome(models.TextChoices):
        REACHED = "erreicht", "erreicht, bleibt offen"
        NOBODY = "niemand", "niemand da"
        HANDED = "uebergeben", "übergeben"

    concern = models.ForeignKey(
        Concern, on_delete=models.CASCADE, related_name="attempts", verbose_name="Anliegen"
    )
    submission = models.UUIDField("Absendung", default=uuid.uuid4, unique=True, editable=False)
    outcome = models.CharField("Ergebnis", max_length=10, choices=Outcome)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="wer"
    )
    day = models.DateField("Tag", default=timezone.localdate)
    half_day = models.CharField("Tageshälfte", max_length=2, choices=HalfDay, default=HalfDay.MORNING)

    class Meta:
        verbose_name = "Anruf zu einem Anliegen"
        verbose_name_plural = "Anrufe zu Anliegen"
        ordering = ["day", "-half_day", "pk"]

    def __str__(self) -> str:
        return f"{self.day:%d.%m.%Y}, {self.get_half_day_display()}: {self.get_outcome_display()}"
