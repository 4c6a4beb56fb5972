"""Needs find people: what somebody typed may call for a person rather than a date."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import DamerauLevenshtein

from .vocabulary import KnownNeed, OfficeLine, Page, current
from .words import key

ALIKE = 0.82
CANNOT_WAIT = 10  # needs up to this position show their numbers first


@dataclass(frozen=True)
class Answer:
    """Stands above the results. ``office`` when the district is known, otherwise all ``offices``."""

    sentence: str
    page: Page | None
    office: OfficeLine | None
    offices: tuple[OfficeLine, ...]
    urgent: bool = False


def match(
    needs: Sequence[KnownNeed], folded: Sequence[str], corrected: Sequence[str], slips: Sequence[int]
) -> tuple[KnownNeed | None, frozenset[int]]:
    """The need whose longest phrase occurs in the words, and which words those are. ``slips``: words nobody knows."""
    best: tuple[int, int, KnownNeed, frozenset[int]] | None = None
    where: dict[str, int | None] = {}  # of each wanted word, looked for once
    for need in needs:
        for phrase in need.phrases:
            if best is not None and (-len(phrase), need.position) >= best[:2]:
                continue
            used = set()
            for wanted in phrase:
                if wanted not in where:
                    where[wanted] = _position(wanted, folded, corrected, slips)
                used.add(where[wanted])
            if None not in used:
                best = (-len(phrase), need.position, need, frozenset(at for at in used if at is not None))
    return (best[2], best[3]) if best else (None, frozenset())


def _position(
    wanted: str, folded: Sequence[str], corrected: Sequence[str], slips: Sequence[int]
) -> int | None:
    start = wanted.rstrip("*")
    for words in (folded, corrected):
        for at, word in enumerate(words):
            if word == start or (wanted.endswith("*") and word.startswith(start)):
                return at
            if len(start) >= 5 and word[:2] == start[:2] and key(word) == key(start):
                return at
    if len(start) < 5:
        return None
    for at in slips:
        word = folded[at][: len(start)] if wanted.endswith("*") else folded[at]
        if DamerauLevenshtein.normalized_similarity(word, start) >= ALIKE:
            return at
    return None


def answer_to(need: KnownNeed | None, districts: Sequence[str]) -> Answer | None:
    """No statement in a warm process. One known district leads to its office, else all of them are offered."""
    if need is None:
        return None
    known = current()
    asked = [office for office in known.offices if office.slug in districts]
    return Answer(
        need.sentence,
        known.pages.get(need.topic),
        asked[0] if len(asked) == 1 else None,
        tuple(asked) or known.offices,
        need.position <= CANNOT_WAIT,
    )
