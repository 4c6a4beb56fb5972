"""Fall: the statistical head of an Einzelfallhilfe. Everything personal is the case file's, behind the wall."""

import pghistory
from django.db import models
from django.db.models import F, Q

from .base import Record
from .carrier import Carrier
from .consultation import AgeGroup, CareGrade
from .venue import ReportArea, Venue


@pghistory.track()
class Case(Record):
    """What the report counts, without a personal column.

    «Komplex» is a case that meets at least three of the five intake criteria (``criteria``).
    """

    class Phase(models.IntegerChoices):
        """Phases of case management (DGCC), in order."""

        INTAKE = 1, "Klärung"
        ASSESSMENT = 2, "Assessment"
        PLANNING = 3, "Hilfeplanung"
        LINKING = 4, "Umsetzung"
        MONITORING = 5, "Begleitung"
        CLOSED = 6, "Abschluss"

    class Closing(models.TextChoices):
        STABLE = "stabil", "Ziel erreicht oder stabilisiert"
        HANDED_OVER = "uebergeben", "an andere Stelle übergeben"
        CARE_HOME = "heim", "Einzug in ein Heim"
        DECEASED = "verstorben", "verstorben"
        MOVED = "umzug", "Umzug"
        DECLINED = "abgelehnt", "abgelehnt oder kein Kontakt"
        OTHER = "sonstiges", "sonstiges"

    COMPLEX_FROM = 3

    office = models.ForeignKey(
        Venue,
        on_delete=models.PROTECT,
        related_name="cases",
        verbose_name="Seniorenbüro",
        limit_choices_to={"report_area": ReportArea.OFFICES},
    )
    body = models.ForeignKey(
        Carrier,
        on_delete=models.PROTECT,
        related_name="cases",
        verbose_name="verantwortliche Stelle",
        help_text="Arbeitgeber der fallführenden Person; immer genau einer.",
    )
    number = models.CharField("Nummer", max_length=24, unique=True)
    opened_on = models.DateField("eröffnet am")
    closed_on = models.DateField("abgeschlossen am", null=True, blank=True)
    phase = models.PositiveSmallIntegerField("Phase", choices=Phase, default=Phase.INTAKE)
    criteria = models.PositiveSmallIntegerField(
        "erfüllte Kriterien",
        default=0,
        help_text="Von fünf: komplexe Bedarfslage, mehrere Beteiligte, Regelversorgung greift nicht, "
        "fehlende Ressourcen, Einwilligung liegt vor. Ab drei gilt der Fall als komplex.",
    )
    closing_reason = models.CharField("Grund des Abschlusses", max_length=12, choices=Closing, blank=True)
    age_group = models.CharField("Altersgruppe", max_length=3, choices=AgeGroup, default=AgeGroup.UNKNOWN)
    care_grade = models.CharField("Pflegegrad", max_length=1, choices=CareGrade, blank=True)

    class Meta:
        verbose_name = "Fall (statistischer Kopf)"
        verbose_name_plural = "Fälle (statistische Köpfe)"
        ordering = ["-opened_on", "number"]
        indexes = [models.Index(fields=["opened_on", "office"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(criteria__lte=5),
                name="case_criteria",
                violation_error_message="Es gibt fünf Kriterien.",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="case_order",
                violation_error_message="Der Abschluss liegt vor der Eröffnung.",
            ),
        ]

    def __str__(self) -> str:
        return self.number
