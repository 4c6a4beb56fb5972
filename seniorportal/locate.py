"""From an address as people write it to district, quarter and coordinates. Addresses are asked for, never kept."""

import re
from typing import NamedTuple

from seniorportal.models import Address, District, Quarter, Venue
from seniorportal.text import fold_street

_HOUSE = r"^\s*(?P<street>.*?[^\d\s,])[\s,]+(?P<number>\d{1,4})\s*(?P<suffix>[A-Za-z]\b)?"
# First with nothing but a second house or a remark behind it: the street may have a number in its own name.
_PATTERNS = (re.compile(_HOUSE + r"(\s*[-–/+]\s*\d+\s*[A-Za-z]?)?\s*([(,].*)?$"), re.compile(_HOUSE))


class Located(NamedTuple):
    """What an address tells; None where it does not. ``exact`` when the house itself is in the register."""

    district: District | None
    quarter: Quarter | None
    latitude: float | None
    longitude: float | None
    exact: bool


UNKNOWN = Located(None, None, None, None, False)


def split(text: str) -> tuple[str, int | None, str]:
    """``Olpketalstraße 83a`` is (Olpketalstraße, 83, a); of ``Kühlkamp 2-4`` the first house."""
    if match := next(filter(None, (pattern.match(text) for pattern in _PATTERNS)), None):
        return match["street"].strip(), int(match["number"]), (match["suffix"] or "").lower()
    return re.split(r"[(,]", text)[0].strip(), None, ""


def locate(text: str) -> Located:
    """One statement. A street that lies in several districts or quarters needs the house number."""
    street, number, suffix = split(text)
    if not street:
        return UNKNOWN
    found = list(
        Address.objects.filter(street__folded=fold_street(street)).select_related("quarter__district")
    )
    houses = [address for address in found if number is not None and address.number == number]
    house = next((address for address in houses if address.suffix == suffix), houses[0] if houses else None)
    if house and len({address.street_id for address in houses}) == 1:
        return Located(house.quarter.district, house.quarter, house.latitude, house.longitude, True)
    quarters = {address.quarter_id: address.quarter for address in houses or found}
    districts = {quarter.district_id: quarter.district for quarter in quarters.values()}
    return Located(
        next(iter(districts.values())) if len(districts) == 1 else None,
        next(iter(quarters.values())) if len(quarters) == 1 else None,
        None,
        None,
        False,
    )


def settle(venue: Venue, *, may_move: bool) -> Located:
    """Quarter, coordinates and, where it may move, the district of a venue from its address; nothing is stored yet.

    A district that somebody chose stays where the register does not know the house.
    """
    found = locate(venue.street)
    venue.quarter, venue.latitude, venue.longitude = found.quarter, found.latitude, found.longitude
    if found.district and may_move:
        venue.district = found.district
    return found
