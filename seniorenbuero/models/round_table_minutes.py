"""What a round table talks about, decides and takes on. About the district, never about clients.

No history keeps these texts: what should not have been written is gone once it is corrected.
"""

from django.db import models
from django.db.models import Q

from seniorportal.models import Partner, Record

from .round_table import RoundTableMeeting


class AgendaItem(Record):
    """``said`` is the part of the minutes that belongs to it."""

    LONGEST = 200
    MOST = 30  # of one meeting

    meeting = models.ForeignKey(
        RoundTableMeeting, on_delete=models.CASCADE, related_name="agenda", verbose_name="Treffen"
    )
    position = models.PositiveSmallIntegerField("Platz")
    title = models.CharField("Punkt", max_length=LONGEST)
    said = models.TextField("Protokoll", blank=True, max_length=4000)

    class Meta:
        verbose_name = "Punkt der Tagesordnung"
        verbose_name_plural = "Punkte der Tagesordnung"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title


class TableDecision(Record):
    meeting = models.ForeignKey(
        RoundTableMeeting, on_delete=models.CASCADE, related_name="decisions", verbose_name="Treffen"
    )
    text = models.CharField("Beschluss", max_length=400)
    public = models.BooleanField("darf im öffentlichen Auszug stehen", default=False)
    submission = models.UUIDField(null=True, unique=True, editable=False)

    class Meta:
        verbose_name = "Beschluss eines Runden Tisches"
        verbose_name_plural = "Beschlüsse der Runden Tische"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text


class TableTask(Record):
    """Belongs to the meeting that gave it; while open it stands at every later meeting of the same round table."""

    meeting = models.ForeignKey(
        RoundTableMeeting, on_delete=models.CASCADE, related_name="tasks", verbose_name="Treffen"
    )
    text = models.CharField("Aufgabe", max_length=300)
    partner = models.ForeignKey(
        Partner,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="table_tasks",
        verbose_name="Wer",
        help_text="Leer: das Seniorenbüro.",
    )
    due = models.DateField("Bis wann")
    done_on = models.DateField("erledigt am", null=True, blank=True)
    submission = models.UUIDField(null=True, unique=True, editable=False)

    class Meta:
        verbose_name = "Aufgabe eines Runden Tisches"
        verbose_name_plural = "Aufgaben der Runden Tische"
        ordering = ["due", "pk"]
        indexes = [models.Index(fields=["due"], condition=Q(done_on__isnull=True), name="table_task_open")]

    def __str__(self) -> str:
        return self.text
