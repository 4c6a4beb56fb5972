"""Figure: one Kennzahl of the Kurzbericht, its rule in words and its one SELECT."""

import enum
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core import checks
from django.db import connection

from seniorportal import register
from seniorportal.figures.evidence import Evidence
from seniorportal.figures.facts import Facts, union
from seniorportal.figures.period import Period
from seniorportal.figures.suppression import SMALL, hidden
from seniorportal.figures.wording import Wording, rounded
from seniorportal.models import District, ReportArea, Venue

# The figures of the Kurzbericht in its order. Scripts and reports rely on these keys.
KEYS = (
    "begegnungsstaetten",
    "oeffnungsstunden",
    "besuche",
    "ehrenamtliche",
    "ekh_oeffnungsstunden",
    "ekh_angebote",
    "ekh_besuche",
    "ekh_ehrenamtliche",
    "beratungen",
    "einzelfallhilfen",
    "netzwerkpartner",
    "fachveranstaltungen",
    "nachbarschaftshelfer",
    "pflegekurse_tuerkisch",
)


class Kind(enum.StrEnum):
    STOCK = "stock"  # how many there are on the last day
    FLOW = "flow"  # what happened within the period, as the average of its full years


class Aggregate(enum.StrEnum):
    SUM = "coalesce(sum(amount) {}, 0)"
    HEADS = "count(DISTINCT item) {}"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """``facts`` gives the base querysets of a period as facts; everything else is the same for all figures.

    ``split`` says in words how the counted and the estimated part came about; None where nothing can be estimated.
    ``coverage_of`` names the places that all should report. ``evidence`` proves that a year was recorded at all.
    ``carried``: a sum that ``carriers.py`` divides among carriers; the ``item`` of a fact is then its offering.
    """

    key: str
    title: str
    unit: str
    area: ReportArea
    kind: Kind = Kind.FLOW
    wording: Wording = Wording.EXACT
    definition: str
    facts: Callable[[Period], Iterable[Facts | None]]
    aggregate: Aggregate
    about_persons: bool = False
    split: tuple[str, str] | None = None
    coverage_of: str = ""
    evidence: tuple[Evidence, ...] = ()
    carried: bool = False

    def read(self, period: Period) -> "Reading":
        """Value, total, years, districts, estimated share and coverage. One statement."""
        counted = period.full_years if self.kind == Kind.FLOW else [period.last_year]
        counted = counted or [period.last_year]
        facts, params = union(self.facts(period))
        sql = _STATEMENT.format(
            facts=facts,
            number=self.aggregate.format(""),
            estimated=self.aggregate.format("FILTER (WHERE estimated)"),
            district=District._meta.db_table,
            venue=Venue._meta.db_table,
        )
        years = [year.first_year for year in period.years]
        with connection.cursor() as cursor:
            cursor.execute(sql, [*params, years, counted])
            return Reading(self, period, *cursor.fetchone())


@dataclass(frozen=True)
class Reading:
    """A figure read for a period. Districts are in their order, each year's cells beside them."""

    figure: Figure
    period: Period
    value: int
    total: int
    by_year: dict[str, int]
    districts: list[dict[str, Any]] = field(repr=False)
    share: float | None
    reported: int
    expected: int

    @property
    def rounded(self) -> str:
        return rounded(self.value, self.figure.wording)

    @property
    def estimated_share(self) -> float | None:
        """How much of the value is not backed by single rows; None where nothing can be estimated."""
        return self.share if self.figure.split else None

    @property
    def coverage(self) -> dict[str, int] | None:
        """How many places reported, on average of the years counted; None where not every place is asked."""
        if not self.figure.coverage_of or not self.expected:
            return None
        return {"reported": self.reported, "active": self.expected}

    @property
    def by_district(self) -> dict[str, int | None]:
        """None where a small number of persons is hidden, or what it could be computed from."""
        return {d["slug"]: None if d["slug"] in self.hidden else d["value"] for d in self.districts}

    @property
    def below_five(self) -> set[str]:
        """The hidden districts that really are below 5; empty where saying so would give one away."""
        return set() if len(self.hidden) == len(self.districts) else self.hidden & self._small()

    def _small(self) -> set[str]:
        """Below 5 on average, although there was somebody."""
        return {
            d["slug"]
            for d in self.districts
            if d["value"] in SMALL or (not d["value"] and any(d["by_year"].values()))
        }

    @cached_property
    def hidden(self) -> set[str]:
        """What this table has to hide, and what a table of one of its years hides: their difference would tell it."""
        if not self.figure.about_persons:
            return set()
        years = [hidden({d["slug"]: d["by_year"][year] for d in self.districts}) for year in self.by_year]
        cells = {d["slug"]: d["value"] for d in self.districts}
        return hidden(cells, set().union(self._small(), *years))


# Years without a fact count as 0, and so do districts. A fact at a place of unknown district counts for the city alone.
_STATEMENT = """
WITH fact AS (
{facts}
), span AS (
    SELECT %s::integer[] AS years, %s::integer[] AS counted
), cell AS (
    SELECT year, district_id, {number} AS number, {estimated} AS estimated,
           grouping(year) = 1 AS whole_period, grouping(district_id) = 1 AS whole_city
    FROM fact LEFT JOIN {venue} AS place ON place.id = fact.venue WHERE NOT expected
    GROUP BY GROUPING SETS ((), (year), (year, district_id))
), city AS (
    SELECT cell.* FROM cell, span WHERE whole_city AND NOT whole_period AND year = ANY (years)
), place AS (
    SELECT year, venue, bool_or(expected) AS expected, bool_or(NOT expected) AS reported
    FROM fact, span WHERE year = ANY (counted) GROUP BY year, venue
)
SELECT
    (SELECT coalesce(round(sum(number) / cardinality(counted)), 0) FROM city WHERE year = ANY (counted))::bigint,
    (SELECT round(number) FROM cell WHERE whole_period)::bigint,
    (SELECT json_object_agg(y, coalesce(round(number), 0)::bigint ORDER BY y)
        FROM unnest(years) AS y LEFT JOIN city ON year = y),
    (SELECT json_agg(row_to_json(row)) FROM (
        SELECT d.slug, d.name,
               coalesce(round(sum(number) FILTER (WHERE y = ANY (counted)) / cardinality(counted)), 0)::bigint AS value,
               json_object_agg(y, coalesce(round(number), 0)::bigint ORDER BY y) AS by_year
        FROM {district} AS d CROSS JOIN unnest(years) AS y
        LEFT JOIN cell ON cell.district_id = d.id AND cell.year = y AND NOT whole_city
        GROUP BY d.id ORDER BY d.sort, d.name) AS row),
    (SELECT round(sum(estimated) / nullif(sum(number), 0), 4) FROM city WHERE year = ANY (counted))::double precision,
    (SELECT round(count(*) FILTER (WHERE expected AND reported)::numeric / cardinality(counted)) FROM place)::integer,
    (SELECT round(count(*) FILTER (WHERE expected)::numeric / cardinality(counted)) FROM place)::integer
FROM span
"""


@checks.register("figures")
def every_figure_is_handed_in(app_configs: object, **kwargs: object) -> list[checks.CheckMessage]:
    found = tuple(register.all_figures())
    if found == KEYS:
        return []
    return [
        checks.Error(
            f"The figures are {', '.join(found)}; the Kurzbericht has {', '.join(KEYS)}, in this order.",
            hint="Hand each Figure in from the figures.py of its app.",
            id="portal.E010",
        )
    ]
