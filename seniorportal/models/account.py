"""Konto, Mitgliedschaft, Rolle. What a role may do stands in the rules, not here."""

import datetime as dt
from typing import Any, ClassVar

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import ASCIIUsernameValidator
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .base import Period, PeriodQuerySet, Record
from .carrier import Carrier
from .district import District
from .venue import ReportArea, Venue


class UserManager(BaseUserManager["User"]):
    def with_mail(self) -> models.QuerySet["User"]:
        """Open accounts that a mail can reach."""
        return self.filter(is_active=True).exclude(email="")

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractBaseUser, Record):
    """An account. It has no rights of its own: they come from memberships, through ``access``."""

    username = models.CharField(
        "Anmeldename", max_length=60, unique=True, validators=[ASCIIUsernameValidator()], db_collation="C"
    )
    name = models.CharField("Name", max_length=120, blank=True)
    email = models.EmailField("dienstliche E-Mail", blank=True)
    is_active = models.BooleanField("darf sich anmelden", default=True)
    date_joined = models.DateTimeField("angelegt am", default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "Konto"
        verbose_name_plural = "Konten"
        ordering = ["username"]

    def __str__(self) -> str:
        return self.name or self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        if kwargs.get("update_fields") == ["last_login"]:  # two logins at once are no conflict
            type(self)._default_manager.filter(pk=self.pk).update(last_login=self.last_login)
            return
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        return str(self)

    # Django's admin and templates ask these; the portal's only door is access.py.
    is_staff = True
    is_superuser = False

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False


class Role(models.TextChoices):
    COORDINATION = "koordination", "Koordination (Träger)"
    VORORT = "vorort", "Begegnung VorOrt (Stadtbezirk)"
    HALL = "halle", "Halle (Ort)"
    HOUSE = "hausleitung", "Hausleitung (Stadtteilzentrum)"
    TANDEM = "tandem", "Tandem (Seniorenbüro)"
    EVALUATION = "auswertung", "Auswertung"
    EDITORS = "redaktion", "Redaktion (Portal)"
    TECHNICAL = "technik", "Technik (Portal)"


# What a role is bound to: the same for a membership and for the invitation to one.
BOUND_AS_ITS_ROLE_ASKS = (
    Q(role="koordination", carrier__isnull=False, district__isnull=True, venue__isnull=True)
    | Q(role="vorort", carrier__isnull=True, district__isnull=False, venue__isnull=True)
    | Q(
        role__in=["halle", "hausleitung"],
        carrier__isnull=True,
        district__isnull=True,
        venue__isnull=False,
    )
    | Q(role="tandem", carrier__isnull=True, district__isnull=True, venue__isnull=False)
    & Q(employer__isnull=False)
    | Q(role="auswertung", district__isnull=True, venue__isnull=True)
    | Q(
        role__in=["redaktion", "technik"],
        carrier__isnull=True,
        district__isnull=True,
        venue__isnull=True,
    )
)
NOT_BOUND_AS_ITS_ROLE_ASKS = (
    "Diese Rolle ist anders gebunden: Koordination an einen Träger, Begegnung "
    "VorOrt an einen Stadtbezirk, Halle, Hausleitung und Tandem an einen Ort (Tandem mit Arbeitgeber), "
    "Auswertung höchstens an einen Träger, Redaktion und Technik an nichts."
)


class Bound(models.Model):
    """A role and what it is bound to: a carrier, a district, a venue or nothing, as the role asks."""

    BINDING: ClassVar[dict[str, str]] = {
        Role.COORDINATION: "carrier",
        Role.VORORT: "district",
        Role.HALL: "venue",
        Role.HOUSE: "venue",
        Role.TANDEM: "venue",
    }

    role = models.CharField("Rolle", max_length=14, choices=Role)
    carrier = models.ForeignKey(
        Carrier, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Träger"
    )
    district = models.ForeignKey(
        District,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Stadtbezirk",
    )
    venue = models.ForeignKey(
        Venue, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Ort"
    )
    employer = models.ForeignKey(
        Carrier,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Arbeitgeber",
        help_text="Im Seniorenbüro nötig: die verantwortliche Stelle für Fälle dieser Person.",
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=BOUND_AS_ITS_ROLE_ASKS,
                name="%(class)s_bound_as_its_role_asks",
                violation_error_message=NOT_BOUND_AS_ITS_ROLE_ASKS,
            )
        ]

    @property
    def in_words(self) -> str:
        bound = self.carrier or self.district or self.venue
        return f"{self.get_role_display()}: {bound}" if bound else self.get_role_display()

    def clean(self) -> None:
        area = {Role.TANDEM: ReportArea.OFFICES, Role.HOUSE: ReportArea.CENTRE}.get(
            Role(self.role or Role.HALL)
        )
        if area and self.venue and self.venue.report_area != area:
            raise ValidationError({"venue": f"Diese Rolle gehört zu einem Ort im Bereich {area.label}."})


@pghistory.track()
class Membership(Bound, Period, Record):
    """One role of one account, bound to a carrier, a district or a venue, from its first to its last day."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships", verbose_name="Konto")

    objects = PeriodQuerySet.as_manager()

    class Meta(Period.Meta):
        verbose_name = "Mitgliedschaft"
        verbose_name_plural = "Mitgliedschaften"
        ordering = ["user", "role"]
        constraints = [
            *Period.Meta.constraints,
            *Bound.Meta.constraints,
        ]

    def __str__(self) -> str:
        return self.in_words

    def is_active_on(self, day: dt.date) -> bool:
        return (self.active_from or day) <= day <= (self.active_until or day)
