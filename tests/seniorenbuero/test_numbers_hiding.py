"""No combination of what is shown tells a hidden cell: tried on many tables by a reader who does not know how."""

import random
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seniorenbuero.numbers.hiding import CITY, Table, closed_offices
from seniorportal.figures.suppression import SMALL

Cells = dict[tuple[int, str], int]
few = st.one_of(st.just(0), st.integers(0, 6), st.integers(0, 60))


@st.composite
def tables(draw, offices: int = 4, values: int = 4, number=few) -> Cells:
    rows, columns = draw(st.integers(1, offices)), draw(st.integers(2, values))
    return {(o, f"w{v}"): draw(number) for o in range(1, rows + 1) for v in range(columns)}


def table_of(cells: Cells, most: int = 1) -> Table:
    totals = {office: 0 for office, _ in cells}
    for (office, _), number in cells.items():
        totals[office] += number
    if most > 1:  # as few Beratungen as could have named so much
        totals = {office: -(-number // most) for office, number in totals.items()}
    closed = frozenset(office for office, number in totals.items() if number in SMALL)
    return Table(cells, totals, closed, most)


class Reader:
    """Holds the tables of all offices and of the city with all totals, and tries numbers until one fits, or none."""

    def __init__(self, table: Table, most: int = 1) -> None:
        self.table, self.most = table, most
        self.offices, self.values = list(table.totals), table.values
        self.left = 0

    def known(self, office: int, value: str) -> tuple[int, int]:
        shown = self.table.shown(office, value)
        if shown is not None:
            return shown, shown
        total = sum(self.table.totals.values()) if office == CITY else self.table.totals[office]
        if self.table.below_five(office, value):
            return 1, 4
        open_label = self.table.all_hidden or office in self.table.closed
        return (0 if open_label else 5), self.most * total

    def could_be(self, cell: tuple[int, str], number: int) -> bool:
        """Whether all cells can be filled so that rows and columns add up, with this number in this cell."""
        spans = {
            (office, value): self.known(office, value)
            for office in (CITY, *self.offices)
            for value in self.values
        }
        spans[cell] = (number, number)
        self.left = 200_000
        return self._fill(spans, [(o, v) for v in self.values for o in self.offices], {})

    def _fill(self, spans, open_cells, chosen) -> bool:
        if not self._may_still(spans, chosen):
            return False
        if not open_cells:
            return True
        self.left -= 1
        assert self.left > 0, "too many to try"
        (office, value), rest = open_cells[0], open_cells[1:]
        low, high = spans[office, value]
        for number in self._in_order(office, value, low, high):
            chosen[office, value] = number
            if self._fill(spans, rest, chosen):
                del chosen[office, value]
                return True
            del chosen[office, value]
        return False

    def _in_order(self, office, value, low, high) -> Iterator[int]:
        """What it really is first, then its neighbours: a solution differs little from the truth."""
        truth = self.table.numbers[office, value]
        yield from sorted(range(low, high + 1), key=lambda one: (abs(one - truth), one))

    def _may_still(self, spans, chosen) -> bool:
        """Rows must reach their totals, columns the city's, the city its own."""
        for office in self.offices:
            low, high = self._sum(spans, chosen, [(office, value) for value in self.values])
            total = self.table.totals[office]
            if high < total or low > self.most * total:
                return False
        for value in self.values:
            low, high = self._sum(spans, chosen, [(office, value) for office in self.offices])
            city_low, city_high = spans[CITY, value]
            if high < city_low or low > city_high:
                return False
        return True

    def _sum(self, spans, chosen, cells) -> tuple[int, int]:
        lows = [chosen.get(cell, spans[cell][0]) for cell in cells]
        highs = [chosen.get(cell, spans[cell][1]) for cell in cells]
        return sum(lows), sum(highs)


def told(table: Table, most: int = 1) -> list[tuple[tuple[int, str], int]]:
    """Small cells that the reader can work out."""
    reader = Reader(table, most)
    return [
        (cell, table.numbers[cell])
        for cell in table.small
        if not any(reader.could_be(cell, n) for n in range(7) if n != table.numbers[cell])
    ]


@settings(max_examples=150, deadline=None)
@given(tables())
def test_no_small_cell_is_shown(cells):
    table = table_of(cells)
    for (office, value), number in table.numbers.items():
        if number in SMALL:
            assert table.shown(office, value) is None


@settings(max_examples=120, deadline=None)
@given(tables())
def test_no_small_cell_of_any_table_can_be_worked_out(cells):
    table = table_of(cells)
    assert told(table) == [], (cells, sorted(table.secret), table.all_hidden)


@settings(max_examples=60, deadline=None)
@given(tables(offices=3, values=3, number=st.integers(0, 12)))
def test_nor_of_topics_of_which_one_beratung_names_up_to_three(cells):
    table = table_of(cells, most=3)
    assert told(table, most=3) == [], (cells, sorted(table.secret), table.all_hidden)


@given(tables(number=st.one_of(st.just(0), st.integers(5, 90))))
def test_nothing_is_hidden_without_need(cells):
    table = table_of(cells)
    assert table.secret == set()


def test_a_small_cell_takes_a_rectangle_with_it():
    """Else the city minus the other office, or the office's total minus the rest, would tell it."""
    table = table_of(
        {(1, "tel"): 40, (1, "brief"): 3, (1, "haus"): 9, (2, "tel"): 50, (2, "brief"): 8, (2, "haus"): 7}
    )
    assert table.secret == {(1, "brief"), (1, "haus"), (2, "brief"), (2, "haus")}
    assert table.shown(CITY, "brief") == 11 and table.shown(1, "tel") == 40
    assert table.below_five(1, "brief") and not table.below_five(2, "brief")


def test_the_reader_of_this_test_finds_what_is_not_hidden_well():
    """He is no use if he never finds anything: with the small cell alone hidden, he knows it."""
    table = table_of({(1, "tel"): 40, (1, "brief"): 3, (2, "tel"): 50, (2, "brief"): 8})
    table.secret = {(1, "brief")}
    assert told(table) == [((1, "brief"), 3)]


def test_offices_whose_total_the_report_hides_are_closed():
    names = ["brackel", "eving", "hoerde"]
    assert closed_offices({1: 3, 2: 90, 3: 70}, {1: "brackel", 2: "eving", 3: "hoerde"}, names).offices == {
        1,
        3,
    }
    assert closed_offices({1: 80, 2: 90}, {1: "brackel", 2: "eving"}, names).offices == set()
    # Two offices of one district: the report shows their sum.
    assert closed_offices({1: 3, 2: 90, 3: 70}, {1: "eving", 2: "eving", 3: "hoerde"}, names).offices == {
        1,
        2,
    }


@pytest.mark.parametrize("seed", range(3))
def test_a_city_of_twelve_offices_is_quick_and_keeps_most(seed):
    chance = random.Random(seed)
    cells = {
        (o, f"w{v}"): max(0, round(chance.gauss(1, 0.3) * 800 * 0.6**v))
        for o in range(1, 13)
        for v in range(11)
    }
    table = table_of(cells)
    assert table.small and not table.all_hidden
    assert all(table.could_differ(cell) for cell in table.small)
    assert len(table.secret) < len(table.numbers) / 3
