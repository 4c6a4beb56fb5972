"""Example meeting places: as many as are missing to 158 on 31.12.2017, some opened and some closed over the years."""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

from django.db.models import Avg

from seniorportal.demo import phones
from seniorportal.demo.bulk import fill, link
from seniorportal.demo.tables import MeetingPlace
from seniorportal.demo.years import Span, Years, dice
from seniorportal.models import (
    AccessibilityFact,
    Address,
    Carrier,
    Closure,
    ContactHours,
    ContactPoint,
    Language,
    OpeningHours,
    Quarter,
    ReportArea,
    Venue,
)
from seniorportal.text import slug

CITY = 158  # Kurzbericht: 158 Begegnungsstätten
OPENED = (dt.date(2014, 4, 1), dt.date(2015, 9, 1), dt.date(2016, 2, 1), dt.date(2017, 5, 1))
CLOSED_BEFORE = (dt.date(2014, 10, 31), dt.date(2015, 12, 31), dt.date(2016, 8, 31))
CLOSED_SINCE = tuple(dt.date(year, 6, 30) for year in (2018, 2019, 2020, 2021, 2022, 2023, 2024))
OPENED_SINCE = tuple(dt.date(year, 9, 1) for year in (2018, 2019, 2020, 2021, 2022, 2023, 2024))

# Who carries the example halls, in parts of a hundred.
CARRIERS = (
    ("awo", 27),
    ("caritas", 20),
    ("diakonie", 20),
    ("drk", 12),
    ("paritaetischer", 10),
    ("stadt-dortmund", 4),
    ("juedische-kultusgemeinde", 1),
    ("ev-kirchengemeinde-hoerde", 2),
    ("ev-noah-kirchengemeinde", 2),
    ("kath-kirche-dortmund-ost", 2),
)
KINDS = (
    "Begegnungsstätte",
    "Gemeindehaus",
    "Nachbarschaftstreff",
    "Seniorentreff",
    "Quartierscafé",
    "Bürgerhaus",
    "Raum in einer Wohnanlage",
)
# Weekly hours from a hall that opens one afternoon to a house that opens every day: weekday, opens, closes.
WEEKS: tuple[tuple[tuple[int, int, int], ...], ...] = (
    ((1, 14, 17),),
    ((2, 14, 17), (3, 14, 17)),
    ((0, 14, 17), (3, 14, 17)),
    ((1, 9, 12), (3, 14, 17)),
    ((0, 14, 17), (2, 14, 17), (4, 10, 12)),
    ((1, 10, 13), (2, 14, 18), (3, 14, 18)),
    ((0, 10, 12), (1, 14, 17), (2, 14, 17), (4, 10, 12)),
    ((0, 9, 13), (1, 14, 18), (2, 9, 13), (3, 14, 18)),
    ((0, 10, 16), (1, 10, 16), (2, 10, 16), (3, 10, 16), (4, 10, 14)),
)
WEIGHTS = (14, 16, 16, 14, 14, 10, 8, 5, 3)
# How halls count their visits, in turn: see Hall.method.
METHODS = "MRDMYRMTRMYRMDRMYRTM"
FEATURES = AccessibilityFact.Feature
ANSWERS = AccessibilityFact.Value


@dataclass
class Hall:
    """One example meeting place as the other nouns need it."""

    pk: int
    number: int
    quarter: Quarter
    carrier: Carrier
    first: dt.date | None
    last: dt.date | None
    week: tuple[tuple[int, int, int], ...]
    is_more: bool = False  # beyond the first 158, of --scale
    closures: list[Span] = field(default_factory=list)

    def is_active(self, day: dt.date) -> bool:
        return (self.first or day) <= day <= (self.last or day)

    def was_open(self, first: dt.date, last: dt.date) -> bool:
        """On at least one day of a time."""
        return (self.first or first) <= last and (self.last or last) >= first

    def is_closed(self, day: dt.date) -> bool:
        return any(first <= day <= last for first, last in self.closures)

    @property
    def method(self) -> str:
        """How visits are counted: per Month, Day, daTe, Year, or only in the annual Return."""
        kind = METHODS[self.number % len(METHODS)]
        return "M" if kind == "T" and (self.first or self.last) else kind

    @property
    def size(self) -> float:
        """Hours a week; visits, volunteers and programme follow it."""
        return sum(closes - opens for _, opens, closes in self.week)


def periods(city: int) -> list[tuple[dt.date | None, dt.date | None]]:
    """First and last day of each hall; ``city`` is how many of them are active at the end of 2017."""
    moving: list[tuple[dt.date | None, dt.date | None]] = []
    moving += [(day, None) for day in OPENED]
    moving += [(None, day) for day in CLOSED_BEFORE + CLOSED_SINCE]
    moving += [(day, None) for day in OPENED_SINCE]
    always = city - len(OPENED) - len(CLOSED_SINCE)
    if always < 0:  # a small set for tests: nothing moves
        return [(None, None)] * city
    return [(None, None)] * always + moving


def make(years: Years, scale: int, city: int, carriers: dict[str, Carrier]) -> list[Hall]:
    rng = dice("halls")
    quarters = list(Quarter.objects.select_related("district").order_by("code"))
    middle = {
        row["quarter"]: (row["latitude"], row["longitude"])
        for row in Address.objects.values("quarter").annotate(
            latitude=Avg("latitude"), longitude=Avg("longitude")
        )
    }
    rng.shuffle(quarters)
    names = [key for key, _ in CARRIERS]
    halls = []
    used: dict[int, int] = {}
    rows: list[dict[str, Any]] = []
    own = periods(city)
    more = [(dt.date(years.today.year - 1, 1, 1), None)] * (CITY * (scale - 1))
    for number, ((first, last), quarter) in enumerate(zip([*own, *more], cycle(quarters), strict=False)):
        used[quarter.pk] = used.get(quarter.pk, 0) + 1
        name = f"Beispiel-Begegnungsstätte {quarter.name}"
        if used[quarter.pk] > 1:
            name += f" {used[quarter.pk]}"
        carrier = carriers[rng.choices(names, [part for _, part in CARRIERS])[0]]
        halls.append(
            Hall(0, number, quarter, carrier, first, last, rng.choices(WEEKS, WEIGHTS)[0], number >= len(own))
        )
        rows.append(venue(rng, years, name, quarter, middle.get(quarter.pk), first, last))
    for hall, key in zip(halls, fill(Venue, rows, example=True), strict=True):
        hall.pk = key
    link(Venue.carriers.through, [(h.pk, h.carrier.pk) for h in halls], "venue_id", "carrier_id")
    fill(
        MeetingPlace,
        (
            {
                "venue_id": h.pk,
                "kind": rng.choice(KINDS),
                "staffing": MeetingPlace.Staffing.PROFESSIONAL
                if h.size > 20
                else MeetingPlace.Staffing.VOLUNTARY,
            }
            for h in halls
        ),
        example=True,
    )
    furnish(rng, years, halls)
    return halls


def venue(
    rng: random.Random,
    years: Years,
    name: str,
    quarter: Quarter,
    middle: tuple[float, float] | None,
    first: dt.date | None,
    last: dt.date | None,
) -> dict[str, Any]:
    overdue = rng.random() < 0.12
    return {
        "name": name,
        "slug": slug(name, most=100),
        "report_area": ReportArea.MEETING_PLACES,
        "street": f"Beispielstraße {rng.randint(1, 99)}",
        "district_id": quarter.district_id,
        "quarter_id": quarter.pk,
        "latitude": middle and round(middle[0] + rng.uniform(-0.004, 0.004), 6),
        "longitude": middle and round(middle[1] + rng.uniform(-0.006, 0.006), 6),
        "description": "Diese Begegnungsstätte gibt es nicht: Sie zeigt, wie ein Eintrag aussieht.",
        "stop": f"Beispielplatz ({quarter.name})" if rng.random() < 0.6 else "",
        "way": rng.choice(
            (
                "",
                "Drei Minuten zu Fuß, ohne Stufen.",
                "Fünf Minuten zu Fuß, eine Ampel.",
                "Acht Minuten zu Fuß, leicht bergauf. Unterwegs stehen zwei Bänke.",
            )
        ),
        "active_from": first,
        "active_until": last,
        "confirmed_at": years.today
        - dt.timedelta(days=rng.randint(190, 420) if overdue else rng.randint(0, 150)),
    }


def furnish(rng: random.Random, years: Years, halls: list[Hall]) -> None:
    """Hours, closures, somebody to ring, access, languages."""
    fill(
        OpeningHours,
        (
            {"venue_id": h.pk, "weekday": day, "opens": dt.time(opens), "closes": dt.time(closes)}
            for h in halls
            for day, opens, closes in h.week
        ),
        example=True,
    )
    fill(Closure, closures(rng, years, halls), example=True)
    points = fill(
        ContactPoint,
        (
            {"venue_id": h.pk, "value": phones.number(h.number), "label": "Büro (Beispielnummer)"}
            for h in halls
        ),
        example=True,
    )
    answered = []
    for point in points:
        start = rng.choice((9, 10))
        for day in range(5) if rng.random() < 0.5 else rng.sample(range(5), 3):
            answered.append(
                {
                    "contact_point_id": point,
                    "weekday": day,
                    "opens": dt.time(start),
                    "closes": dt.time(rng.choice((12, 13, 16))),
                }
            )
    fill(ContactHours, answered, example=True)
    fill(AccessibilityFact, access(rng, years, halls), example=True)
    languages = list(Language.objects.filter(code__in=("tr", "ru", "pl", "ar")).values_list("pk", flat=True))
    link(
        Venue.languages.through,
        [(h.pk, rng.choice(languages)) for h in halls if languages and rng.random() < 0.2],
        "venue_id",
        "language_id",
    )


def closures(rng: random.Random, years: Years, halls: list[Hall]) -> Iterator[dict[str, Any]]:
    soon = years.today + dt.timedelta(days=12)
    for hall in halls:
        winter, summer, repairs = rng.random() < 0.5, rng.random() < 0.35, rng.random() < 0.05
        weeks = rng.choice((2, 3))
        for year in years.spans:
            spans = []
            if summer:
                first = dt.date(year, 7, 20)
                spans.append((first, first + dt.timedelta(days=7 * weeks - 1), "Sommerpause"))
            if winter:
                spans.append((dt.date(year, 12, 24), dt.date(year + 1, 1, 1), "zwischen den Jahren"))
            if repairs and year == years.today.year:
                spans.append((soon, soon + dt.timedelta(days=4), "Maler im Haus"))
            for first, last, reason in spans:
                if hall.is_active(first):
                    hall.closures.append((first, last))
                    yield {"venue_id": hall.pk, "first_day": first, "last_day": last, "reason": reason}


def access(rng: random.Random, years: Years, halls: list[Hall]) -> Iterator[dict[str, Any]]:
    """What somebody looked at; for some halls nobody has, and what nobody looked at has no row."""
    for hall in halls:
        if rng.random() < 0.1:
            continue
        good = rng.random() < 0.7
        for feature in rng.sample(list(FEATURES), rng.randint(4, 9)):
            yes = rng.random() < (0.8 if good else 0.35)
            value = ANSWERS.YES if yes else rng.choice((ANSWERS.PARTLY, ANSWERS.NO))
            note = "mit Hilfe an der Tür" if feature == FEATURES.STEP_FREE and value == ANSWERS.PARTLY else ""
            yield {
                "venue_id": hall.pk,
                "feature": feature,
                "value": value,
                "note": note,
                "checked_on": years.today - dt.timedelta(days=rng.randint(30, 600)),
            }
