"""Nachbarschaftshelferinnen und Nachbarschaftshelfer as numbers: 70 in every year, the others for one."""

import datetime as dt
from typing import Any

from seniorportal.demo.bulk import fill, link
from seniorportal.demo.offices import OfficeOf
from seniorportal.demo.tables import Helper
from seniorportal.demo.years import Years, dice
from seniorportal.models import Language, Quarter

# Kurzbericht: ca. 80
FOR_EVER, HANDED_ON = 45, 25
EXTRA = (8, 10, 11, 9, 12, 10)
State = Helper.State


def make(years: Years, offices: list[OfficeOf]) -> int:
    rng = dice("helpers")
    change = dt.date(2023, 6, 30)
    spans: list[tuple[dt.date, dt.date | None]] = [(dt.date(2010, 1, 1), None)] * FOR_EVER
    spans += [(dt.date(2010, 1, 1), change)] * HANDED_ON
    spans += [(change + dt.timedelta(days=1), None)] * HANDED_ON
    for span, number in zip(years.spans.values(), EXTRA, strict=False):
        spans += [span] * number
    quarters: dict[int, list[int]] = {}
    for quarter in Quarter.objects.order_by("code"):
        quarters.setdefault(quarter.district_id, []).append(quarter.pk)
    rows: list[dict[str, Any]] = []
    for at, (first, last) in enumerate(spans):
        office = offices[at % len(offices)]
        rows.append(
            {
                "office_id": office.pk,
                "number": f"BEISPIEL-{office.code}-{at + 1:03}",
                "kind": rng.choice(list(Helper.Kind)),
                "state": State.LEFT if last else State.ACTIVE,
                "quarter_id": rng.choice(quarters[office.district]),
                "active_from": first,
                "active_until": last,
            }
        )
    keys = fill(Helper, rows, example=True)
    languages = list(Language.objects.filter(code__in=("tr", "ru", "pl")).values_list("pk", flat=True))
    pairs = [(key, rng.choice(languages)) for key in keys if languages and rng.random() < 0.3]
    link(Helper.languages.through, pairs, "helper_id", "language_id")
    return len(keys)
