"""What is kept of one helper beside the number, who asks for help, and who helps whom."""

import datetime as dt
import uuid
from typing import Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from seniorportal.models import District, Language, Quarter, Record, Venue
from seniorportal.sealed import SealedField

from .helper import Helper, in_words, some_help
from .office import OFFICES


class Reachable(Record):
    """Somebody's name, and how to reach and to find her: sealed. No history keeps what was deleted.

    ``position`` is the house, rounded to about a hundred metres, for the way on foot; made from the street.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = SealedField("Name", max_length=120)
    phone = SealedField("Telefonnummer", max_length=40, null=True, blank=True)
    street = SealedField("Straße und Hausnummer", max_length=120, null=True, blank=True)
    town = SealedField("Postleitzahl und Ort", max_length=80, null=True, blank=True)
    position = SealedField("ungefähre Lage", max_length=20, null=True, blank=True, editable=False)
    remark = SealedField("Was man wissen muss", max_length=400, null=True, blank=True)

    class Meta:
        abstract = True


class HelperRecord(Reachable):
    """The person behind the number of a helper."""

    helper = models.OneToOneField(
        Helper, on_delete=models.CASCADE, related_name="record", verbose_name="Nachbarschaftshelfer*in"
    )

    class Meta:
        verbose_name = "Person hinter einer Nummer"
        verbose_name_plural = "Personen hinter den Nummern der Nachbarschaftshilfe"

    def __str__(self) -> str:
        return "Person hinter einer Nummer"


@pghistory.track()
class Milestone(Record):
    """A talk, a course or a paper with its day, and when it is due again. Of a paper only that it was seen."""

    class Kind(models.TextChoices):
        FIRST_TALK = "erstgespraech", "Erstgespräch"
        SECRECY = "schweigepflicht", "Schweigepflicht unterschrieben"
        CERTIFICATE = "fuehrungszeugnis", "Führungszeugnis eingesehen"
        CARE_COURSE = "pflegekurs", "Pflegekurs nach § 45 SGB XI"
        HELPER_COURSE = "helferkurs", "Kurs für Nachbarschaftshilfe"
        LEAFLET = "regionalbuero", "kennt die Informationen des Regionalbüros (bestätigt)"
        DEMENTIA = "demenz", "Schulung Demenz"
        LIMITS = "abgrenzung", "Schulung Abgrenzung"
        OTHER = "schulung", "andere Schulung"
        REFLECTION = "reflexion", "Reflexionsgespräch"

    PROOFS = (Kind.CARE_COURSE, Kind.HELPER_COURSE, Kind.LEAFLET)  # each is enough for § 45b SGB XI

    helper = models.ForeignKey(
        Helper, on_delete=models.CASCADE, related_name="milestones", verbose_name="Nachbarschaftshelfer*in"
    )
    kind = models.CharField("Was", max_length=16, choices=Kind)
    day = models.DateField("am")
    issued_on = models.DateField(
        "Datum des Zeugnisses", null=True, blank=True, help_text="Nur beim Führungszeugnis."
    )
    again_on = models.DateField(
        "gilt bis, oder wieder am", null=True, blank=True, help_text="Leer: ohne Ende."
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name="eingetragen von",
    )
    submission = models.UUIDField(null=True, unique=True, editable=False)

    class Meta:
        verbose_name = "Gespräch, Schulung oder Nachweis"
        verbose_name_plural = "Gespräche, Schulungen und Nachweise der Nachbarschaftshilfe"
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(again_on__isnull=True) | Q(again_on__gt=F("day")),
                name="milestone_again_later",
                violation_error_message="Dieser Tag liegt nicht nach dem ersten.",
            ),
            models.CheckConstraint(
                condition=Q(issued_on__isnull=True) | Q(kind="fuehrungszeugnis", issued_on__lte=F("day")),
                name="milestone_paper_before_it_was_seen",
                violation_error_message="Ein Führungszeugnis wird nach seinem Datum eingesehen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.day:%d.%m.%Y}"


class HelpRequestQuerySet(models.QuerySet):
    def looking(self) -> Self:
        """For whom nobody comes yet."""
        return self.filter(~Exists(Match.objects.open().filter(request=OuterRef("pk"))))

    def over(self, today: dt.date) -> Self:
        """Nobody helps, and the promised day is long past."""
        return self.looking().filter(answer_by__lt=today - dt.timedelta(days=HelpRequest.KEPT_DAYS))


class HelpRequest(Reachable):
    """Somebody would like help, and agreed that it is kept: while help is looked for or given, then it is deleted.

    Its key is the number of the submission, so that the ledger of deletions still knows a form that was sent twice.
    """

    class When(models.TextChoices):
        ANY = "egal", "gleich wann"
        MORNING = "vormittag", "am Vormittag"
        AFTERNOON = "nachmittag", "am Nachmittag"
        EVENING = "abend", "am Abend"
        WEEKEND = "wochenende", "am Wochenende"

    class Often(models.TextChoices):
        ONCE = "einmal", "einmal"
        NOW_AND_THEN = "manchmal", "ab und zu"
        WEEKLY = "woche", "jede Woche"
        MORE = "oefter", "mehrmals in der Woche"

    PROMISED = 5  # working days until somebody of the office rings and says how far things are
    KEPT_DAYS = 90  # after the promised day, where nobody helps

    office = models.ForeignKey(
        Venue,
        on_delete=models.PROTECT,
        related_name="help_requests",
        verbose_name="Seniorenbüro",
        limit_choices_to=OFFICES,
    )
    kind = models.CharField("Art der Hilfe", max_length=10, choices=Helper.Kind, default=Helper.Kind.OFFICE)
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
    wanted = some_help("gewünschte Hilfe")
    language = models.ForeignKey(
        Language,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Sprache",
        help_text="Leer: Deutsch genügt.",
    )
    when = models.CharField("Wann", max_length=10, choices=When, default=When.ANY)
    often = models.CharField("Wie oft", max_length=8, choices=Often, default=Often.WEEKLY)
    asked_on = models.DateField("gefragt am", default=timezone.localdate, editable=False)
    answer_by = models.DateField("zugesagt bis")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="kümmert sich",
    )

    objects = HelpRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "Bitte um Hilfe"
        verbose_name_plural = "Bitten um Hilfe aus der Nachbarschaft"
        ordering = ["answer_by", "asked_on", "pk"]

    def __str__(self) -> str:
        return f"Bitte um Hilfe ({self.asked_on:%d.%m.%Y})"

    @property
    def wanted_in_words(self) -> list[str]:
        return in_words(self.wanted)

    @property
    def last_day(self) -> dt.date:
        """The last day on which it is there, should nobody ever help or settle it."""
        return self.answer_by + dt.timedelta(days=self.KEPT_DAYS)


class MatchQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(ended_on__isnull=True)

    def running_within(self, first: dt.date, last: dt.date) -> Self:
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=first), started_on__lte=last)


@pghistory.track()
class Match(Record):
    """One helps one: first together with somebody of the office, then alone. Figures stay when the request goes."""

    class End(models.TextChoices):
        NOT_NEEDED = "nicht-noetig", "wird nicht mehr gebraucht"
        CARE_HOME = "heim", "Umzug ins Heim oder Krankenhaus"
        MOVED = "umzug", "umgezogen"
        DIED = "verstorben", "die Person ist verstorben"
        SERVICE = "dienst", "ein Dienst hat übernommen"
        HELPER = "helfend", "wer half, hört auf"
        NO_FIT = "passt-nicht", "hat nicht gepasst"
        NEVER = "nie", "kam nicht zustande"
        OTHER = "sonstiges", "sonstiges"

    helper = models.ForeignKey(
        Helper, on_delete=models.PROTECT, related_name="matches", verbose_name="Nachbarschaftshelfer*in"
    )
    request = models.ForeignKey(
        HelpRequest,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="matches",
        verbose_name="Bitte um Hilfe",
    )
    kind = models.CharField("Art der Hilfe", max_length=10, choices=Helper.Kind)
    quarter = models.ForeignKey(
        Quarter, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Quartier"
    )
    tasks = some_help("Hilfe")
    first_visit_on = models.DateField("erster Besuch gemeinsam am", null=True, blank=True)
    accompanied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="wer vom Büro mitgeht",
    )
    started_on = models.DateField("hilft seit", null=True, blank=True)
    hours_per_month = models.PositiveSmallIntegerField("Stunden im Monat", null=True, blank=True)
    ended_on = models.DateField("beendet am", null=True, blank=True)
    end_reason = models.CharField("Grund des Endes", max_length=14, choices=End, blank=True)
    submission = models.UUIDField(null=True, unique=True, editable=False)

    objects = MatchQuerySet.as_manager()

    class Meta:
        verbose_name = "vereinbarte Hilfe"
        verbose_name_plural = "vereinbarte Hilfen"
        ordering = ["-started_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(ended_on__isnull=True, request__isnull=False),
                name="one_open_match_per_request",
                violation_error_message="Für diese Bitte ist schon jemand gefunden.",
            ),
            models.CheckConstraint(
                condition=Q(started_on__isnull=True)
                | Q(first_visit_on__isnull=False, first_visit_on__lte=F("started_on")),
                name="match_first_visit_before_start",
                violation_error_message="Vor dem Beginn steht der gemeinsame erste Besuch.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, end_reason="")
                | Q(ended_on__isnull=False) & ~Q(end_reason=""),
                name="match_ended_for_a_reason",
                violation_error_message="Zum Ende gehört ein Grund.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | Q(started_on__isnull=True)
                | Q(ended_on__gte=F("started_on")),
                name="match_ends_after_it_began",
                violation_error_message="Das Ende liegt vor dem Beginn.",
            ),
        ]

    def __str__(self) -> str:
        return f"Hilfe von {self.helper}"

    @property
    def tasks_in_words(self) -> list[str]:
        return in_words(self.tasks)
