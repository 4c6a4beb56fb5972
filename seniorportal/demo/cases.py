"""Statistical heads of cases: about 800 new complex ones a year, beside simpler ones and such that stayed at intake."""

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

from seniorportal.demo.bulk import fill
from seniorportal.demo.consultations import AGES, GRADES, some
from seniorportal.demo.offices import OfficeOf
from seniorportal.demo.years import Years, dice, spread
from seniorportal.models import Case

# Kurzbericht: etwa 800; the last holds for the previous year and the pace of the running one.
TARGETS = (797, 803, 799, 801, 802)
Phase, Closing = Case.Phase, Case.Closing


def make(years: Years, offices: list[OfficeOf], part: float) -> int:
    rng = dice("cases")
    number = 0
    for year, target in zip(years.spans, (*TARGETS, TARGETS[-1]), strict=False):
        wanted = round(target * years.share(year) * part)
        number += len(fill(Case, rows(rng, years, offices, year, wanted), example=True))
    return number


def rows(
    rng: random.Random, years: Years, offices: list[OfficeOf], year: int, wanted: int
) -> Iterator[dict[str, Any]]:
    days = years.working_days(year)
    for office, number in zip(offices, spread(wanted, [office.weight for office in offices]), strict=True):
        simple, early = number // 4, number // 20
        kinds = ["complex"] * number + ["simple"] * simple + ["early"] * early
        rng.shuffle(kinds)
        opened = sorted(rng.choices(days, k=len(kinds)))
        ages, grades = some(rng, AGES, len(kinds)), some(rng, GRADES, len(kinds))
        for at, (kind, day) in enumerate(zip(kinds, opened, strict=True), start=1):
            yield {
                "office_id": office.pk,
                "body_id": rng.choice(office.bodies),
                "number": f"BEISPIEL-{office.code}-{year}-{at:03}",
                "opened_on": day,
                "criteria": rng.randint(0, 2) if kind == "simple" else rng.randint(Case.COMPLEX_FROM, 5),
                "age_group": ages[at - 1],
                "care_grade": grades[at - 1],
                **course(rng, years, day, kind),
            }


def course(rng: random.Random, years: Years, opened: dt.date, kind: str) -> dict[str, Any]:
    """How far it went; old cases are closed, those of the last months under way."""
    if kind == "early":
        return {"phase": Phase.INTAKE}
    closed = opened + dt.timedelta(days=rng.randint(30, 400))
    if closed >= years.today:
        return {"phase": rng.choice((Phase.ASSESSMENT, Phase.PLANNING, Phase.LINKING, Phase.MONITORING))}
    return {"phase": Phase.CLOSED, "closed_on": closed, "closing_reason": rng.choice(list(Closing))}
