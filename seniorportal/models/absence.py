"""Abwesenheit: somebody of a Seniorenbüro is not there, and who stands in for her."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from .account import Membership
from .base import Period, PeriodQuerySet, Record
from .venue import ReportArea, Venue

OFFICES = {"report_area": ReportArea.OFFICES}


class Absence(Period, Record):
    """From the first to the last day; either a colleague of the office stands in or another office.

    Why somebody is away is nobody's business here: there is no column for it, no history, and the row itself goes
    ``KEPT_DAYS`` after its last day, so that nobody can count the days of anybody.
    """

    KEPT_DAYS = 30

    office = models.ForeignKey(
        Venue,
        on_delete=models.PROTECT,
        related_name="absences",
        verbose_name="Seniorenbüro",
        limit_choices_to=OFFICES,
        editable=False,
    )
    member = models.ForeignKey(
        Membership, on_delete=models.CASCADE, related_name="absences", verbose_name="Wer ist nicht da?"
    )
    active_from = models.DateField("nicht da ab")
    active_until = models.DateField(
        "nicht da bis", null=True, blank=True, help_text="Letzter Tag. Leer: noch nicht bekannt."
    )
    deputy = models.ForeignKey(
        Membership,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="stands_in",
        verbose_name="Vertretung im Büro",
    )
    deputy_office = models.ForeignKey(
        Venue,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="stands_in",
        verbose_name="Vertretung durch ein anderes Büro",
        limit_choices_to=OFFICES,
    )

    objects = PeriodQuerySet.as_manager()

    class Meta(Period.Meta):
        verbose_name = "Abwesenheit"
        verbose_name_plural = "Abwesenheiten"
        ordering = ["active_from", "pk"]
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                condition=Q(deputy__isnull=False, deputy_office__isnull=True)
                | Q(deputy__isnull=True, deputy_office__isnull=False),
                name="absence_one_stands_in",
                violation_error_message="Bitte wählen Sie aus, wer vertritt: eine Person oder ein anderes Büro.",
            ),
            models.CheckConstraint(
                condition=Q(deputy__isnull=True) | ~Q(deputy=models.F("member")),
                name="absence_of_another",
                violation_error_message="Wer nicht da ist, kann sich nicht selbst vertreten.",
            ),
            models.CheckConstraint(
                condition=Q(deputy_office__isnull=True) | ~Q(deputy_office=models.F("office")),
                name="absence_in_another_office",
                violation_error_message="Bitte wählen Sie ein anderes Büro.",
            ),
        ]

    def __str__(self) -> str:
        return f"nicht da {self.in_words}"

    @property
    def in_words(self) -> str:
        if self.active_until is None:
            return f"ab {self.active_from:%d.%m.%Y}"
        if self.active_until == self.active_from:
            return f"am {self.active_from:%d.%m.%Y}"
        return f"vom {self.active_from:%d.%m.%Y} bis {self.active_until:%d.%m.%Y}"

    def save(self, *args: object, **kwargs: object) -> None:
        if self.member.venue_id is not None:
            self.office_id = self.member.venue_id
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """What two columns say to each other and to other rows; a form that has no valid member is left alone."""
        if self.member_id is None or self.active_from is None:
            return
        wrong: dict[str, str] = {}
        own = Absence.objects.filter(member=self.member_id).exclude(pk=self.pk)
        if first := self.overlapping(own):
            wrong["active_from"] = f"Für diese Zeit ist schon eingetragen: {first}."
        if self.deputy_id and self.deputy:
            if self.deputy_id == self.member_id:
                wrong["deputy"] = "Wer nicht da ist, kann sich nicht selbst vertreten."
            elif self.deputy.venue_id != self.member.venue_id:
                wrong["deputy"] = "Die Vertretung arbeitet in einem anderen Büro."
            elif first := self.overlapping(Absence.objects.filter(member=self.deputy_id)):
                wrong["deputy"] = f"{self.deputy.user} ist selbst {first}."
            elif not self.covers(self.deputy):
                wrong["deputy"] = f"{self.deputy.user} arbeitet nicht die ganze Zeit hier."
        if wrong:
            raise ValidationError(wrong)

    def overlapping(self, rows: PeriodQuerySet) -> "Absence | None":
        return rows.active_within(self.active_from, self.active_until or dt.date.max).first()

    def covers(self, deputy: Membership) -> bool:
        starts = deputy.active_from is None or deputy.active_from <= self.active_from
        return starts and (
            deputy.active_until is None
            or (self.active_until is not None and deputy.active_until >= self.active_until)
        )

    def is_running_on(self, day: dt.date) -> bool:
        return self.active_from <= day <= (self.active_until or day)
