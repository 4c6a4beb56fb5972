"""Mitmachen: who is looked for, what people want to start themselves, and who joins them."""

import datetime as dt
import uuid
from typing import Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from seniorportal.sealed import SealedField

from .account import Role
from .base import Period, PeriodQuerySet, Record
from .carrier import Carrier
from .district import District
from .venue import Venue


@pghistory.track()
class Opening(Period, Record):
    """«Wir suchen»: a task at a venue or an office. It ends by itself on its last day, so that nobody rings in vain."""

    submission = models.UUIDField(null=True, unique=True, editable=False)
    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="openings", verbose_name="Ort")
    title = models.CharField(
        "Wen suchen Sie?", max_length=80, help_text="Die Aufgabe, kein Name: jemanden für das Sonntagscafé"
    )
    text = models.TextField("Worum geht es?", max_length=600, blank=True)
    hours = models.CharField(
        "Wie viel Zeit?", max_length=120, help_text="zum Beispiel: zwei Stunden in der Woche, dienstags"
    )
    thanks = models.CharField(
        "Was bekommt man dafür?",
        max_length=200,
        blank=True,
        help_text="zum Beispiel: Einarbeitung, Fahrgeld, Versicherung, Kaffee und gute Gesellschaft",
    )
    phone = models.CharField(
        "Telefon",
        max_length=40,
        blank=True,
        help_text="Leer: Es gilt die Nummer des Ortes. Keine private Nummer.",
    )
    phone_label = models.CharField(
        "Wer meldet sich?", max_length=80, blank=True, help_text="Funktion, kein Name."
    )
    published = models.BooleanField("öffentlich", default=True)

    objects = PeriodQuerySet.as_manager()

    class Meta(Period.Meta):
        verbose_name = "Gesuch"
        verbose_name_plural = "Gesuche"
        ordering = ["-active_from", "pk"]

    def __str__(self) -> str:
        return self.title


class IdeaQuerySet(models.QuerySet):
    def in_public(self, day: dt.date) -> Self:
        return self.filter(state=Idea.State.PUBLIC, until__gte=day)

    def waiting(self) -> Self:
        return self.filter(state=Idea.State.NEW)

    def over_before(self, day: dt.date) -> Self:
        """Done, refused or run out before that day."""
        return self.filter(Q(done_on__lt=day) | Q(done_on__isnull=True, until__lt=day))


class Idea(Record):
    """«Eigene Ideen umsetzen»: posted by anybody, shown only after somebody read it, and then without anybody's data.

    One coordinator is in charge: Begegnung VorOrt of the district, a carrier's coordinators, or the editors. No history
    keeps what was posted: until it is read there may be a name in it.
    """

    class State(models.TextChoices):
        NEW = "neu", "noch nicht geprüft"
        PUBLIC = "oeffentlich", "veröffentlicht"
        REFUSED = "abgelehnt", "nicht veröffentlicht"
        DONE = "erledigt", "erledigt"

    OPEN_DAYS = 180  # from the day of the post, and once more from the day of its publication
    KEPT_DAYS = 30  # names and numbers, after it is over

    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField("Ihre Idee in wenigen Worten", max_length=80)
    text = models.TextField("Was haben Sie vor?", max_length=600)
    where = models.CharField("Wo ungefähr?", max_length=120, blank=True)
    when = models.CharField("Wann ungefähr?", max_length=120, blank=True)
    district = models.ForeignKey(
        District,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="ideas",
        verbose_name="Stadtbezirk",
        help_text="Leer: in ganz Dortmund, oder noch offen.",
    )
    owner_role = models.CharField("wer sich kümmert", max_length=14, choices=Role)
    carrier = models.ForeignKey(
        Carrier, on_delete=models.PROTECT, null=True, blank=True, related_name="ideas", verbose_name="Träger"
    )
    state = models.CharField("Stand", max_length=12, choices=State, default=State.NEW)
    posted_on = models.DateField("eingegangen am")
    answer_by = models.DateField("Antwort bis")
    published_on = models.DateField("veröffentlicht am", null=True, blank=True)
    until = models.DateField("steht da bis", help_text="Letzter Tag.")
    done_on = models.DateField("beendet am", null=True, blank=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="beendet von",
    )

    objects = IdeaQuerySet.as_manager()

    class Meta:
        verbose_name = "Idee"
        verbose_name_plural = "Ideen"
        ordering = ["answer_by", "pk"]
        indexes = [models.Index(fields=["until"], condition=Q(state="oeffentlich"), name="idea_in_public")]
        constraints = [
            models.CheckConstraint(
                condition=Q(owner_role=Role.EDITORS, carrier=None)
                | Q(owner_role=Role.VORORT, carrier=None, district__isnull=False)
                | Q(owner_role=Role.COORDINATION, carrier__isnull=False),
                name="idea_has_one_in_charge",
                violation_error_message="Um eine Idee kümmert sich genau eine Stelle.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["neu", "oeffentlich"], done_on__isnull=True)
                | Q(state__in=["abgelehnt", "erledigt"], done_on__isnull=False),
                name="idea_over_since_a_day",
                violation_error_message="Beendet ist, was einen Tag dazu hat.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("public:idea", args=[self.pk])

    @property
    def owner(self) -> str:
        """Who is in charge, by function. Never the name of a person."""
        if self.owner_role == Role.COORDINATION and self.carrier:
            return f"die Koordination ({self.carrier.short_name or self.carrier.name})"
        if self.owner_role == Role.VORORT and self.district:
            return f"Begegnung VorOrt im Stadtbezirk {self.district.name}"
        return "die Redaktion des Portals"


class Companion(Record):
    """Somebody behind an idea: who had it, or who joins. Sealed, and seen by the one coordinator in charge only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="companions", verbose_name="Idee")
    started = models.BooleanField("hatte die Idee", default=False)
    name = SealedField("Name", max_length=120)
    phone = SealedField("Telefon", max_length=60)
    message = SealedField("Nachricht", max_length=400)
    joined_on = models.DateField("gemeldet am")
    called_on = models.DateField("angerufen am", null=True, blank=True)

    class Meta:
        verbose_name = "Person, die mitmacht"
        verbose_name_plural = "Menschen, die bei Ideen mitmachen"
        ordering = ["-started", "joined_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["idea"],
                condition=Q(started=True),
                name="idea_had_by_one",
                violation_error_message="Diese Idee hat schon jemand.",
            )
        ]

    def __str__(self) -> str:
        return "hatte die Idee" if self.started else "macht mit"
