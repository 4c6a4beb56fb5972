"""What the page and its files show of a year, for one office or for all: texts and numbers that may be told."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.dates import MONTHS

from seniorenbuero.models import ConsultationCount
from seniorportal.access import PUBLIC, Right, visible
from seniorportal.figures.period import Period
from seniorportal.figures.suppression import SMALL
from seniorportal.figures.wording import german
from seniorportal.models import Consultation, ConsultationTopic, District, ReportArea, Venue

from . import counting
from .hiding import CITY, Closed, Table, closed_offices

Kind = ConsultationCount.Kind
MOST_YEARS = 10
FEW, SECRET = "weniger als 5", "nicht genannt"
NAMES_OF_TOPICS = 3  # a Beratung has at most so many
KINDS = (counting.MONTH, Kind.TOPIC, Kind.CHANNEL, Kind.OUTCOME, Kind.CONTACT, Kind.DISTRICT)


@dataclass(frozen=True)
class Line:
    """``number`` is None where it is not told; then ``text`` says so."""

    label: str
    number: int | None
    text: str


@dataclass(frozen=True)
class Shown:
    key: str
    title: str
    head: str
    hint: str
    unit: str
    lines: list[Line]


TITLES = {
    counting.MONTH: ("Monate", "Monat", "", "Beratungen"),
    Kind.TOPIC: (
        "Themen",
        "Hauptthema",
        "Eine Beratung nennt bis zu drei Themen; gezählt ist jede Nennung bei ihrem Hauptthema.",
        "Nennungen",
    ),
    Kind.CHANNEL: ("Wege", "Weg", "", "Beratungen"),
    Kind.OUTCOME: ("Ergebnisse", "Ergebnis", "", "Beratungen"),
    Kind.CONTACT: ("Kontakte", "Kontakt", "Erste Kontakte sind die Anfragen.", "Beratungen"),
    Kind.DISTRICT: (
        "Stadtbezirke",
        "Stadtbezirk",
        "Wo die Person wohnt, um die es ging; oft weiß man es nicht.",
        "Beratungen",
    ),
}


class Year:
    """A year of all offices, read once, and what may be told of it. Six statements."""

    def __init__(self, offices: list[Venue], period: Period, years: Mapping[int, Mapping[int, int]]) -> None:
        self.offices, self.period, self.years = offices, period, years
        self.found = counting.of_year(period)
        self.cases = counting.cases(period)

    def total(self, office: int) -> Line:
        return self._told("Beratungen", self.totals, self.closed, office)

    def requests(self, office: int) -> Line:
        return self._cell(Kind.CONTACT, office, "Anfragen", "erster")

    def of_cases(self, office: int) -> Line:
        totals = {one.pk: self.cases.get(one.pk, 0) for one in self.offices}
        return self._told("Fälle", totals, self._closed(totals), office)

    def is_closed(self, office: int) -> bool:
        return office in self.closed.offices

    def tables(self, office: int) -> list[Shown]:
        return [
            Shown(
                str(kind),
                *TITLES[kind][:3],
                TITLES[kind][3],
                [self._cell(kind, office, label, value) for value, label in self._values(kind)],
            )
            for kind in KINDS
        ]

    def of_offices(self) -> list[Line]:
        return [
            self._told(office.name, self.totals, self.closed, office.pk)
            for office in self.offices
            if office.pk in self.known
        ]

    def of_years(self, office: int) -> list[Line]:
        lines = []
        for year in sorted(self.years, reverse=True)[:MOST_YEARS]:
            totals = {one.pk: self.years[year].get(one.pk, 0) for one in self.offices}
            label = f"{year} bis gestern" if year == self.period.today.year else str(year)
            lines.append(self._told(label, totals, self._closed(totals), office))
        return lines

    @cached_property
    def totals(self) -> dict[int, int]:
        counted = {office: number for (office, _), number in self.found[Kind.ALL].items()}
        return {one.pk: counted.get(one.pk, 0) for one in self.offices}

    @cached_property
    def known(self) -> set[int]:
        """Offices that there were in this year."""
        there = Venue.objects.in_area(ReportArea.OFFICES).active_on(self.period.last)
        return {*there.values_list("pk", flat=True), *(pk for pk, number in self.totals.items() if number)}

    @cached_property
    def closed(self) -> Closed:
        return self._closed(self.totals)

    @cached_property
    def _tables(self) -> dict[str, Table]:
        return {
            kind: Table(
                {cell: n for cell, n in self.found[kind].items() if cell[0] in self.totals},
                self.totals,
                self.closed.offices,
                NAMES_OF_TOPICS if kind == Kind.TOPIC else 1,
            )
            for kind in KINDS
        }

    @cached_property
    def _districts(self) -> list[District]:
        return list(visible(PUBLIC, Right.SEE, District.objects.all()))

    def _closed(self, totals: Mapping[int, int]) -> Closed:
        slugs = {district.pk: district.slug for district in self._districts}
        district_of = {one.pk: slugs[one.district_id] for one in self.offices if one.district_id in slugs}
        return closed_offices(totals, district_of, list(slugs.values()))

    def _told(self, label: str, totals: Mapping[int, int], closed: Closed, office: int) -> Line:
        if office == CITY:
            number = sum(totals.values())
            return Line(label, number, german(number))
        if office in closed.offices:
            small = totals[office] in SMALL and not closed.nameless
            return Line(label, None, FEW if small else SECRET)
        return Line(label, totals[office], german(totals[office]))

    def _cell(self, kind: str, office: int, label: str, value: str) -> Line:
        table = self._tables[kind]
        number = None if self.is_closed(office) else table.shown(office, value)
        if number is None:
            return Line(label, None, FEW if table.below_five(office, value) else SECRET)
        return Line(label, number, german(number))

    def _values(self, kind: str) -> Iterable[tuple[str, str]]:
        if kind == counting.MONTH:
            return [(str(month), str(MONTHS[month])) for month in range(1, self.period.last.month + 1)]
        if kind == Kind.CHANNEL:
            return Consultation.Channel.choices
        if kind == Kind.OUTCOME:
            wrong = Consultation.Outcome.WRONG_NUMBER
            return [pair for pair in Consultation.Outcome.choices if pair[0] != wrong]
        if kind == Kind.CONTACT:
            return [("erster", "erster Kontakt"), ("weiterer", "weiterer Kontakt")]
        if kind == Kind.DISTRICT:
            named = [(str(district.pk), district.name) for district in self._districts]
            return [*named, ("", "nicht bekannt")]
        return self._topics

    @cached_property
    def _topics(self) -> list[tuple[str, str]]:
        rows = visible(PUBLIC, Right.SEE, ConsultationTopic.objects.filter(parent=None))
        return [(str(topic.pk), topic.name) for topic in rows]


def span_of_years(today: dt.date) -> Period:
    """The last years up to yesterday, for the table of years."""
    last = (today - dt.timedelta(days=1)).year
    return Period(last - MOST_YEARS + 1, last, today)
