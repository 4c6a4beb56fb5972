"""«Für den Bericht vormerken»: one sentence on a meeting or on an event of the office."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from seniorportal.models import Offering, Record, Venue

from .office import OFFICES
from .round_table import RoundTableMeeting


class ReportRemark(Record):
    """For whoever edits the report; ``day`` decides in which period it is listed. No history keeps it."""

    office = models.ForeignKey(
        Venue,
        on_delete=models.PROTECT,
        related_name="report_remarks",
        verbose_name="Seniorenbüro",
        limit_choices_to=OFFICES,
    )
    meeting = models.OneToOneField(
        RoundTableMeeting,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="remark",
        verbose_name="Treffen",
    )
    offering = models.OneToOneField(
        Offering,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="report_remark",
        verbose_name="Veranstaltung",
    )
    day = models.DateField("Tag")
    sentence = models.CharField("Ein Satz für den Bericht", max_length=240)

    class Meta:
        verbose_name = "Vormerkung für den Bericht"
        verbose_name_plural = "Vormerkungen für den Bericht"
        ordering = ["day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(meeting__isnull=False, offering__isnull=True)
                | Q(meeting__isnull=True, offering__isnull=False),
                name="remark_is_about_one_thing",
            )
        ]

    def __str__(self) -> str:
        return self.sentence

    def clean(self) -> None:
        super().clean()
        if (self.meeting_id is None) == (self.offering_id is None):
            said = "Eine Vormerkung gehört entweder zu einem Treffen oder zu einer Veranstaltung."
            raise ValidationError({"meeting": said} if self.meeting_id is None else {"offering": said})
