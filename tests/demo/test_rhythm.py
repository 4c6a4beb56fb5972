"""The words of the collected sources, read or left alone."""

import datetime as dt

import pytest

from seniorportal.importing.rhythm import read
from seniorportal.programme import rule_error


@pytest.mark.parametrize(
    ("weekday", "words", "rule"),
    [
        ("Montag", "wöchentlich", "FREQ=WEEKLY;BYDAY=MO"),
        ("Montag", "jeden 1. Montag im Monat", "FREQ=MONTHLY;BYDAY=1MO"),
        ("Samstag", "wöchentlich (Sommerhalbjahr)", "FREQ=WEEKLY;BYDAY=SA;BYMONTH=4,5,6,7,8,9"),
        ("Donnerstag", "wöchentlich ab 22.07.2021", "FREQ=WEEKLY;BYDAY=TH"),
    ],
)
def test_a_complete_rhythm_becomes_a_rule(weekday: str, words: str, rule: str) -> None:
    found = read(weekday, True, words, 2021)
    assert found.rule == rule and not found.single
    assert rule_error(rule) == ""


@pytest.mark.parametrize(
    ("weekday", "has_start", "words"),
    [
        ("Freitag", False, "wöchentlich"),
        ("", False, "regelmäßig"),
        ("Freitag", True, "drei Freitage im Monat"),  # which three?
        ("Dienstag", True, "wöchentlich (Saison, bei gutem Wetter)"),
        ("Mittwoch", False, "jeden 3. Mittwoch im Monat"),
        ("täglich", False, "täglich"),
        ("Mittwoch", True, "ab 25.04.2018"),
        ("", True, "einmalig 07.03. (Jahr nicht genannt; danach monatlich wechselnd)"),
    ],
)
def test_what_a_source_leaves_open_stays_open(weekday: str, has_start: bool, words: str) -> None:
    found = read(weekday, has_start, words, 2019)
    assert (found.rule, found.single, found.last) == ("", (), None)


@pytest.mark.parametrize(
    ("words", "year", "single", "last"),
    [
        ("einmalig 17.09.2022", 2022, ["2022-09-17"], "2022-09-17"),
        ("einmalig 2023", 2023, [], "2023-12-31"),
        ("monatlich, z. B. 22.04.2024", 2024, ["2024-04-22"], None),
        ("einmalig 23.05.2025 (jährlich)", 2025, ["2025-05-23"], None),
    ],
)
def test_dates_of_the_past_stay_and_get_no_rule(
    words: str, year: int, single: list[str], last: str | None
) -> None:
    found = read("Samstag", True, words, year)
    assert found.rule == ""
    assert [str(day) for day in found.single] == single
    assert found.last == (dt.date.fromisoformat(last) if last else None)


def test_a_season_of_long_ago_is_over() -> None:
    found = read("Montag bis Freitag", True, "19.07.-01.09.2021 (werktags)", 2021)
    assert (found.first, found.last) == (dt.date(2021, 7, 19), dt.date(2021, 9, 1))
