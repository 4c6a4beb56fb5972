"""`manage.py kurzbericht`: the same numbers in a file."""

import csv
import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

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


@pytest.mark.parametrize("period", ["2016", "rubbish"])
def test_without_data_there_is_no_file(tmp_path, period):
    path = tmp_path / "bericht.json"
    with pytest.raises(CommandError, match=r"^Kein Bericht: .*\.$"):
        call_command("kurzbericht", period, output=str(path))
    assert not path.exists()


def test_a_file_that_cannot_be_written_is_one_sentence(tmp_path):
    with pytest.raises(CommandError, match="nicht schreiben"):
        call_command("kurzbericht", "2017", output=str(tmp_path / "fehlt" / "bericht.json"))
