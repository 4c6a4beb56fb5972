"""Example rooms, in example halls only: of real houses the portal invents none."""

import random
from collections import defaultdict
from itertools import islice

from seniorportal.demo.halls import Hall
from seniorportal.demo.years import Years, dice
from seniorportal.models import Offering, Room, Venue

HOUSES = 2  # of each Stadtbezirk; of all others nobody has told us
E = Room.Equipment
# Name, seats, equipment
ROOMS = (
    ("Saal", (40, 60, 80), (E.PROJECTOR, E.PIANO, E.FLOOR)),
    ("Gruppenraum", (12, 16, 20), (E.PROJECTOR,)),
    ("Küche", (8, 10), (E.KITCHEN,)),
)
NO_ROOM = 3  # of so many offerings one does not say where it is


def make(years: Years, halls: list[Hall]) -> int:
    rng = dice("Räume")
    open_now = [hall.pk for hall in halls if not hall.is_more and hall.is_active(years.today)]
    by_district: dict[int | None, list[int]] = defaultdict(list)
    for pk, district in (
        Venue.objects.filter(pk__in=open_now, example=True).order_by("pk").values_list("pk", "district")
    ):
        by_district[district].append(pk)
    chosen = [pk for venues in by_district.values() for pk in islice(venues, HOUSES)]
    made = Room.objects.bulk_create(row for pk in chosen for row in of_house(rng, pk))
    for pk in chosen:
        settle([room for room in made if room.venue_id == pk])
    return len(made)


def of_house(rng: random.Random, venue: int) -> list[Room]:
    return [
        Room(
            venue_id=venue,
            name=name,
            seats=rng.choice(seats) if rng.random() < 0.9 else None,
            step_free=rng.choice((Room.StepFree.YES, Room.StepFree.YES, Room.StepFree.NO, "")),
            equipment=[thing for thing in things if rng.random() < 0.7],
            example=True,
        )
        for name, seats, things in ROOMS[: rng.choice((2, 3))]
    ]


def settle(rooms: list[Room]) -> None:
    """The example offerings of a house in turn, some of them without a room."""
    offerings = Offering.objects.filter(venue=rooms[0].venue_id, example=True).order_by("pk")
    known = [pk for at, pk in enumerate(offerings.values_list("pk", flat=True)) if at % NO_ROOM]
    for at, room in enumerate(rooms):
        Offering.objects.filter(pk__in=known[at :: len(rooms)]).update(room=room)
