"""An Excel workbook (.xlsx) as rows of text, whatever somebody packed into it.

openpyxl reads the cells. Passes over the raw XML before it count what it would have to hold, and find what it does not
tell: merged cells, and formulas without a stored value.
"""

import datetime as dt
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

from seniorportal.importing.table import MOST_COLUMNS, Heads, RawRow, Table, Unreadable, assemble

MOST_PARTS = 500
MOST_XML = 40 * 1024 * 1024  # all XML parts together, unpacked
MOST_TAGS = 2_500_000
MOST_TAGS_A_ROW = 100_000  # 16,384 cells have fewer; openpyxl keeps a whole row at a time
MOST_ODD = 20_000  # merged ranges, or formulas without a value
LAST_ROW = 1_048_576  # of any real sheet
CHUNK = 128 * 1024
OVERLAP = 12 * 1024  # longer than any formula

_ROW = re.compile(rb"<(?:\w{1,8}:)?(?:row|si)\b")
_MERGED = re.compile(
    rb'<(?:\w{1,8}:)?mergeCell\s[^<>]{0,200}?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"'
)
_NO_VALUE = re.compile(
    rb'<(?:\w{1,8}:)?c\s[^<>]{0,200}?r="([A-Z]{1,3})(\d{1,7})"[^<>]{0,200}>\s{0,9}'
    rb"<(?:\w{1,8}:)?f(?:\s[^<>]{0,300})?(?:/>|>[^<]{0,9000}</(?:\w{1,8}:)?f>)\s{0,9}"
    rb"(?:<(?:\w{1,8}:)?v\s?/>|<(?:\w{1,8}:)?v></(?:\w{1,8}:)?v>)?\s{0,9}</(?:\w{1,8}:)?c>"
)


@dataclass
class Oddities:
    merged: list[tuple[int, int, int]] = field(default_factory=list)  # column, first row, last row
    empty_formulas: set[tuple[int, int]] = field(default_factory=set)  # row, column


def read(file: BinaryIO, heads: Heads) -> Table:
    """The first sheet that has the head."""
    try:
        with zipfile.ZipFile(file) as archive:
            check(archive)
            return first_table(file, archive, heads)
    except Unreadable:
        raise
    except zipfile.BadZipFile:
        raise Unreadable("Die Datei ist beschädigt. Bitte in Excel öffnen und neu speichern.") from None
    except Exception:  # whatever openpyxl, expat or zlib stumble over in a broken file
        raise Unreadable(
            "Die Excel-Datei lässt sich nicht lesen. Bitte in Excel öffnen und neu als .xlsx speichern."
        ) from None


def check(archive: zipfile.ZipFile) -> None:
    """Looks at the directory of the archive and once through its XML, before anything is kept in memory."""
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("Die Datei ist mit einem Kennwort geschützt. Bitte ohne Kennwort speichern.")
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise Unreadable("Das ist keine Excel-Datei (.xlsx), sondern ein anderes Archiv.")
    xml = [part for part in parts if part.filename.endswith((".xml", ".rels", ".vml"))]
    if len(parts) > MOST_PARTS or sum(part.file_size for part in xml) > MOST_XML:
        raise Unreadable(
            f"Die Excel-Datei ist ausgepackt größer als {MOST_XML // 1024 // 1024} MB. Bitte nur die Tabelle, ohne "
            "leere formatierte Zeilen, in eine neue Datei kopieren."
        )
    tags = 0
    for part in xml:
        of_row = 0
        for chunk in chunks(archive, part.filename):
            for at, stretch in enumerate(_ROW.split(chunk)):
                of_row = stretch.count(b"<") + (0 if at else of_row)
                tags += stretch.count(b"<") + 1
                if tags > MOST_TAGS or of_row > MOST_TAGS_A_ROW:
                    raise Unreadable("Die Excel-Datei hat zu viele Zellen. Bitte in mehrere Dateien teilen.")
            if b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk:
                raise Unreadable("Die Excel-Datei enthält Definitionen, die in keine Tabelle gehören.")


def chunks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with archive.open(name) as part:
        while chunk := part.read(CHUNK):
            yield chunk


def first_table(file: BinaryIO, archive: zipfile.ZipFile, heads: Heads) -> Table:
    file.seek(0)
    book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    problem: Unreadable | None = None
    try:
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        for sheet in sheets:
            notes = [f"Gelesen wurde das Blatt «{sheet.title}»."] if len(sheets) > 1 else []
            try:
                return assemble(rows(sheet, oddities(archive, sheet)), heads, notes)
            except Unreadable as error:
                problem = problem or error
                if "Kopfzeile" not in str(error) and "leer" not in str(error):
                    raise
    finally:
        book.close()
    raise problem or Unreadable("Die Excel-Datei hat kein sichtbares Tabellenblatt.")


def rows(sheet: Any, odd: Oddities) -> Iterator[RawRow]:
    """Rows with a value of their own; what is merged downwards is repeated in each of them."""
    sheet.reset_dimensions()  # what the file says about its size may be wrong
    columns: dict[int, dict[int, int]] = {}  # per column: first row of a merged range, and its last
    for column, first, last in odd.merged:
        columns.setdefault(column, {})[first] = last
    above: dict[int, tuple[int, str]] = {}  # the last value of a column with merged cells, and its row
    formulas: dict[int, set[int]] = {}
    for row, column in odd.empty_formulas:
        formulas.setdefault(row, set()).add(column - 1)
    for number, values in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True), start=1):
        if number > LAST_ROW:
            raise Unreadable("Die Excel-Datei nennt Zeilen, die es in Excel nicht gibt.")
        empty = frozenset(formulas.get(number, ()))
        if not values or (not empty and all(value is None for value in values)):
            continue
        cells = [plain(value) for value in values]
        if any(cells):
            for column, ranges in columns.items():
                if column > len(cells):
                    continue
                if cells[column - 1]:
                    above[column] = (number, cells[column - 1])
                elif column in above and number <= ranges.get(above[column][0], 0):
                    cells[column - 1] = above[column][1]
        yield RawRow(number, cells, empty)


def plain(value: Any) -> str:
    """A cell as somebody would have typed it: ``14:30``, ``06.09.2025``, ``44141`` instead of 44141.0."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, dt.datetime):
        if value.year < 1901:  # Excel's day 0: a time of day alone
            return f"{value:%H:%M}"
        return f"{value:%d.%m.%Y}" + (f" {value:%H:%M}" if value.time() != dt.time.min else "")
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, dt.timedelta):
        minutes = int(value.total_seconds() // 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, float):
        return repr(value).replace(".", ",")
    return str(value)


def oddities(archive: zipfile.ZipFile, sheet: Any) -> Oddities:
    found = Oddities()
    name = getattr(sheet, "_worksheet_path", "")
    if name not in archive.namelist():
        return found
    kept = b""
    for chunk in chunks(archive, name):
        text = kept + chunk
        for match in _NO_VALUE.finditer(text):
            found.empty_formulas.add((int(match[2]), column_index_from_string(match[1].decode())))
        for match in _MERGED.finditer(text):
            column, first, last = match[1].decode(), int(match[2]), int(match[4])
            if last > first:
                found.merged.append((column_index_from_string(column), first, last))
        if len(found.merged) > MOST_ODD or len(found.empty_formulas) > MOST_ODD:
            raise Unreadable("Die Excel-Datei hat zu viele verbundene Zellen oder Formeln ohne Ergebnis.")
        kept = text[-OVERLAP:]
    found.merged = sorted(set(found.merged))
    return found
