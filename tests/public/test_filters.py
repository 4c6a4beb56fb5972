"""The list of offerings against a slow and obvious reading of the same rows; rubbish never harms."""

import datetime as dt
import re
from collections import Counter
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seniorportal import listing
from seniorportal.models import (
    AccessibilityFact,
    Carrier,
    Category,
    Language,
    Occurrence,
    Offering,
    Quarter,
    TargetGroup,
)
from tests.public.html import check_page
from tests.public.lists import NOW, places, shown
from tests.public.town import make_date, make_district, make_offering, make_venue

pytestmark = pytest.mark.django_db

DAYS = ("mo", "di", "mi", "do", "fr", "sa", "so")


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture(scope="module")
def city(lasting):
    """Nothing here changes a row: one city for all."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.utils.timezone.now", lambda: NOW)
        lasting(make_city)


def make_city():
    """Two dozen offerings that differ in everything a filter asks for."""
    above = Carrier.objects.create(name="Verband", slug="verband")
    carriers = [
        above,
        Carrier.objects.create(name="Ortsverein", slug="ortsverein", parent=above),
        Carrier.objects.create(name="Gemeinde", slug="gemeinde"),
    ]
    topics = [Category.objects.create(name=n, slug=n.lower()) for n in ("Bewegung", "Musik", "Rat")]
    groups = [TargetGroup.objects.create(name=n, slug=n.lower()) for n in ("Alle", "Frauen")]
    tongues = [Language.objects.create(name=n, slug=n.lower(), code=n[:2]) for n in ("Deutsch", "Russisch")]
    venues = []
    for number in range(5):
        district = make_district(("Hörde", "Aplerbeck", "Mengede")[number % 3])
        quarter, _ = Quarter.objects.get_or_create(
            slug=f"viertel-{number % 4}",
            defaults={"code": str(number), "name": f"Viertel {number % 4}", "district": district},
        )
        venue = make_venue(
            f"Haus {number}", district=district, quarter=quarter if number else None, published=number != 4
        )
        venue.carriers.add(carriers[number % 3])
        for at, feature in enumerate(("stufenlos", "wc", "induktion", "flacher-weg", "rollator")):
            if (number + at) % 3 != 2:
                AccessibilityFact.objects.create(
                    venue=venue, feature=feature, value=("ja", "teilweise", "nein")[(number * at) % 3]
                )
        venues.append(venue)
    starts = (dt.time(9), dt.time(12), dt.time(14, 30), dt.time(17), dt.time(10, 45), None)
    for number in range(24):
        fields = {"is_free": (True, False, None)[number % 3], "published": number % 11 != 10}
        if number % 8 == 7:
            fields |= {"meeting_point": "Am Teich", "district": make_district("Hörde")}
        else:
            fields["venue"] = venues[number % 5]
        offering = make_offering(f"Runde {number:02}", **fields)
        if number % 4 == 1:
            offering.carriers.add(carriers[number % 3])
        offering.categories.add(*topics[number % 3 : number % 3 + 2])
        offering.target_groups.add(groups[number % 2])
        if number % 3:
            offering.languages.add(tongues[number % 2])
        for at in range(number % 6):
            start = starts[(number + at) % 6]
            make_date(
                offering,
                in_days=(number * 3 + at * 5) % 17 - 2,
                start=start,
                end=dt.time(13) if start == dt.time(12) else None,
                status=Occurrence.Status.CANCELLED if (number + at) % 5 == 0 else Occurrence.Status.PLANNED,
            )


# --- the obvious reading --------------------------------------------------------------------------------------------


class Obvious:
    """Everything in Python lists; a filter is a sentence about one offering."""

    def __init__(self) -> None:
        self.offerings = [
            o
            for o in Offering.objects.prefetch_related(
                "occurrences",
                "categories",
                "target_groups",
                "languages",
                "carriers__parent",
                "venue__carriers__parent",
                "venue__accessibility",
            ).select_related("venue__district", "venue__quarter", "district")
            if o.published and (o.venue is None or o.venue.published)
        ]

    @staticmethod
    def to_come(date):
        if date.date != NOW.date():
            return date.date > NOW.date()
        if date.end:
            return date.end >= NOW.time()
        return date.start is None or date.start >= dt.time(11, 30)

    @staticmethod
    def values(o, name):
        venue = o.venue
        if name == "bezirk":
            district = (venue.district if venue else None) or o.district
            return {district.slug} if district else set()
        if name == "quartier":
            return {venue.quarter.slug} if venue and venue.quarter else set()
        if name == "traeger":
            own = [*o.carriers.all(), *(venue.carriers.all() if venue else ())]
            return {c.slug for c in own} | {c.parent.slug for c in own if c.parent}
        if name == "barrierefrei":
            return {f.feature for f in venue.accessibility.all() if f.value == "ja"} if venue else set()
        if name == "kostenlos":
            return {"1"} if o.is_free else set()
        related = {"thema": o.categories, "zielgruppe": o.target_groups, "sprache": o.languages}[name]
        return {word.slug for word in related.all()}

    def meets(self, o, wish):
        for name in (
            "bezirk",
            "quartier",
            "thema",
            "zielgruppe",
            "traeger",
            "sprache",
            "barrierefrei",
            "kostenlos",
        ):
            if wish.get(name) and not self.values(o, name) & set(wish[name]):
                return False
        coming = [d for d in o.occurrences.all() if self.to_come(d)]
        if not any(wish.get(name) for name in ("wochentag", "tageszeit", "von", "bis")):
            return bool(coming) or (not o.occurrences.all() and not o.rule)
        return any(self.date_meets(d, wish) for d in coming if d.status != Occurrence.Status.CANCELLED)

    @staticmethod
    def part(date):
        if date.start is None:
            return None
        return "vormittag" if date.start.hour < 12 else "nachmittag" if date.start.hour < 17 else "abend"

    def date_meets(self, date, wish):
        return (
            (not wish.get("wochentag") or DAYS[date.date.weekday()] in wish["wochentag"])
            and (not wish.get("tageszeit") or self.part(date) in wish["tageszeit"])
            and (not wish.get("von") or date.date >= wish["von"])
            and (not wish.get("bis") or date.date <= wish["bis"])
        )

    def hits(self, wish):
        return [o for o in self.offerings if self.meets(o, wish)]

    def facet(self, name, wish, values):
        """How many offerings each value alone would show."""
        return {value: len(self.hits(wish | {name: [value]})) for value in values}


VALUES = {
    "bezirk": ["hoerde", "aplerbeck", "mengede"],
    "quartier": [f"viertel-{n}" for n in range(4)],
    "thema": ["bewegung", "musik", "rat"],
    "zielgruppe": ["alle", "frauen"],
    "traeger": ["verband", "ortsverein", "gemeinde"],
    "sprache": ["deutsch", "russisch"],
    "wochentag": list(DAYS),
    "tageszeit": ["vormittag", "nachmittag", "abend"],
    "barrierefrei": ["stufenlos", "wc", "induktion", "flacher-weg", "rollator"],
    "kostenlos": ["1"],
}
wishes = st.fixed_dictionaries(
    {},
    optional={
        **{
            name: st.lists(st.sampled_from(values), min_size=1, max_size=2) for name, values in VALUES.items()
        },
        "von": st.dates(dt.date(2026, 11, 20), dt.date(2026, 12, 10)),
        "bis": st.dates(dt.date(2026, 11, 20), dt.date(2026, 12, 10)),
    },
).filter(lambda wish: not (wish.get("von") and wish.get("bis")) or wish["von"] <= wish["bis"])
thorough = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def test_the_list_and_its_numbers_are_what_an_obvious_reading_says(client, city):
    obvious = Obvious()
    seen = Counter()

    @thorough
    @given(wishes)
    def check(wish):
        total, ids, facets, ignored = shown(client, urlencode(wish, doseq=True))
        hits = obvious.hits(wish)
        assert total == len(hits)
        if total <= listing.PER_PAGE:
            assert sorted(ids) == sorted(o.pk for o in hits)
        assert not ignored
        for name, values in VALUES.items():
            for value, number in obvious.facet(name, wish, values).items():
                assert facets.get(f"{name}-{value}", 0) == number, (name, value)
        seen[min(total, 3)] += 1

    check()
    assert seen[0] and seen[3], "the examples were too much alike"


def test_the_order_is_that_of_the_next_date(client, city, monkeypatch):
    monkeypatch.setattr(listing, "PER_PAGE", 7)
    ids = [pk for number in (1, 2, 3) for pk in shown(client, f"seite={number}")[1]]
    keys = []
    for pk in ids:
        offering = Offering.objects.get(pk=pk)
        dates = [d for d in offering.occurrences.all() if Obvious.to_come(d)]
        keys.append(
            min(
                ((d.date, d.start or dt.time.max, offering.sort, pk) for d in dates),
                default=(dt.date.max, dt.time.max, offering.sort, pk),
            )
        )
    assert keys == sorted(keys)
    assert len(ids) == len(set(ids)) == shown(client, "")[0]


def test_beyond_the_exact_numbers_the_list_starts_from_the_dates(client, city, monkeypatch):
    """The same pages by the other way, and more is not said than is known."""
    kept = ("", "bezirk=hoerde", "tageszeit=nachmittag", "thema=musik")
    ways = ("wochentag=mo&wochentag=do", "von=2026-11-25", "bezirk=hoerde&kostenlos=1")
    exact = {query: shown(client, query) for query in (*kept, *ways)}
    monkeypatch.setattr(listing, "MOST", 2)
    for query, (total, ids, *_) in exact.items():
        response = client.get(f"/angebote/?{query}")
        text = response.content.decode()
        assert total > 2 and ("mehr als" in text) == (query in ways)
        assert query in ways or f">{total} Angebote<" in text
        assert [int(n) for n in re.findall(r'data-angebot="(\d+)"', text)][:2] == ids[:2]


def test_what_was_chosen_is_removed_by_plain_links(client, city):
    page = check_page(
        client.get("/angebote/?bezirk=hoerde&bezirk=mengede&kostenlos=1&q=runde").content.decode()
    )
    links = {attrs["href"] for attrs in page.all("a")}
    assert "?q=runde&bezirk=mengede&kostenlos=1" in links
    assert "?q=runde&bezirk=hoerde&bezirk=mengede" in links
    assert "?bezirk=hoerde&bezirk=mengede&kostenlos=1" in links
    assert "Angabe entfernen: Hörde" in page.text


def test_an_empty_result_says_what_to_try_and_whom_to_ring(client, city):
    page = check_page(client.get("/angebote/?bezirk=mengede&von=2027-12-31").content.decode())
    assert "0 Angebote" in page.text
    assert "ohne Mengede" in page.text and "Rufen Sie gern an:" in page.text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("bezirk=atlantis", "Ein Wert für „bezirk“"),
        ("wochentag=feiertag", "Ein Wert für „wochentag“"),
        ("von=31.12.2026", "„von“ war kein Datum"),
        ("bis=2026-02-30", "„bis“ war kein Datum"),
        ("von=2026-12-02&bis=2026-12-01", "„von“ liegt nach „bis“"),
        ("kostenlos=ja", "Ein Wert für „kostenlos“"),
        ("seite=abc", "Seitenzahl"),
        ("farbe=rot", "„farbe“"),
        ("q=" + "x" * 201, "sehr lang"),
    ],
)
def test_what_was_not_understood_is_said(client, city, query, words):
    page = check_page(client.get(f"/angebote/?{query}").content.decode())
    assert page.with_attribute("data-ignoriert") == [None] and words in page.text


def test_empty_fields_of_the_form_are_no_broken_values(client, city):
    assert not shown(client, "q=&von=&bis=&bezirk=&kostenlos=")[3]


NAMES = [*VALUES, "von", "bis", "q", "seite", "sortierung", "farbe", ""]
rubbish = st.lists(
    st.tuples(
        st.sampled_from(NAMES),
        st.one_of(
            st.text(max_size=12),
            st.sampled_from(
                [v for values in VALUES.values() for v in values] + ["entfernung", "2026-11-25", "1"]
            ),
            st.sampled_from(["\x00", "%", "'--", "9" * 30, "-1", "0001-01-01", "9999-12-31", "٢", "&|!():*"]),
        ),
    ),
    max_size=6,
)


def test_no_query_string_is_ever_an_error(city):
    client = Client()

    @settings(max_examples=120, deadline=None)
    @given(rubbish)
    def check(pairs):
        for path in ("/angebote/", "/begegnung/"):
            assert client.get(f"{path}?{urlencode(pairs, errors='replace')}").status_code == 200

    check()


def test_meeting_places_are_searched_filtered_and_counted(client, city):
    assert places(client, "")[0] == ["haus-1", "haus-0", "haus-3", "haus-2"]
    assert places(client, "q=HAUS+hoerde")[0] == ["haus-0", "haus-3"]
    assert places(client, "q=nirgends")[0] == []
    found, numbers = places(client, "bezirk=hoerde")
    assert found == ["haus-0", "haus-3"]
    assert (numbers["bezirk-hoerde"], numbers["bezirk-aplerbeck"]) == (2, 1)
    for value, number in numbers.items():
        name, _, slug = value.partition("-")
        query = f"{name}={slug}" if name == "bezirk" else f"bezirk=hoerde&{name}={slug}"
        assert len(places(client, query)[0]) == number, value
    assert places(client, "traeger=verband")[0] == ["haus-1", "haus-0", "haus-3"]


@pytest.mark.parametrize("query", ["", "bezirk=hoerde&traeger=verband&barrierefrei=1&q=haus"])
def test_the_list_of_places_costs_two_statements(client, django_assert_num_queries, city, query):
    client.get(f"/begegnung/?{query}")
    with django_assert_num_queries(2):
        client.get(f"/begegnung/?{query}")
