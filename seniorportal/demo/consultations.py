"""Anonymous consultations of the twelve offices: about 10,000 a year, and wrong numbers that count nowhere."""

import random
import uuid
from collections.abc import Iterator
from typing import Any

from seniorportal.demo.bulk import fill, pour
from seniorportal.demo.offices import OfficeOf
from seniorportal.demo.years import Years, dice, spread
from seniorportal.models import Consultation, ConsultationTopic

# Kurzbericht: ca. 10.000; the last holds for the previous year and the pace of the running one.
TARGETS = (9_980, 10_060, 10_140, 10_190, 10_380)
MORE = 10_000  # for each further Dortmund of --scale, all in the previous year
PART = 20_000

# How often which main topic comes up.
TOPICS = {
    "PFL": 30,
    "VOR": 14,
    "WOH": 12,
    "HAU": 12,
    "FIN": 9,
    "RSB": 6,
    "DEM": 5,
    "GES": 4,
    "EIN": 3,
    "FRE": 3,
    "DIG": 2,
    "MIG": 2,
    "LSB": 1,
    "EHR": 2,
    "SON": 2,
}
Chances = dict[Any, int]
CHANNELS: Chances = {
    "tel": 45,
    "tela": 12,
    "offen": 14,
    "termin": 10,
    "haus": 8,
    "mail": 5,
    "brief": 1,
    "video": 1,
    "aussen": 2,
    "runde": 1,
    "dritte": 1,
}
ASKERS: Chances = {"selbst": 48, "angehoerig": 32, "partner": 8, "nachbar": 4, "fach": 7, "ehrenamt": 1}
OUTCOMES: Chances = {
    "beratung": 45,
    "info": 22,
    "antrag": 10,
    "vermittlung": 12,
    "fall": 3,
    "termin": 6,
    "ohne": 2,
}
DURATIONS: Chances = {"10": 30, "30": 45, "60": 20, "61": 5}
AGES: Chances = {"u60": 5, "60": 12, "70": 28, "80": 38, "90": 8, "x": 9}
GENDERS: Chances = {"w": 60, "m": 34, "d": 1, "x": 5}
GRADES: Chances = {"": 45, "0": 20, "a": 8, "1": 5, "2": 12, "3": 7, "4": 2, "5": 1}


def make(years: Years, offices: list[OfficeOf], scale: int, part: float) -> int:
    rng = dice("consultations")
    topics = Topics()
    number = 0
    for year, target in zip(years.spans, (*TARGETS, TARGETS[-1]), strict=False):
        wanted = round(target * years.share(year) * part)
        if year == years.today.year - 1:
            wanted += MORE * (scale - 1)
        while wanted > 0:  # in parts, so that the memory stays small
            now = min(wanted, PART)
            keys = fill(Consultation, rows(rng, years, offices, year, now), example=True)
            topics.link(rng, keys)
            number += len(keys)
            wanted -= now
    return number


def rows(
    rng: random.Random, years: Years, offices: list[OfficeOf], year: int, wanted: int
) -> Iterator[dict[str, Any]]:
    days = years.working_days(year)
    for office, number in zip(offices, spread(wanted, [office.weight for office in offices]), strict=True):
        wrong = number * 3 // 100
        outcomes = some(rng, OUTCOMES, number) + [Consultation.Outcome.WRONG_NUMBER] * wrong
        many = number + wrong
        for day, outcome, channel, asker, duration, age, gender, grade in zip(
            rng.choices(days, k=many),
            outcomes,
            some(rng, CHANNELS, many),
            some(rng, ASKERS, many),
            some(rng, DURATIONS, many),
            some(rng, AGES, many),
            some(rng, GENDERS, many),
            some(rng, GRADES, many),
            strict=True,
        ):
            luck = rng.random()
            yield {
                "submission": uuid.UUID(int=rng.getrandbits(128), version=4),
                "office_id": office.pk,
                "date": day,
                "half_day": "vm" if luck < 0.65 else "nm",
                "channel": channel,
                "asker": asker,
                "outcome": outcome,
                "duration": duration,
                "is_first": luck < 0.55,
                "age_group": age,
                "gender": gender,
                "lives_alone": (None, True, False)[int(luck * 300) % 3],
                "care_grade": grade,
                "district_id": office.district if luck < 0.85 else None,
            }


def some(rng: random.Random, chances: Chances, number: int) -> list[Any]:
    return rng.choices(list(chances), list(chances.values()), k=number)


class Topics:
    """One to three topics for each consultation, in parts where the main topic has some."""

    def __init__(self) -> None:
        self.parts: dict[str, list[int]] = {code: [] for code in TOPICS}
        for topic in ConsultationTopic.objects.order_by("code"):
            self.parts.setdefault(topic.code[:3], []).append(topic.pk)

    def link(self, rng: random.Random, keys: list[int]) -> None:
        through = Consultation.topics.through
        pour(through, self.pairs(rng, keys))

    def pairs(self, rng: random.Random, keys: list[int]) -> Iterator[dict[str, int]]:
        codes = [code for code in TOPICS if self.parts[code]]
        weights = [TOPICS[code] for code in codes]
        drawn = iter(rng.choices(codes, weights, k=3 * len(keys)))
        for key in keys:
            luck = rng.random()
            chosen = {next(drawn) for _ in range(1 + (luck < 0.45) + (luck < 0.1))}
            for code in sorted(chosen):
                yield {"consultation_id": key, "consultationtopic_id": rng.choice(self.parts[code])}
