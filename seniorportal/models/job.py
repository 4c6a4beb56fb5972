"""What the portal does without anybody clicking: each run of a job, and the mails that are to leave the house."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q


class JobRunQuerySet(models.QuerySet):
    def latest_of_each(self) -> Self:
        """The youngest run of every job, in one statement."""
        return self.order_by("job", "-started_at", "-pk").distinct("job")


class JobRun(models.Model):
    """One run of one job of ``seniorportal.jobs``. ``said`` is its one sentence, without anything personal.

    A run that found nothing to do takes the place of the one before, so that a job of every minute leaves one row.
    """

    KEPT_DAYS = 180

    class Outcome(models.TextChoices):
        RUNNING = "laeuft", "läuft oder wurde unterbrochen"
        DONE = "fertig", "fertig"
        FAILED = "fehler", "mit Fehler beendet"

    job = models.CharField("Aufgabe", max_length=40)
    started_at = models.DateTimeField("begonnen")
    finished_at = models.DateTimeField("beendet", null=True)
    outcome = models.CharField("Ergebnis", max_length=8, choices=Outcome, default=Outcome.RUNNING)
    said = models.CharField("Was geschah", max_length=300, blank=True)

    objects = JobRunQuerySet.as_manager()

    class Meta:
        verbose_name = "Lauf einer Aufgabe"
        verbose_name_plural = "Aufgaben des Portals"
        ordering = ["-started_at", "-pk"]
        indexes = [models.Index(fields=["job", "-started_at"], name="job_run_latest")]

    def __str__(self) -> str:
        return f"{self.job}: {self.get_outcome_display()}"


class OutgoingMailQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        return self.filter(sent_at__isnull=True, given_up=False)

    def due(self, now: dt.datetime) -> Self:
        return self.waiting().filter(next_try_at__lte=now).order_by("next_try_at", "pk")

    def sent_before(self, moment: dt.datetime) -> Self:
        return self.filter(sent_at__lt=moment)


class OutgoingMail(models.Model):
    """A mail to an account or to an organisation. Written in the transaction of the deed it tells of; sent by
    ``seniorportal.outbox``.

    Holds no text: only which mail, and the numbers and paths of the portal that it names. The address is that of the
    account or the organisation at the moment of sending.
    """

    KEPT_DAYS = 30

    class Kind(models.TextChoices):
        TASKS = "aufgaben", "Es warten Aufgaben"
        REVIEW = "stimmt-noch", "Angaben sind zu prüfen"
        RETURNS = "jahresmeldung", "Jahresmeldungen stehen aus"
        SILENT = "konto-ruht", "Ein Konto wird lange nicht benutzt"
        ROUND_TABLE = "runder-tisch", "Einladung zu einem Runden Tisch"

    key = models.CharField(
        "Anlass", max_length=120, unique=True, help_text="Derselbe Anlass schreibt nur einmal."
    )
    kind = models.CharField("Art", max_length=20, choices=Kind)
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="an das Konto",
    )
    partner = models.ForeignKey(
        "seniorportal.Partner",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="an die Organisation",
    )
    facts = models.JSONField("Zahlen und Pfade", default=dict, editable=False)
    written_at = models.DateTimeField("geschrieben")
    next_try_at = models.DateTimeField("nächster Versuch")
    attempts = models.PositiveSmallIntegerField("Versuche", default=0)
    sent_at = models.DateTimeField("abgeschickt", null=True)
    given_up = models.BooleanField("aufgegeben", default=False)
    problem = models.CharField("Hindernis", max_length=120, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = "ausgehende E-Mail"
        verbose_name_plural = "ausgehende E-Mails"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to__isnull=False, partner__isnull=True)
                | Q(to__isnull=True, partner__isnull=False),
                name="mail_goes_to_one",
            )
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"], condition=Q(sent_at__isnull=True, given_up=False), name="mail_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.written_at:%d.%m.%Y})"
