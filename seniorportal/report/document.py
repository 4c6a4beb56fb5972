"""The report of one period: chapters with their carriers and readings, and the same as data."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models.functions import Coalesce

from seniorportal import register
from seniorportal.access import PUBLIC, Right, visible
from seniorportal.figures.base import Reading
from seniorportal.figures.period import Period
from seniorportal.models import Carrier, Venue
from seniorportal.report.chapters import CHAPTERS, Chapter

DRAFT, RELEASED = "entwurf", "freigegeben"


@dataclass(frozen=True)
class Part:
    """A chapter as the data fill it."""

    chapter: Chapter
    carriers: str
    readings: Sequence[Reading]


@dataclass(frozen=True)
class Report:
    period: Period
    parts: Sequence[Part]
    has_examples: bool
    state: str = DRAFT  # until releases are kept, every report is one

    @property
    def readings(self) -> list[Reading]:
        return [reading for part in self.parts for reading in part.readings]


def read(period: Period) -> Report:
    """One statement for each figure, one for the carriers, one for the mark of the example data."""
    carriers = carriers_by_area(period)
    readings = [figure.read(period) for figure in register.all_figures().values()]
    return Report(
        period,
        [
            Part(
                chapter,
                carriers.get(chapter.area, ""),
                [reading for reading in readings if reading.figure.area == chapter.area],
            )
            for chapter in CHAPTERS
        ],
        has_examples=Venue.objects.filter(example=True).exists(),
    )


def carriers_by_area(period: Period) -> dict[str, str]:
    """Who carries the venues of each chapter, in words: the associations above them, and the city beside these."""

    def topmost(field: str) -> Coalesce:
        return Coalesce(
            f"carriers__parent__parent__{field}", f"carriers__parent__{field}", f"carriers__{field}"
        )

    rows = (
        visible(PUBLIC, Right.SEE, Venue.objects.active_within(period.first, period.last))
        .filter(carriers__isnull=False)
        .values_list("report_area", topmost("kind"), topmost("sort"), topmost("short_name"), topmost("name"))
        .distinct()
        .order_by("report_area", topmost("sort"))
    )
    found: dict[str, list[tuple[str, str]]] = {}
    for area, kind, _, short_name, name in rows:
        found.setdefault(area, []).append(
            (kind, name if kind == Carrier.Kind.MUNICIPALITY else short_name or name)
        )
    return {area: in_words(carriers) for area, carriers in found.items()}


def in_words(carriers: Sequence[tuple[str, str]]) -> str:
    """«AWO, Caritas und Diakonie, gemeinsam mit: Stadt Dortmund, dazu 3 weitere Träger»."""
    kinds = Carrier.Kind
    associations = [name for kind, name in carriers if kind == kinds.ASSOCIATION]
    cities = [name for kind, name in carriers if kind == kinds.MUNICIPALITY]
    others = len(carriers) - len(associations) - len(cities)
    text = enumeration(associations)
    if cities:
        text = f"{text}, gemeinsam mit: {enumeration(cities)}" if text else enumeration(cities)
    if others and text:
        text += f", dazu {others} weitere Träger" if others > 1 else ", dazu ein weiterer Träger"
    return text or enumeration([name for _, name in carriers])


def enumeration(words: Sequence[str]) -> str:
    return " und ".join(part for part in (", ".join(words[:-1]), words[-1] if words else "") if part)


def as_data(report: Report) -> dict[str, Any]:
    """What scripts read. ``until`` is the last day that counts."""
    return {
        "period": {"from": report.period.first.isoformat(), "until": report.period.last.isoformat()},
        "state": report.state,
        "figures": [
            {
                "key": reading.figure.key,
                "title": reading.figure.title,
                "area": reading.figure.area.value,
                "unit": reading.figure.unit,
                "value": reading.value,
                "total": reading.total,
                "rounded": reading.rounded,
                "definition": reading.figure.definition,
                "coverage": reading.coverage,
                "estimated_share": reading.estimated_share,
                "by_year": reading.by_year,
                "by_district": reading.by_district,
            }
            for reading in report.readings
        ],
    }
