"""What the portal knows of each Begegnungsstätte in a year, by the very facts of the report; is it plausible?"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from statistics import median

from django.db import connection
from django.db.models import F
from django.db.models.functions import Coalesce, ExtractYear

from begegnung.figures import PLACES
from begegnung.models import AnnualReturn
from seniorportal.figures import opening, venues
from seniorportal.figures.facts import union
from seniorportal.figures.period import Period
from seniorportal.figures.wording import german
from seniorportal.models import Venue, Visit

FIELDS = ("opening_hours", "visits", "volunteers")
LEAST_PEERS = 5  # fewer could be recognised, and say little
SIMILAR = (0.7, 1.3)  # hours of houses to compare with
TIMES = 3  # of the median of comparable houses, from which on a number is worth a second look


@dataclass(frozen=True)
class Known:
    """Computed from single rows; None where there are none. ``counted``: somebody counted, so no return is asked."""

    opening_hours: int | None = None
    visits: int | None = None
    estimated_visits: int = 0
    volunteers: int | None = None
    counted: bool = False


NOTHING = Known()


def known(year: int, today: dt.date) -> dict[tuple[int, int], Known]:
    """By venue and year, for this year and the one before: what the figures make of it without any return.

    Two statements for all Begegnungsstätten.
    """
    period = Period(year - 1, year, today)
    parts = {
        "hours": [opening.opening_hours(PLACES, period)],
        "visits": [venues.visits(PLACES, period)],
        "heads": list(venues.volunteers(PLACES, period)),
    }
    pieces, params = [], []
    for what, facts in parts.items():
        sql, values = union(facts)
        pieces.append(f"SELECT '{what}' AS what, * FROM ({sql}) AS {what}")
        params += values
    rows: dict[tuple[int, int], dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT what, venue, year, round(sum(amount))::bigint, count(DISTINCT item),"
            " coalesce(round(sum(amount) FILTER (WHERE estimated)), 0)::bigint"
            f" FROM ({' UNION ALL '.join(pieces)}) AS facts GROUP BY what, venue, year",
            params,
        )
        for what, venue, of_year, amount, heads, estimated in cursor.fetchall():
            of_venue = rows.setdefault((venue, of_year), {})
            of_venue[what] = heads if what == "heads" else amount
            if what == "visits":
                of_venue["estimated"] = estimated
    counted = _counted(period)
    return {
        key: Known(
            opening_hours=row.get("hours"),
            visits=row.get("visits"),
            estimated_visits=row.get("estimated", 0),
            volunteers=row.get("heads"),
            counted=key in counted,
        )
        for key, row in rows.items()
    }


def _counted(period: Period) -> set[tuple[int, int]]:
    """Where the rule of the figure asks no return any more: somebody counted, be it only once."""
    rows = Visit.objects.filter(venues.within(period, "first_day"), closed=False).order_by()
    place = Coalesce("venue", F("occurrence__offering__venue"))
    return set(rows.values_list(place, ExtractYear("first_day")).distinct())


@dataclass
class House:
    """One Begegnungsstätte in one year: what is known, what it declares, and what counts of both."""

    venue: Venue
    year: int
    known: Known
    declared: AnnualReturn | None
    last_known: Known = NOTHING
    last_declared: AnnualReturn | None = None
    peers: list["House"] = field(default_factory=list, repr=False)

    @property
    def opening_hours(self) -> int | None:
        return effective(self.known, self.declared, "opening_hours")

    @property
    def visits(self) -> int | None:
        return effective(self.known, self.declared, "visits")

    @property
    def volunteers(self) -> int | None:
        return effective(self.known, self.declared, "volunteers")

    def in_report(self, name: str) -> int | None:
        return effective(self.known, _in_report(self.declared), name)

    def last(self, name: str) -> int | None:
        return effective(self.last_known, _in_report(self.last_declared), name)

    @property
    def last_hours(self) -> int | None:
        return self.last("opening_hours")

    @property
    def last_visits(self) -> int | None:
        return self.last("visits")

    @property
    def last_volunteers(self) -> int | None:
        return self.last("volunteers")

    @property
    def state(self) -> str:
        return self.declared.state if self.declared else ""

    @property
    def is_reported(self) -> bool:
        return self.state in (AnnualReturn.State.REPORTED, AnnualReturn.State.CHECKED)

    @cached_property
    def kinds(self) -> set[str]:
        return {carrier.kind for carrier in self.venue.carriers.all()}

    @property
    def seen(self) -> str:
        """What a page shows of it, to be sent back with a tick: only this is reported or checked."""
        shown = (self.opening_hours, self.visits, self.volunteers, self.declared and self.declared.version)
        return f"{self.venue.pk}={','.join('' if one is None else str(one) for one in shown)}"

    def remarks(self) -> list[str]:
        """What is worth a second look, as sentences with numbers. Never a reason to refuse."""
        return [*_against_last_year(self), *_against_others(self), *_in_itself(self)]


def effective(known: Known, declared: AnnualReturn | None, name: str) -> int | None:
    """As the report takes it: declared hours go over computed ones; what was counted goes over declared visits and
    heads."""
    said: int | None = getattr(declared, name) if declared else None
    computed: int | None = getattr(known, name)
    if name == "opening_hours":
        return computed if said is None else said
    is_counted = known.counted if name == "visits" else bool(computed)
    return computed if is_counted or said is None else said


def _in_report(declared: AnnualReturn | None) -> AnnualReturn | None:
    return declared if declared and declared.state != AnnualReturn.State.DRAFT else None


def houses(year: int, today: dt.date) -> list[House]:
    """All Begegnungsstätten of the year, by name, each with its peers. Five statements."""
    rows = PLACES.active_within(dt.date(year, 1, 1), dt.date(year, 12, 31))
    rows = rows.select_related("district").prefetch_related("carriers").order_by("sort", "name", "pk")
    numbers = known(year, today)
    returns = {
        (one.venue_id, one.year): one for one in AnnualReturn.objects.filter(year__in=(year - 1, year))
    }
    found = [
        House(
            venue,
            year,
            numbers.get((venue.pk, year), NOTHING),
            returns.get((venue.pk, year)),
            numbers.get((venue.pk, year - 1), NOTHING),
            returns.get((venue.pk, year - 1)),
        )
        for venue in rows
    ]
    for house in found:
        house.peers = found
    return found


# --- plausible? -------------------------------------------------------------------------------------------------------

NOUNS = {"opening_hours": "Öffnungsstunden", "visits": "Besuche", "volunteers": "Ehrenamtliche"}
LEAST = {
    "opening_hours": 50,
    "visits": 100,
    "volunteers": 3,
}  # a difference below it is no reason to look again


def _against_last_year(house: House) -> Iterator[str]:
    for name in FIELDS:
        now, before = effective(house.known, house.declared, name), house.last(name)
        if now is None or not before or abs(now - before) < LEAST[name]:
            continue
        if now > before * 1.5 or now < before / 1.5:
            change = round(100 * (now - before) / before)
            more = f"{change} % mehr" if change > 0 else f"{-change} % weniger"
            yield f"{house.year - 1} waren es {german(before)} {NOUNS[name]}, jetzt sind es {german(now)}: {more}."


def _against_others(house: House) -> Iterator[str]:
    """With houses of the same kind of carrier whose hours are within 30 % of its own."""
    hours, visits = house.opening_hours, house.visits
    if not hours or visits is None:
        return
    least, most = round(hours * SIMILAR[0]), round(hours * SIMILAR[1])
    others = [
        peer.in_report("visits")
        for peer in house.peers
        if peer.venue.pk != house.venue.pk
        and peer.kinds & house.kinds
        and least <= (peer.opening_hours or 0) <= most
    ]
    numbers = [number for number in others if number is not None]
    if len(numbers) < LEAST_PEERS:
        return
    middle = round(median(numbers))
    if visits > middle * TIMES or visits * TIMES < middle:
        names = " oder ".join(sorted(_kind_names(house)))
        yield (
            f"Vergleichbare Häuser ({names}, {german(least)} bis {german(most)} Stunden, n = {len(numbers)}) haben in "
            f"der Mitte {german(middle)} Besuche; hier sind es {german(visits)}."
        )


def _in_itself(house: House) -> Iterator[str]:
    if house.visits and house.opening_hours == 0:
        yield f"{german(house.visits)} Besuche, aber keine Öffnungsstunde."
    if house.opening_hours and house.opening_hours > 5000:
        yield f"{german(house.opening_hours)} Öffnungsstunden wären an jedem Tag des Jahres mehr als 13."


def _kind_names(house: House) -> Iterable[str]:
    return {carrier.get_kind_display() for carrier in house.venue.carriers.all()}
