"""Example offerings in every category and district, and the dates of all offerings for the next 18 months."""

import datetime as dt
import random
from collections.abc import Iterable, Iterator
from typing import Any

from dateutil.relativedelta import relativedelta

from seniorportal.demo.bulk import fill, link, pour
from seniorportal.demo.halls import Hall
from seniorportal.demo.titles import IDEAS, Form, Idea
from seniorportal.demo.years import Span, Years, dice
from seniorportal.importing.words import CODES
from seniorportal.models import CalendarDay, Category, Language, Occurrence, Offering, TargetGroup
from seniorportal.programme import MONTHS_AHEAD, dates, end_of

CITY = 1100
OUTSIDE = (
    "Parkbank am Beispielteich",
    "Marktplatz {q}, am Brunnen",
    "Boulebahn {q}",
    "Eingang zum Beispielpark",
)


def make(years: Years, wanted: int, halls: list[Hall]) -> list[int]:
    """Fills the open halls in turn, larger ones more often; every hundredth has a meeting point instead."""
    rng, relatives = dice("programme"), dice("care meanwhile")
    open_halls = [hall for hall in halls if hall.is_active(years.today)]
    order = [hall for hall in open_halls for _ in range(1 + int(hall.size > 6) + int(hall.size > 12))]
    rng.shuffle(order)
    chosen: list[Idea] = []

    def rows() -> Iterator[dict[str, Any]]:
        ideas: list[Idea] = []
        for at in range(wanted if order else 0):
            if not ideas:
                ideas = list(IDEAS)
                rng.shuffle(ideas)
            idea, hall = ideas.pop(), order[at % len(order)]
            chosen.append(idea)
            outside = at % 40 == 39
            row = offering(rng, years, idea, hall, outside=outside)
            yield row | {"care_meanwhile": care_meanwhile(relatives, idea, outside)}

    keys = fill(Offering, rows(), example=True)
    words(keys, chosen)
    return keys


def offering(rng: random.Random, years: Years, idea: Idea, hall: Hall, *, outside: bool) -> dict[str, Any]:
    weekday = rng.choice(hall.week)[0] if rng.random() < 0.8 else rng.randint(0, 6)
    start = dt.time.fromisoformat(rng.choice(idea.starts))
    long_ago = years.today - dt.timedelta(days=rng.randint(20, 400))
    if hall.method == "T":  # its dates are counted since 2014
        long_ago = dt.date(2013, 9, 2)
    confirmed: dt.date | None = years.today - dt.timedelta(days=rng.randint(0, 150))
    if rng.random() < 0.12:
        confirmed = rng.choice((None, years.today - dt.timedelta(days=rng.randint(200, 500))))
    place: dict[str, Any] = {"venue_id": hall.pk}
    if outside:
        point = rng.choice(OUTSIDE).format(q=hall.quarter.name)
        place = {"meeting_point": f"{point} (Beispiel)", "district_id": hall.quarter.district_id}
    free = not idea.cost
    return place | {
        "title": idea.title.format(q=hall.quarter.name),
        "form": idea.form,
        "summary": idea.summary,
        "rule": rule(rng, idea, weekday),
        "first_date": long_ago
        if idea.form not in (Form.EVENT, Form.TRIP)
        else years.today + dt.timedelta(days=rng.randint(1, 120)),
        "start": start,
        "minutes": idea.minutes,
        "skip_school_holidays": rng.random() < 0.1,
        "is_free": free if rng.random() < 0.95 else None,
        "cost_note": idea.cost,
        "needs_registration": idea.form in (Form.COURSE, Form.TRIP) or rng.random() < 0.15,
        "open_to_all": rng.random() < 0.7 or None,
        "first_time_free": True if idea.cost and rng.random() < 0.4 else None,
        "greeted_by": rng.choice(("", "", "eine Ehrenamtliche aus dem Quartier", "die Leitung der Gruppe")),
        "confirmed_at": confirmed,
    }


def care_meanwhile(rng: random.Random, idea: Idea, outside: bool) -> bool | None:
    """Where relatives who care are meant somebody looks after theirs; elsewhere mostly nobody has said."""
    if "pflegende-angehoerige" in idea.groups:
        return True
    return False if outside else rng.choice((True, False, False, None, None, None, None, None))


def rule(rng: random.Random, idea: Idea, weekday: int) -> str:
    """Events and trips are single dates, courses and most groups weekly."""
    code = CODES[weekday]
    if idea.form in (Form.EVENT, Form.TRIP):
        return ""
    if idea.form == Form.COURSE or rng.random() < 0.8:
        return f"FREQ=WEEKLY;BYDAY={code}"
    if rng.random() < 0.5:
        return f"FREQ=WEEKLY;INTERVAL=2;BYDAY={code}"
    return f"FREQ=MONTHLY;BYDAY={rng.choice((1, 2, 3, -1))}{code}"


def words(keys: list[int], ideas: list[Idea]) -> None:
    """Categories, target groups and languages of each offering."""
    for model, relation, column, wanted in (
        (Category, Offering.categories, "category_id", "categories"),
        (TargetGroup, Offering.target_groups, "targetgroup_id", "groups"),
        (Language, Offering.languages, "language_id", "languages"),
    ):
        known = dict(model.objects.values_list("slug", "pk"))
        pairs = [
            (key, known[word])
            for key, idea in zip(keys, ideas, strict=True)
            for word in getattr(idea, wanted)
            if word in known
        ]
        link(relation.through, pairs, "offering_id", column)


def make_dates(years: Years, offerings: Iterable[Offering], closures: dict[int, list[Span]]) -> int:
    """The dates from today on, as ``programme.regenerate`` would make them; a few examples cancelled or moved."""
    last = years.today + relativedelta(months=MONTHS_AHEAD)
    calendar = {
        day.date: day
        for day in CalendarDay.objects.filter(date__range=(years.today, last)).exclude(
            public_holiday="", school_holiday=""
        )
    }
    return pour(Occurrence, rows(years, offerings, last, calendar, closures))


def rows(
    years: Years,
    offerings: Iterable[Offering],
    last: dt.date,
    calendar: dict[dt.date, CalendarDay],
    closures: dict[int, list[Span]],
) -> Iterator[dict[str, Any]]:
    rng = dice("dates")
    soon = years.today + dt.timedelta(days=21)
    for one in offerings:
        end = end_of(one.start, one.minutes)
        for day in dates(one, years.today, last, calendar, closures.get(one.venue_id or 0, ())):
            row = {
                "offering_id": one.pk,
                "date": day,
                "start": one.start,
                "end": end,
                "planned_date": day,
                "planned_start": one.start,
                "example": one.example,
            }
            yield row | (change(rng, day) if one.example and day <= soon else {})


def change(rng: random.Random, day: dt.date) -> dict[str, Any]:
    """Now and then something comes in between."""
    luck = rng.random()
    if luck < 0.02:
        return {
            "status": Occurrence.Status.CANCELLED,
            "note": rng.choice(("Die Leitung ist erkrankt.", "Der Raum ist belegt.", "Fällt diesmal aus.")),
            "touched": True,
        }
    if luck < 0.03:
        return {
            "status": Occurrence.Status.MOVED,
            "date": day + dt.timedelta(days=1),
            "note": "Diesmal einen Tag später.",
            "touched": True,
        }
    return {}
