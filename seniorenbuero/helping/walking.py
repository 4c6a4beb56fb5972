"""How far two people live apart, on foot. Houses are kept to about a hundred metres, and sealed."""

import math
from dataclasses import dataclass

from seniorportal.locate import locate
from seniorportal.models import District, Quarter

DETOUR = 1.3  # streets are no beeline
METRES_A_MINUTE = 65  # without hurry, about 4 km an hour
METRES_A_DEGREE = 111_195
DECIMALS = 3

UNKNOWN = (
    "Diese Straße kennen wir in Dortmund nicht. Bitte prüfen, oder das Feld leeren und das Quartier wählen."
)


@dataclass(frozen=True)
class Place:
    """What a street tells; ``position`` only where the register knows the house."""

    district: District | None = None
    quarter: Quarter | None = None
    position: str | None = None

    @property
    def is_known(self) -> bool:
        return self.district is not None


def place_of(street: str) -> Place:
    """One statement."""
    found = locate(street)
    position = None
    if found.exact and found.latitude is not None and found.longitude is not None:
        position = f"{round(found.latitude, DECIMALS)},{round(found.longitude, DECIMALS)}"
    return Place(found.district, found.quarter, position)


def minutes(one: str, other: str) -> int | None:
    """None where one of the two is not known. Never less than one: nobody lives nearer than the rounding."""
    if not one or not other:
        return None
    (north, east), (north2, east2) = (map(float, place.split(",")) for place in (one, other))
    across = (east2 - east) * math.cos(math.radians((north + north2) / 2))
    metres = math.hypot(north2 - north, across) * METRES_A_DEGREE * DETOUR
    return max(round(metres / METRES_A_MINUTE), 1)
