"""Search for people who do not know how the portal calls things.

``expand(q)`` turns typed words into a tsquery over folded text, ``answer()`` finds the person a need calls for,
``note_unmet()`` counts what nobody offers yet.
"""

from collections.abc import Sequence

from .expansion import Expansion, expand
from .needs import Answer, answer_to
from .unmet import forget_before, note_unmet
from .vocabulary import OfficeLine, Page, Place, current, forget

__all__ = [
    "Answer",
    "Expansion",
    "OfficeLine",
    "Page",
    "Place",
    "answer",
    "current",
    "expand",
    "forget",
    "forget_before",
    "note_unmet",
]


def answer(found: Expansion, districts: Sequence[str] = ()) -> Answer | None:
    """What stands above the results; the district of the filter counts, else the one that was typed."""
    return answer_to(found.need, districts or ([found.place.district_slug] if found.place else []))
