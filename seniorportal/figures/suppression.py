"""Small cells of figures about persons: 1 to 4 are not shown, nor is anything they could be computed from.

Assumed is a reader who knows the total, every cell that is shown, and which hidden cells are below 5.
"""

from collections.abc import Iterable, Mapping

SMALL = range(1, 5)


def hidden(cells: Mapping[str, int], too_small: Iterable[str] = ()) -> set[str]:
    """The keys to hide; ``too_small`` names cells that are small for a reason this table cannot see.

    Where the small cells alone do not hide each other, the smallest other cell that does joins them; where none is
    enough, the whole table is hidden.
    """
    forced = set(too_small)
    small = {key for key, number in cells.items() if number in SMALL}
    if _is_safe(cells, small | forced):
        return small | forced
    others = sorted(
        (number, key) for key, number in cells.items() if key not in small | forced and number >= 5
    )
    for _, key in others:
        if _is_safe(cells, small | forced | {key}):
            return small | forced | {key}
    return set(cells)


def _is_safe(cells: Mapping[str, int], chosen: set[str]) -> bool:
    """Whether each small cell could have at least two values, and nothing chosen stands alone."""
    if not chosen:
        return True
    if len(chosen) < 2:
        return False
    small = [cells[key] for key in chosen if cells[key] in SMALL]
    if not small:
        return True
    others = [cells[key] for key in chosen if cells[key] not in SMALL]
    together = sum(small) + sum(others)
    # Whatever else is hidden takes between ``least`` and ``most`` of what is hidden together.
    least = len(small) - 1 + sum(5 for number in others if number)
    most = float("inf") if others else 4 * (len(small) - 1)
    lowest, highest = max(1, together - most), min(4, together - least)
    return highest - lowest >= 1
