"""What was imported from files: each run, and each line with what it did, so that it can be taken back."""

from django.conf import settings
from django.db import models

from .base import Record


class ImportRun(Record):
    """One file. The upload is kept only until somebody confirms or discards the preview, at most an hour."""

    class Kind(models.TextChoices):
        VENUES = "venues", "Orte"
        OFFERINGS = "offerings", "Angebote"
        PARTNERS = "partners", "Netzwerkpartner"

    class State(models.TextChoices):
        PREVIEW = "vorschau", "Vorschau, noch nicht übernommen"
        WRITTEN = "uebernommen", "übernommen"
        UNDONE = "zurueck", "zurückgenommen"
        DISCARDED = "verworfen", "verworfen"

    kind = models.CharField("Was", max_length=10, choices=Kind)
    state = models.CharField("Stand", max_length=12, choices=State, default=State.PREVIEW)
    file_name = models.CharField("Datei", max_length=120, blank=True)
    upload = models.BinaryField(null=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="von",
    )
    made_at = models.DateTimeField("hochgeladen", auto_now_add=True)
    written_at = models.DateTimeField("übernommen", null=True, blank=True, editable=False)
    undone_at = models.DateTimeField("zurückgenommen", null=True, blank=True, editable=False)
    notes = models.JSONField("zur Datei", default=list, editable=False)
    new = models.PositiveIntegerField("neu", default=0)
    changed = models.PositiveIntegerField("geändert", default=0)
    unchanged = models.PositiveIntegerField("unverändert", default=0)
    warned = models.PositiveIntegerField("mit Hinweis", default=0)
    refused = models.PositiveIntegerField("abgelehnt", default=0)

    class Meta:
        verbose_name = "Einlesen aus einer Datei"
        verbose_name_plural = "Einlesen aus Dateien"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} aus {self.file_name or 'einer Datei'}"


class ImportRow(models.Model):
    """One line of the file. ``steps`` hold what was made, changed and removed, with the values before."""

    class Outcome(models.TextChoices):
        NEW = "neu", "neu"
        CHANGED = "geaendert", "geändert"
        UNCHANGED = "unveraendert", "unverändert"
        REFUSED = "abgelehnt", "abgelehnt"

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows", verbose_name="Lauf")
    line = models.PositiveIntegerField("Zeile")
    outcome = models.CharField("Ergebnis", max_length=12, choices=Outcome)
    title = models.CharField("Eintrag", max_length=340, blank=True)
    warnings = models.JSONField("Hinweise", default=list)  # pairs of column and sentence
    errors = models.JSONField("Gründe", default=list)
    changes = models.JSONField("Änderungen", default=list)
    steps = models.JSONField("Schritte", default=list, editable=False)
    left_alone = models.CharField("nicht zurückgenommen", max_length=300, blank=True)

    class Meta:
        verbose_name = "eingelesene Zeile"
        verbose_name_plural = "eingelesene Zeilen"
        ordering = ["run", "line"]
        constraints = [models.UniqueConstraint(fields=["run", "line"], name="one_row_per_line")]

    def __str__(self) -> str:
        return f"Zeile {self.line}: {self.title}"
