"""From what somebody typed to what PostgreSQL looks for. Pure Python over the known words; no statement."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein

from .needs import match
from .vocabulary import KnownNeed, Place, Vocabulary, current
from .words import (
    GENERIC_WORDS,
    MOST_WORDS,
    STOP_WORDS,
    VAGUE_WORDS,
    before_generic,
    clean,
    key,
    sound,
    spelled,
    stem,
    tokens,
)

MOST_ALTERNATIVES = 40
ALIKE = ((5, 0.78), (7, 0.74), (100, 0.72))  # up to this length a word must be so alike


@dataclass(frozen=True)
class Expansion:
    """``tsquery`` is for ``words @@ %s::tsquery``, None when there was nothing to look for."""

    q: str
    tsquery: str | None = None
    words: tuple[str, ...] = ()  # understood
    without: tuple[str, ...] = ()  # left out, since nobody knows them and other words are known
    did_you_mean: str = ""
    need: KnownNeed | None = None
    place: Place | None = None

    @property
    def blank(self) -> bool:
        return self.tsquery is None

    def __bool__(self) -> bool:
        return self.tsquery is not None


@dataclass(frozen=True)
class Understood:
    """What one word may stand for. ``instead`` is the spelling of the word that it was taken for."""

    alternatives: tuple[str, ...] = ()
    instead: str = ""


def expand(q: str) -> Expansion:
    """Never raises for any text; a query whose words nobody knows finds nothing."""
    q = clean(q)
    folded = tokens(q)
    return expand_with(current(), q) if folded else Expansion(q)


def expand_with(known: Vocabulary, q: str) -> Expansion:
    folded = tokens(q)[:MOST_WORDS]
    spelt = spelled(q)
    spelt = spelt if len(spelt) == len(tokens(q)) else list(folded)
    meant = [at for at, word in enumerate(folded) if word not in STOP_WORDS]
    meant = [at for at in meant if folded[at] not in VAGUE_WORDS and len(folded[at]) > 1] or meant
    groups: list[tuple[tuple[int, ...], tuple[str, ...]]] = []
    understood: list[str] = []
    unknown: list[int] = []
    instead = dict(enumerate(spelt))
    corrected = list(folded)
    place: Place | None = None
    rest = list(meant)
    for window in _windows(meant, folded):
        if not set(window) <= set(rest):
            continue
        heard = "".join(sound(folded[at]) for at in window)
        found = _as_a_whole(known, window, folded, heard)
        if not found:
            continue
        if places := known.places.get(heard):
            place = place or (places[0] if len({p.district for p in places}) == 1 else None)
        groups.append((window, found))
        understood += [spelt[at] for at in window]
        rest = [at for at in rest if at not in window]
    for at in rest:
        word = understand(known, folded[at])
        if word.instead:
            instead[at] = word.instead
            corrected[at] = "".join(tokens(word.instead))
            heard = sound(corrected[at])
            if (places := known.places.get(heard)) and place is None:
                place = places[0] if len({p.district for p in places}) == 1 else None
        if word.alternatives:
            groups.append(((at,), word.alternatives))
            understood.append(instead[at])
        else:
            unknown.append(at)
    need, used = match(known.needs, folded, corrected)
    query = _query(known, groups, unknown, folded, need, used)
    if query is None:
        return Expansion(q, need=need)
    changed = any(instead[at] != spelt[at] for at in rest)
    return Expansion(
        q,
        query,
        tuple(understood),
        tuple(spelt[at] for at in unknown if at not in used) if groups or need else (),
        " ".join(instead[at] for at in range(len(folded))) if changed and not need else "",
        need,
        place,
    )


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
    found = [*_meaning(known, word), *map(exactly, known.same(word)), *map(exactly, _around(known, word))]
    for one in known.same(word):
        found += _meaning(known, one)
    if found:
        return Understood(_unique([starting(word), *found]))
    if inner := _inside(known, word):
        return Understood(_unique([starting(word), *(a for part in inner for a in _known_word(known, part))]))
    alike = _alike(known, word)
    if alike:
        return Understood(
            _unique([starting(word), *(a for one in alike for a in _known_word(known, one))]),
            known.spelling[alike[0]],
        )
    return Understood()


def _known_word(known: Vocabulary, word: str) -> list[str]:
    """A known word with its relatives, its other meanings and where it lies."""
    found = [starting(word), *map(exactly, known.same(word)), *map(exactly, _around(known, word))]
    found += _meaning(known, word)
    found += [_all(place.lexemes) for place in known.places.get(sound(word), ())]
    return found


def _meaning(known: Vocabulary, word: str) -> list[str]:
    """What the Redaktion says that a word stands for; also in another number or case."""
    found = known.synonyms.get(sound(word), ())
    if not found:
        for one in known.same(word):
            found += known.synonyms.get(sound(one), ())
    return [_means(known, one) for one in found]


def _means(known: Vocabulary, words: Sequence[str]) -> str:
    return _and([_or([starting(word), *map(exactly, known.same(word)[:6])]) for word in words])


def _around(known: Vocabulary, word: str) -> list[str]:
    """Known words that begin or end with this one, or have it in the middle where it is long enough."""
    heard = sound(word)
    if len(heard) < 3:
        return []
    shorter = heard[:-1] if len(heard) > 5 and heard[-1] in "en" else heard
    found = []
    for at, other in enumerate(known.heard):
        if heard in other or (shorter is not heard and other.endswith(shorter)):
            long_enough = len(heard) >= 5 or other.startswith(heard) or (len(heard) >= 4 and other.endswith(heard))
            if long_enough and known.count[known.words[at]]:
                found.append(known.words[at])
                if len(found) == MOST_ALTERNATIVES:
                    break
    return found


def _inside(known: Vocabulary, word: str) -> list[str]:
    """The known parts of a compound, without those that say little: a Rollatorkurs is about Rollatoren."""
    heard = sound(word)
    if len(heard) < 6:
        return []
    if first := before_generic(heard):
        found = [word for word in known.by_key.get(stem(first), ()) if known.count[word]]
        found = found or _starting_with(known, first) if len(first) >= 4 or found else []
        if found:
            return found
    parts: list[tuple[int, int, str]] = []
    for length in range(min(len(heard) - 2, 30), 3, -1):
        for start in range(len(heard) - length + 1):
            at_the_edge = start == 0 or start + length == len(heard)
            if (length < 6 and not at_the_edge) or any(b < start + length and start < e for b, e, _ in parts):
                continue
            part = heard[start : start + length]
            found = known.by_heard.get(part) or (known.by_key.get(stem(part), ()) if at_the_edge else ())
            if found:
                parts.append((start, start + length, found[0]))
    parts.sort()
    telling = [part for part in parts if part[2] not in GENERIC_WORDS]
    covered = sum(end - begin for begin, end, _ in parts)
    if covered < (0.5 if telling else 0.8) * len(heard):
        return []
    return [part[2] for part in telling or parts[:1]]


def _starting_with(known: Vocabulary, heard: str) -> list[str]:
    return [word for word, other in zip(known.words, known.heard, strict=True) if other.startswith(heard)][:8]


def _alike(known: Vocabulary, word: str) -> list[str]:
    """The known words nearest to a slip of the finger, best first."""
    heard = sound(word)
    if len(heard) < 4 or any(c.isdigit() for c in word):
        return []
    least = next(limit for length, limit in ALIKE if len(heard) <= length)
    near = [
        at
        for length in range(int(len(heard) * least), int(len(heard) / least) + 2)
        for at in known.by_length.get(length, ())
    ]
    heard_near = [known.heard[at] for at in near]
    hits = process.extract(
        heard, heard_near, scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=least, limit=6
    )
    found = [(score, near[at]) for _, score, at in hits if _written_alike(word, known.words[near[at]])]
    if not found and len(heard) >= 7:
        long = [at for length, rows in known.by_length.items() if length >= 6 for at in rows]
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


def _windows(meant: list[int], folded: list[str]) -> Iterable[tuple[int, ...]]:
    """Runs of neighbouring words, longest first; a run may reach over stop words: Essen auf Rädern."""
    for length in range(min(4, len(folded)), 0, -1):
        for start in range(len(folded) - length + 1):
            window = tuple(at for at in range(start, start + length) if at in meant)
            if window and window[0] == start and window[-1] == start + length - 1:
                yield window


def _as_a_whole(known: Vocabulary, window: tuple[int, ...], folded: list[str], heard: str) -> tuple[str, ...]:
    """A place, a synonym of several words, or one word written in two; empty when it is none of these."""
    whole = "".join(sound(word) for word in folded[window[0] : window[-1] + 1])
    found: list[str] = []
    for place in known.places.get(heard, ()):
        found.append(_all(place.lexemes))
    if found:
        own = [starting(folded[at]) for at in window]
        found = [_and(own), *found]
    if len(window) > 1 or window[-1] - window[0] + 1 > 1:
        found += [_means(known, one) for one in known.synonyms.get(whole, ())]
        if len(window) == 2 and (joined := known.by_key.get(key("".join(folded[at] for at in window)))):
            found += [exactly(word) for word in joined]
            found.append(_and([starting(folded[at]) for at in window]))
    elif pair := known.pairs.get(heard):
        if not known.same(folded[window[0]]):
            found.append(_all(pair))
    return _unique(found)


def _query(
    known: Vocabulary,
    groups: list[tuple[tuple[int, ...], tuple[str, ...]]],
    unknown: list[int],
    folded: list[str],
    need: KnownNeed | None,
    used: frozenset[int],
) -> str | None:
    """AND between words, OR within; a need widens the words that it was recognised by."""
    widened = [_or(words) for window, words in groups if set(window) & used]
    others = [_or(words) for window, words in groups if not set(window) & used]
    if need and need.finds:
        own = [_and(widened)] if widened else []
        return _and([_or([*own, *(_means(known, one) for one in need.finds)]), *others])
    if widened or others:
        return _and([*widened, *others])
    words = [folded[at] for at in unknown] or ([folded[at] for at in sorted(used)] if need else [])
    return _and([starting(word) for word in words]) if words else None


def exactly(word: str) -> str:
    """A lexeme; words are letters and digits only, the quotes are for the parser."""
    return f"'{word}'"


def starting(word: str) -> str:
    return f"'{word}':*" if len(word) > 2 and not word.isdigit() else f"'{word}'"


def _all(words: Iterable[str]) -> str:
    return _and([exactly(word) for word in words])


def _or(parts: Sequence[str]) -> str:
    parts = _unique(parts)
    return parts[0] if len(parts) == 1 else f"({' | '.join(parts)})"


def _and(parts: Sequence[str]) -> str:
    parts = _unique(parts)
    return parts[0] if len(parts) == 1 else f"({' & '.join(parts)})"


def _unique(parts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(parts))
