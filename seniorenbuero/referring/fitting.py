"""What fits: offerings, meeting places and partners for topics, a district and what the person can manage.

A fixed number of statements, however large the city: offerings of the district, offerings around it, places, partners.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from seniorenbuero.referring import mapping
from seniorportal import listing, vocabularies
from seniorportal.access import PUBLIC, Principal, Right, visible
from seniorportal.models import (
    AccessibilityFact,
    Card,
    ConsultationTopic,
    District,
    Partner,
    Quarter,
    ReportArea,
    Venue,
)
from seniorportal.programme import state
from seniorportal.public.filters import access

MOST_OFFERINGS, MOST_VENUES, MOST_PARTNERS = 6, 4, 4
ASK = "Zugang bitte erfragen"
FEW = 4  # so few in the district that the rest of the city is looked at


@dataclass(frozen=True)
class Wish:
    """``can``: what the place must have, by the values of «Was schaffe ich?»."""

    topics: tuple[ConsultationTopic, ...] = ()
    categories: tuple[str, ...] = ()
    district: District | None = None
    quarter: Quarter | None = None
    can: tuple[str, ...] = ()

    @property
    def way(self) -> mapping.Way:
        return mapping.Way(self.categories) | mapping.of(self.topics)

    def __bool__(self) -> bool:
        return bool(self.topics or self.categories)


@dataclass
class Suggestion:
    """A line of the list; ``key`` is what a form sends back."""

    key: str
    name: str
    url: str = ""
    when: str = ""
    day: dt.date | None = None
    start: dt.time | None = None
    state: str = ""
    place: str = ""
    district: str = ""
    facts: str = ""
    phone: str = ""
    example: bool = False
    elsewhere: bool = False


@dataclass
class Fitting:
    """What a wish finds; ``themes`` are the names of the themes that were looked for."""

    wish: Wish
    themes: list[str] = field(default_factory=list)
    offerings: list[Suggestion] = field(default_factory=list)
    venues: list[Suggestion] = field(default_factory=list)
    partners: list[Suggestion] = field(default_factory=list)

    @property
    def number(self) -> int:
        return len(self.offerings) + len(self.venues) + len(self.partners)


def find(principal: Principal, wish: Wish, now: dt.datetime) -> Fitting:
    """Four statements at most. Partners only for those who may see them."""
    way = wish.way
    names = vocabularies.current()
    found = Fitting(wish, [names.topics[slug] for slug in way.categories if slug in names.topics])
    if not wish:
        return found
    if way.categories or way.groups:
        found.offerings = _offerings(wish, way, now)
    found.venues = _venues(wish, now.date())
    if way.partners:
        found.partners = _partners(principal, wish, way, now.date())
    return found


def _offerings(wish: Wish, way: mapping.Way, now: dt.datetime) -> list[Suggestion]:
    cards: QuerySet[Card] = visible(PUBLIC, Right.SEE, Card.objects.in_german())
    cards = cards.filter(Q(topics__overlap=list(way.categories)) | Q(target_groups__overlap=list(way.groups)))
    if wish.can:
        cards = cards.filter(access__contains=list(wish.can))
    near = wish.quarter.slug if wish.quarter else ""
    if wish.district is None:
        return _page(cards, near, now, MOST_OFFERINGS)
    own = _page(cards.filter(district_slug=wish.district.slug), near, now, MOST_OFFERINGS)
    if len(own) >= FEW:
        return own
    others = _page(cards.exclude(district_slug=wish.district.slug), near, now, MOST_OFFERINGS - len(own))
    for one in others:
        one.elsewhere = True
    return own + others


def _page(cards: QuerySet[Card], near: str, now: dt.datetime, most: int) -> list[Suggestion]:
    found = listing.page(cards, listing.When(now), 1, near, most)
    return [_of_entry(entry, now.date()) for entry in found.entries]


def _of_entry(entry: listing.Entry, today: dt.date) -> Suggestion:
    card = entry.card
    date = entry.next
    if date and date.status == "ausgefallen":
        date = entry.following
    return Suggestion(
        key=f"angebot-{card.offering_id}",
        name=card.title,
        url=card.get_absolute_url(),
        when=card.rhythm_note,
        day=date.date if date else None,
        start=date.start if date else None,
        state=state(date, today) if date else "",  # type: ignore[arg-type]
        place=card.place,
        district=card.district_name,
        facts=_in_words(card.access),
        example=card.example,
    )


def _venues(wish: Wish, today: dt.date) -> list[Suggestion]:
    """Meeting places of the district, those of the quarter first; none where nobody knows the district."""
    if wish.district is None:
        return []
    rows = Venue.objects.in_area(ReportArea.MEETING_PLACES).active_on(today).filter(district=wish.district)
    for feature in wish.can:
        yes = AccessibilityFact.objects.filter(venue=OuterRef("pk"), feature=feature, value="ja")
        rows = rows.filter(Exists(yes))
    here = When(quarter=wish.quarter, then=Value(0)) if wish.quarter else When(pk=None, then=Value(0))
    rows = rows.prefetch_related("accessibility").order_by(Case(here, default=Value(1)), "sort", "pk")
    return [
        Suggestion(
            key=f"ort-{venue.pk}",
            name=venue.name,
            url=venue.get_absolute_url(),
            place=venue.street,
            facts=_facts(venue.accessibility.all()),
            example=venue.example,
        )
        for venue in visible(PUBLIC, Right.SEE, rows)[:MOST_VENUES]
    ]


def _facts(facts: Iterable[AccessibilityFact]) -> str:
    return _in_words({fact.feature for fact in facts if fact.value == AccessibilityFact.Value.YES})


def _in_words(yes: Iterable[str]) -> str:
    known = set(yes)
    return ", ".join(words for slug, words in access().items() if slug in known) or ASK


def _partners(principal: Principal, wish: Wish, way: mapping.Way, today: dt.date) -> list[Suggestion]:
    """Of each kind that helps one, then another; of the district or of the whole city."""
    rows: QuerySet[Partner] = Partner.objects.existing_on(today).filter(kind__in=way.partners)
    if wish.district:
        there = Partner.districts.through.objects.filter(partner=OuterRef("pk"))
        rows = rows.filter(Exists(there.filter(district=wish.district)) | ~Exists(there))
    order = Case(*(When(kind=kind, then=Value(at)) for at, kind in enumerate(way.partners)))
    turn = Window(RowNumber(), partition_by="kind", order_by=["sort", "pk"])
    rows = visible(principal, Right.SEE, rows).annotate(turn=turn).order_by("turn", order, "pk")
    return [
        Suggestion(
            key=f"partner-{partner.pk}",
            name=partner.name,
            when=str(partner.get_kind_display()),
            phone=partner.phone,
            example=partner.example,
        )
        for partner in rows[:MOST_PARTNERS]
    ]
