"""Where the invitation of an organisation goes: to a house or an office of theirs, never to somebody by name."""

import pghistory
from django.db import models
from django.db.models import Q

from seniorportal.models import Partner, Record


@pghistory.track()
class InvitationAddress(Record):
    """One for each organisation, shared by the twelve offices."""

    partner = models.OneToOneField(
        Partner, on_delete=models.CASCADE, related_name="invitation_address", verbose_name="Netzwerkpartner"
    )
    addition = models.CharField(
        "Zusatz",
        max_length=80,
        blank=True,
        help_text="Zum Beispiel: Sozialdienst, Verwaltung. Kein Name eines Menschen.",
    )
    street = models.CharField("Straße und Hausnummer", max_length=120, blank=True)
    postal_code = models.CharField("Postleitzahl", max_length=5, blank=True)
    city = models.CharField("Ort", max_length=60, blank=True, default="Dortmund")
    email = models.EmailField("E-Mail der Organisation", max_length=120, blank=True)

    class Meta:
        verbose_name = "Anschrift für Einladungen"
        verbose_name_plural = "Anschriften für Einladungen"
        ordering = ["partner"]
        constraints = [
            models.CheckConstraint(
                condition=Q(postal_code="") | Q(postal_code__regex=r"^[0-9]{5}$"),
                name="invitation_postal_code",
                violation_error_message="Eine Postleitzahl hat fünf Ziffern.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.partner}: {', '.join(self.lines) or self.email or 'keine Anschrift'}"

    @property
    def lines(self) -> list[str]:
        """Below the name of the organisation; empty where a letter would not arrive."""
        if not self.street or not self.postal_code:
            return []
        return [
            line for line in (self.addition, self.street, f"{self.postal_code} {self.city}".strip()) if line
        ]
