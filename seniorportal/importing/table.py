"""A file as a table: its columns by their folded heads, its cells as plain text, its lines with their numbers.

Memory and time are bounded by the limits below, whatever the file is. What is no table is ``Unreadable``.
"""

import codecs
import csv
import io
import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from seniorportal.text import fold

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 100
LONGEST_CELL = 2_000
HEAD_WITHIN = 10  # a title or an empty line may stand above the head
CHUNK = 64 * 1024


class Unreadable(Exception):
    """The file as a whole cannot be read; the text is one German sentence, or two."""


@dataclass(frozen=True)
class Heads:
    """The columns of one kind of file: their names, what else offices call them, and those that must be there."""

    names: tuple[str, ...]
    others: dict[str, str]
    needed: tuple[str, ...]

    def column(self, text: str) -> str:
        folded = re.sub(r"[^a-z0-9]", "", fold(text))
        return self.others.get(folded, "") or next(
            (name for name in self.names if name.replace("_", "") == folded), ""
        )


@dataclass
class Line:
    """One row of the file. ``cells`` has the known columns that the file has, empty ones as ""."""

    number: int
    cells: dict[str, str]
    warnings: list[tuple[str, str]] = field(default_factory=list)  # column, sentence
    errors: list[tuple[str, str]] = field(default_factory=list)

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass
class Table:
    lines: list[Line]
    notes: list[str]  # what the reader should know about the file as a whole


@dataclass
class RawRow:
    """A row before its columns are known; ``empty_formulas`` are positions of formulas without a stored value."""

    number: int
    cells: list[str]
    empty_formulas: frozenset[int] = frozenset()


def read(path: str | Path, heads: Heads) -> Table:
    """The table of a file on disk."""
    path = Path(path)
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise Unreadable(f"«{path.name}» ist ein Ordner. Bitte eine CSV- oder Excel-Datei angeben.")
        if not stat.S_ISREG(mode):
            raise Unreadable(f"«{path.name}» ist keine gewöhnliche Datei.")
        with path.open("rb") as file:
            return read_stream(file, heads)
    except FileNotFoundError:
        raise Unreadable(f"Die Datei «{path.name}» gibt es nicht.") from None
    except PermissionError:
        raise Unreadable(f"Die Datei «{path.name}» darf nicht gelesen werden.") from None
    except (OSError, ValueError):  # ValueError: a NUL in the name
        raise Unreadable("Die Datei lässt sich nicht öffnen.") from None


def read_stream(file: BinaryIO, heads: Heads, most_bytes: int = MOST_BYTES) -> Table:
    """The table of an open file that can be read from its start again."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    if size == 0:
        raise Unreadable("Die Datei ist leer.")
    if size > most_bytes:
        raise Unreadable(
            f"Die Datei ist größer als {most_bytes // 1024 // 1024} MB. Bitte in mehrere Dateien teilen."
        )
    start = file.read(8)
    file.seek(0)
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        from seniorportal.importing import workbook  # openpyxl costs memory: only where it is needed

        return workbook.read(file, heads)
    foreign_format(start)
    with decoded(file) as text:
        return read_csv(text, heads)


def foreign_format(start: bytes) -> None:
    if start.startswith(b"%PDF"):
        raise Unreadable(
            "Das ist eine PDF-Datei, keine Tabelle. Bitte die Tabelle selbst als CSV oder XLSX speichern."
        )
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(
            "Die Datei ist mit einem Kennwort geschützt oder im alten Excel-Format (.xls). "
            "Bitte ohne Kennwort als .xlsx speichern."
        )
    if start.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"{\\rtf", b"7z\xbc\xaf")):
        raise Unreadable("Das ist keine Tabelle. Bitte eine CSV- oder Excel-Datei (.xlsx) angeben.")


@contextmanager
def decoded(file: BinaryIO) -> Iterator[io.TextIOWrapper]:
    """The file as text, after one pass that finds the encoding in which all of it can be read."""
    text = io.TextIOWrapper(file, encoding=encoding_of(file), newline="")
    try:
        yield text
    finally:
        text.detach()


def encoding_of(file: BinaryIO) -> str:
    start = file.read(4)
    if start.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        raise Unreadable("Die Datei ist in UTF-32 gespeichert. Bitte als «CSV UTF-8» speichern.")
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        tries = ["utf-16"]
    elif start.startswith(codecs.BOM_UTF8):
        tries = ["utf-8-sig"]
    else:
        tries = ["utf-8", "cp1252"]
    for encoding in tries:
        if decodes(file, encoding):
            file.seek(0)
            return encoding
    raise Unreadable(
        "Die Zeichen der Datei lassen sich nicht lesen. Bitte aus Excel als «CSV UTF-8» speichern."
    )


def decodes(file: BinaryIO, encoding: str) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    while True:
        chunk = file.read(CHUNK)
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError:
            return False
        if "\0" in text:
            raise Unreadable(
                "Die Datei enthält Nullzeichen: Sie ist keine Textdatei oder in UTF-16 ohne Kennung gespeichert. "
                "Bitte aus Excel als «CSV UTF-8» speichern."
            )
        if not chunk:
            return True


def read_csv(text: io.TextIOWrapper, heads: Heads) -> Table:
    delimiter = delimiter_of(text, heads)
    text.seek(0)
    return assemble(csv_rows(text, delimiter), heads)


def delimiter_of(text: io.TextIOWrapper, heads: Heads) -> str:
    """The separator with which the first lines name the most columns."""
    first = [line[: 4 * CHUNK] for line in islice(iter(lambda: text.readline(4 * CHUNK), ""), HEAD_WITHIN)]

    def known(delimiter: str) -> int:
        try:
            rows = list(csv.reader(first, delimiter=delimiter))
        except csv.Error:
            return 0
        return max((sum(bool(heads.column(cell)) for cell in row[:MOST_COLUMNS]) for row in rows), default=0)

    return max(";,\t|", key=known)


def csv_rows(text: io.TextIOWrapper, delimiter: str) -> Iterator[RawRow]:
    reader = csv.reader(text, delimiter=delimiter)
    number = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise Unreadable(
                f"Ab Zeile {number} ist eine Zelle länger als {csv.field_size_limit():,} Zeichen. "
                "Vielleicht fehlt dort ein schließendes Anführungszeichen.".replace(",", ".", 1)
            ) from None
        yield RawRow(number, cells[: 3 * MOST_COLUMNS])
        number = reader.line_num + 1


def assemble(rows: Iterable[RawRow], heads: Heads, notes: Iterable[str] = ()) -> Table:
    """Finds the head among the first rows, then reads the lines below it."""
    left = iter(rows)
    columns, width, found = find_head(left, heads)
    lines: list[Line] = []
    for row in left:
        cells = [clean(cell) for cell in row.cells]
        if not any(cells) and not row.empty_formulas:
            continue
        if len(lines) == MOST_ROWS:
            raise Unreadable(
                f"Die Datei hat mehr als {MOST_ROWS:,} Zeilen. Bitte in mehrere Dateien teilen.".replace(
                    ",", "."
                )
            )
        lines.append(line_of(row, cells, columns, width))
    return Table(lines, [*notes, *found])


def find_head(rows: Iterator[RawRow], heads: Heads) -> tuple[dict[int, str], int, list[str]]:
    """Which column stands where, how many columns the head has, and what is not read."""
    empty = True
    for row in islice(rows, HEAD_WITHIN):
        cells = [clean(cell) for cell in row.cells]
        empty = empty and not any(cells)
        columns = {at: name for at, cell in enumerate(cells) if (name := heads.column(cell))}
        if not set(heads.needed) <= set(columns.values()):
            continue
        if any(cells[MOST_COLUMNS:]):
            raise Unreadable(f"Die Datei hat mehr als {MOST_COLUMNS} Spalten.")
        for name in heads.names:
            if list(columns.values()).count(name) > 1:
                raise Unreadable(f"Die Spalte «{name}» kommt in der Kopfzeile zweimal vor.")
        unknown = [cell[:60] for at, cell in enumerate(cells) if cell and at not in columns]
        notes = [f"Nicht gelesen, weil unbekannt: Spalte «{cell}»." for cell in unknown]
        return columns, max(at for at, cell in enumerate(cells) if cell) + 1, notes
    if empty:
        raise Unreadable("Die Datei ist leer.")
    names = " und ".join(f"«{name}»" for name in heads.needed)
    raise Unreadable(
        f"Eine Kopfzeile mit {names} fehlt. Die erste Zeile muss die Spalten nennen: {', '.join(heads.names)}."
    )


def line_of(row: RawRow, cells: list[str], columns: dict[int, str], width: int) -> Line:
    line = Line(row.number, dict.fromkeys(columns.values(), ""))
    for at, cell in enumerate(cells):
        name = columns.get(at, "")
        if len(cell) > LONGEST_CELL:
            line.errors.append((name, f"Die Zelle hat mehr als {LONGEST_CELL} Zeichen. Bitte kürzen."))
        elif name:
            line.cells[name] = cell
    if any(cells[width:]):
        line.errors.append(
            (
                "",
                "Die Zeile hat mehr Zellen als die Kopfzeile. Steht ein Trennzeichen ohne Anführungszeichen im Text?",
            )
        )
    for at in sorted(row.empty_formulas & columns.keys()):
        line.warnings.append(
            (columns[at], "Hier steht eine Formel ohne gespeichertes Ergebnis; die Zelle gilt als leer.")
        )
    return line


def clean(text: str) -> str:
    """One line of text: line breaks, hard spaces and tabs are spaces, invisible and control characters are gone."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = unicodedata.normalize("NFC", text)
    kept = (
        " " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c) not in INVISIBLE
    )
    return " ".join("".join(kept).split())


INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
