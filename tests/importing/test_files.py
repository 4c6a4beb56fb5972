"""Files as they come: other encodings, separators and sheets, and files that nobody should have to open."""

import datetime as dt
import io
import os
import pathlib
import subprocess
import sys
import zipfile

import pytest
from django.db import connection
from openpyxl import Workbook
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from seniorportal.importing import table, workbook
from seniorportal.importing.table import Unreadable
from tests.importing.files import OFFERINGS, VENUES, csv, read, saved, xlsx

HEAD = "name;strasse;stadtbezirk"


def cells(file: io.BytesIO, kind: str = VENUES) -> list[dict[str, str]]:
    return [{k: v for k, v in line.cells.items() if v} for line in read(kind, file).lines]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_encodings_and_separators(encoding: str, separator: str):
    file = csv(
        HEAD.replace(";", separator), separator.join(["Café Grün", "Weg 1", "Hörde"]), encoding=encoding
    )
    assert cells(file) == [{"name": "Café Grün", "strasse": "Weg 1", "stadtbezirk": "Hörde"}]


def test_heads_may_be_missing_reordered_and_written_otherwise():
    file = csv("Unsere Orte 2026;;", ";;", "Straße;E-Mail;NAME;Bemerkung", "Weg 1;a@b.de;Treff;x")
    found = read(VENUES, file)
    assert found.lines[0].cells == {"strasse": "Weg 1", "email": "a@b.de", "name": "Treff"}
    assert found.lines[0].number == 4
    assert found.notes == ["Nicht gelesen, weil unbekannt: Spalte «Bemerkung»."]


def test_spaces_line_breaks_and_invisible_characters_are_no_content():
    file = csv(HEAD, '"\u00a0Treff \u200b\nam  Markt\u00ad ";Weg 1;Hörde', ";;", '" ";;')
    assert cells(file) == [{"name": "Treff am Markt", "strasse": "Weg 1", "stadtbezirk": "Hörde"}]


def test_a_row_longer_than_the_head_is_refused():
    [line] = read(VENUES, csv(HEAD, "Treff;Weg 1;Hörde;und mehr")).lines
    assert "mehr Zellen als die Kopfzeile" in line.errors[0][1]


def test_a_sheet_with_dates_times_numbers_merged_cells_and_formulas():
    book = Workbook()
    sheet = book.active
    sheet.append(["Begegnungsstätte", "Titel", "Beginn", "Rhythmus", "Jahr", "Kosten"])
    sheet.append(["Treff", "Schach", dt.time(14, 30), dt.datetime(2026, 9, 6), 2026.0, 2.5])
    sheet.append([None, "Bingo", 0.625, "wöchentlich", "=1+2025", "=A1"])
    sheet.merge_cells("A2:A3")
    first, second = read(OFFERINGS, saved(book)).lines
    assert first.cells == {
        "begegnungsstaette": "Treff",
        "titel": "Schach",
        "beginn": "14:30",
        "rhythmus": "06.09.2026",
        "jahr": "2026",
        "kosten": "2,5",
    }
    assert (second["begegnungsstaette"], second["titel"]) == ("Treff", "Bingo")
    assert [column for column, text in second.warnings if "Formel" in text] == ["jahr", "kosten"]


def zipped(**parts: bytes) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        for name, content in parts.items():
            archive.writestr(f"xl/{name}.xml", content)
    file.seek(0)
    return file


def changed(
    rows: list[list[str]], old: bytes, new: bytes, part: str = "xl/worksheets/sheet1.xml"
) -> io.BytesIO:
    """A good workbook with other bytes inside one part."""
    source, file = zipfile.ZipFile(xlsx(*rows)), io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in source.namelist():
            content = source.read(name)
            assert name != part or old in content
            archive.writestr(name, content.replace(old, new) if name == part else content)
    file.seek(0)
    return file


ROWS = [["name", "strasse"], ["Treff", "Weg 1"]]
DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet'
HOSTILE: dict[str, tuple[io.BytesIO, str]] = {
    "empty": (io.BytesIO(b""), "leer"),
    "only empty lines": (io.BytesIO(b";;\r\n;;\r\n"), "leer"),
    "no head": (csv("Treff;Weg 1", "Haus;Weg 2"), "Kopfzeile"),
    "a head twice": (csv("name;name", "a;b"), "zweimal"),
    "NUL": (io.BytesIO(b"name;strasse\nTr\0eff;Weg 1"), "Nullzeichen"),
    "UTF-16 without a mark": (csv(HEAD, "Treff;Weg 1;", encoding="utf-16-le"), "Nullzeichen"),
    "UTF-32": (csv(HEAD, encoding="utf-32"), "UTF-32"),
    "renamed PDF": (io.BytesIO(b"%PDF-1.7\n..."), "PDF"),
    "with a password": (io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99), "Kennwort"),
    "a picture": (io.BytesIO(b"\x89PNG\r\n\x1a\n"), "keine Tabelle"),
    "undefined bytes": (io.BytesIO(b"name;strasse\nTr\x81eff;Weg 1"), "Zeichen"),
    "a cell of 10 MB": (csv(HEAD, "T" * 10_000_000 + ";;"), "länger als"),
    "an open quote": (csv(HEAD, '"Treff;;', *["Weg;;"] * 60_000), "Anführungszeichen"),
    "too many rows": (csv("name", *map(str, range(table.MOST_ROWS + 1))), "20.000 Zeilen"),
    "16,384 columns": (csv(";".join(["name", *map(str, range(16_383))]), "x"), "Spalten"),
    "bomb": (zipped(workbook=b"<x>" + b" " * (workbook.MOST_XML + 1)), "ausgepackt größer"),
    "many tags": (zipped(workbook=b"<x/>" * (workbook.MOST_TAGS + 1)), "zu viele Zellen"),
    "one endless row": (
        changed(ROWS, b"<sheetData>", b"<sheetData><row>" + b"<c/>" * 100_001 + b"</row>"),
        "zu viele Zellen",
    ),
    "another archive": (zipped(), "anderes Archiv"),
    "broken archive": (io.BytesIO(xlsx(*ROWS).getvalue()[:-200]), "beschädigt"),
    "broken sheet": (changed(ROWS, b"</sheetData>", b"</sheet>"), "lässt sich nicht lesen"),
    "entities": (changed(ROWS, b"<worksheet", DOCTYPE), "Definitionen"),
    "row 2 to the 31st": (changed(ROWS, b'<row r="2"', b'<row r="2147483648"'), "Zeilen, die es"),
    "empty workbook": (saved(Workbook()), "leer"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_one_sentence(name: str):
    file, why = HOSTILE[name]
    with pytest.raises(Unreadable, match=why) as caught:
        read(VENUES, file)
    assert str(caught.value).endswith(".") and "\n" not in str(caught.value)


def test_what_is_no_file_is_one_sentence(tmp_path: pathlib.Path):
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    for path, why in (
        (tmp_path, "Ordner"),
        (tmp_path / "fehlt.csv", "gibt es nicht"),
        (fifo, "keine gewöhnliche"),
    ):
        with pytest.raises(Unreadable, match=why):
            read(VENUES, path)
    with pytest.raises(Unreadable):
        table.read("a\0b", table.Heads(("name",), {}, ("name",)))


def test_a_wide_sheet_with_columns_far_out_is_no_matter():
    book = Workbook()
    book.active.append(["name"])
    book.active.append(["Treff"])
    book.active.cell(2, 16_384, "weit draußen")
    [line] = read(VENUES, saved(book)).lines
    assert line["name"] == "Treff"


@pytest.mark.django_db
def test_exit_codes_of_the_real_command(tmp_path: pathlib.Path):
    """In an empty database: nothing is refused in a file of names, an unknown Stadtbezirk is, and a PDF is no table."""
    name = str(connection.settings_dict["NAME"])
    url = make_conninfo("", **(conninfo_to_dict(os.environ["DATABASE_OWNER_URL"]) | {"dbname": name}))
    for content, code, said in (
        (b"name\nTreff\n", 0, "neu: 1"),
        (b"name;stadtbezirk\nTreff;Atlantis\n", 1, "Zeile 2, Spalte stadtbezirk"),
        (b"%PDF-1.7", 2, "PDF"),
    ):
        file = tmp_path / "orte.csv"
        file.write_bytes(content)
        done = subprocess.run(
            [sys.executable, "-m", "django", "import_data", "venues", str(file), "--dry-run"],
            env=os.environ | {"DATABASE_URL": url, "DATABASE_OWNER_URL": url, "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
        )
        assert done.returncode == code, done.stderr
        assert said in done.stdout + done.stderr
        assert "Traceback" not in done.stderr
