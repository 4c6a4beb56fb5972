"""From what somebody typed to what PostgreSQL looks for. Pure Python over the known words; no statement."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from .lexemes import all_of, any_of, both, exactly, starting, unique
from .needs import Answer, answer_to, match
from .understanding import meaning_of, understand
from .vocabulary import KnownNeed, Place, Vocabulary, current
from .words import MOST_WORDS, STOP_WORDS, VAGUE_WORDS, clean, key, sound, spelled, tokens


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
    districts: tuple[str, ...] = ()  # of the filter beside the query

    @property
    def answer(self) -> Answer | None:
        """Who helps; the district of the filter counts, else the one that was typed. No statement."""
        typed = [self.place.district_slug] if self.place else []
        return answer_to(self.need, self.districts or typed)

    @property
    def blank(self) -> bool:
        return self.tsquery is None

    def __bool__(self) -> bool:
        return self.tsquery is not None


def expand(q: str, districts: Sequence[str] = ()) -> Expansion:
    """Never raises for any text; a query whose words nobody knows finds nothing. ``districts``: slugs of the filter."""
    q = clean(q)
    found = expand_with(current(), q) if tokens(q) else Expansion(q)
    return replace(found, districts=tuple(districts))


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
    slips = [at for at in range(len(folded)) if not known.same(folded[at])]
    need, used = match(known.needs, folded, corrected, slips)
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
        found.append(all_of(place.lexemes))
    if found:
        own = [starting(folded[at]) for at in window]
        found = [both(own), *found]
    if len(window) > 1 or window[-1] - window[0] + 1 > 1:
        found += [meaning_of(known, one) for one in known.synonyms.get(whole, ())]
        if len(window) == 2 and (joined := known.by_key.get(key("".join(folded[at] for at in window)))):
            found += [exactly(word) for word in joined]
            found.append(both([starting(folded[at]) for at in window]))
    elif (pair := known.pairs.get(heard)) and not known.same(folded[window[0]]):
        found.append(all_of(pair))
    return unique(found)


def _query(
    known: Vocabulary,
    groups: list[tuple[tuple[int, ...], tuple[str, ...]]],
    unknown: list[int],
    folded: list[str],
    need: KnownNeed | None,
    used: frozenset[int],
) -> str | None:
    """AND between words, OR within; a need widens the words that it was recognised by."""
    widened = [any_of(words) for window, words in groups if set(window) & used]
    others = [any_of(words) for window, words in groups if not set(window) & used]
    if need and need.finds:
        own = [both([starting(folded[at]) for at in sorted(used)])]  # einsam, not gemeinsam
        return both([any_of([*own, *(meaning_of(known, one) for one in need.finds)]), *others])
    if widened or others:
        return both([*widened, *others])
    words = [folded[at] for at in unknown] or ([folded[at] for at in sorted(used)] if need else [])
    return both([starting(word) for word in words]) if words else None
