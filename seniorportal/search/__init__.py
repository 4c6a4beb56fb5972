"""Search for people who do not know how the portal calls things.

``expand(q)`` turns typed words into a tsquery over folded text, ``answer()`` finds the person a need calls for,
``note_unmet()`` counts what nobody offers yet.
"""

from collections.abc import Sequence
from dataclasses import replace

from .expansion import Expansion, expand
from .needs import Answer
from .unmet import note_unmet
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
    "note_unmet",
]


def answer(found: Expansion, districts: Sequence[str] = ()) -> Answer | None:
    """What stands above the results; the district of the filter counts, else the one that was typed."""
    return replace(found, districts=tuple(districts)).answer if districts else found.answer
