"""Vermittlungen counted each way, by month; and what was lacking, by district. Cells 1 to 4 are not shown."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from seniorenbuero.models import Referral, UnmetNeed
from seniorportal import vocabularies
from seniorportal.figures.suppression import SMALL, hidden
from seniorportal.models import Venue

MONTHS = 12
THERE, HERE = Referral.Direction.THERE, Referral.Direction.HERE
COLUMNS = ("to_houses", "to_partners", "from_houses", "arrived")


@dataclass(frozen=True)
class Month:
    """``None`` is a cell that is not shown."""

    first: dt.date
    to_houses: int | None
    to_partners: int | None
    from_houses: int | None
    arrived: int | None


@dataclass(frozen=True)
class Counted:
    """The months, newest first, and all of them together; ``share`` of the cards to houses that arrived, per cent."""

    months: list[Month]
    total: Month
    share: int | None


def by_month(office: Venue, today: dt.date) -> Counted:
    """The last twelve months of one office. One statement."""
    last = today.replace(day=1)
    firsts = [last - relativedelta(months=n) for n in range(MONTHS)]
    rows: Any = (
        Referral.objects.filter(office=office, date__gte=firsts[-1])
        .order_by()
        .annotate(month=TruncMonth("date"))
        .values("month")
        .annotate(
            to_houses=Count("pk", filter=Q(direction=THERE, partner__isnull=True)),
            to_partners=Count("pk", filter=Q(direction=THERE, partner__isnull=False)),
            from_houses=Count("pk", filter=Q(direction=HERE)),
            arrived=Count("pk", filter=Q(direction=THERE, partner__isnull=True, arrived_on__isnull=False)),
        )
    )
    found: dict[str, dict[str, int]] = {name: dict.fromkeys(map(str, firsts), 0) for name in COLUMNS}
    for row in rows:
        for name in COLUMNS:
            found[name][str(row["month"])] = row[name]
    return _shown(firsts, found)


def _shown(firsts: list[dt.date], found: Mapping[str, dict[str, int]]) -> Counted:
    """Each column beside its total. Of cards that arrived, those that did not must stay hidden as well."""
    secret = {name: hidden(cells) for name, cells in found.items()}
    lost = {month: found["to_houses"][month] - number for month, number in found["arrived"].items()}
    secret["arrived"] |= hidden(lost) | secret["to_houses"]
    totals = {name: sum(cells.values()) for name, cells in found.items()}
    shown: dict[str, int | None] = {name: None if n in SMALL else n for name, n in totals.items()}
    if sum(lost.values()) in SMALL or shown["to_houses"] is None:
        shown["arrived"] = None
    if shown["arrived"] is None:
        secret["arrived"] = {str(first) for first in firsts}
    months = [
        Month(first, *(None if str(first) in secret[n] else found[n][str(first)] for n in COLUMNS))
        for first in firsts
    ]
    sent, came = shown["to_houses"], shown["arrived"]
    share = round(100 * came / sent) if sent and came is not None else None
    return Counted(months, Month(firsts[0], *(shown[name] for name in COLUMNS)), share)


@dataclass(frozen=True)
class Lacking:
    """A line of the Bedarfskarte; ``None`` is a cell that is not shown."""

    name: str
    total: int | None
    cells: dict[str, int | None]


def unmet(today: dt.date, district: str = "") -> tuple[str, dict[str, Any]]:
    """What the Seniorenbüros could not find in the last twelve months, for the Bedarfskarte. One statement.

    Of a table of theme by district only the lines have a total, so each line is made safe for itself, and the totals of
    the lines against all together.
    """
    since = today - relativedelta(months=MONTHS)
    rows: Any = (
        UnmetNeed.objects.filter(date__gte=since)
        .order_by()
        .values("category__name", "topic__name", "topic__parent__name", "district__slug", "lack")
        .annotate(number=Count("pk"))
    )
    districts = vocabularies.current().districts
    cells: dict[str, dict[str, int]] = {}
    reasons: dict[str, int] = dict.fromkeys(UnmetNeed.Lack.values, 0)
    for row in rows:
        name = row["category__name"] or row["topic__parent__name"] or row["topic__name"]
        line = cells.setdefault(name, dict.fromkeys(districts, 0))
        line[row["district__slug"]] = line.get(row["district__slug"], 0) + row["number"]
        reasons[row["lack"]] += row["number"]
    totals = {name: sum(line.values()) for name, line in cells.items()}
    everything = sum(totals.values())
    secret = hidden(totals)
    lines = []
    for name in sorted(cells, key=lambda name: (name in secret, -totals[name], name)):
        away = set(cells[name]) if name in secret else hidden(cells[name])
        shown = {slug: None if slug in away else number for slug, number in cells[name].items()}
        lines.append(Lacking(name, None if name in secret else totals[name], shown))
    unsaid = hidden(reasons)
    context = {
        "lines": lines,
        "districts": districts,
        "district": district,
        "total": None if everything in SMALL else everything,
        "reasons": [
            (label, None if lack in unsaid else reasons[lack])
            for lack, label in UnmetNeed.Lack.choices
            if reasons[lack]
        ],
        "months": MONTHS,
    }
    return "seniorenbuero/referring/_unmet.html", context
