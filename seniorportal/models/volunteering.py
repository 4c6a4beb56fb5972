"""What a carrier may keep on a volunteer beside the number that is counted: a name, sealed, and what was seen when."""

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from seniorportal.sealed import SealedField

from .base import Record
from .volunteer import Volunteer


@pghistory.track()
class Certificate(Record):
    """«Führungszeugnis eingesehen am»: who saw it, its date, when again. Never a document, nor what it said."""

    volunteer = models.OneToOneField(
        Volunteer, on_delete=models.CASCADE, related_name="certificate", verbose_name="Ehrenamtliche*r"
    )
    seen_on = models.DateField("eingesehen am")
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name="eingesehen von",
    )
    issued_on = models.DateField("Datum des Zeugnisses")
    again_on = models.DateField(
        "Wiedervorlage am",
        null=True,
        blank=True,
        help_text="Wann das nächste, sagt das Schutzkonzept des Trägers.",
    )

    class Meta:
        verbose_name = "Einsicht in ein Führungszeugnis"
        verbose_name_plural = "Einsichten in Führungszeugnisse"
        ordering = ["again_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(seen_on__gte=F("issued_on")),
                name="certificate_seen_after_its_day",
                violation_error_message="Eingesehen wurde es nach dem Datum des Zeugnisses.",
            ),
            models.CheckConstraint(
                condition=Q(again_on__isnull=True) | Q(again_on__gt=F("seen_on")),
                name="certificate_again_later",
                violation_error_message="Die Wiedervorlage liegt nach der Einsicht.",
            ),
        ]

    def __str__(self) -> str:
        return f"eingesehen am {self.seen_on:%d.%m.%Y}"


class VolunteerName(Record):
    """The name that belongs to a number, sealed; nobody has to enter one. No history keeps what was deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    volunteer = models.OneToOneField(
        Volunteer, on_delete=models.CASCADE, related_name="known_as", verbose_name="Ehrenamtliche*r"
    )
    name = SealedField("Name", max_length=120)

    class Meta:
        verbose_name = "Name zu einer Nummer"
        verbose_name_plural = "Namen zu Nummern von Ehrenamtlichen"

    def __str__(self) -> str:
        return "Name"
