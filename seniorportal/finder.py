"""«Wo wohnt die Person, um die es geht?»: from what somebody types to the responsible Stadtbezirk.

The address is looked up and forgotten. Streets and names are kept in the process: they change once a year at most.
"""

import re
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from seniorportal.models import Address, District, PlaceAlias, Quarter
from seniorportal.text import fold, fold_street

KEPT_SECONDS = 600
CHOICES = 6
SURE, LIKELY, AHEAD = (
    0.87,
    0.7,
    0.06,
)  # similarity from 0 to 1; how far the best must lead to need no question


class Choice(NamedTuple):
    """``label`` is a street or place as people know it, ``district`` where it lies."""

    label: str
    district: District


@dataclass(frozen=True)
class Answer:
    """Either ``sure``, or a few ``choices``, or neither; ``number_would_help`` when the street lies in several."""

    sure: District | None = None
    choices: list[Choice] = field(default_factory=list)
    number_would_help: bool = False


@dataclass(frozen=True)
class _Known:
    districts: dict[int, District]
    streets: dict[str, tuple[str, frozenset[int]]]  # folded name -> name, districts
    places: dict[str, dict[int, str]]  # folded name of a district, quarter or old village -> district -> name
    since: float


_known: _Known | None = None


def find(street: str, number: str = "") -> Answer:
    """One statement at most, for the house number; two more every ten minutes."""
    known = _load()
    street, number = _apart(street.strip(), number.strip())
    wanted = fold_street(street)
    if not wanted:
        return Answer()
    if wanted in known.streets:
        return _of_street(known, wanted, number)
    if place := known.places.get(_fold_place(street)):
        return _of_place(known, place)
    return _of_similar(known, wanted, number)


def _apart(street: str, number: str) -> tuple[str, str]:
    """The house number typed behind the street counts when its own field is empty."""
    street = re.sub(r"\b44\d{3}\b.*$|,?\s*Dortmund\s*$", "", street, flags=re.IGNORECASE).strip(" ,")
    if match := re.match(r"(?P<street>.*?[^\d\s])[\s,]*(?P<number>\d+\s*[a-zA-Z]?(\s*[-/].*)?)$", street):
        return match["street"].strip(" ,"), number or match["number"]
    return street, number


def _fold_place(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", re.sub(r"^(dortmund|do)\b", "", fold(text).strip()))


def _of_street(known: _Known, folded: str, number: str) -> Answer:
    name, districts = known.streets[folded]
    if len(districts) > 1 and (house := re.match(r"\d{1,4}", number)):
        found = _by_number(folded, int(house[0]))
        districts = found or districts
    if len(districts) == 1:
        return Answer(sure=known.districts[next(iter(districts))])
    return Answer(choices=_choices(known, [(name, districts)]), number_would_help=not number)


def _by_number(folded: str, number: int) -> frozenset[int]:
    """The districts of the house; where the register does not know it, of its neighbours on the same side."""
    rows = Address.objects.filter(street__folded=folded).values_list("number", "quarter__district").distinct()
    exact = frozenset(district for house, district in rows if house == number)
    if exact:
        return exact
    same_side = [(house, district) for house, district in rows if house % 2 == number % 2]
    below = max(((h, d) for h, d in same_side if h < number), default=None)
    above = min(((h, d) for h, d in same_side if h > number), default=None)
    return frozenset(row[1] for row in (below, above) if row)


def _of_place(known: _Known, place: dict[int, str]) -> Answer:
    if len(place) == 1:
        return Answer(sure=known.districts[next(iter(place))])
    return Answer(choices=[Choice(name, known.districts[district]) for district, name in place.items()])


def _of_similar(known: _Known, wanted: str, number: str) -> Answer:
    names: dict[str, None] = dict.fromkeys([*known.streets, *known.places])
    similar = process.extract(
        wanted,
        names.keys(),
        scorer=DamerauLevenshtein.normalized_similarity,
        score_cutoff=LIKELY,
        limit=CHOICES,
    )
    begun = [name for name in names if len(wanted) >= 4 and name.startswith(wanted)][:CHOICES]
    if similar and similar[0][1] >= SURE and (len(similar) == 1 or similar[0][1] - similar[1][1] >= AHEAD):
        best = similar[0][0]
        return (
            _of_street(known, best, number) if best in known.streets else _of_place(known, known.places[best])
        )
    found: list[tuple[str, frozenset[int]]] = []
    for name in dict.fromkeys([*begun, *(name for name, _, _ in similar)]):
        found.append(known.streets[name] if name in known.streets else _place_as_row(known.places[name]))
    return Answer(choices=_choices(known, found))


def _place_as_row(place: dict[int, str]) -> tuple[str, frozenset[int]]:
    return next(iter(place.values())), frozenset(place)


def _choices(known: _Known, rows: list[tuple[str, frozenset[int]]]) -> list[Choice]:
    made = [
        Choice(name, known.districts[district])
        for name, districts in rows
        for district in sorted(districts, key=lambda pk: known.districts[pk].sort)
    ]
    return list(dict.fromkeys(made))[:CHOICES]


def _load() -> _Known:
    global _known
    if _known is None or time.monotonic() - _known.since > KEPT_SECONDS:
        districts = {district.pk: district for district in District.objects.all()}
        streets: dict[str, tuple[str, set[int]]] = {}
        rows = (
            Address.objects.order_by()
            .values_list("street__folded", "street__name", "quarter__district")
            .distinct()
        )
        for folded, name, district in rows:
            streets.setdefault(folded, (name, set()))[1].add(district)
        places: dict[str, dict[int, str]] = defaultdict(dict)
        for quarter in Quarter.objects.all():
            for part in [quarter.name, *quarter.name.split("-")]:
                places[_fold_place(part)].setdefault(quarter.district_id, quarter.name)
        for alias in PlaceAlias.objects.all():
            places[_fold_place(alias.name)].setdefault(alias.district_id, alias.name)
        for pk, own in districts.items():  # the district's own name is meant, whatever else is called so
            places[_fold_place(own.name)] = {pk: own.name}
        frozen = {folded: (name, frozenset(found)) for folded, (name, found) in streets.items()}
        _known = _Known(districts, frozen, dict(places), time.monotonic())
    return _known


def forget() -> None:
    """For tests and after new reference data: read streets and names again."""
    global _known
    _known = None
