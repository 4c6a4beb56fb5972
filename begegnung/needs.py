"""Bedarf: what the programme holds for each theme and target group in each Stadtbezirk, and what it lacks.

All of it is the public programme, so everybody who may open the map sees the whole city. Two statements, whatever the
size of the city: people of 65 and more, and the numbers.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from seniorportal import access, vocabularies
from seniorportal.access import PUBLIC, Right, visible
from seniorportal.models import (
    Category,
    Occurrence,
    Offering,
    Population,
    TargetGroup,
    User,
)

AHEAD = 28  # days in which something has to take place
THOUSAND = 1000


@dataclass(frozen=True)
class Line:
    """A row of the table: offerings with any of these themes or target groups."""

    key: str
    name: str
    themes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    needs_no_steps: bool = False  # of a hall that fits


# The groups that the Kurzbericht names, in its words, and by which marks of an offering the portal knows them.
OF_THE_REPORT = (
    Line("g-50", "50+", groups=("50",)),
    Line("g-generationen", "generationsübergreifend", ("generationsuebergreifend",)),
    Line("g-hochaltrige", "Hochaltrige", groups=("hochaltrige",), needs_no_steps=True),
    Line("g-migration", "Menschen mit Migrationsgeschichte", ("interkulturell-mehrsprachig",)),
    Line("g-lsbtiq", "Homosexuelle und Transsexuelle", ("lsbtiq",)),
    Line(
        "g-pflege",
        "im Vor- und Umfeld von Pflege",
        ("demenz-pflege",),
        ("pflegende-angehoerige", "menschen-mit-demenz"),
        needs_no_steps=True,
    ),
    Line("g-isoliert", "isoliert lebend", groups=("alleinlebende",)),
)
EVERYTHING = Line("", "alle Angebote")


def themes() -> tuple[Line, ...]:
    return tuple(Line(slug, name, (slug,)) for slug, name in vocabularies.current().topics.items())


@dataclass
class Cell:
    number: int
    rate: float | None  # per 1,000 people of 65 and more; None where their number is not known
    level: int = (
        0  # 0: nothing, 1: below half of the city, 2: below it, 3: above it, 4: from one and a half on
    )
    gap: bool = False


@dataclass
class Row:
    line: Line
    cells: dict[str, Cell]  # by district
    city: Cell


@dataclass
class Table:
    """``people`` by district, of the last year there is; ``year`` of the oldest of them."""

    districts: dict[str, str]
    people: dict[str, int]
    year: int | None
    example: bool
    rows: dict[str, Row]

    @property
    def complete(self) -> bool:
        return set(self.districts) <= set(self.people)

    def gaps(self, district: str) -> list[Row]:
        """What the district lacks, nothing at all first, the groups of the report before the themes."""
        found = [row for row in self.rows.values() if row.line.key and row.cells[district].gap]
        return sorted(found, key=lambda row: row.cells[district].number > 0)


def table(today: dt.date) -> Table:
    """Two statements."""
    people, year, example = _people()
    districts = vocabularies.current().districts
    lines = (EVERYTHING, *OF_THE_REPORT, *themes())
    numbers = _numbers(lines, today)
    known = sum(people.get(slug, 0) for slug in districts)
    rows = {}
    for line in lines:
        of_line = {slug: numbers.get((line.key, slug), 0) for slug in districts}
        rows[line.key] = _row(line, of_line, people, known)
    return Table(districts, people, year, example, rows)


def _row(line: Line, numbers: dict[str, int], people: dict[str, int], known: int) -> Row:
    """Rates only against districts whose people are known; without any, numbers against the average."""
    counted = sum(number for slug, number in numbers.items() if slug in people)
    city = Cell(sum(numbers.values()), THOUSAND * counted / known if known else None)
    average = city.number / max(len(numbers), 1)
    cells = {}
    for slug, number in numbers.items():
        rate = THOUSAND * number / people[slug] if people.get(slug) else None
        share = rate / city.rate if rate is not None and city.rate else number / average if average else 0.0
        level = 0 if not number else 1 if share < 0.5 else 2 if share < 1 else 3 if share < 1.5 else 4
        cells[slug] = Cell(number, rate, level, gap=level < 2)
    return Row(line, cells, city)


def _people() -> tuple[dict[str, int], int | None, bool]:
    rows = list(
        Population.objects.order_by("district_id", "-year")
        .distinct("district_id")
        .values_list("district__slug", "people", "year", "example")
    )
    years = [year for _, _, year, _ in rows]
    return (
        {slug: people for slug, people, _, _ in rows if people},
        min(years, default=None),
        any(example for *_, example in rows),
    )


def running(today: dt.date) -> QuerySet[Offering]:
    """Public, with a date within four weeks that is not cancelled; or such that nobody has told us the time of."""
    soon = Occurrence.objects.filter(
        offering=OuterRef("pk"), date__gte=today, date__lt=today + dt.timedelta(days=AHEAD)
    ).exclude(status=Occurrence.Status.CANCELLED)
    dated = Occurrence.objects.filter(offering=OuterRef("pk"))
    rows = Offering.objects.active_on(today).filter(Q(Exists(soon)) | Q(rule="") & ~Q(Exists(dated)))
    return visible(PUBLIC, Right.SEE, rows)


def _numbers(lines: Iterable[Line], today: dt.date) -> dict[tuple[str, str], int]:
    marks = [(line.key, "t", slug) for line in lines for slug in line.themes]
    marks += [(line.key, "g", slug) for line in lines for slug in line.groups]
    rows = running(today).annotate(where=Coalesce(F("venue__district__slug"), F("district__slug")))
    try:
        sql, params = rows.order_by().values("pk", "where").query.sql_with_params()
    except EmptyResultSet:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            _NUMBERS.format(
                running=sql,
                of_themes=Offering.categories.through._meta.db_table,
                themes=Category._meta.db_table,
                of_groups=Offering.target_groups.through._meta.db_table,
                groups=TargetGroup._meta.db_table,
            ),
            [*params, *(list(column) for column in zip(*marks, strict=True))],
        )
        return {(key, where): number for key, where, number in cursor.fetchall()}


_NUMBERS = """
WITH running (id, place) AS MATERIALIZED ({running}
), mark (offering, kind, slug) AS (
    SELECT r.offering_id, 't', t.slug FROM {of_themes} AS r JOIN {themes} AS t ON t.id = r.category_id
    UNION ALL
    SELECT r.offering_id, 'g', g.slug FROM {of_groups} AS r JOIN {groups} AS g ON g.id = r.targetgroup_id
), line (key, kind, slug) AS (SELECT * FROM unnest(%s::text[], %s::text[], %s::text[]))
SELECT line.key, running.place, count(DISTINCT running.id)
FROM running JOIN mark ON mark.offering = running.id JOIN line USING (kind, slug)
WHERE running.place IS NOT NULL GROUP BY 1, 2
UNION ALL
SELECT '', place, count(*) FROM running WHERE place IS NOT NULL GROUP BY 2
"""


def own_district(user: User) -> str:
    """Where somebody works who is bound to one district or one office; one statement at most."""
    for membership in access.memberships(user):
        if membership.district_id:
            return membership.district.slug if membership.district else ""
        if membership.venue_id and membership.venue:
            return membership.venue.district.slug if membership.venue.district else ""
    return ""
