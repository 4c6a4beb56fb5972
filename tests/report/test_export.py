"""`manage.py kurzbericht`: the same numbers in a file."""

import csv
import io
import json

import openpyxl
import pypdf
import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from seniorportal.printing import press
from tests.figures.rows import (
    make_consultations,
    make_district,
    make_office,
    make_return,
    make_venue,
    make_visit,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rows():
    make_district("Eving")
    make_visit(make_venue(), "jahr", "2017-01-01", 900)
    make_return(make_venue(district="Eving"), 2017, visits=300)
    make_consultations(make_office(), "2017-05-05", 3)


def test_json_is_what_the_page_gives_to_scripts(tmp_path):
    path = tmp_path / "bericht.json"
    call_command("kurzbericht", "2017", format="json", output=str(path))
    assert json.loads(path.read_text()) == Client().get("/bericht/2017.json").json()


def test_csv_opens_in_a_spreadsheet(tmp_path):
    path = tmp_path / "bericht.csv"
    call_command("kurzbericht", "2017", format="csv", output=str(path))
    assert path.read_bytes().startswith(b"\xef\xbb\xbfschluessel;titel;bereich;")
    lines = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=";"))
    visits = {
        (line["gliederung"], line["auspraegung"]): line["wert"]
        for line in lines
        if line["schluessel"] == "besuche"
    }
    assert visits == {
        ("bericht", "2017"): "1200",
        ("zusammen", "2017"): "1200",
        ("jahr", "2017"): "1200",
        ("stadtbezirk", "eving"): "300",
        ("stadtbezirk", "hoerde"): "900",
        ("anteil-geschaetzt", "2017"): "0,25",
        ("orte-gemeldet", "2017"): "2",
        ("orte", "2017"): "2",
    }
    hidden = [
        line["wert"]
        for line in lines
        if line["schluessel"] == "beratungen" and line["auspraegung"] == "hoerde"
    ]
    assert hidden == [""]


def test_xlsx_holds_the_same_numbers_and_no_formula(tmp_path):
    path = tmp_path / "bericht.xlsx"
    call_command("kurzbericht", "2017", format="xlsx", output=str(path))
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Kennzahlen", "Jahre", "Stadtbezirke"]
    rows = {row[:2]: row for row in book["Kennzahlen"].iter_rows(min_row=2, values_only=True)}
    assert rows["Offene Seniorenarbeit in Begegnungsstätten", "Besuche im Jahr"][3:6] == ("1.200", 1200, 1200)
    years = list(book["Jahre"].iter_rows(min_row=2, values_only=True))
    assert ("Besuche im Jahr", 2017, 1200) in years
    districts = list(book["Stadtbezirke"].iter_rows(min_row=2, values_only=True))
    assert ("Besuche im Jahr", "Eving", 300) in districts
    told = [row[2] for row in districts if row[:2] == ("persönliche Beratungen im Jahr", "Hörde")]
    # Hörde is the only office with a consultation: beside the total, "weniger als 5" would tell its number.
    assert told == ["nicht genannt"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]


@pytest.mark.skipif(not press.available(), reason="typst ist nicht installiert")
def test_pdf_is_the_report_with_headings_and_a_table(tmp_path):
    path = tmp_path / "bericht.pdf"
    call_command("kurzbericht", "2017", format="pdf", output=str(path))
    book = pypdf.PdfReader(path)
    assert book.metadata.title.endswith("2017") and book.trailer["/Root"]["/Lang"] == "de-DE"
    text = " ".join(page.extract_text() for page in book.pages)
    for said in ("Offene Seniorenarbeit in Begegnungsstätten", "Besuche", "1.200", "So wird gezählt"):
        assert said in text


@pytest.mark.parametrize("form", ["csv", "xlsx", "pdf"])
def test_the_page_leads_to_the_same_files(tmp_path, form):
    if form == "pdf" and not press.available():
        pytest.skip("typst ist nicht installiert")
    client = Client()
    assert f'href="/bericht/2017.{form}"' in client.get("/bericht/2017/").content.decode()
    answer = client.get(f"/bericht/2017.{form}")
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="kurzbericht-2017.{form}"'
    assert client.get(f"/bericht/2016.{form}").status_code == 404
    if form == "csv":
        path = tmp_path / "bericht.csv"
        call_command("kurzbericht", "2017", format="csv", output=str(path))
        assert answer.content == path.read_bytes()


@pytest.mark.logged_errors("django.request")
def test_without_typst_the_page_says_where_to_go(monkeypatch):
    monkeypatch.setattr(press, "available", lambda: False)
    answer = Client().get("/bericht/2017.pdf")
    assert answer.status_code == 503 and "/bericht/2017/" in answer.content.decode()
    with pytest.raises(CommandError, match="requirements/pdf.txt"):
        call_command("kurzbericht", "2017", format="pdf", output="bericht.pdf")


@pytest.mark.parametrize("form", ["pdf", "xlsx"])
def test_a_file_that_is_no_text_is_not_printed_on_the_screen(form):
    with pytest.raises(CommandError, match="--output"):
        call_command("kurzbericht", "2017", format=form)


@pytest.mark.parametrize("period", ["2016", "rubbish"])
def test_without_data_there_is_no_file(tmp_path, period):
    path = tmp_path / "bericht.json"
    with pytest.raises(CommandError, match=r"^Kein Bericht: .*\.$"):
        call_command("kurzbericht", period, output=str(path))
    assert not path.exists()


def test_a_file_that_cannot_be_written_is_one_sentence(tmp_path):
    with pytest.raises(CommandError, match="nicht schreiben"):
        call_command("kurzbericht", "2017", output=str(tmp_path / "fehlt" / "bericht.json"))
