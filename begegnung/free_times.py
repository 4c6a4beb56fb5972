"""Where a hall stands empty: open, and nothing takes place. From hours and programme, which are public."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from begegnung.needs import AHEAD, Line
from seniorportal.access import PUBLIC, Right, visible
from seniorportal.models import (
    AccessibilityFact,
    Occurrence,
    Offering,
    OpeningHours,
    ReportArea,
    Venue,
    Weekday,
)

LONG_ENOUGH = "90 minutes"  # of a half day that a hall is open
PARTS = {
    "vormittag": ("vormittags", dt.time(6), dt.time(12)),
    "nachmittag": ("nachmittags", dt.time(12), dt.time(17)),
    "abend": ("abends", dt.time(17), dt.time(23)),
}


@dataclass(frozen=True)
class Slot:
    weekday: int
    part: str
    opens: dt.time
    closes: dt.time

    def __str__(self) -> str:
        return f"{Weekday(self.weekday).label} {PARTS[self.part][0]}"


@dataclass
class Hall:
    """``steps_free`` as somebody told us: ja, teilweise, nein, or empty where nobody did."""

    venue: Venue
    kind: str
    steps_free: str
    toilet: str
    slots: list[Slot] = field(default_factory=list)

    @property
    def mornings_and_afternoons(self) -> list[Slot]:
        """On working days, which is when most groups meet."""
        return [slot for slot in self.slots if slot.weekday < 5 and slot.part != "abend"]


def free_halls(district: str, today: dt.date) -> list[Hall]:
    """The meeting places of a district that are open for an hour and a half and more while nothing takes place there.

    Of half days: one date in it within four weeks, and it is not free. Those with the most free times come first.
    Two statements.
    """
    places = visible(
        PUBLIC,
        Right.SEE,
        Venue.objects.in_area(ReportArea.MEETING_PLACES).active_on(today).filter(district__slug=district),
    )
    slots = _slots(places, today)
    known = (
        Venue.objects.filter(pk__in=slots)
        .select_related("meeting_place")
        .prefetch_related("accessibility")
        .order_by("sort", "name")
    )
    found = []
    for venue in known:
        facts = {fact.feature: fact.value for fact in venue.accessibility.all()}
        place = getattr(venue, "meeting_place", None)
        found.append(
            Hall(
                venue,
                place.kind if place else "",
                facts.get(AccessibilityFact.Feature.STEP_FREE, ""),
                facts.get(AccessibilityFact.Feature.TOILET, ""),
                slots[venue.pk],
            )
        )
    return sorted(found, key=lambda hall: -len(hall.slots))


def fitting(line: Line, halls: Iterable[Hall], most: int = 3) -> list[Hall]:
    """Who could take it in: where steps matter, those without come first, and those known to have some do not come."""
    offered = [hall for hall in halls if not (line.needs_no_steps and hall.steps_free == "nein")]
    if line.needs_no_steps:
        offered.sort(key=lambda hall: {"ja": 0, "teilweise": 1}.get(hall.steps_free, 2))
    return offered[:most]


def _slots(places: QuerySet[Venue], today: dt.date) -> dict[int, list[Slot]]:
    try:
        sql, params = places.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return {}
    names = list(PARTS)
    begins = [PARTS[name][1] for name in names]
    ends = [PARTS[name][2] for name in names]
    end = today + dt.timedelta(days=AHEAD)
    with connection.cursor() as cursor:
        cursor.execute(
            _SLOTS.format(
                places=sql,
                hours=OpeningHours._meta.db_table,
                occurrence=Occurrence._meta.db_table,
                offering=Offering._meta.db_table,
            ),
            [*params, names, begins, ends, today, today, LONG_ENOUGH, today, end],
        )
        found = defaultdict(list)
        for venue, weekday, part, opens, closes in cursor.fetchall():
            found[venue].append(Slot(weekday, part, opens, closes))
    return dict(found)


_SLOTS = """
WITH place (id) AS MATERIALIZED ({places}
), half (name, begins, ends, position) AS (
    SELECT * FROM unnest(%s::text[], %s::time[], %s::time[]) WITH ORDINALITY
), open AS (
    SELECT h.venue_id, h.weekday, half.name, half.position,
        greatest(h.opens, half.begins) AS opens, least(h.closes, half.ends) AS closes
    FROM {hours} AS h JOIN place ON place.id = h.venue_id CROSS JOIN half
    WHERE (h.valid_from IS NULL OR h.valid_from <= %s) AND (h.valid_until IS NULL OR h.valid_until >= %s)
    AND least(h.closes, half.ends) - greatest(h.opens, half.begins) >= %s::interval
), taken AS MATERIALIZED (
    SELECT DISTINCT f.venue_id, extract(isodow FROM o.date)::integer - 1 AS weekday, o.start,
        coalesce(o."end", o.start + interval '90 minutes') AS until
    FROM {occurrence} AS o JOIN {offering} AS f ON f.id = o.offering_id JOIN place ON place.id = f.venue_id
    WHERE o.date >= %s AND o.date < %s AND o.status <> 'ausgefallen' AND o.start IS NOT NULL
)
SELECT venue_id, weekday, name, min(opens), max(closes) FROM open
WHERE NOT EXISTS (
    SELECT FROM taken WHERE taken.venue_id = open.venue_id AND taken.weekday = open.weekday
    AND taken.start < open.closes AND taken.until > open.opens
)
GROUP BY venue_id, weekday, name, position ORDER BY venue_id, weekday, position
"""
