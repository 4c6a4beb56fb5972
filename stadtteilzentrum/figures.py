"""Figures of chapter 2 of the Kurzbericht: Stadtteilzentrum Eugen-Krautscheid-Haus."""

from collections.abc import Iterator

from seniorportal import register
from seniorportal.figures import opening, venues
from seniorportal.figures.base import Aggregate, Figure
from seniorportal.figures.evidence import InYears, OnDates
from seniorportal.figures.facts import Facts
from seniorportal.figures.period import Period
from seniorportal.figures.wording import Wording
from seniorportal.models import ReportArea, Venue, Visit

AREA = ReportArea.CENTRE
HOUSES = Venue.objects.in_area(AREA)


def opening_hours(period: Period) -> Iterator[Facts | None]:
    yield opening.opening_hours(HOUSES, period)


def dates_held(period: Period) -> Iterator[Facts | None]:
    yield venues.per_venue(
        venues.held(AREA), period, date="date", venue="offering__venue", offering="offering"
    )


def visits(period: Period) -> Iterator[Facts | None]:
    yield venues.visits(HOUSES, period)


register.figures(
    [
        Figure(
            key="ekh_oeffnungsstunden",
            title="Öffnungsstunden im Jahr",
            unit="Stunden",
            area=AREA,
            wording=Wording.CIRCA,
            definition="Die wöchentlichen Öffnungszeiten des Hauses, auf die Tage des Jahres gerechnet, "
            "ohne gesetzliche Feiertage (außer das Haus hat dann offen) und ohne Schließzeiten.",
            facts=opening_hours,
            aggregate=Aggregate.SUM,
            carried=True,
        ),
        Figure(
            key="ekh_angebote",
            title="Angebote im Jahr",
            unit="Termine",
            area=AREA,
            wording=Wording.OVER,
            definition="Gezählt werden die einzelnen Termine im Haus, die als „hat stattgefunden“ "
            "eingetragen sind: Ein Kurs an zehn Tagen zählt zehnmal. Ausgefallene und nur geplante Termine "
            "zählen nicht.",
            facts=dates_held,
            aggregate=Aggregate.SUM,
            carried=True,
            evidence=(InYears(venues.held(AREA), "date__year"),),
        ),
        Figure(
            key="ekh_besuche",
            title="Besuche im Jahr",
            unit="Besuche",
            area=AREA,
            wording=Wording.OVER,
            definition="Gezählt werden Besuche, nicht Personen. Es gilt die genaueste Zahl: der Termin vor "
            "dem Tag an der Tür, der Tag vor dem Monat, der Monat vor dem Jahr; nie beides zusammen.",
            facts=visits,
            aggregate=Aggregate.SUM,
            carried=True,
            split=("gezählt", "geschätzt"),
            evidence=(OnDates(Visit.objects.all(), "first_day"),),
        ),
        Figure(
            key="ekh_ehrenamtliche",
            title="ehrenamtliche Mitarbeiterinnen und Mitarbeiter",
            unit="Personen",
            area=AREA,
            definition="Jede Person, die im Jahr an mindestens einem Tag ehrenamtlich im Haus mitgearbeitet "
            "hat, zählt einmal.",
            facts=lambda period: venues.volunteers(HOUSES, period),
            aggregate=Aggregate.HEADS,
            about_persons=True,
        ),
    ]
)
