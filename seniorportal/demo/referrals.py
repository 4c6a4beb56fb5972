"""Vermittlungen of the last twelve months, both ways, and what the offices did not find."""

import datetime as dt
import random
import uuid
from typing import Any

from seniorportal.demo.bulk import fill
from seniorportal.demo.offices import OfficeOf
from seniorportal.demo.tables import Referral, UnmetNeed
from seniorportal.demo.years import dice
from seniorportal.models import Category, Offering, Partner, ReportArea

DAYS = 360
CARDS, TO_PARTNERS, FROM_HOUSES, MISSING = 170, 60, 75, 16  # of one office in a year
LETTERS = "ACDEFHJKLMNPRTUVWXY34679"
LACKS = {
    "nichts": 30,
    "weit": 20,
    "stufen": 14,
    "zeit": 12,
    "voll": 8,
    "teuer": 6,
    "sprache": 6,
    "begleitung": 12,
}


def make(today: dt.date, offices: list[OfficeOf]) -> tuple[int, int]:
    rng = dice("referrals")
    places: dict[int, list[dict[str, Any]]] = {}
    rows = Offering.objects.filter(venue__report_area=ReportArea.MEETING_PLACES, example=True).order_by("pk")
    for pk, venue, district in rows.values_list("pk", "venue", "venue__district"):
        places.setdefault(district, []).append({"offering_id": pk, "venue_id": venue})
    partners = list(Partner.objects.filter(example=True).order_by("pk").values_list("pk", flat=True)[:200])
    found: list[dict[str, Any]] = []
    codes: set[str] = set()
    for office in offices:
        own = places.get(office.district) or [{}]
        for _ in range(round(CARDS * office.weight) if own[0] else 0):
            day = _day(rng, today)
            came = day + dt.timedelta(days=rng.randint(1, 40))
            arrived = came if came <= today and rng.random() < 0.62 else None
            found.append(_row(office, day, rng.choice(own) | {"arrived_on": arrived}, _code(rng, codes)))
        for _ in range(round(TO_PARTNERS * office.weight) if partners else 0):
            found.append(
                _row(office, _day(rng, today), {"partner_id": rng.choice(partners)}, _code(rng, codes))
            )
        for _ in range(round(FROM_HOUSES * office.weight) if own[0] else 0):
            there = {"venue_id": rng.choice(own)["venue_id"], "direction": "her"}
            found.append(_row(office, _day(rng, today), there, ""))
    return len(fill(Referral, found, example=True)), _missing(rng, today, offices)


def _missing(rng: random.Random, today: dt.date, offices: list[OfficeOf]) -> int:
    slugs = {
        "mittagstisch-fruehstueck": 5,
        "demenz-pflege": 4,
        "digital-medien": 3,
        "interkulturell-mehrsprachig": 2,
    }
    keys = dict(Category.objects.filter(slug__in=slugs).values_list("slug", "pk"))
    if not keys:
        return 0
    rows = [
        {
            "office_id": office.pk,
            "district_id": office.district,
            "date": _day(rng, today),
            "category_id": keys[rng.choices(list(keys), [slugs[slug] for slug in keys])[0]],
            "lack": rng.choices(list(LACKS), list(LACKS.values()))[0],
            "submission": uuid.UUID(int=rng.getrandbits(128), version=4),
        }
        for office in offices
        for _ in range(round(MISSING * office.weight))
    ]
    return len(fill(UnmetNeed, rows, example=True))


def _row(office: OfficeOf, day: dt.date, where: dict[str, Any], code: str) -> dict[str, Any]:
    empty = {
        "offering_id": None,
        "venue_id": None,
        "partner_id": None,
        "arrived_on": None,
        "direction": "hin",
    }
    return empty | {"office_id": office.pk, "date": day, "code": code, "submission": uuid.uuid4()} | where


def _day(rng: random.Random, today: dt.date) -> dt.date:
    """A working day of the last twelve months, more of them of late."""
    day = today - dt.timedelta(days=int(DAYS * rng.random() ** 1.3))
    return day - dt.timedelta(days=max(0, day.weekday() - 4))


def _code(rng: random.Random, taken: set[str]) -> str:
    while True:
        code = "".join(rng.choices(LETTERS, k=8))
        if code not in taken:
            taken.add(code)
            return code
