"""The Eugen-Krautscheid-Haus: example groups and the facts of its years. Its hours of today are unknown and stay so."""

import datetime as dt

from seniorportal.demo.bulk import fill, link
from seniorportal.demo.titles import HOUSE
from seniorportal.demo.visits import past_date, shares
from seniorportal.demo.years import DAY, Years, dice
from seniorportal.importing.words import CODES
from seniorportal.models import (
    Category,
    Closure,
    Occurrence,
    Offering,
    OpeningHours,
    Venue,
    Visit,
)

# Kurzbericht: über 1.100 Angebote, über 14.000 Besuche; the last of each holds for the previous year.
DATES = (1_118, 1_126, 1_137, 1_144, 1_152)
VISITS = (14_180, 14_320, 14_460, 14_540, 14_690)
MARK = "(Beispiel)"
SLUG = "eugen-krautscheid-haus"


def make(years: Years, house: Venue) -> list[int]:
    """The weekly groups. Their title says that they are examples, since the house is real."""
    rng = dice("house programme")
    keys = fill(
        Offering,
        (
            {
                "title": f"{title} {MARK}",
                "venue_id": house.pk,
                "form": Offering.Form.GROUP,
                "rule": f"FREQ=WEEKLY;BYDAY={CODES[weekday]}",
                "first_date": dt.date(2013, 9, 2),
                "start": dt.time.fromisoformat(start),
                "minutes": 75,
                "is_free": rng.random() < 0.6,
                "open_to_all": True,
                "confirmed_at": years.today - dt.timedelta(days=rng.randint(0, 150)),
            }
            for title, weekday, start, _ in HOUSE
        ),
        example=True,
    )
    known = dict(Category.objects.values_list("slug", "pk"))
    pairs = [(key, known[word]) for key, (*_, word) in zip(keys, HOUSE, strict=True) if word in known]
    link(Offering.categories.through, pairs, "offering_id", "category_id")
    return keys


def count(years: Years, house: Venue, offerings: list[int]) -> int:
    """Hours, dates held and visits of the years with facts, up to yesterday. Answers how many dates."""
    rng = dice("house dates")
    yesterday = years.today - DAY
    fill(
        OpeningHours,
        (
            {
                "weekday": weekday,
                "opens": dt.time(9),
                "closes": dt.time(17),
                "valid_from": dt.date(2014, 1, 1),
                "valid_until": yesterday,
                "note": "Beispiel für den Bericht",
            }
            for weekday in range(5)
        ),
        venue_id=house.pk,
        example=True,
    )
    pauses = [
        (dt.date(year, 12, 24), dt.date(year, 12, 31))
        for year in years.spans
        if dt.date(year, 12, 31) <= yesterday
    ]
    fill(
        Closure,
        ({"first_day": first, "last_day": last, "reason": "zwischen den Jahren"} for first, last in pauses),
        venue_id=house.pk,
        example=True,
    )
    closed = {first + dt.timedelta(days=n) for first, last in pauses for n in range((last - first).days + 1)}
    number = 0
    for year, dates, visits in zip(years.spans, (*DATES, DATES[-1]), (*VISITS, VISITS[-1]), strict=False):
        possible = [
            (key, day, dt.time.fromisoformat(start))
            for key, (_, weekday, start, _) in zip(offerings, HOUSE, strict=True)
            for day in years.weekdays(year, weekday)
            if years.is_ordinary(day) and day not in closed
        ]
        held = set(rng.sample(possible, min(round(dates * years.share(year)), len(possible))))
        rows = [
            past_date(key, day, start, 75, held=(key, day, start) in held) for key, day, start in possible
        ]
        keys = fill(Occurrence, rows, example=True)
        counted = [
            (key, row) for key, row in zip(keys, rows, strict=True) if row["status"] == Occurrence.Status.HELD
        ]
        heads = shares(round(visits * years.share(year)), len(counted), rng)
        fill(
            Visit,
            (
                {"occurrence_id": key, "scope": Visit.Scope.DATE, "first_day": row["date"], "count": head}
                for (key, row), head in zip(counted, heads, strict=True)
            ),
            venue_id=house.pk,
            example=True,
        )
        number += len(rows)
    return number
