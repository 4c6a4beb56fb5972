"""The words of the sources, read or left alone."""

import datetime as dt

import pytest

from seniorportal.demo import source
from seniorportal.demo.rhythm import Rhythm, read, weekdays
from seniorportal.programme import rule_error


@pytest.mark.parametrize(
    ("weekday", "start", "words", "rule"),
    [
        ("Montag", "14:30", "wöchentlich", "FREQ=WEEKLY;BYDAY=MO"),
        ("Montag", "15:00", "jeden 1. Montag im Monat", "FREQ=MONTHLY;BYDAY=1MO"),
        ("Samstag", "14:00", "wöchentlich (Sommerhalbjahr)", "FREQ=WEEKLY;BYDAY=SA;BYMONTH=4,5,6,7,8,9"),
        ("Donnerstag", "10:00", "wöchentlich ab 22.07.2021", "FREQ=WEEKLY;BYDAY=TH"),
    ],
)
def test_a_complete_rhythm_becomes_a_rule(weekday: str, start: str, words: str, rule: str) -> None:
    found = read(weekday, start, words, 2021)
    assert found.rule == rule and not found.past
    assert rule_error(rule) == ""


@pytest.mark.parametrize(
    ("weekday", "start", "words"),
    [
        ("Freitag", "", "wöchentlich"),  # no start
        ("", "", "regelmäßig"),
        ("Freitag", "19:30", "drei Freitage im Monat"),  # which three?
        ("Dienstag", "16:00", "wöchentlich (Saison, bei gutem Wetter)"),
        ("Mittwoch", "", "jeden 3. Mittwoch im Monat"),
        ("täglich", "", "täglich"),
        ("Mittwoch", "09:30", "ab 25.04.2018"),
        ("", "15:30", "einmalig 07.03. (Jahr nicht genannt; danach monatlich wechselnd)"),
    ],
)
def test_what_a_source_leaves_open_stays_open(weekday: str, start: str, words: str) -> None:
    assert read(weekday, start, words, 2019) == Rhythm()


def test_one_off_events_keep_their_past_date_and_are_over() -> None:
    assert read("Samstag", "10:00", "einmalig 17.09.2022", 2022) == Rhythm(
        past=(dt.date(2022, 9, 17),), last=dt.date(2022, 9, 17)
    )
    assert len(read("Donnerstag bis Sonntag", "", "einmalig 09.-12.06.2022", 2022).past) == 4
    assert read("", "", "einmalig 2023", 2023) == Rhythm(last=dt.date(2023, 12, 31))


def test_a_monthly_example_date_is_no_rule() -> None:
    found = read("Montag", "14:00", "monatlich, z. B. 22.04.2024", 2024)
    assert found == Rhythm(past=(dt.date(2024, 4, 22),))


def test_a_season_of_long_ago_is_over() -> None:
    found = read("Montag bis Freitag", "10:00", "19.07.-01.09.2021 (werktags)", 2021)
    assert (found.first, found.last) == (dt.date(2021, 7, 19), dt.date(2021, 9, 1))


def test_weekdays_run_from_one_to_the_other() -> None:
    assert weekdays("Dienstag bis Donnerstag") == ["TU", "WE", "TH"]
    assert weekdays("täglich") == []


def test_opening_hours_are_read_only_where_they_have_clock_times() -> None:
    assert len(source.hours("Mo-Fr 10-12 und nach Vereinbarung (Stand 2020)")) == 5
    assert source.hours("Mo 10-12, Mi 14-16, Fr 9-10:30 (Stand 2013)")[2] == (4, dt.time(9), dt.time(10, 30))
    assert source.hours("an fünf Tagen pro Woche") == []


def test_notes_in_brackets_leave_the_street() -> None:
    assert source.place("Brütingsweg 11 (1. OG)") == ("Brütingsweg 11", "1. OG")
    assert source.place("Amtshaus Aplerbeck (Straße in der Quelle nicht genannt)") == (
        "",
        "Amtshaus Aplerbeck",
    )
