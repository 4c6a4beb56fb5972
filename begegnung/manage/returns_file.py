"""The Jahresmeldungen of a year as a workbook."""

import io
from collections.abc import Iterable, Iterator
from typing import Any

from begegnung.models import AnnualReturn
from begegnung.numbers import House
from seniorportal import spreadsheets

HEAD = (
    "Begegnungsstätte",
    "Träger",
    "Stadtbezirk",
    "Öffnungsstunden",
    "berechnet",
    "gemeldet",
    "Besuche",
    "gezählt oder eingetragen",
    "davon geschätzt",
    "gemeldet",
    "Ehrenamtliche",
    "einzeln eingetragen",
    "gemeldet",
    "Stand",
    "gemeldet am",
    "geprüft am",
    "Besuche im Jahr davor",
    "Bemerkung",
    "Zum zweiten Hinsehen",
)


def as_xlsx(houses: Iterable[House], year: int) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = f"Jahresmeldungen {year}"
    spreadsheets.fill(sheet, (HEAD, *_lines(houses)))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for column, width in (("A", 42), ("B", 28), ("C", 20), ("R", 40), ("S", 60)):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "B2"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _lines(houses: Iterable[House]) -> Iterator[tuple[Any, ...]]:
    for house in houses:
        declared, known = house.declared, house.known
        yield (
            house.venue.name,
            ", ".join(str(carrier) for carrier in house.venue.carriers.all()),
            str(house.venue.district or ""),
            house.opening_hours,
            known.opening_hours,
            declared and declared.opening_hours,
            house.visits,
            known.visits,
            known.estimated_visits if known.visits is not None else None,
            declared and declared.visits,
            house.volunteers,
            known.volunteers,
            declared and declared.volunteers,
            AnnualReturn.State(house.state).label if house.state else "nicht begonnen",
            declared and declared.reported_on,
            declared and declared.checked_on,
            house.last("visits"),
            declared.comment if declared else "",
            " ".join(house.remarks()),
        )
