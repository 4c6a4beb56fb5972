"""What real offices write into a cell."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seniorportal.importing import rhythm, words
from seniorportal.importing.words import Unclear

T = dt.time


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("14.30 Uhr", (T(14, 30), None)),
        ("14:30", (T(14, 30), None)),
        ("14", (T(14), None)),
        ("14,3", (T(14, 30), None)),
        ("0,604166666666667", (T(14, 30), None)),
        ("1430", (T(14, 30), None)),
        ("14-16 Uhr", (T(14), T(16))),
        ("ca. 9.00 bis 11.30 Uhr", (T(9), T(11, 30))),
        ("halb drei", (None, None)),
        ("", (None, None)),
    ],
)
def test_clock(text: str, found: tuple[T | None, T | None]):
    assert words.clock(text) == found


@pytest.mark.parametrize("text", ["25:00", "14:75", "14:30 oder 16", "99999"])
def test_no_clock(text: str):
    with pytest.raises(Unclear, match="Uhrzeit"):
        words.clock(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mo-Fr 10-12", [(d, T(10), T(12)) for d in range(5)]),
        ("Mi 14-16, Do 14-16 Uhr", [(2, T(14), T(16)), (3, T(14), T(16))]),
        ("Mo, Mi und Fr 9.30-12 Uhr", [(d, T(9, 30), T(12)) for d in (0, 2, 4)]),
        ("Di 9-12 und 14-17 Uhr", [(1, T(9), T(12)), (1, T(14), T(17))]),
        ("auch in den Ferien geöffnet", []),
        ("so nach Absprache", []),
    ],
)
def test_hours(text: str, found: list[tuple[int, T, T]]):
    assert words.hours(text) == found


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Montag bis Freitag", [0, 1, 2, 3, 4]),
        ("Mo u. Mi", [0, 2]),
        ("dienstags", [1]),
        ("täglich", [0, 1, 2, 3, 4, 5, 6]),
        ("Sa-Mo", [0, 5, 6]),
        ("Sommer", []),
    ],
)
def test_weekdays(text: str, days: list[int]):
    assert words.weekdays(text) == days


@pytest.mark.parametrize(
    ("text", "free", "note"),
    [
        ("5,00 Euro", False, "5,00 Euro"),
        ("2 €", False, "2 €"),
        ("2", False, "2 Euro"),
        ("0 €", True, ""),
        ("kostenlos", True, ""),
        ("kostenlos bzw. gering", None, "kostenlos bzw. gering"),
        ("Spende 5 Euro", None, "Spende 5 Euro"),
    ],
)
def test_cost(text: str, free: bool | None, note: str):
    assert words.cost(text) == {"is_free": free, "cost_note": note}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("0231 39572-0", ["0231 39572-0"]),
        ("02 31 / 5 02 33 11", ["02 31 / 5 02 33 11"]),
        ("Tel.: +49 (0)231 123456", ["0231 123456"]),
        ("0231 50-27800 oder 0231 50-29690", ["0231 50-27800", "0231 50-29690"]),
    ],
)
def test_phones(text: str, found: list[str]):
    assert words.phones(text) == found


@pytest.mark.parametrize(
    ("reading", "text", "why"),
    [
        (words.phones, "231395720", "fehlt die Null"),
        (words.phones, "0231 12345x", "keine Telefonnummer"),
        (words.phones, "auf Anfrage", "keine Telefonnummer"),
        (words.emails, "info@", "keine E-Mail"),
        (words.postal_code, "4426", "keine Postleitzahl"),
        (words.year, "letztes Jahr", "kein Jahr"),
        (words.cost, "5,,0 €", "kein Betrag"),
        (words.single_date, "31.02.2026", "gibt es nicht"),
        (words.single_date, "demnächst", "kein Datum"),
    ],
)
def test_what_cannot_be_taken_over_says_why(reading, text: str, why: str):
    with pytest.raises(Unclear, match=why):
        reading(text)


@pytest.mark.parametrize(
    ("weekday", "text", "rule"),
    [
        ("Mo", "jeden 1. Montag im Monat", "FREQ=MONTHLY;BYDAY=1MO"),
        ("Mittwoch", "1. und 3. Mittwoch im Monat", "FREQ=MONTHLY;BYDAY=1WE,3WE"),
        ("", "jeden letzten Freitag im Monat", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("Do", "14-tägig ab 07.01.2027", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH"),
        ("Di", "jede Woche", "FREQ=WEEKLY;BYDAY=TU"),
        ("", "jeden Dienstag", "FREQ=WEEKLY;BYDAY=TU"),
        ("Mo bis Mi", "wöchentlich, außer in den Schulferien", "FREQ=WEEKLY;BYDAY=MO,TU,WE"),
        ("Di", "14-tägig", ""),  # in which of the two weeks?
    ],
)
def test_rhythm(weekday: str, text: str, rule: str):
    assert rhythm.read(weekday, True, text, 2026).rule == rule


def test_rhythm_says_what_is_open_and_what_cannot_be():
    assert "erste Termin" in rhythm.read("Di", True, "14-tägig", None).open_question
    assert rhythm.read("Di", True, "wöchentlich, außer in den Schulferien", None).skip_school_holidays
    for weekday, text in (
        ("Di", "jeden 1. Montag im Monat"),
        ("", "einmalig 31.02.2026"),
        ("", "ab 30.13.2026"),
    ):
        with pytest.raises(Unclear):
            rhythm.read(weekday, True, text, None)
    several = rhythm.read("", True, "06.09.2026, 4. Oktober 2026 und 2026-11-08", None)
    assert several.single == (dt.date(2026, 9, 6), dt.date(2026, 10, 4), dt.date(2026, 11, 8))


PIECES = """
Mo Di Mi-Fr bis und 14 14.30 Uhr : . , - – / € Euro 0231 5 31.02. 2026 jeden 1. im Monat @ ( ) + % 0,5 ab ²
"""
piece = st.sampled_from(PIECES.split())
cell = st.one_of(st.text(max_size=60), st.lists(piece, max_size=12).map(" ".join))
READINGS = (
    *(words.clock, words.hours, words.weekdays, words.phones, words.emails, words.url, words.cost),
    *(words.registration, words.year, words.postal_code, words.single_date, words.place, words.plain_dates),
)


@given(cell, cell, st.booleans())
@settings(max_examples=300, deadline=None)
def test_whatever_stands_in_a_cell_is_read_or_said(text: str, other: str, start: bool):
    from seniorportal.importing.table import clean

    for reading in READINGS:
        try:
            reading(clean(text))
        except Unclear as why:
            assert str(why).endswith((".", "?"))
    try:
        rhythm.read(clean(text), start, clean(other), 2026)
    except Unclear as why:
        assert str(why)
