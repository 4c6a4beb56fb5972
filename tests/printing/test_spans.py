"""Months and weeks in an address, and texts for paper."""

import datetime as dt

import pytest

from seniorportal.printing import spans, words

TODAY = dt.date(2026, 11, 23)


def test_a_month_and_its_neighbours():
    span = spans.month("2026-12", TODAY)
    assert span is not None
    assert (span.first, span.last) == (dt.date(2026, 12, 1), dt.date(2026, 12, 31))
    assert (span.name, span.previous, span.following) == ("Dezember 2026", "2026-11", "2027-01")


def test_a_week_over_the_turn_of_the_year():
    span = spans.week("2026-W53", TODAY)
    assert span is not None
    assert (span.first, span.last) == (dt.date(2026, 12, 28), dt.date(2027, 1, 3))
    assert span.name == "28. Dezember 2026 bis 3. Januar 2027"
    assert (span.previous, span.following) == ("2026-W52", "2027-W01")


@pytest.mark.parametrize(
    "text",
    [
        "2026-13",
        "2026-00",
        "0000-01",
        "9999-12",
        "2026-1",
        "2026-012",
        "26-12",
        "2026-W50",
        "٢٠٢٦-١٢",
        "",
        "x",
        "2026-12\n",
    ],
)
def test_what_is_no_month_of_ours(text):
    assert spans.month(text, TODAY) is None


@pytest.mark.parametrize(
    "text",
    ["2026-W54", "2027-W53", "2026-W00", "9999-W52", "0000-W01", "2026-w50", "2026-50", "2026-W5", "W54", ""],
)
def test_what_is_no_week_of_ours(text):
    assert spans.week(text, TODAY) is None


def test_only_what_can_be_known_is_offered():
    assert spans.month("2025-11", TODAY) and not spans.month("2025-10", TODAY)
    assert spans.month("2028-05", TODAY) and not spans.month("2028-06", TODAY)
    first = spans.month("2025-11", TODAY)
    assert first is not None and first.previous == ""


def test_texts_are_cut_behind_a_word():
    assert words.cut("Tanzen macht Freude", 40) == "Tanzen macht Freude"
    assert words.cut("Tanzen macht Freude, jeden Tag", 21) == "Tanzen macht Freude …"
    assert words.cut_with_words("eins zwei drei", 9) == "eins … Mehr dazu am Telefon."


def test_signs_that_no_typeface_has_are_left_out():
    assert words.plain("Tanz 💃 am\nMittwoch\u202e \x00x") == "Tanz am Mittwoch x"
    assert words.plain("Ça va? Привет, Türkçe, „Maß“ – 5 €") == "Ça va? Привет, Türkçe, „Maß“ – 5 €"
    assert words.plain("太极") == "??"


def test_long_words_can_be_broken():
    assert "\u00ad" in words.breakable("x" * 100)
    assert words.breakable("Seniorenbegegnungsstätte heute") == "Seniorenbegegnungsstätte heute"
