"""Figures of chapter 3 of the Kurzbericht: Seniorenbüros."""

from collections.abc import Iterator

from django.db.models import Q
from django.db.models.functions import ExtractYear

from seniorenbuero.models import Attendance, ConsultationCount, Helper, RoundTableMeeting
from seniorportal import register
from seniorportal.figures.base import Aggregate, Figure
from seniorportal.figures.evidence import InYears, OnDates
from seniorportal.figures.facts import Facts
from seniorportal.figures.period import Period
from seniorportal.figures.venues import expected, held, per_venue, within
from seniorportal.figures.wording import Wording
from seniorportal.models import Case, Consultation, Offering, ReportArea, Venue

AREA = ReportArea.OFFICES
OFFICES = Venue.objects.in_area(AREA)
CONSULTATIONS = Consultation.objects.exclude(outcome=Consultation.Outcome.WRONG_NUMBER)
COMPLEX_CASES = Case.objects.filter(phase__gte=Case.Phase.ASSESSMENT, criteria__gte=Case.COMPLEX_FROM)
SPECIALIST_EVENTS = held(AREA).filter(
    offering__specialist__in=[Offering.Specialist.SYMPOSIUM, Offering.Specialist.ACTION_DAY]
)
TURKISH_COURSES = held(AREA).filter(
    offering__specialist=Offering.Specialist.CARE_COURSE, offering__languages__code="tr"
)
AT_TABLES = Attendance.objects.exclude(meeting__state=RoundTableMeeting.State.CANCELLED)
# Without a first day somebody was never active, except who is so today.
HELPERS = Helper.objects.filter(Q(active_from__isnull=False) | Q(state=Helper.State.ACTIVE))


_SUMS = f"""
SELECT extract(year FROM month), office_id, NULL, sum(number), false, false
FROM {ConsultationCount._meta.db_table} WHERE kind = 'alle' AND month >= %s AND month < %s
GROUP BY 1, 2 HAVING sum(number) <> 0
"""


def consultations(period: Period) -> Iterator[Facts | None]:
    """Whole months from the sums that triggers keep; the days of the month in which the period ends, one by one."""
    whole = period.end.replace(day=1)
    yield Facts.of_sql(_SUMS, [period.first, whole])
    if whole < period.end:
        yield per_venue(CONSULTATIONS.filter(date__gte=whole), period, date="date", venue="office")
    yield from expected(OFFICES, period)


def cases(period: Period) -> Iterator[Facts | None]:
    yield per_venue(COMPLEX_CASES, period, date="opened_on", venue="office")
    yield from expected(OFFICES, period)


def partners(period: Period) -> Iterator[Facts | None]:
    yield Facts.of(
        AT_TABLES.filter(within(period, "meeting__date")),
        year=ExtractYear("meeting__date"),
        venue="meeting__round_table__office",
        item="partner",
    )
    yield from expected(OFFICES, period)


def specialist_events(period: Period) -> Iterator[Facts | None]:
    yield per_venue(SPECIALIST_EVENTS, period, date="date", venue="offering__venue")


def helpers(period: Period) -> Iterator[Facts | None]:
    for year in period.years:
        active = HELPERS.active_within(year.first, year.last)
        yield Facts.of(active, year=year.first_year, venue="office", item="pk")
    yield from expected(OFFICES, period)


def turkish_courses(period: Period) -> Iterator[Facts | None]:
    yield Facts.of(
        TURKISH_COURSES.filter(within(period, "date")),
        year=ExtractYear("date"),
        venue="offering__venue",
        item="offering",
    )


register.figures(
    [
        Figure(
            key="beratungen",
            title="persönliche Beratungen im Jahr",
            unit="Beratungen",
            area=AREA,
            wording=Wording.CIRCA,
            definition="Jedes Beratungsgespräch zählt, am Telefon, im Büro, beim Hausbesuch oder "
            "schriftlich: Wer dreimal Rat sucht, zählt dreimal. Fehlanrufe zählen nicht. Der Stadtbezirk "
            "ist der des Seniorenbüros.",
            facts=consultations,
            aggregate=Aggregate.SUM,
            about_persons=True,
            coverage_of="Seniorenbüros",
            evidence=(OnDates(CONSULTATIONS, "date"),),
        ),
        Figure(
            key="einzelfallhilfen",
            title="neue, komplexe Einzelfallhilfen im Jahr",
            unit="Fälle",
            area=AREA,
            wording=Wording.ABOUT,
            definition="Gezählt werden Fälle, die im Jahr eröffnet wurden, mindestens bis zum Assessment "
            "gekommen sind und wenigstens drei der fünf Kriterien erfüllen: komplexe Bedarfslage, mehrere "
            "Beteiligte, Regelversorgung greift nicht, fehlende Ressourcen, Einwilligung liegt vor.",
            facts=cases,
            aggregate=Aggregate.SUM,
            about_persons=True,
            coverage_of="Seniorenbüros",
            evidence=(OnDates(COMPLEX_CASES, "opened_on"),),
        ),
        Figure(
            key="netzwerkpartner",
            title="Netzwerkpartner an Runden Tischen für Seniorenarbeit im Quartier",
            unit="Organisationen",
            area=AREA,
            wording=Wording.ABOUT,
            definition="Jede Organisation, die im Jahr zu mindestens einem Runden Tisch eingeladen war oder "
            "dabei war, zählt in der Stadt einmal, auch wenn sie in mehreren Stadtbezirken mitarbeitet. Treffen, "
            "die ausgefallen sind, zählen nicht.",
            facts=partners,
            aggregate=Aggregate.HEADS,
            coverage_of="Seniorenbüros",
            evidence=(InYears(AT_TABLES, "meeting__date__year"),),
        ),
        Figure(
            key="fachveranstaltungen",
            title="Fachveranstaltungen und Aktionstage im Jahr",
            unit="Termine",
            area=AREA,
            definition="Gezählt werden die Termine von Fachveranstaltungen und Aktionstagen der "
            "Seniorenbüros, die stattgefunden haben.",
            facts=specialist_events,
            aggregate=Aggregate.SUM,
            evidence=(InYears(SPECIALIST_EVENTS, "date__year"),),
        ),
        Figure(
            key="nachbarschaftshelfer",
            title="Nachbarschaftshelferinnen und Nachbarschaftshelfer",
            unit="Personen",
            area=AREA,
            wording=Wording.CIRCA,
            definition="Gezählt wird, wer im Jahr an mindestens einem Tag als Nachbarschaftshelferin oder "
            "Nachbarschaftshelfer eines Seniorenbüros aktiv war; jede Person einmal. Beide Arten zählen: die "
            "Nachbarschaftshilfe des Büros und die anerkannte nach § 45b SGB XI.",
            facts=helpers,
            aggregate=Aggregate.HEADS,
            about_persons=True,
            coverage_of="Seniorenbüros",
        ),
        Figure(
            key="pflegekurse_tuerkisch",
            title="Pflegekurse in türkischer Sprache im Jahr",
            unit="Kurse",
            area=AREA,
            definition="Ein Pflegekurs in türkischer Sprache zählt in jedem Jahr einmal, in dem mindestens "
            "einer seiner Termine stattgefunden hat. Im ganzen Zeitraum zählt derselbe Kurs nur einmal.",
            facts=turkish_courses,
            aggregate=Aggregate.HEADS,
            evidence=(InYears(TURKISH_COURSES, "date__year"),),
        ),
    ]
)
