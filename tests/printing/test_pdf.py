"""The sheets as PDF: what a screen reader finds in them, how many pages they have, and what happens without a press."""

import dataclasses
import datetime as dt

import pytest

from seniorportal.models import Offering
from seniorportal.printing import press, words
from seniorportal.printing.forms import FORMS
from tests.printing.hall import HOSTILE, MONTH, WEEK, make_hall, make_month, on
from tests.public.html import check_page
from tests.public.town import make_house, make_offering, make_office

pytestmark = pytest.mark.django_db
pressed = pytest.mark.skipif(
    not press.available(), reason="typst fehlt (requirements/pdf.txt): keine PDF-Dateien"
)


def pdf(client, path: str):
    from tests.printing.pdfs import Sheet

    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf"), path
    return Sheet(response.content)


def programme(venue, key: str = MONTH) -> str:
    return f"/begegnung/{venue.slug}/programm/{key}.pdf"


@pressed
def test_a_programme_has_title_language_headings_lists_and_table_headers(client):
    from tests.printing.pdfs import attribute

    sheet = pdf(client, programme(make_month()))
    assert sheet.claims_ua
    assert sheet.root["/Lang"] == "de-DE"
    assert sheet.root["/MarkInfo"]["/Marked"]
    assert sheet.root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert sheet.reader.metadata.title == "Beispielhaus am Phoenixsee: Programm im Dezember 2026"
    assert sheet.headings[0] == 1 and sheet.headings.count(1) == 1 and set(sheet.headings) == {1, 2}
    assert {"Table", "TR", "TH", "TD", "L", "LI", "Figure"} <= set(sheet.tags)
    assert sheet.headers() and all(attribute(cell, "/Scope") == "/Column" for cell in sheet.headers())
    figures = [element for element in sheet.elements() if element["/S"] == "/Figure"]
    assert [figure["/Alt"] for figure in figures] == [
        "QR-Code zur Seite im Internet: testserver/begegnung/beispielhaus-am-phoenixsee"
    ]


@pressed
def test_a_programme_says_what_the_page_says(client):
    text = pdf(client, programme(make_month())).words
    for said in (
        "geplant, bitte vorher anrufen",
        "fällt aus. Die Leitung ist erkrankt.",
        "verlegt auf Donnerstag, 10. Dezember",
        "Geschlossen vom 14. bis 18. Dezember: Maler im Haus",
        "02 31 / 5 55 66 77",
        "Gedruckt am 23. November 2026",
        "Seite 1 von",
        "Was die Zusätze bedeuten",
        "Spaziergang ohne feste Zeit",
    ):
        assert said in text, said


@pressed
@pytest.mark.parametrize("form, width", [("a4", 595), ("heft", 420), ("aushang", 842), ("quatsch", 595)])
def test_every_form_has_its_paper(client, form, width):
    sheet = pdf(client, f"{programme(make_month())}?form={form}")
    assert {round(float(page.mediabox.width)) for page in sheet.reader.pages} == {width}


@pressed
def test_weeks_and_the_house_are_printed_too(client):
    make_office()
    make_house()
    make_month()
    sheet = pdf(client, f"/programm/hoerde/{WEEK}.pdf")
    assert sheet.reader.metadata.title == "Stadtbezirk Hörde: Wochenprogramm vom 7. bis 13. Dezember 2026"
    assert "Dienstag, 8. Dezember" in sheet.words
    assert (
        "Für diesen Monat ist noch kein Termin eingetragen"
        in pdf(client, f"/eugen-krautscheid-haus/programm/{MONTH}.pdf").words
    )


@pressed
def test_a_wall_sheet_is_one_page_whatever_is_on_it(client):
    from tests.printing.pdfs import attribute

    hall = make_month()
    path = f"/begegnung/{hall.slug}/aushang/{MONTH}.pdf"
    sheet = pdf(client, path)
    assert sheet.pages == 1 and sheet.headings == [1, 2]
    assert [attribute(cell, "/Scope") for cell in sheet.headers()] == ["/Column"] * 4
    for day in range(1, 32):
        for hour in range(9, 17):
            on(
                make_offering(f"Ein Angebot mit langem Namen {day} {hour} " + "lang " * 20, venue=hall),
                day,
                hour,
            )
    hall.name = "Begegnungsstätte mit einem sehr langen Namen " * 3
    hall.save()
    sheet = pdf(client, path)
    assert sheet.pages == 1
    assert "Heute waren da" in sheet.words and "Nummer bitte eintragen" in sheet.words
    assert "weitere" in sheet.words


@pressed
@pytest.mark.parametrize("form", FORMS)
def test_hostile_text_stays_text_and_breaks_nothing(client, form):
    hall = make_hall(description=HOSTILE, way=f"{HOSTILE} " * 70, stop='#import "@preview/x:1.0.0"')
    for number, title in enumerate(
        (
            HOSTILE[:160],
            "x" * 160,
            "💃🏽 Tanz 太极 \u202eRTL",
            "שלום العربية Привет Türkçe",
            '"; #panic() //',
            "\u00ad\u200b",
        )
    ):
        on(make_offering(title, venue=hall, phone="0231 <b>1</b>"), 8, 9 + number, note=HOSTILE[:160])
    sheet = pdf(client, f"{programme(hall)}?form={form}")
    assert "root:" not in sheet.words
    assert '#read("/etc/passwd")' in sheet.words.replace("“", '"')
    assert sheet.pages < 12


@pressed
def test_every_sign_that_is_let_through_can_be_shown():
    shown = "".join(chr(code) for code in range(0x20, 0x2700) if words.SHOWN.fullmatch(chr(code)))
    assert len(shown) > 800
    data = {"rings": [{"number": "1", "who": shown, "hours": ""}], "subject": "Zeichen", "title": "alle"}
    made = press.printed_here("programme", _smallest() | data)
    assert made.startswith(b"%PDF-")


@pressed
def test_a_known_sheet_is_not_printed_again(client, monkeypatch):
    hall = make_month()
    first = client.get(programme(hall))
    monkeypatch.setattr(press, "printed", lambda *_: pytest.fail("printed again"))
    again = client.get(programme(hall), headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    monkeypatch.undo()
    Offering.objects.filter(title="Skatrunde").update(title="Skat am Mittwoch")
    assert press.available()


@pressed
def test_the_mark_changes_with_the_programme():
    data = _smallest()
    assert press.mark("programme", data) == press.mark("programme", dict(data))
    assert press.mark("programme", data) != press.mark("programme", data | {"line": "anders"})
    assert press.mark("programme", data) != press.mark("tally", data)


def test_without_typst_the_way_on_is_said_in_german(client, monkeypatch):
    monkeypatch.setattr(press, "available", lambda: False)
    hall = make_month()
    response = client.get(programme(hall))
    assert response.status_code == 404
    found = check_page(response.content.decode())
    assert "Dieses Blatt gibt es hier nicht als PDF" in found.text
    assert programme(hall).replace(".pdf", "/") in [attrs.get("href") for attrs in found.all("a")]
    assert "PDF" not in check_page(client.get(programme(hall).replace(".pdf", "/")).content.decode()).text


@pytest.mark.logged_errors("seniorportal.public.printing", "django.request")
@pytest.mark.parametrize("error, status", [(press.Broken("PDF/UA-1 error"), 500), (press.Busy("voll"), 503)])
def test_a_refused_sheet_is_an_error_page_and_a_logged_error(client, monkeypatch, error, status):
    def refuse(*_: object) -> bytes:
        raise error

    monkeypatch.setattr(press, "available", lambda: True)
    monkeypatch.setattr(press, "printed", refuse)
    response = client.get(programme(make_month()))
    assert response.status_code == status
    assert "text/html" in response["Content-Type"]
    assert "mit Ihrem Browser" in check_page(response.content.decode()).text


@pressed
def test_a_sheet_that_would_not_be_accessible_is_refused():
    with pytest.raises(press.Broken, match="alt"):
        press.printed("programme", _smallest() | {"qr_alt": None})
    with pytest.raises(press.Broken):
        press.printed("programme", {"kaputt": True})


@pressed
def test_a_sheet_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(press, "SECONDS", 0.01)
    with pytest.raises(press.Busy):
        press.printed("programme", _smallest())


def _smallest() -> dict[str, object]:
    from seniorportal.printing import labels, spans
    from seniorportal.printing.rings import Ring
    from seniorportal.printing.sheet import Sheet

    today = dt.date(2026, 11, 23)
    span = spans.month(MONTH, today)
    assert span is not None
    empty = dict.fromkeys(("groups", "undated", "notes", "opening", "way", "legend"), [])
    sheet = Sheet(
        kind="Programm",
        subject="Haus",
        line="",
        span=span,
        by_week=True,
        rings=[Ring("0231 1", "Haus")],
        address="https://beispiel.example/",
        printed=today,
        has_places=False,
        example=False,
        **empty,  # type: ignore[arg-type]
    )
    assert dataclasses.is_dataclass(sheet)
    return labels.of_programme(sheet, FORMS["a4"])
