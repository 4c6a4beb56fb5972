"""Ehrenamtliche as numbered heads; where a hall keeps no list, its annual return says how many."""

import datetime as dt
import random
from typing import Any

from seniorportal.demo.bulk import fill
from seniorportal.demo.halls import Hall
from seniorportal.demo.returns import Returns
from seniorportal.demo.years import Years, dice
from seniorportal.models import Carrier, Engagement, Venue, Volunteer

# Kurzbericht: über 1.000
TARGETS = (1_021, 1_034, 1_046, 1_058, 1_071)
TASKS = ("Café", "Gruppenleitung", "Küche", "Fahrdienst", "Handwerk", "Besuche", "Büro", "Vorlesen")


def keeps_list(hall: Hall) -> bool:
    return hall.number % 5 not in (2, 4)


def make(years: Years, halls: list[Hall], returns: Returns, part: float) -> int:
    rng = dice("volunteers")
    heads: list[dict[str, Any]] = []
    work: list[tuple[int, dict[str, Any]]] = []  # which head, and its engagement
    average = sum(hall.size for hall in halls) / max(len(halls), 1)
    for hall in halls:
        if not keeps_list(hall):
            continue
        for _ in range(round(8 * (0.6 + 0.4 * hall.size / average) * rng.uniform(0.8, 1.2))):
            if heads and rng.random() < 0.05:  # somebody who helps in two halls counts once
                work.append((rng.randrange(len(heads)), engagement(rng, hall)))
                continue
            heads.append({"carrier_id": hall.carrier.pk, "number": f"BEISPIEL-{len(heads) + 1:05}"})
            work.append((len(heads) - 1, engagement(rng, hall)))
            if rng.random() < 0.03:  # two tasks in one hall
                work.append((len(heads) - 1, engagement(rng, hall)))
    keys = fill(Volunteer, heads, example=True)
    fill(Engagement, (row | {"volunteer_id": keys[head]} for head, row in work), example=True)
    for year, target in zip(years.full, TARGETS, strict=False):
        first, last = years.spans[year]
        known = {head for head, row in work if is_within(row, first, last)}
        listed = {row["venue_id"] for _, row in work if is_within(row, first, last)}
        asked = [hall for hall in halls if hall.pk not in listed and hall.was_open(first, last)]
        weights = [hall.size + 4 for hall in asked]
        returns.spread(year, asked, weights, "volunteers", round(target * part) - len(known))
        for hall in [hall for hall in halls if hall.pk in listed][:2]:
            returns.declare(hall, year, volunteers=77)  # displaced by the list
    return len(keys)


def engagement(rng: random.Random, hall: Hall) -> dict[str, Any]:
    """Half of them have been there for ever, some come, some go; nobody before the hall opened or after it closed."""
    first = dt.date(rng.randint(2005, 2016), rng.randint(1, 12), 1) if rng.random() < 0.5 else None
    last = dt.date(rng.randint(2017, 2025), 12, 31) if rng.random() < 0.2 else None
    if hall.first and (first is None or first < hall.first):
        first = hall.first
    if hall.last and (last is None or last > hall.last):
        last = hall.last
    if first and last and last < first:
        first = last
    return {
        "venue_id": hall.pk,
        "task": rng.choice(TASKS),
        "hours_per_month": rng.randint(2, 20),
        "active_from": first,
        "active_until": last,
    }


def is_within(row: dict[str, Any], first: dt.date, last: dt.date) -> bool:
    return (row["active_from"] or first) <= last and (row["active_until"] or last) >= first


# The house: 30 for ever, the others by turns: 33, 35, 34 and 34 worked there from 2014 to 2017, and 34 since 2024.
HOUSE_FOR_EVER = 30
HOUSE_BY_TURNS: tuple[tuple[str, str], ...] = (
    ("2012-01-01", "2014-11-30"),
    ("2012-01-01", "2015-06-30"),
    ("2012-01-01", "2015-06-30"),
    ("2015-02-01", "2016-10-31"),
    ("2015-03-01", "2016-12-31"),
    ("2015-04-01", "2017-12-31"),
    ("2016-03-01", "2018-06-30"),
    ("2017-01-01", "2023-12-31"),
    ("2017-05-01", "2023-12-31"),
    *(("2024-01-01", ""),) * 4,
)


def make_house(house: Venue, carrier: Carrier) -> int:
    rng = dice("house volunteers")
    periods = [("2008-01-01", "")] * HOUSE_FOR_EVER + list(HOUSE_BY_TURNS)
    keys = fill(
        Volunteer,
        (
            {"carrier_id": carrier.pk, "number": f"EKH-{number:02}"}
            for number, _ in enumerate(periods, start=1)
        ),
        example=True,
    )
    fill(
        Engagement,
        (
            {
                "volunteer_id": key,
                "venue_id": house.pk,
                "task": rng.choice(TASKS),
                "active_from": dt.date.fromisoformat(first),
                "active_until": dt.date.fromisoformat(last) if last else None,
            }
            for key, (first, last) in zip(keys, periods, strict=True)
        ),
        example=True,
    )
    return len(keys)
