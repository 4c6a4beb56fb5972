"""How numbers are printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seniorportal.figures.wording import Wording, german, rounded


@pytest.mark.parametrize(
    ("number", "wording", "printed"),
    [
        (158, "exakt", "158"),
        (50_412, "ueber", "über 50.000"),
        (253_999, "ueber", "über 250.000"),
        (1_042, "ueber", "über 1.000"),
        (1_199, "ueber", "über 1.100"),
        (14_999, "ueber", "über 14.000"),
        (2_049, "ca", "ca. 2.000"),
        (1_950, "ca", "ca. 2.000"),
        (2_050, "ca", "ca. 2.100"),
        (34, "exakt", "34"),
        (9_950, "ca", "ca. 10.000"),
        (9_949, "ca", "ca. 9.900"),
        (795, "etwa", "etwa 800"),
        (704, "etwa", "etwa 700"),
        (75, "ca", "ca. 80"),
        (84, "ca", "ca. 80"),
        (95, "ca", "ca. 100"),
        (99, "ueber", "über 90"),
        (100, "ca", "ca. 100"),
        (994, "etwa", "etwa 990"),
        (995, "etwa", "etwa 1.000"),
        (1_234_567, "exakt", "1.234.567"),
        (1_234_567, "ueber", "über 1.200.000"),
        (50_000, "ueber", "50.000"),
        (10, "ca", "ca. 10"),
        (9, "ca", "9"),
        (9, "ueber", "9"),
        (0, "ueber", "0"),
        (0, "exakt", "0"),
    ],
)
def test_a_number_is_printed_as_the_report_does(number, wording, printed):
    assert rounded(number, Wording(wording)) == printed


def as_number(printed: str) -> int:
    return int(printed.rsplit(" ", 1)[-1].replace(".", ""))


@given(st.integers(0, 10**9))
def test_over_never_says_more_than_there_is(number):
    printed = rounded(number, Wording.OVER)
    assert as_number(printed) < number or printed == german(number)


@given(st.integers(10, 10**9), st.sampled_from([Wording.CIRCA, Wording.ABOUT]))
def test_about_is_off_by_half_a_step_at_most(number, wording):
    digits = max(len(str(number)) - 2, 1)
    assert abs(as_number(rounded(number, wording)) - number) * 2 <= 10**digits


@given(st.integers(10, 10**9), st.sampled_from(list(Wording)))
def test_rounded_numbers_have_two_digits_and_zeros(number, wording):
    if wording != Wording.EXACT:
        assert rounded(number, wording) == german(number) or set(
            str(as_number(rounded(number, wording)))[2:]
        ) <= {"0"}


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.sampled_from(list(Wording)))
def test_more_never_prints_as_less(one, two, wording):
    low, high = sorted((one, two))
    assert as_number(rounded(low, wording)) <= as_number(rounded(high, wording))
