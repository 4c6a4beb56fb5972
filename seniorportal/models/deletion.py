"""The ledger of deletions: which rows about persons went, by number only: a restored backup loses them again."""

from django.db import models


class Deletion(models.Model):
    """One row that was deleted or made anonymous. ``number`` is its key; nothing else of it is kept."""

    class Act(models.TextChoices):
        DELETED = "geloescht", "gelöscht"
        ANONYMISED = "anonym", "anonymisiert"

    KEPT_DAYS = 730

    label = models.CharField("Art der Zeile", max_length=60)
    number = models.CharField("Nummer", max_length=40)
    act = models.CharField("Was geschah", max_length=10, choices=Act)
    day = models.DateField("Tag")
    written_out = models.BooleanField("steht in der Datei", default=False)

    class Meta:
        verbose_name = "Löschung"
        verbose_name_plural = "Löschungen"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["id"], condition=models.Q(written_out=False), name="deletion_to_write_out")
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.number}: {self.get_act_display()}"
