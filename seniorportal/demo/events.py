"""What the offices organise: symposia, action days, and courses on care in Turkish. Marked as examples in the title."""

import datetime as dt
import random
from typing import Any

from seniorportal.demo.bulk import fill, link
from seniorportal.demo.offices import OfficeOf
from seniorportal.demo.visits import past_date
from seniorportal.demo.years import Years, dice, each
from seniorportal.models import Category, Language, Occurrence, Offering, TargetGroup

# The Kurzbericht says «zahlreiche» events, and courses in Turkish without a number.
EVENTS = (64, 66, 68, 70, 72)
COURSES = (5, 6, 7, 6, 6)
LESSONS = 8
Specialist = Offering.Specialist
KINDS = (
    (Specialist.SYMPOSIUM, "Fachtag Pflege und Nachbarschaft", "beratung-information"),
    (Specialist.ACTION_DAY, "Markt der Hilfen", "feste-aktionstage"),
)
COURSE = "Pflegekurs auf Türkisch / Türkçe bakım kursu (Beispiel)"


def make(years: Years, offices: list[OfficeOf]) -> tuple[list[int], int]:
    """Keys of the offerings, and how many dates of the past."""
    rng = dice("events")
    keys, past = specialist_events(rng, years, offices)
    courses, lessons = care_courses(rng, years, offices)
    return keys + courses, past + lessons


def specialist_events(rng: random.Random, years: Years, offices: list[OfficeOf]) -> tuple[list[int], int]:
    """Two offerings an office, with the dates of all years and one that is still to come."""
    rows: list[dict[str, Any]] = [
        {
            "title": f"{title} {office.name} (Beispiel)",
            "venue_id": office.pk,
            "form": Offering.Form.EVENT,
            "specialist": kind,
            "first_date": years.today + dt.timedelta(days=rng.randint(14, 150)),
            "start": dt.time(10),
            "minutes": 240,
            "is_free": True,
            "open_to_all": True,
            "confirmed_at": years.today - dt.timedelta(days=rng.randint(0, 150)),
        }
        for kind, title, _ in KINDS
        for office in offices
    ]
    keys = fill(Offering, rows, example=True)
    known = dict(Category.objects.values_list("slug", "pk"))
    pairs = [
        (key, known[word]) for at, key in enumerate(keys) if (word := KINDS[at // len(offices)][2]) in known
    ]
    link(Offering.categories.through, pairs, "offering_id", "category_id")
    dates = []
    for year, number in zip(years.spans, (*EVENTS, EVENTS[-1]), strict=False):
        places = [(key, day) for key in keys for day in years.working_days(year)]
        wanted = round(number * years.share(year))
        for at, (key, day) in enumerate(rng.sample(places, wanted + 3)):  # three did not take place
            dates.append(past_date(key, day, dt.time(10), 240, held=at < wanted))
    return keys, len(fill(Occurrence, dates, example=True))


def care_courses(rng: random.Random, years: Years, offices: list[OfficeOf]) -> tuple[list[int], int]:
    """Each course is an offering of its own with eight evenings; the next one begins in three weeks."""
    starts: list[tuple[dt.date, bool]] = []
    for year, number in zip(years.spans, (*COURSES, COURSES[-1]), strict=False):
        first, last = years.spans[year]
        room = (last - first).days - 7 * LESSONS
        starts += [
            (first + dt.timedelta(days=7 + room * at // number), True)
            for at in range(round(number * years.share(year)))
            if room > 7
        ]
    starts.append((years.today + dt.timedelta(days=21), False))
    rows = []
    for at, (start, _) in enumerate(starts):
        rows.append(
            {
                "title": COURSE,
                "venue_id": offices[(5 * at) % len(offices)].pk,
                "form": Offering.Form.COURSE,
                "specialist": Specialist.CARE_COURSE,
                "rule": f"FREQ=WEEKLY;COUNT={LESSONS}",
                "skip_public_holidays": False,
                "first_date": start,
                "active_from": start,
                "active_until": start + dt.timedelta(days=7 * LESSONS),
                "start": dt.time(17),
                "minutes": 90,
                "is_free": True,
                "needs_registration": True,
                "confirmed_at": years.today,
            }
        )
    keys = fill(Offering, rows, example=True)
    for model, relation, column, words in (
        (Category, Offering.categories, "category_id", ("demenz-pflege", "interkulturell-mehrsprachig")),
        (TargetGroup, Offering.target_groups, "targetgroup_id", ("pflegende-angehoerige",)),
        (Language, Offering.languages, "language_id", ("tr",)),
    ):
        found = model.objects.filter(slug__in=words).values_list("pk", flat=True)
        link(relation.through, [(key, word) for word in found for key in keys], "offering_id", column)
    lessons = [
        past_date(key, day, dt.time(17), 90, held=True)
        for key, (start, over) in zip(keys, starts, strict=True)
        if over
        for day in list(each(start, start + dt.timedelta(days=7 * LESSONS - 1)))[::7]
    ]
    return keys, len(fill(Occurrence, lessons, example=True))
