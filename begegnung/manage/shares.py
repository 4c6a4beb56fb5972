"""What counts for a carrier: its parts of the sums of the report, beside what counts for the city."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from begegnung.manage.reach import person
from seniorportal import access, register
from seniorportal.access import Right
from seniorportal.figures import carriers
from seniorportal.figures.base import Figure
from seniorportal.figures.period import Period
from seniorportal.models import Carrier, OfferingShare

YEARS = 4


@require_safe
def shares(request: HttpRequest) -> HttpResponse:
    """Two statements a figure, however many carriers."""
    user = person(request)
    if not access.offers(user, Right.EXPORT, OfferingShare):
        raise Http404("keine Zahlen eines Trägers")
    own = access.targets(user, Right.EXPORT, OfferingShare, "carrier")
    period = span(timezone.localdate())
    figures = [told(one, period, own) for one in register.all_figures().values() if one.carried]
    context = {
        "figures": figures,
        "years": [year.first_year for year in period.years],
        "running": period.last_year if period.is_running else None,
    }
    return render(request, "begegnung/manage/shares.html", context)


def span(today: dt.date) -> Period:
    last = (today - dt.timedelta(days=1)).year
    return Period(last - YEARS + 1, last, today)


def told(figure: Figure, period: Period, own: QuerySet[Carrier]) -> dict[str, Any]:
    """One line for each topmost carrier of hers with all below it, and one for each below that has anything."""
    found, years = carriers.parts(figure, period), [year.first_year for year in period.years]
    every = {one.pk: one for one in own}
    of: dict[int, list[Carrier]] = {}
    for one in every.values():
        of.setdefault(topmost(one, every).pk, []).append(one)
    rows = []
    for top, below in of.items():
        lines = [(one, [found.get(one.pk, {}).get(year, Decimal()) for year in years]) for one in below]
        whole = [
            whole_number(sum(numbers, Decimal())) for numbers in zip(*(n for _, n in lines), strict=True)
        ]
        parts = [
            (one, [whole_number(n) for n in numbers])
            for one, numbers in lines
            if len(below) > 1 and any(numbers)
        ]
        rows.append((every[top], whole, parts))
    city = figure.read(period).by_year
    return {
        "figure": figure,
        "rows": [row for row in rows if any(row[1])] or rows[:1],
        "city": [city[str(year)] for year in years],
    }


def topmost(carrier: Carrier, every: dict[int, Carrier]) -> Carrier:
    while carrier.parent_id in every:
        carrier = every[carrier.parent_id]
    return carrier


def whole_number(number: Decimal) -> int:
    return int(number.quantize(Decimal(1), rounding=ROUND_HALF_UP))
