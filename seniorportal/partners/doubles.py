"""Which two partners may be the same organisation, how sure that is, and why: in words for whoever decides.

Nothing is decided here. A search costs three statements, whatever the number of partners; the rest is arithmetic.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein

from seniorportal.models import District, Partner, PartnersApart, Quarter
from seniorportal.partners.names import phone_key, website_key, words
from seniorportal.text import fold_street

SURE, LIKELY, MAYBE = 75, 50, 30  # points
WORDS = {SURE: "sicher dieselbe", LIKELY: "sehr wahrscheinlich dieselbe", MAYBE: "vielleicht dieselbe"}
A_FEW = 3  # partners with one number or website: more than these share a switchboard, and it says little
TYPO, NEAR = 0.8, 78  # how like two words are (of 1), two names (of 100)


@dataclass(frozen=True)
class Facts:
    """What is compared of one partner; ``pk`` 0: not stored yet."""

    pk: int
    name: str
    kind: str
    phone: str = ""
    website: str = ""
    email: str = ""
    street: str = ""
    districts: frozenset[int] = frozenset()
    words: tuple[str, ...] = field(init=False, default=())

    def __post_init__(self) -> None:
        for name, value in (
            ("words", words(self.name)),
            ("phone", phone_key(self.phone)),
            ("website", website_key(self.website)),
            ("email", self.email.strip().lower()),
            ("street", fold_street(self.street)),
        ):
            object.__setattr__(self, name, value)


@dataclass(frozen=True)
class Alike:
    """Two partners that may be one; ``first`` was entered earlier."""

    first: Facts
    second: Facts
    points: int
    reasons: tuple[str, ...]

    @property
    def level(self) -> int:
        return next(least for least in WORDS if self.points >= least)

    @property
    def verdict(self) -> str:
        return WORDS[self.level]


class Network:
    """All partners side by side, and what is common among them."""

    def __init__(self, facts: Iterable[Facts], places: Iterable[str]) -> None:
        self.facts = sorted(facts, key=lambda one: one.pk)
        self.places = {word for place in places for word in words(place)}
        self.often = Counter(word for one in self.facts for word in set(one.words))
        self.shared = {
            name: Counter(value for one in self.facts if (value := getattr(one, name)))
            for name in ("phone", "website", "email")
        }
        self._by: dict[str, dict[str, list[Facts]]] = {
            name: defaultdict(list) for name in ("phone", "website", "email", "word")
        }
        for one in self.facts:
            for name in self.shared:
                if value := getattr(one, name):
                    self._by[name][value].append(one)
            for word in set(one.words):
                self._by["word"][word].append(one)
        self._spelled = {one.pk: "".join(sorted(one.words)) for one in self.facts}
        self._by_pk = {one.pk: one for one in self.facts}

    def like(self, wanted: Facts, least: int = 0) -> list[Alike]:
        """The partners that may be this one, the surest first; ``least``: only those entered after that one."""
        near: set[int] = set()
        for name in self.shared:
            near |= {one.pk for one in self._by[name].get(getattr(wanted, name), ())}
        for word in set(wanted.words):
            some = self._by["word"].get(word, [])
            near |= {one.pk for one in some} if len(some) <= A_FEW else set()
        spelled = "".join(sorted(wanted.words))
        spellings = process.extract(spelled, self._spelled, scorer=fuzz.ratio, score_cutoff=NEAR, limit=None)
        near |= {pk for _, _, pk in spellings}
        found = (self.compare(self._by_pk[pk], wanted) for pk in near if pk > least and pk != wanted.pk)
        return sorted((one for one in found if one), key=lambda one: (-one.points, one.first.pk))

    def named(self, name: str) -> list[Facts]:
        """The partner of exactly this name, but for capitals; one at most, or none."""
        return [one for one in self.facts if one.name.casefold() == name.casefold()][:1]

    def pairs(self) -> list[Alike]:
        found = [alike for one in self.facts for alike in self.like(one, least=one.pk)]
        return sorted(found, key=lambda one: (-one.points, one.first.name, one.second.name))

    def compare(self, a: Facts, b: Facts) -> Alike | None:
        points, reasons = self._names(a, b)
        said = bool(points)
        for name, most, sentence in (
            ("phone", 35, "gleiche Telefonnummer"),
            ("website", 30, "gleiche Internetseite"),
            ("email", 30, "gleiche E-Mail"),
        ):
            mine, theirs = getattr(a, name), getattr(b, name)
            if mine and mine == theirs:
                few = self.shared[name][mine] <= A_FEW
                points += most if few else 10 if said else 0
                reasons.append(sentence if few else f"{sentence} wie viele andere")
            elif mine and theirs and name == "phone":
                points -= 15
        if a.street and a.street == b.street:
            points += 15
            reasons.append("gleiche Straße und Hausnummer")
        if a.kind == b.kind:
            points += 5
        elif Partner.Kind.OTHER not in (a.kind, b.kind):
            points -= 10
            reasons.append("aber nicht dieselbe Art")
        if a.districts and b.districts and not a.districts & b.districts:
            points -= 15
            reasons.append("aber in verschiedenen Stadtbezirken")
        first, second = (a, b) if not b.pk or a.pk < b.pk else (b, a)
        return Alike(first, second, points, tuple(reasons)) if points >= MAYBE else None

    def _names(self, a: Facts, b: Facts) -> tuple[int, list[str]]:
        if a.words and key_of(a) == key_of(b):
            same = a.name.casefold() == b.name.casefold()
            return 60, ["gleicher Name" if same else "gleicher Name in anderer Schreibweise"]
        if "".join(a.words) == "".join(b.words):
            return 55, ["gleicher Name, anders getrennt"]
        left, right = rest(a.words, b.words), rest(b.words, a.words)
        typos = 0
        for word in list(left):
            other = next((one for one in right if self._typo(word, one)), None)
            if other:
                left.remove(word)
                right.remove(other)
                typos += 1
        if not left and not right:
            return 45, ["fast gleicher Name"]
        if left and right:
            joined = DamerauLevenshtein.normalized_similarity("".join(left), "".join(right))
            if joined == 1:
                return 45, ["fast gleicher Name, anders getrennt"]
            return 0, []
        more = left or right
        common = set(a.words) & set(b.words)
        rare = any(self.often[word] <= A_FEW and word not in self.places for word in common)
        if not rare or typos or any(self._tells_apart(word) for word in more):
            return (10 if common - self.places and not typos else 0), ["ein Name steckt im anderen"]
        return 30, ["ein Name steckt im anderen"]

    def _typo(self, word: str, other: str) -> bool:
        """Two spellings of one word, not two words that organisations are told apart by."""
        if min(len(word), len(other)) < 5 or any(c.isdigit() for c in word + other):
            return False
        if (word in self.places or self.often[word] > 1) and (other in self.places or self.often[other] > 1):
            return False
        return DamerauLevenshtein.normalized_similarity(word, other) >= TYPO

    def _tells_apart(self, word: str) -> bool:
        return word in self.places or word.isdigit()


def rest(words_of_one: tuple[str, ...], words_of_other: tuple[str, ...]) -> list[str]:
    """The words of one that the other does not have, each as often as it stands there."""
    return sorted((Counter(words_of_one) - Counter(words_of_other)).elements(), key=len, reverse=True)


def key_of(facts: Facts) -> str:
    return " ".join(sorted(facts.words))


def in_order(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


# From the database


def facts_of_all() -> Iterator[Facts]:
    """Every partner, whoever asks: a double is one even where somebody sees only half of it. Two statements."""
    districts: dict[int, set[int]] = defaultdict(set)
    for partner, district in Partner.districts.through.objects.values_list("partner_id", "district_id"):
        districts[partner].add(district)
    fields = ("pk", "name", "kind", "phone", "website", "email", "street")
    for row in Partner.objects.order_by("pk").values_list(*fields):
        named: dict[str, Any] = dict(zip(fields, row, strict=True))
        yield Facts(**named, districts=frozenset(districts[row[0]]))


def network() -> Network:
    """Four statements."""
    places = [
        name
        for model in (District, Quarter)
        for name in model._default_manager.values_list("name", flat=True)
    ]
    return Network(facts_of_all(), places)


def said_apart() -> set[tuple[int, int]]:
    return set(PartnersApart.objects.values_list("one", "other"))


def open_pairs() -> list[Alike]:
    """The pairs that nobody has decided yet. Five statements."""
    apart = said_apart()
    return [p for p in network().pairs() if in_order(p.first.pk, p.second.pk) not in apart]


def like(wanted: Facts) -> list[Alike]:
    """Who may be this one, without those of whom somebody said that they are not. Five statements."""
    apart = said_apart() if wanted.pk else set()
    return [one for one in network().like(wanted) if in_order(one.first.pk, one.second.pk) not in apart]
