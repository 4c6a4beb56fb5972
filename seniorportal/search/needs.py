"""Needs find people: what somebody typed may call for a person rather than a date."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import DamerauLevenshtein

from .vocabulary import KnownNeed, OfficeLine, Page, current
from .words import key

ALIKE = 0.82


@dataclass(frozen=True)
class Answer:
    """Stands above the results. ``office`` when the district is known, otherwise all ``offices``."""

    sentence: str
    page: Page | None
    office: OfficeLine | None
    offices: tuple[OfficeLine, ...]


def match(
    needs: Sequence[KnownNeed], folded: Sequence[str], corrected: Sequence[str]
) -> tuple[KnownNeed | None, frozenset[int]]:
    """The need whose longest phrase occurs in the words, and which words those are."""
    best: tuple[int, int, KnownNeed, frozenset[int]] | None = None
    for need in needs:
        for phrase in need.phrases:
            used = _found(phrase, folded, corrected)
            if used and (best is None or (-len(phrase), need.position) < best[:2]):
                best = (-len(phrase), need.position, need, used)
    return (best[2], best[3]) if best else (None, frozenset())


def _found(phrase: tuple[str, ...], folded: Sequence[str], corrected: Sequence[str]) -> frozenset[int]:
    used = set()
    for wanted in phrase:
        at = next(
            (at for at, word in enumerate(folded) if _is(word, wanted) or _is(corrected[at], wanted)), None
        )
        if at is None:
            return frozenset()
        used.add(at)
    return frozenset(used)


def _is(word: str, wanted: str) -> bool:
    if wanted.endswith("*"):
        start = wanted[:-1]
        return word.startswith(start) or (
            len(start) >= 5 and DamerauLevenshtein.normalized_similarity(word[: len(start)], start) >= ALIKE
        )
    if word == wanted or (len(wanted) >= 5 and key(word) == key(wanted)):
        return True
    return len(wanted) >= 6 and DamerauLevenshtein.normalized_similarity(word, wanted) >= ALIKE


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
    )
