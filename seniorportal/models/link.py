"""Link, Zettel, Absage-Code: what opens one thing at one place to whoever holds it, without an account."""

import datetime as dt
from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .account import User
from .base import Record
from .venue import Venue


class LinkQuerySet(models.QuerySet):
    def open_on(self, now: dt.datetime) -> Self:
        """Neither revoked nor past their end."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=now), revoked_at=None)

    def over_since(self, moment: dt.datetime) -> Self:
        return self.filter(Q(revoked_at__lt=moment) | Q(until__lt=moment))


@pghistory.track()
class Link(Record):
    """What it opens say the rules (``Rule.bearers``). Its token is computed (``links.py``) and stored nowhere.

    The number of a sheet, printed on it and named to revoke it, is its primary key.
    """

    class Kind(models.TextChoices):
        CONFIRM = "stimmt-noch", "Link zum Prüfen"
        WALL = "wandzettel", "Wandzettel zum Zählen"
        CANCEL = "absage", "Code zum Absagen"
        LOG = "protokoll", "Protokoll einer Schicht"

    KEPT_DAYS = 180  # after it is over
    PERSONAL = (Kind.CONFIRM, Kind.LOG)  # open no longer than the person they were made for may do the same

    kind = models.CharField("Art", max_length=12, choices=Kind)
    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="links", verbose_name="Ort")
    made_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="ausgegeben von",
    )
    made_for = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="ausgegeben an",
        help_text="Nur wo ein Link einer Person gilt.",
    )
    made_at = models.DateTimeField("ausgegeben am", default=timezone.now, editable=False)
    until = models.DateTimeField(
        "gilt bis", null=True, editable=False, help_text="Leer: bis zum Zurücknehmen."
    )
    revoked_at = models.DateTimeField("zurückgenommen am", null=True, editable=False)

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = "Link oder Zettel"
        verbose_name_plural = "Links und Zettel"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["venue", "kind"], condition=Q(revoked_at=None), name="link_in_use")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=["stimmt-noch", "protokoll"])
                | Q(made_for__isnull=False, until__isnull=False),
                name="link_of_a_person_ends",
                violation_error_message="Ein Link für eine Person nennt sie und endet.",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("made_at")),
                name="link_ends_after_it_begins",
                violation_error_message="Das Ende liegt vor dem Anfang.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} Nr. {self.pk}"

    def is_open(self, now: dt.datetime) -> bool:
        return self.revoked_at is None and (self.until is None or self.until > now)
