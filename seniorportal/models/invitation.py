"""Einladung and Rücksetzung: how somebody comes into an account, and back into it. Each needs somebody else."""

import datetime as dt
from typing import Self

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .account import Bound, Role, User
from .base import Record
from .venue import ReportArea


class InvitationQuerySet(models.QuerySet):
    def open_on(self, now: dt.datetime) -> Self:
        """Neither taken, withdrawn nor too old."""
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=now)

    def over_since(self, moment: dt.datetime) -> Self:
        return self.filter(
            Q(accepted_at__lt=moment) | Q(revoked_at__lt=moment) | Q(accepted_at=None, expires_at__lt=moment)
        )

    def waiting_for_a_second(self, now: dt.datetime) -> Self:
        return self.open_on(now).filter(role=Role.TANDEM, confirmed_by=None, from_console=False)


@pghistory.track(exclude=["digest"])
class Invitation(Bound, Record):
    """A role offered to somebody. Its code opens it once; only the hash of the code is kept.

    For a Seniorenbüro a second person from that office must agree before there is a code at all.
    """

    DAYS = 30
    KEPT_DAYS = 180

    name = models.CharField("Name", max_length=120)
    email = models.EmailField("dienstliche E-Mail", blank=True, help_text="Leer: Der Zugang kommt als Brief.")
    until = models.DateField("letzter Tag", null=True, blank=True, help_text="Leer: bis auf Weiteres.")
    invited_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="eingeladen von",
    )
    confirmed_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="bestätigt von",
    )
    from_console = models.BooleanField(
        "vom Betrieb",
        default=False,
        editable=False,
        help_text="Erste Person eines Büros, am Server eingeladen.",
    )
    digest = models.CharField(max_length=64, blank=True, editable=False)
    issued_at = models.DateTimeField("Code vom", null=True, editable=False)
    expires_at = models.DateTimeField("gilt bis", editable=False)
    revoked_at = models.DateTimeField("zurückgenommen am", null=True, editable=False)
    accepted_at = models.DateTimeField("angenommen am", null=True, editable=False)
    account = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", editable=False, verbose_name="Konto"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "Einladung"
        verbose_name_plural = "Einladungen"
        ordering = ["-pk"]
        constraints = [
            *Bound.Meta.constraints,
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=models.F("invited_by")),
                name="invitation_two_persons",
                violation_error_message="Bestätigen muss eine zweite Person.",
            ),
            models.UniqueConstraint(fields=["digest"], condition=~Q(digest=""), name="invitation_digest"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.in_words}"

    def clean(self) -> None:
        super().clean()
        if self.role == Role.HALL and self.venue and self.venue.report_area == ReportArea.OFFICES:
            raise ValidationError({"venue": "Im Seniorenbüro arbeitet man als Tandem."})
        if self.until and self.until < timezone.localdate():
            raise ValidationError({"until": "Dieser Tag ist schon vorbei."})

    def is_open(self) -> bool:
        return self.accepted_at is None and self.revoked_at is None and self.expires_at > timezone.now()

    def needs_a_second(self) -> bool:
        return self.role == Role.TANDEM and self.confirmed_by_id is None and not self.from_console

    def state(self) -> str:
        if self.accepted_at:
            return "angenommen"
        if self.revoked_at:
            return "zurückgenommen"
        if not self.is_open():
            return "abgelaufen"
        if self.needs_a_second():
            return "wartet auf eine zweite Person aus dem Büro"
        return "wartet auf die eingeladene Person" if self.digest else "wartet auf Brief oder E-Mail"


class FactorResetQuerySet(models.QuerySet):
    def open_on(self, now: dt.datetime) -> Self:
        return self.filter(confirmed_at=None, asked_at__gt=now - dt.timedelta(days=FactorReset.DAYS))


@pghistory.track()
class FactorReset(Record):
    """Somebody lost her second factor. One asks for her, another one agrees; then she sets up a new one."""

    DAYS = 7
    KEPT_DAYS = 2 * 365

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="resets", verbose_name="Konto")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="erbeten von")
    asked_at = models.DateTimeField("erbeten am", default=timezone.now)
    confirmed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="bestätigt von"
    )
    confirmed_at = models.DateTimeField("bestätigt am", null=True)

    objects = FactorResetQuerySet.as_manager()

    class Meta:
        verbose_name = "Rücksetzung"
        verbose_name_plural = "Rücksetzungen"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(asked_by=models.F("user"))
                & (
                    Q(confirmed_by__isnull=True)
                    | ~Q(confirmed_by=models.F("asked_by")) & ~Q(confirmed_by=models.F("user"))
                ),
                name="reset_three_persons",
                violation_error_message="Dazu gehören zwei andere Personen.",
            ),
        ]

    def __str__(self) -> str:
        return f"Zweiter Faktor: {self.user}"
