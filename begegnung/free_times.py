"""Where a hall, or one of its rooms, stands empty: open, and nothing takes place. From hours and programme, which are
public.

A hall that has told us its rooms is full only when all of them are taken. What takes place there without a room being
named takes one of them, nobody knows which. A hall without rooms is full as soon as anything takes place.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

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
    Room,
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
class Wish:
    """What somebody looks for: seats for so many people (0: does not matter), and no steps."""

    people: int = 0
    no_steps: bool = False

    def suits(self, room: Room) -> bool:
        """Not ruled out by what is known; nobody has told us everything."""
        large = room.seats is None or room.seats >= self.people
        return large and not (self.no_steps and room.step_free == Room.StepFree.NO)

    def surely_suits(self, room: Room) -> bool:
        known = not self.people or room.seats is not None
        return known and self.suits(room) and (not self.no_steps or room.step_free == Room.StepFree.YES)


@dataclass(frozen=True)
class Slot:
    """``rooms``: free ones. ``unnamed``: offerings of that half day of which nobody said in which room they are."""

    weekday: int
    part: str
    opens: dt.time
    closes: dt.time
    rooms: tuple[Room, ...] = ()
    unnamed: int = 0

    def __str__(self) -> str:
        return f"{Weekday(self.weekday).label} {PARTS[self.part][0]}"

    @property
    def detail(self) -> str:
        """«Saal (60 Plätze) oder Werkraum, einer davon vielleicht belegt»; empty where no rooms are known."""
        said = " oder ".join(room.told for room in self.rooms)
        if not said or not self.unnamed:
            return said
        if len(self.rooms) == 1:
            return f"{said}, vielleicht belegt"
        most = "einer" if self.unnamed == 1 else f"bis zu {min(self.unnamed, len(self.rooms))}"
        return f"{said}, {most} davon vielleicht belegt"


@dataclass
class Hall:
    """``steps_free`` as somebody told us: ja, teilweise, nein, or empty where nobody did."""

    venue: Venue
    kind: str
    steps_free: str
    toilet: str
    slots: list[Slot] = field(default_factory=list)
    rooms: tuple[Room, ...] = ()

    def for_wish(self, wish: Wish) -> "Hall | None":
        """With the times and rooms that suit; None where what is known of the hall rules it out."""
        if wish.no_steps and self.steps_free == AccessibilityFact.Value.NO:
            return None
        if not self.rooms:
            return self
        slots = []
        for slot in self.slots:
            suiting = tuple(room for room in slot.rooms if wish.suits(room))
            if suiting:
                slots.append(replace(slot, rooms=suiting))
        return replace(self, slots=slots) if slots else None

    def rank(self, wish: Wish) -> int:
        """0: some room surely suits; 1: nobody has told us enough to say."""
        steps = not wish.no_steps or self.steps_free == AccessibilityFact.Value.YES
        if not self.rooms:
            return 0 if steps and not wish.people else 1
        return 0 if steps and any(wish.surely_suits(r) for slot in self.slots for r in slot.rooms) else 1

    @property
    def unnamed(self) -> int:
        return max((slot.unnamed for slot in self.slots), default=0)

    @property
    def mornings_and_afternoons(self) -> list[Slot]:
        """On working days, which is when most groups meet."""
        return [slot for slot in self.slots if slot.weekday < 5 and slot.part != "abend"]


def free_halls(district: str, today: dt.date) -> list[Hall]:
    """The meeting places of a district that are open for an hour and a half and more while nothing takes place there.

    Of half days: one date in it within four weeks, and its room is not free. Those with the most free times come first.
    Four statements, however many there are.
    """
    places = visible(
        PUBLIC,
        Right.SEE,
        Venue.objects.in_area(ReportArea.MEETING_PLACES).active_on(today).filter(district__slug=district),
    )
    spans = _spans(places, today)
    known = (
        Venue.objects.filter(pk__in=spans)
        .select_related("meeting_place")
        .prefetch_related("accessibility", "rooms")
        .order_by("sort", "name")
    )
    found = []
    for venue in known:
        rooms = tuple(venue.rooms.all())
        slots = _free(spans[venue.pk], rooms)
        if not slots:
            continue
        facts = {fact.feature: fact.value for fact in venue.accessibility.all()}
        place = getattr(venue, "meeting_place", None)
        found.append(
            Hall(
                venue,
                place.kind if place else "",
                facts.get(AccessibilityFact.Feature.STEP_FREE, ""),
                facts.get(AccessibilityFact.Feature.TOILET, ""),
                slots,
                rooms,
            )
        )
    return sorted(found, key=lambda hall: -len(hall.slots))


def fitting(line: Line, halls: Iterable[Hall], wish: Wish | None = None, most: int = 3) -> list[Hall]:
    """Who could take it in, with the rooms that suit. Those of which that is known come first, the others after them;
    where steps matter, those known to have some do not come.
    """
    wish = wish or Wish()
    wish = replace(wish, no_steps=wish.no_steps or line.needs_no_steps)
    offered = [found for hall in halls if (found := hall.for_wish(wish))]
    if wish.no_steps:
        offered.sort(key=lambda hall: {"ja": 0, "teilweise": 1}.get(hall.steps_free, 2))
    return sorted(offered, key=lambda hall: hall.rank(wish))[:most]


@dataclass(frozen=True)
class _Span:
    """Some hours of a weekday during which a hall is open, and what takes place in them."""

    weekday: int
    part: str
    opens: dt.time
    closes: dt.time
    taken: frozenset[int]  # rooms
    unnamed: int


def _free(spans: Iterable[_Span], rooms: tuple[Room, ...]) -> list[Slot]:
    """One slot a half day, in time order; several openings of one half day are put together."""
    found: dict[tuple[int, str], Slot] = {}
    for span in spans:
        free = [room for room in rooms if room.pk not in span.taken]
        if len(free) <= span.unnamed if rooms else span.taken or span.unnamed:
            continue
        slot = Slot(span.weekday, span.part, span.opens, span.closes, tuple(free), span.unnamed)
        if before := found.get((span.weekday, span.part)):
            slot = replace(
                before,
                opens=min(before.opens, slot.opens),
                closes=max(before.closes, slot.closes),
                rooms=tuple(room for room in rooms if room in before.rooms or room in free),
                unnamed=max(before.unnamed, slot.unnamed),
            )
        found[span.weekday, span.part] = slot
    return list(found.values())


def _spans(places: QuerySet[Venue], today: dt.date) -> dict[int, list[_Span]]:
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
            _SPANS.format(
                places=sql,
                hours=OpeningHours._meta.db_table,
                occurrence=Occurrence._meta.db_table,
                offering=Offering._meta.db_table,
                room=Room._meta.db_table,
            ),
            [*params, names, begins, ends, today, today, LONG_ENOUGH, today, end],
        )
        found = defaultdict(list)
        for venue, weekday, part, opens, closes, taken, unnamed in cursor.fetchall():
            found[venue].append(_Span(weekday, part, opens, closes, frozenset(taken), unnamed))
    return dict(found)


_SPANS = """
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
        coalesce(o."end", o.start + interval '90 minutes') AS until, f.id AS offering, room.id AS room
    FROM {occurrence} AS o JOIN {offering} AS f ON f.id = o.offering_id JOIN place ON place.id = f.venue_id
    LEFT JOIN {room} AS room ON room.id = f.room_id AND room.venue_id = f.venue_id
    WHERE o.date >= %s AND o.date < %s AND o.status <> 'ausgefallen' AND o.start IS NOT NULL
)
SELECT open.venue_id, open.weekday, open.name, open.opens, open.closes,
    array_remove(array_agg(DISTINCT taken.room), NULL),
    count(DISTINCT taken.offering) FILTER (WHERE taken.room IS NULL)
FROM open LEFT JOIN taken ON taken.venue_id = open.venue_id AND taken.weekday = open.weekday
    AND taken.start < open.closes AND taken.until > open.opens
GROUP BY open.venue_id, open.weekday, open.name, open.position, open.opens, open.closes
ORDER BY open.venue_id, open.weekday, open.position, open.opens
"""
