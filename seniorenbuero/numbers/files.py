"""The same numbers as a file. What is not told is an empty cell in CSV, and words in the workbook."""

import io
from collections.abc import Iterator

from seniorportal import spreadsheets

from .tables import Line, Shown, Year

HEAD = ("seniorenbuero", "jahr", "bis", "gliederung", "auspraegung", "zaehlt", "wert")
DEFINITIONS = (
    ("Anfrage", "Jemand wendet sich mit einem Anliegen zum ersten Mal an das Büro."),
    ("Beratung", "Jedes Gespräch: Wer dreimal Rat sucht, zählt dreimal. Fehlanrufe zählen nicht."),
    (
        "Fall",
        "Eine neue, komplexe Einzelfallhilfe, wie im Kurzbericht: mindestens im Assessment, drei von fünf Kriterien.",
    ),
    ("weniger als 5", "Zahlen von 1 bis 4 über Menschen stehen hier nicht."),
    ("nicht genannt", "Eine größere Zahl, aus der sich eine kleine errechnen ließe."),
)


def counters(year: Year, office: int) -> list[Line]:
    return [year.requests(office), year.total(office), year.of_cases(office)]


def as_csv(year: Year, office: int, name: str, shown: list[Shown]) -> str:
    return spreadsheets.as_csv([HEAD, *_rows(year, office, name, shown)])


def _rows(year: Year, office: int, name: str, shown: list[Shown]) -> Iterator[tuple[object, ...]]:
    first = (name, year.period.last_year, year.period.last)
    for line in counters(year, office):
        yield (*first, "zaehler", line.label, line.label, "" if line.number is None else line.number)
    for table in shown:
        for line in table.lines:
            number = "" if line.number is None else line.number
            yield (*first, table.key, line.label, table.unit, number)


def as_xlsx(year: Year, office: int, name: str, shown: list[Shown]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    sheets: list[tuple[str, list[tuple[object, ...]]]] = [
        (
            "Zähler",
            [
                ("Zähler", "Zahl"),
                *_lines(counters(year, office)),
                ("", ""),
                ("Seniorenbüro", name),
                ("gezählt bis", year.period.last),
                *DEFINITIONS,
            ],
        ),
        *((table.title, [(table.head, table.unit), *_lines(table.lines)]) for table in shown),
    ]
    for number, (title, lines) in enumerate(sheets):
        sheet = book.active if number == 0 else book.create_sheet()
        assert sheet is not None
        sheet.title = title
        spreadsheets.fill(sheet, lines)
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 44, 40 if number == 0 else 16
        for cell in sheet["B"]:
            cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
        sheet.freeze_panes = "A2"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _lines(lines: list[Line]) -> list[tuple[object, ...]]:
    return [(line.label, line.text if line.number is None else line.number) for line in lines]
