"""The periods there is a report of."""

import datetime as dt

from django.http import Http404

from seniorportal.figures.evidence import years_with_data
from seniorportal.figures.period import NoSuchPeriod, Period


def find(written: str, today: dt.date) -> tuple[Period, list[Period]]:
    """The period of a path, and all periods to go on to; 404 for rubbish and for years without data. One statement."""
    try:
        period = Period.parse(written, today)
    except NoSuchPeriod:
        raise Http404(f"{written} ist kein Zeitraum") from None
    years = years_with_data(today)
    if not set(range(period.first_year, period.last_year + 1)) <= set(years):
        raise Http404(f"für {written} gibt es keine Zahlen")
    return period, offered(years, today)


def offered(years: list[int], today: dt.date) -> list[Period]:
    """Runs of full years, then the single years; the latest first."""
    singles = [Period(year, year, today) for year in years]
    runs: list[list[int]] = []
    for year in (single.first_year for single in singles if not single.is_running):
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    long = [Period(run[0], run[-1], today) for run in runs if len(run) > 1]
    return [*reversed(long), *reversed(singles)]
