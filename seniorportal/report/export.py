"""The report as a file: the same numbers as the page, none counted again."""

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from seniorportal import spreadsheets
from seniorportal.figures.base import Reading
from seniorportal.figures.wording import german
from seniorportal.printing import press
from seniorportal.report import words
from seniorportal.report.document import Part, Report, as_data

MAIN_HEAD = ("Bereich", "Kennzahl", "Einheit", "im Bericht", "genau", "zusammen", "So wird gezählt")
HEAD = ("schluessel", "titel", "bereich", "einheit", "gliederung", "auspraegung", "wert")


def as_json(report: Report) -> str:
    return json.dumps(as_data(report), ensure_ascii=False, indent=2) + "\n"


def as_csv(report: Report) -> str:
    """One line a number; empty is not disclosed."""
    return spreadsheets.as_csv(_lines(report))


def _lines(report: Report) -> Iterator[tuple[str, ...]]:
    yield HEAD
    for reading in report.readings:
        figure = reading.figure
        for dimension, member, number in _numbers(reading):
            told = "" if number is None else str(number).replace(".", ",")
            yield figure.key, figure.title, figure.area.value, figure.unit, dimension, member, told


def _numbers(reading: Reading) -> Iterator[tuple[str, str, int | float | None]]:
    yield "bericht", str(reading.period), reading.value
    yield "zusammen", str(reading.period), reading.total
    for year, number in reading.by_year.items():
        yield "jahr", year, number
    for district, shown in reading.by_district.items():
        yield "stadtbezirk", district, shown
    if reading.estimated_share is not None:
        yield "anteil-geschaetzt", str(reading.period), reading.estimated_share
    if reading.coverage is not None:
        yield "orte-gemeldet", str(reading.period), reading.coverage["reported"]
        yield "orte", str(reading.period), reading.coverage["active"]


def as_xlsx(report: Report) -> bytes:
    """Three sheets: the figures as the report prints them, their years, their districts."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    sheets: list[tuple[str, tuple[str, ...], Iterator[tuple[Any, ...]]]] = [
        (
            "Kennzahlen",
            ("Bereich", "Kennzahl", "Einheit", "im Bericht", "genau", "zusammen", "So wird gezählt"),
            _main(report),
        ),
        ("Jahre", ("Kennzahl", "Jahr", "Wert"), _years(report)),
        ("Stadtbezirke", ("Kennzahl", "Stadtbezirk", "Wert"), _districts(report)),
    ]
    for number, (title, head, rows) in enumerate(sheets):
        sheet = book.active if number == 0 else book.create_sheet()
        assert sheet is not None
        sheet.title = title
        spreadsheets.fill(sheet, (head, *rows))
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        for column in sheet.columns:
            longest = max(len(str(cell.value or "")) for cell in column)
            sheet.column_dimensions[column[0].column_letter].width = min(longest + 2, 60)
            for cell in column:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.freeze_panes = "A2"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _main(report: Report) -> Iterator[tuple[Any, ...]]:
    for part in report.parts:
        for reading in part.readings:
            figure = reading.figure
            shown = (reading.rounded, reading.value, reading.total, figure.definition)
            yield part.chapter.title, figure.title, figure.unit, *shown


def _years(report: Report) -> Iterator[tuple[Any, ...]]:
    for reading in report.readings:
        for year, number in reading.by_year.items():
            yield reading.figure.title, int(year), number


def _districts(report: Report) -> Iterator[tuple[Any, ...]]:
    for reading in report.readings:
        for district in reading.districts:
            number = reading.by_district[district["slug"]]
            told = words.undisclosed(reading, district["slug"]) if number is None else number
            yield reading.figure.title, district["name"], told


def as_pdf(report: Report) -> bytes:
    """The document as the page tells it, tagged for screen readers. ``press.Missing`` where typst is not installed."""
    return press.printed("report", _told(report))


def _told(report: Report) -> dict[str, Any]:
    years = [str(year) for year in report.period.years]
    return {
        "title": f"{settings.PORTAL_REPORT_TITLE} {report.period.label}",
        "publisher": settings.PORTAL_REPORT_PUBLISHER,
        "committee": settings.PORTAL_REPORT_COMMITTEE,
        "state": words.state(report),
        "printed": date_format(timezone.localdate(), "j. F Y"),
        "years": years if len(years) > 1 else [],
        "chapters": [_chapter(part) for part in report.parts],
    }


def _chapter(part: Part) -> dict[str, Any]:
    return {
        "heading": part.chapter.heading,
        "carriers": part.carriers,
        "introduction": part.chapter.introduction,
        "aims_lead": part.chapter.aims_lead,
        "aims": [{"text": aim.text, "parts": aim.parts} for aim in part.chapter.aims],
        "deeds": part.chapter.deeds,
        "challenges": part.chapter.challenges,
        "figures": [_figure(reading) for reading in part.readings],
    }


def _figure(reading: Reading) -> dict[str, Any]:
    notes = (f"{words.exactly(reading)}.", words.share(reading), words.coverage(reading))
    return {
        "rounded": reading.rounded,
        "title": reading.figure.title,
        "unit": reading.figure.unit,
        "definition": reading.figure.definition,
        "notes": [note for note in notes if note],
        "value": german(reading.value),
        "by_year": [german(number) for number in reading.by_year.values()],
    }


@dataclass(frozen=True)
class Form:
    """A form the report leaves the house in."""

    content_type: str
    write: Callable[[Report], bytes]


FORMATS = {
    "json": Form("application/json", lambda report: as_json(report).encode()),
    "csv": Form("text/csv; charset=utf-8", lambda report: as_csv(report).encode()),
    "xlsx": Form(spreadsheets.XLSX, as_xlsx),
    "pdf": Form("application/pdf", as_pdf),
}
