"""The words that the portal knows, kept in the process: at most a minute behind the last edit."""

import logging
import threading
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import DatabaseError, connection
from django.utils import timezone

from seniorportal.access import PUBLIC, Right, visible
from seniorportal.models import (
    Carrier,
    Category,
    ContactPoint,
    District,
    EmergencyNumber,
    Language,
    Need,
    Offering,
    PlaceAlias,
    Quarter,
    ReportArea,
    Synonym,
    TargetGroup,
    TopicPage,
    Venue,
)

from .words import STOP_WORDS, key, sound, spelled, stem, tokens

logger = logging.getLogger(__name__)

LOOK_AGAIN = 20  # seconds; the server's own counters of written rows lag by up to ten
READ_AGAIN = 55  # where the server does not count


@dataclass(frozen=True)
class Place:
    """Where a word of the query lies. ``quarter`` is the slug, or empty where only the district is sure."""

    name: str
    district: str
    district_slug: str
    quarter: str
    lexemes: tuple[str, ...]


@dataclass(frozen=True)
class Phone:
    name: str
    number: str
    note: str
    checked: bool
    urgent: bool


@dataclass(frozen=True)
class OfficeLine:
    name: str
    district: str
    slug: str
    url: str
    number: str


@dataclass(frozen=True)
class KnownNeed:
    name: str
    sentence: str
    topic: str  # slug
    phrases: tuple[tuple[str, ...], ...]  # folded words, perhaps with a star
    finds: tuple[tuple[str, ...], ...]
    position: int


@dataclass(frozen=True)
class Page:
    title: str
    slug: str
    url: str
    phones: tuple[Phone, ...]


@dataclass
class Vocabulary:
    """Everything ``expand()`` looks at. Words are folded; ``heard`` runs parallel to ``words``."""

    spelling: dict[str, str] = field(default_factory=dict)
    count: Counter[str] = field(default_factory=Counter)
    pairs: dict[str, tuple[str, ...]] = field(default_factory=dict)  # sound of "taichi" -> tai, chi
    synonyms: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    places: dict[str, tuple[Place, ...]] = field(default_factory=dict)
    needs: tuple[KnownNeed, ...] = ()
    pages: dict[str, Page] = field(default_factory=dict)
    offices: tuple[OfficeLine, ...] = ()

    def add_text(self, text: str) -> None:
        folded = tokens(text)
        for word, spelt in zip(folded, spelled(text), strict=False):
            self.add_word(word, spelt)
        for first, second in zip(folded, folded[1:], strict=False):
            if len(first) + len(second) >= 5 and not {first, second} & STOP_WORDS:
                self.pairs.setdefault(sound(first + second), (first, second))

    def add_word(self, word: str, spelt: str) -> None:
        if 2 <= len(word) <= 40 and not word.isdigit() and word not in STOP_WORDS:
            self.count[word] += 1
            self.spelling.setdefault(word, spelt)

    def add_synonym(self, word: str, means: str) -> None:
        folded = tokens(word)
        found = tuple(tuple(tokens(one)) for one in means.split(",") if tokens(one))
        if folded and found:
            heard = "".join(map(sound, folded))
            self.synonyms[heard] = self.synonyms.get(heard, ()) + found
            if len(folded) == 1:
                self.spelling.setdefault(folded[0], word)
                self.count.setdefault(folded[0], 0)

    def add_place(self, name: str, place: Place) -> None:
        folded = tokens(name)
        heard = "".join(map(sound, folded))
        there = self.places.get(heard, ())
        if place not in there:
            self.places[heard] = (*there, place)
        if len(folded) == 1:
            self.spelling.setdefault(folded[0], name)
            self.count.setdefault(folded[0], 0)

    def settle(self) -> "Vocabulary":
        """Builds what is looked up; call once everything is in."""
        self.words = sorted(self.spelling, key=lambda word: (-self.count[word], word))
        self.heard = [sound(word) for word in self.words]
        self.by_heard: dict[str, list[str]] = {}
        self.by_key: dict[str, list[str]] = {}
        self.by_length: dict[int, list[int]] = {}
        self.by_three: dict[str, list[int]] = {}
        self.starts: list[int] = []
        at_letter = 0
        for at, (word, heard) in enumerate(zip(self.words, self.heard, strict=True)):
            self.by_heard.setdefault(heard, []).append(word)
            self.by_key.setdefault(stem(heard), []).append(word)
            self.by_length.setdefault(len(heard), []).append(at)
            for three in {heard[n : n + 3] for n in range(len(heard) - 2)}:
                self.by_three.setdefault(three, []).append(at)
            self.starts.append(at_letter)
            at_letter += len(heard) + 1
        self.all_heard = "\n".join(self.heard) + "\n"
        self.remembered: dict[str, object] = {}  # answers for words already asked for
        return self

    def containing(self, heard: str) -> Iterator[tuple[str, str]]:
        """Words in which the sound occurs, each with its own sound; the most frequent first."""
        at = self.all_heard.find(heard)
        while at >= 0:
            number = bisect_right(self.starts, at) - 1
            yield self.words[number], self.heard[number]
            at = self.all_heard.find(heard, self.starts[number] + len(self.heard[number]))

    def near(self, heard: str, most: int) -> list[int]:
        """Numbers of the words that share most runs of three letters with a sound."""
        shared: Counter[int] = Counter()
        for three in {heard[n : n + 3] for n in range(len(heard) - 2)}:
            shared.update(self.by_three.get(three, ()))
        return [at for at, _ in shared.most_common(most)]

    def same(self, word: str) -> list[str]:
        return self.by_key.get(key(word), [])


_current: Vocabulary | None = None
_version: tuple[int, ...] = ()
_looked = _read = 0.0
_lock = threading.Lock()


def current() -> Vocabulary:
    """No statement while the last look is younger than twenty seconds, one while nothing was written."""
    global _looked
    now = time.monotonic()
    if _current is not None and now - _looked < LOOK_AGAIN:
        return _current
    if _current is not None and not _lock.acquire(blocking=False):
        return _current  # another thread is looking
    if _current is None:
        _lock.acquire()
    try:
        _looked = now
        return _renewed(now)
    except DatabaseError:
        if _current is None:
            raise
        logger.warning("search: the known words are those of %.0f seconds ago", now - _read)
        return _current
    finally:
        _lock.release()


def forget() -> None:
    """The next question reads everything anew; for tests and for commands that loaded rows."""
    global _current
    _current = None


def _renewed(now: float) -> Vocabulary:
    global _current, _version, _read
    version = _written_rows()
    uncounted = version == (0,) and now - _read > READ_AGAIN
    if _current is None or version != _version or uncounted:
        _current, _version, _read = load(), version, now
    return _current


_SOURCES = (
    Offering, Venue, ContactPoint, Category, TargetGroup, Language, Carrier, District, Quarter, PlaceAlias, Synonym,
    Need, TopicPage, EmergencyNumber, EmergencyNumber.topics.through,
)  # fmt: skip


def _written_rows() -> tuple[int, ...]:
    """Rows ever written to the tables that words come from, as the server counts them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)::bigint"
            " FROM pg_stat_user_tables WHERE relname = ANY(%s)",
            [[model._meta.db_table for model in _SOURCES]],
        )
        return tuple(cursor.fetchone())


def load() -> Vocabulary:
    """A dozen statements, each over distinct texts: repeated titles cost nothing."""
    found = Vocabulary()
    for text in _texts():
        found.add_text(text)
    _load_places(found)
    for word, means in visible(PUBLIC, Right.SEE, Synonym.objects.all()).values_list("word", "means"):
        found.add_synonym(word, means)
    _load_answers(found)
    return found.settle()


def _texts() -> Iterable[str]:
    today = timezone.localdate()
    offerings = visible(PUBLIC, Right.SEE, Offering.objects.active_on(today)).order_by()
    for name in ("title", "summary", "description", "meeting_point"):
        yield from offerings.exclude(**{name: ""}).values_list(name, flat=True).distinct()
    venues = visible(PUBLIC, Right.SEE, Venue.objects.active_on(today)).order_by()
    yield from venues.values_list("name", flat=True).distinct()
    vocabularies = (Category, TargetGroup, Language, Carrier)
    names = [
        visible(PUBLIC, Right.SEE, m._default_manager.order_by()).values_list("name") for m in vocabularies
    ]
    for (name,) in names[0].union(*names[1:]):
        yield name
    yield from Offering.Form.labels


def _load_places(found: Vocabulary) -> None:
    quarters = list(visible(PUBLIC, Right.SEE, Quarter.objects.select_related("district").order_by("code")))
    districts = {quarter.district for quarter in quarters}
    named = {district.name for district in districts}
    for district in sorted(districts, key=lambda one: one.slug):
        found.add_place(
            district.name,
            Place(district.name, district.name, district.slug, "", tuple(tokens(district.name))),
        )
    for quarter in quarters:
        if quarter.name in named:
            continue  # Hörde is first of all the district
        for name in (quarter.name, *_parts(quarter.name)):
            found.add_place(
                name,
                Place(
                    name,
                    quarter.district.name,
                    quarter.district.slug,
                    quarter.slug,
                    tuple(tokens(quarter.name)),
                ),
            )
    aliases = visible(PUBLIC, Right.SEE, PlaceAlias.objects.select_related("quarter", "district"))
    for alias in aliases:
        inside = alias.quarter or alias.district
        place = Place(
            alias.name,
            alias.district.name,
            alias.district.slug,
            alias.quarter.slug if alias.quarter else "",
            tuple(tokens(inside.name)),
        )
        found.add_place(alias.name, place)


def _parts(name: str) -> list[str]:
    """Villages that share a statistical district: Kurl-Husen is Kurl and Husen; Scharnhorst-Ost is no Ost."""
    parts = name.split("-")
    return [part for part in parts if len(parts) > 1 and len(part) > 3 and "Scharnhorst" not in parts]


def _load_answers(found: Vocabulary) -> None:
    pages = visible(PUBLIC, Right.SEE, TopicPage.objects.for_list())
    numbers = visible(PUBLIC, Right.SEE, EmergencyNumber.objects.prefetch_related("topics"))
    phones: dict[int, list[Phone]] = {}
    for row in numbers:
        for topic in row.topics.all():
            phones.setdefault(topic.pk, []).append(
                Phone(row.name, row.number, row.note, row.checked_on is not None, row.urgent)
            )
    for page in pages:
        slug = page.topic.slug
        found.pages[slug] = Page(
            page.title, slug, page.get_absolute_url(), tuple(phones.get(page.topic_id, ()))
        )
    needs = visible(PUBLIC, Right.SEE, Need.objects.select_related("topic")).order_by("position", "name")
    found.needs = tuple(
        KnownNeed(
            need.name,
            need.sentence,
            need.topic.slug,
            tuple(phrase for line in need.phrases.splitlines() if (phrase := _phrase(line))),
            tuple(tuple(tokens(one)) for one in need.finds.split(",") if tokens(one)),
            need.position,
        )
        for need in needs
    )
    offices = visible(
        PUBLIC, Right.SEE, Venue.objects.in_area(ReportArea.OFFICES).active_on(timezone.localdate())
    )
    found.offices = tuple(
        OfficeLine(
            office.name,
            office.district.name,
            office.district.slug,
            office.get_absolute_url(),
            next(
                (point.value for point in office.contact_points.all() if point.kind == point.Kind.PHONE), ""
            ),
        )
        for office in offices.select_related("district")
        .prefetch_related("contact_points")
        .order_by("district__sort")
        if office.district
    )


def _phrase(line: str) -> tuple[str, ...]:
    words = []
    for word in line.split():
        folded = tokens(word)
        words += folded[:-1] + [folded[-1] + "*" * word.endswith("*")] if folded else []
    return tuple(words)
