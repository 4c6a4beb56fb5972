"""Which cells of a table office x value stay hidden: those of 1 to 4, and whatever they could be computed from.

Assumed is a reader who has the tables of all offices and of the city before him, knows every total, also those that
are hidden, and which hidden cells are below 5. He shall find at least two numbers that each small cell can have.
A table is a flow: what an office counts runs through the values into the city. Two numbers are possible exactly where
some hidden cells can be raised and others lowered by one in a ring, through which everything else stays as it is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from seniorportal.figures.suppression import SMALL, hidden

CITY = 0  # stands for all offices together
REST = "*"  # what an office could still have named: a Beratung has one to three topics
Cell = tuple[int, str]


@dataclass
class Table:
    """The cells of all offices, and their sums as those of the city. ``most``: how often a Beratung counts at most."""

    cells: Mapping[Cell, int]
    totals: Mapping[int, int]  # of the offices
    closed: frozenset[int] = frozenset()  # offices whose total is hidden: then all their cells are
    most: int = 1
    numbers: dict[Cell, int] = field(init=False)
    values: list[str] = field(init=False)
    small: set[Cell] = field(init=False)
    secret: set[Cell] = field(init=False)
    all_hidden: bool = False

    def __post_init__(self) -> None:
        self.values = sorted({value for _, value in self.cells})
        self.numbers = {
            (office, value): self.cells.get((office, value), 0)
            for office in self.totals
            for value in self.values
        }
        for value in self.values:
            self.numbers[CITY, value] = sum(self.numbers[office, value] for office in self.totals)
        if self.most > 1:
            for office in (CITY, *self.totals):
                self.numbers[office, REST] = self.most * self._total(office) - sum(
                    self.numbers[office, value] for value in self.values
                )
        self.small = {cell for cell, number in self.numbers.items() if number in SMALL and cell[1] != REST}
        self.secret = self.small | {cell for cell in self.numbers if cell[0] in self.closed}
        self.secret |= {cell for cell in self.numbers if cell[1] == REST}
        self._complete()

    def shown(self, office: int, value: str) -> int | None:
        return None if (office, value) in self.secret else self.numbers.get((office, value), 0)

    def below_five(self, office: int, value: str) -> bool:
        """Whether a hidden cell may be called so; not where everything is hidden alike."""
        return (office, value) in self.small and not self.all_hidden and office not in self.closed

    # What else has to be hidden

    def _complete(self) -> None:
        """Each small cell that could be computed takes the cheapest rectangle that keeps it; else all is hidden."""
        for cell in sorted(self.small, key=lambda one: (self.numbers[one], one)):
            if self.could_differ(cell):
                continue
            for _, ring in sorted(self._rectangles(cell)):
                added = set(ring) - self.secret
                self.secret |= added
                if self.could_differ(cell):
                    break
                self.secret -= added
            else:
                self.secret, self.all_hidden = set(self.numbers), True
                return

    def _rectangles(self, cell: Cell) -> Iterator[tuple[int, tuple[Cell, Cell, Cell]]]:
        """The other three corners, and how much would be hidden with them."""
        office, value = cell
        values = [*self.values, REST] if self.most > 1 else self.values
        for other in (CITY, *self.totals):
            for beside in values:
                if other == office or beside == value:
                    continue
                ring = ((office, beside), (other, value), (other, beside))
                fresh = [one for one in ring if one not in self.secret]
                if all(self.numbers[one] >= 5 for one in fresh):
                    yield sum(self.numbers[one] for one in fresh), ring

    # What a reader can find out

    def could_differ(self, cell: Cell) -> bool:
        """Whether a hidden cell can have another number while all that is shown stays the same."""
        low, high = self._span(cell)
        number, (tail, head) = self.numbers[cell], _ends(cell)
        return (number < high and self._leads(head, tail, cell)) or (
            number > low and self._leads(tail, head, cell)
        )

    def _span(self, cell: Cell) -> tuple[int, int]:
        """What the reader knows of a hidden cell by itself."""
        office, value = cell
        number, total = self.numbers[cell], self._total(office)
        if value == REST:
            return min(number, 0), max(number, (self.most - 1) * total)
        if self.all_hidden or office in self.closed:
            return 0, self.most * total
        return (1, 4) if cell in self.small else (5, self.most * total)

    def _leads(self, start: object, goal: object, but: Cell) -> bool:
        """A way along cells that can be raised (with the flow) or lowered (against it), without the cell itself."""
        steps: dict[object, list[object]] = self._steps(but)
        seen, waiting = {start}, [start]
        while waiting:
            for onward in steps.get(waiting.pop(), ()):
                if onward == goal:
                    return True
                if onward not in seen:
                    seen.add(onward)
                    waiting.append(onward)
        return False

    def _steps(self, but: Cell) -> dict[object, list[object]]:
        steps: dict[object, list[object]] = {}
        for cell in self.secret:
            if cell == but:
                continue
            (low, high), number, (tail, head) = self._span(cell), self.numbers[cell], _ends(cell)
            if number < high:
                steps.setdefault(tail, []).append(head)
            if number > low:
                steps.setdefault(head, []).append(tail)
        return steps

    def _total(self, office: int) -> int:
        return sum(self.totals.values()) if office == CITY else self.totals[office]


def _ends(cell: Cell) -> tuple[object, object]:
    office, value = cell
    return (value, CITY) if office == CITY else (office, value)


@dataclass(frozen=True)
class Closed:
    """The offices whose total of a year is hidden; ``nameless`` where the report hides every district alike."""

    offices: frozenset[int]
    nameless: bool = False


def closed_offices(totals: Mapping[int, int], district_of: Mapping[int, str], districts: list[str]) -> Closed:
    """Where the report hides the district of an office, and what that asks for.

    ``districts`` are all there are, also those without an office: the report lists them as well.
    """
    by_district = dict.fromkeys(districts, 0)
    for office, number in totals.items():
        if district := district_of.get(office):
            by_district[district] += number
    in_report = of_report(by_district)
    found = {office for office in totals if district_of.get(office) in in_report}
    for district in {*districts, ""} - in_report:
        own = {str(one): number for one, number in totals.items() if district_of.get(one, "") == district}
        if len(own) > 1:
            found |= {int(one) for one in hidden(own)}
        elif not district:
            found |= {int(one) for one, number in own.items() if number in SMALL}
    return Closed(frozenset(found), bool(districts) and len(in_report) == len(districts))


def of_report(by_district: Mapping[str, int]) -> set[str]:
    """What the report of one year hides (``Reading.hidden``)."""
    small = {slug for slug, number in by_district.items() if number in SMALL}
    return hidden(by_district, small | hidden(by_district))
