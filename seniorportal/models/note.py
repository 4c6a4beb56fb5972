"""Notiz zu einer Beratung: the one free text about a person, sealed, behind the wall, and the first thing to go."""

import pghistory
from django.db import models

from seniorportal.sealed import SealedField

from .consultation import Consultation
from .walled import Walled


@pghistory.track()
class ConsultationNote(Walled):
    """Read and written by the tandem of its office and body only; in no list, no search, no export and no log."""

    KEPT_MONTHS = 6  # counted from the day of the consultation

    consultation = models.OneToOneField(
        Consultation, on_delete=models.CASCADE, related_name="note", verbose_name="Beratung"
    )
    text = SealedField("Notiz", max_length=2000)

    class Meta:
        verbose_name = "Notiz zu einer Beratung"
        verbose_name_plural = "Notizen zu Beratungen"

    def __str__(self) -> str:
        return "Notiz"

    def save(self, *args: object, **kwargs: object) -> None:
        """A note lies where its consultation lies."""
        self.office_id = self.consultation.office_id
        super().save(*args, **kwargs)
