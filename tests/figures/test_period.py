"""Periods: whole years, half-open, never beyond yesterday."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seniorportal.figures.period import NoSuchPeriod, Period

TODAY = dt.date(2026, 11, 23)


def test_a_range_is_half_open():
    period = Period.parse("2014-2017", TODAY)
    assert (period.first, period.last, period.end) == (
        dt.date(2014, 1, 1),
        dt.date(2017, 12, 31),
        dt.date(2018, 1, 1),
    )
    assert period.full_years == [2014, 2015, 2016, 2017]
    assert (str(period), period.label, period.is_running) == ("2014-2017", "2014–2017", False)


def test_a_running_year_ends_yesterday():
    period = Period.parse("2025-2026", TODAY)
    assert (period.last, period.end) == (dt.date(2026, 11, 22), TODAY)
    assert (period.full_years, period.is_running) == ([2025], True)


def test_the_last_day_of_december_is_still_running_and_the_first_of_january_has_not_begun():
    assert Period.parse("2026", dt.date(2026, 12, 31)).is_running
    assert not Period.parse("2026", dt.date(2027, 1, 1)).is_running
    with pytest.raises(NoSuchPeriod):
        Period.parse("2027", dt.date(2027, 1, 1))
    assert Period.parse("2027", dt.date(2027, 1, 2)).last == dt.date(2027, 1, 1)


@pytest.mark.parametrize(
    "rubbish",
    [
        "",
        "20",
        "20177",
        "2017-",
        "-2017",
        "2017-2014",
        "2017-2017",
        "1999",
        "1999-2017",
        "2027",
        "2014-2099",
        "0000",
    ]
    + ["9999", "2014–2017", "2014/2017", " 2017", "2017\n", "２０１７", "2017.5", "abcd", "2014-2017-2018"],
)
def test_rubbish_is_no_period(rubbish):
    with pytest.raises(NoSuchPeriod):
        Period.parse(rubbish, TODAY)


@given(st.text())
def test_any_text_is_a_period_or_no_such_period(text):
    try:
        period = Period.parse(text, TODAY)
    except NoSuchPeriod:
        return
    assert str(period) == text


@given(st.dates(dt.date(2001, 1, 1), dt.date(2199, 12, 31)), st.integers(2000, 2199), st.integers(0, 20))
def test_no_period_reaches_beyond_yesterday(today, first, more):
    written = str(first) if not more else f"{first}-{first + more}"
    try:
        period = Period.parse(written, today)
    except NoSuchPeriod:
        assert dt.date(first + more, 1, 1) >= today
        return
    assert period.first <= period.last < today
    assert [year.first for year in period.years[1:]] == [year.end for year in period.years[:-1]]
    assert len(period.full_years) == len(period.years) - period.is_running
