"""One word: what it may stand for among the known words."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein

from .lexemes import all_of, any_of, both, exactly, starting, unique
from .vocabulary import Vocabulary
from .words import GENERIC_WORDS, before_generic, sound, stem

MOST_ALTERNATIVES = 40
NEAREST = 200
NEARLY = 0.85  # so alike that the word was meant, not its parts
ALIKE = ((5, 0.78), (7, 0.74), (1000, 0.72))  # up to this length a word must be so alike


@dataclass(frozen=True)
class Understood:
    """What one word may stand for. ``instead`` is the spelling of the word that it was taken for."""

    alternatives: tuple[str, ...] = ()
    instead: str = ""


def understand(known: Vocabulary, word: str) -> Understood:
    """One word: the same or inside a compound; else the known words in it; else a word that sounds alike."""
    there = known.remembered.get(word)
    if not isinstance(there, Understood):
        there = known.remembered[word] = _understand(known, word)
        if len(known.remembered) > 5000:
            known.remembered.clear()
    return there


def _understand(known: Vocabulary, word: str) -> Understood:
    if word.isdigit() or len(word) < 2:
        return Understood((exactly(word),))
    found = [*meanings(known, word), *map(exactly, known.same(word)), *map(exactly, _around(known, word))]
    for one in known.same(word):
        found += meanings(known, one)
    if found:
        return Understood(unique([starting(word), *found]))
    alike = _alike(known, word)
    if not (alike and _written_alike(word, alike[0], NEARLY)) and (inner := _inside(known, word)):
        return Understood(_with_relatives(known, word, inner))
    if alike:
        return Understood(_with_relatives(known, word, alike), known.spelling[alike[0]])
    return Understood()


def _with_relatives(known: Vocabulary, word: str, meant: Sequence[str]) -> tuple[str, ...]:
    return unique([starting(word), *(a for one in meant for a in _known_word(known, one))])


def _known_word(known: Vocabulary, word: str) -> list[str]:
    """A known word with its relatives, its other meanings and where it lies."""
    found = [starting(word), *map(exactly, known.same(word)), *map(exactly, _around(known, word))]
    found += meanings(known, word)
    found += [all_of(place.lexemes) for place in known.places.get(sound(word), ())]
    return found


def meanings(known: Vocabulary, word: str) -> list[str]:
    """What the Redaktion says that a word stands for; also in another number or case."""
    found = known.synonyms.get(sound(word), ())
    if not found:
        for one in known.same(word):
            found += known.synonyms.get(sound(one), ())
    return [meaning_of(known, one) for one in found]


def meaning_of(known: Vocabulary, words: Sequence[str]) -> str:
    return both([any_of([starting(word), *map(exactly, known.same(word)[:6])]) for word in words])


def _around(known: Vocabulary, word: str) -> list[str]:
    """Known words that begin or end with this one, or have it in the middle where it is long enough."""
    heard = sound(word)
    if len(heard) < 3:
        return []
    shorter = heard[:-1] if len(heard) > 5 and heard[-1] in "en" else heard
    found = []
    for other, other_heard in known.containing(shorter):
        if heard in other_heard:
            fits = len(heard) >= 5 or other_heard.startswith(heard)
            fits = fits or (len(heard) >= 4 and other_heard.endswith(heard))
        else:
            fits = other_heard.endswith(shorter)
        if fits and known.count[other]:
            found.append(other)
            if len(found) == MOST_ALTERNATIVES:
                break
    return found


def _inside(known: Vocabulary, word: str) -> list[str]:
    """The known parts of a compound, without those that say little: a Rollatorkurs is about Rollatoren."""
    heard = sound(word)
    if len(heard) < 6:
        return []
    if first := before_generic(word):
        found = list(dict.fromkeys([*known.same(first), *_starting_with(known, sound(first))]))
        if found:
            return found
    parts: list[tuple[int, int, str]] = []
    for length in range(min(len(heard) - 2, 30), 3, -1):
        for start in range(len(heard) - length + 1):
            at_the_edge = start == 0 or start + length == len(heard)
            if (length < 6 and not at_the_edge) or any(b < start + length and start < e for b, e, _ in parts):
                continue
            part = heard[start : start + length]
            there = known.by_heard.get(part) or (known.by_key.get(stem(part)) if at_the_edge else None)
            if there:
                parts.append((start, start + length, there[0]))
    parts.sort()
    telling = [part for part in parts if part[2] not in GENERIC_WORDS]
    covered = sum(end - begin for begin, end, _ in parts)
    if covered < (0.5 if telling else 0.8) * len(heard):
        return []
    return [part[2] for part in telling or parts[:1]]


def _starting_with(known: Vocabulary, heard: str) -> list[str]:
    if len(heard) < 3:
        return []
    return [other for other, other_heard in known.containing(heard) if other_heard.startswith(heard)][:8]


def _alike(known: Vocabulary, word: str) -> list[str]:
    """The known words nearest to a slip of the finger, best first."""
    heard = sound(word)
    if len(word) < 4 or any(c.isdigit() for c in word):
        return []
    if len(heard) < 4:  # so little is heard of it that only the letters can tell
        hits = process.extract(
            word, known.words, scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=0.8, limit=2
        )
        return [other for other, _, _ in hits]
    least = next(limit for length, limit in ALIKE if len(heard) <= length)
    if len(heard) < 7:  # one slip may leave nothing of every run of three letters
        near = [
            at
            for length in range(int(len(heard) * least), int(len(heard) / least) + 2)
            for at in known.by_length.get(length, ())
        ]
    else:
        near = known.near(heard, NEAREST)
    heard_near = [known.heard[at] for at in near]
    hits = process.extract(
        heard, heard_near, scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=least, limit=6
    )
    found = [(score, near[at]) for _, score, at in hits if _written_alike(word, known.words[near[at]])]
    if not found and len(heard) >= 7:
        long = [at for at in near if len(known.heard[at]) >= 6]
        partial = process.extract(
            heard, [known.heard[at] for at in long], scorer=fuzz.partial_ratio, score_cutoff=84, limit=6
        )
        found = [
            (score / 100, long[at])
            for other, score, at in partial
            if min(len(other), len(heard)) >= 0.55 * max(len(other), len(heard))
            and _written_alike(word, known.words[long[at]], 0.5)
        ]
    if not found:
        return []
    found.sort(key=lambda hit: (-hit[0], hit[1]))
    best = found[0][0]
    return [known.words[at] for score, at in found if score > best - 0.07][:4]


def _written_alike(word: str, other: str, least: float = 0.6) -> bool:
    """Words that only sound alike are no slips: qwertz is no Queer."""
    return DamerauLevenshtein.normalized_similarity(word, other) >= least
