"""Behind the wall: rows that the database itself shows only to the people of one office and one responsible body."""

import uuid

from django.db import models

from .base import Record
from .carrier import Carrier
from .venue import ReportArea, Venue


class Walled(Record):
    """Base of everything personal in the Seniorenbüros. Its migration says ``BuildWall`` for the table and its history.

    Without an opened wall (``seniorportal.wall``) there are no rows, for whoever asks and however.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(
        Venue,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="Seniorenbüro",
        limit_choices_to={"report_area": ReportArea.OFFICES},
    )
    body = models.ForeignKey(
        Carrier, on_delete=models.PROTECT, related_name="+", verbose_name="verantwortliche Stelle"
    )

    class Meta:
        abstract = True
