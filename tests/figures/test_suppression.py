"""Small cells stay hidden, also from somebody who can add and subtract."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from seniorportal.figures.suppression import SMALL, hidden

cells = st.dictionaries(
    st.sampled_from([f"bezirk-{number:02}" for number in range(12)]),
    st.one_of(st.integers(0, 9), st.integers(0, 400)),
    min_size=2,
    max_size=12,
)


def could_be(table: dict[str, int], secret: set[str], key: str) -> set[int]:
    """The values a reader cannot rule out for a small hidden cell who knows the total, what is shown and the labels."""
    left = sum(table[k] for k in secret)
    others = secret - {key}
    if secret == set(table):  # everything is hidden under one label
        return {value for value in SMALL if value <= left}
    lowest = sum(1 if table[k] in SMALL else 5 for k in others)
    highest = sum(4 if table[k] in SMALL else left for k in others)
    return {value for value in SMALL if lowest <= left - value <= highest}


@given(cells)
def test_no_small_cell_is_shown(table):
    assert {key for key, number in table.items() if number in SMALL} <= hidden(table)


@given(cells)
def test_nothing_is_hidden_without_need(table):
    if not any(number in SMALL for number in table.values()):
        assert hidden(table) == set()


@given(cells)
def test_no_hidden_cell_can_be_computed(table):
    secret = hidden(table)
    assert len(secret) != 1
    for key in secret:
        if table[key] in SMALL and not (secret == set(table) and sum(table.values()) == 1):
            assert len(could_be(table, secret, key)) > 1, (table, secret, key)


def test_the_model_of_the_reader_agrees_with_trying_everything():
    table = {"a": 1, "b": 2, "c": 9, "d": 30}
    secret = hidden(table)
    assert secret == {"a", "b"}, "3 together could be 1 and 2 or 2 and 1"
    tried = {a for a, b in product(SMALL, SMALL) if a + b == 3}
    assert could_be(table, secret, "a") == tried == {1, 2}


def test_two_ones_do_not_hide_each_other():
    assert hidden({"a": 1, "b": 1, "c": 8, "d": 30}) == {"a", "b", "c"}


def test_a_lonely_small_cell_takes_the_smallest_that_hides_it():
    assert hidden({"a": 3, "b": 0, "c": 8, "d": 30}) == {"a", "c"}
    assert hidden({"a": 1, "b": 5, "c": 8}) == {"a", "c"}, "6 together could only be 1 and 5"


def test_where_nothing_can_hide_it_the_whole_table_is_hidden():
    assert hidden({"a": 3, "b": 0, "c": 0}) == {"a", "b", "c"}


def test_what_must_stay_hidden_for_another_reason_is_never_alone():
    assert hidden({"a": 8, "b": 9, "c": 20}, {"a"}) == {"a", "b"}
    assert hidden({"a": 8, "b": 9, "c": 20}, {"a", "c"}) == {"a", "c"}
