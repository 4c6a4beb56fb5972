"""Figures of chapter 1 of the Kurzbericht: Offene Seniorenarbeit in Begegnungsstätten."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, F, Func, IntegerField, OuterRef, QuerySet, Value

from begegnung.models import AnnualReturn
from seniorportal import register
from seniorportal.figures import opening, venues
from seniorportal.figures.base import Aggregate, Figure, Kind
from seniorportal.figures.evidence import InYears, OnDates
from seniorportal.figures.facts import Facts
from seniorportal.figures.period import Period
from seniorportal.figures.wording import Wording
from seniorportal.models import Engagement, ReportArea, Venue, Visit

AREA = ReportArea.MEETING_PLACES
PLACES = Venue.objects.in_area(AREA)
RETURNS = AnnualReturn.objects.filter(
    state__in=[AnnualReturn.State.REPORTED, AnnualReturn.State.CHECKED], venue__report_area=AREA
)


def meeting_places(period: Period) -> Iterator[Facts | None]:
    for year in period.years:
        yield Facts.of(PLACES.active_on(year.last), year=year.first_year, venue="pk", item="pk")
    yield Facts.of(PLACES.active_within(period.first, period.last), venue="pk", item="pk")


def opening_hours(period: Period) -> Iterator[Facts | None]:
    declared = declared_in(period, "opening_hours")
    yield opening.opening_hours(PLACES, period, declared=declared.values_list("venue", "year"))
    yield estimate(declared, amount="opening_hours")
    yield from venues.expected(PLACES, period)


def visits(period: Period) -> Iterator[Facts | None]:
    yield venues.visits(PLACES, period)
    uncounted = ~venues.counted_in(period, "venue", "year")
    yield estimate(declared_in(period, "visits").filter(uncounted), amount="visits")
    yield from venues.expected(PLACES, period)


def volunteers(period: Period) -> Iterator[Facts | None]:
    """A declared head count becomes as many heads of its venue, the same ones every year."""
    yield from venues.volunteers(PLACES, period)
    for year in period.years:
        engaged = Engagement.objects.active_within(year.first, year.last).filter(venue=OuterRef("venue"))
        alone = declared_in(year, "volunteers").exclude(Exists(engaged))
        heads = Func(Value(1), F("volunteers"), function="generate_series", output_field=IntegerField())
        heads.set_returning = True
        yield estimate(alone, item=-1_000_000 * F("venue") - heads)
        yield estimate(alone)  # somebody who declares 0 has reported, too
    yield from venues.expected(PLACES, period)


def declared_in(period: Period, field: str) -> QuerySet[AnnualReturn]:
    return RETURNS.filter(year__range=(period.first_year, period.last_year), **{f"{field}__isnull": False})


def estimate(returns: QuerySet[AnnualReturn], **columns: Any) -> Facts | None:
    return Facts.of(returns, year="year", venue="venue", estimated=True, **columns)


register.figures(
    [
        Figure(
            key="begegnungsstaetten",
            title="Begegnungsstätten unterschiedlichen Zuschnitts",
            unit="Orte",
            area=AREA,
            kind=Kind.STOCK,
            definition="Gezählt werden die Begegnungsstätten, die am letzten Tag des Zeitraums bestehen. "
            "Das Eugen-Krautscheid-Haus und die Seniorenbüros gehören nicht dazu. Unter „im ganzen "
            "Zeitraum“ steht, wie viele es an mindestens einem Tag gab.",
            facts=meeting_places,
            aggregate=Aggregate.HEADS,
        ),
        Figure(
            key="oeffnungsstunden",
            title="Öffnungsstunden im Jahr",
            unit="Stunden",
            area=AREA,
            wording=Wording.OVER,
            definition="Hat eine Begegnungsstätte ihre Stunden in der Jahresmeldung angegeben, gilt diese "
            "Schätzung. Sonst werden ihre wöchentlichen Öffnungszeiten auf die Tage des Jahres gerechnet, "
            "ohne gesetzliche Feiertage (außer sie hat dann offen) und ohne Schließzeiten. Überschneiden "
            "sich zwei Öffnungszeiten, zählt die Stunde einmal.",
            facts=opening_hours,
            aggregate=Aggregate.SUM,
            carried=True,
            split=("aus den Öffnungszeiten berechnet", "von den Orten geschätzt"),
            coverage_of="Begegnungsstätten",
            evidence=(InYears(RETURNS.filter(opening_hours__isnull=False), "year"),),
        ),
        Figure(
            key="besuche",
            title="Besuche im Jahr",
            unit="Besuche",
            area=AREA,
            wording=Wording.OVER,
            definition="Gezählt werden Besuche, nicht Personen: Wer zweimal kommt, zählt zweimal. Je Ort "
            "gilt die genaueste Zahl: der Termin vor dem Tag an der Tür, der Tag vor dem Monat, der Monat "
            "vor dem Jahr; nie beides zusammen. Wo in einem Jahr niemand gezählt hat, gilt die Schätzung "
            "aus der Jahresmeldung. „Niemand kam“ und „geschlossen“ sind gemeldete Nullen.",
            facts=visits,
            aggregate=Aggregate.SUM,
            carried=True,
            split=("gezählt", "geschätzt"),
            coverage_of="Begegnungsstätten",
            evidence=(
                OnDates(Visit.objects.all(), "first_day"),
                InYears(RETURNS.filter(visits__isnull=False), "year"),
            ),
        ),
        Figure(
            key="ehrenamtliche",
            title="ehrenamtliche Helferinnen und Helfer",
            unit="Personen",
            area=AREA,
            wording=Wording.OVER,
            definition="Jede Person, die im Jahr an mindestens einem Tag in einer Begegnungsstätte "
            "mitgearbeitet hat, zählt einmal, auch wenn sie an mehreren Orten hilft. Wo keine Mitarbeit "
            "einzeln eingetragen ist, gilt die Kopfzahl aus der Jahresmeldung; sie zählt als geschätzt. Im "
            "ganzen Zeitraum zählt jede Person ein einziges Mal, von einem nur gemeldeten Ort die höchste "
            "seiner Kopfzahlen.",
            facts=volunteers,
            aggregate=Aggregate.HEADS,
            about_persons=True,
            split=("einzeln eingetragen", "nur als Kopfzahl gemeldet"),
            coverage_of="Begegnungsstätten",
            evidence=(InYears(RETURNS.filter(volunteers__isnull=False), "year"),),
        ),
    ]
)
