"""Two spellings of one organisation meet; two organisations of a kind do not. Measured at 700 partners."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from seniorportal.models import Partner, PartnersApart
from seniorportal.partners import doubles
from seniorportal.partners.doubles import Facts, Network, in_order
from seniorportal.partners.names import key, phone_key, website_key
from tests.cast import City
from tests.network.city import PLACES, build
from tests.network.rows import store


def facts(pk: int, name: str, kind: str = "verein", **more) -> Facts:
    return Facts(pk, name, kind, **more)


def compared(one: Facts, other: Facts, *others: Facts):
    return Network([one, other, *others], PLACES).compare(one, other)


@pytest.mark.parametrize(
    "one, other",
    [
        ("Nachbarschaftshilfe Hörde e.V.", "Nachbarschaftshilfe Hoerde"),
        ("Nachbarschaftshilfe Hörde e. V.", "NACHBARSCHAFTSHILFE HÖRDE DORTMUND"),
        ("Seniorenzentrum Marten gGmbH", "Seniorenzentrum in Dortmund-Marten"),
        ("Ev. Kirchengemeinde Brackel", "Evangelische Kirchengemeinde Brackel"),
        ("Seniorenheim St. Barbara", "Sankt Barbara, Seniorenheim"),
        ("AWO Ortsverein Asseln", "Arbeiterwohlfahrt Ortsverein Asseln"),
        ("Löwen-Apotheke e.K.", "Loewen Apotheke"),
        ("Treff Planetenstr.", "Treff Planetenstraße"),
    ],
)
def test_spellings_of_one_name_have_one_key(one, other):
    assert key(one) == key(other)


@pytest.mark.parametrize(
    "one, other",
    [
        ("AWO Ortsverein Asseln", "AWO Ortsverein Wickede"),
        ("Löwen-Apotheke", "Adler-Apotheke"),
        ("Polizeiwache Hörde", "Polizeiwache Huckarde"),
        ("Pflegeteam Linde", "Pflegeteam Erle"),
    ],
)
def test_two_of_a_kind_are_not_one(one, other):
    assert compared(facts(1, one), facts(2, other), facts(3, f"{other} Nord"), facts(4, f"{one} Süd")) is None


def test_a_name_of_nothing_but_legal_forms_still_has_a_key():
    assert key("e.V.") and key("Dortmund GmbH") and key("Stadt Dortmund") == "stadt"


@pytest.mark.parametrize(
    "one, other", [("0231 123456", "+49 (0)231 / 12 34 56"), ("0231-123456", "0049 231 123456")]
)
def test_one_number_however_it_is_written(one, other):
    assert phone_key(one) == phone_key(other) == "231123456"
    assert phone_key("") == phone_key("112") == ""


def test_one_website_however_it_is_written():
    assert website_key("https://www.Treff.example/") == website_key("http://treff.example") == "treff.example"
    assert website_key("https://treff.example/a") != website_key("https://treff.example/b")


def test_the_verdict_follows_the_reasons():
    sure = compared(
        facts(1, "Treff Weißdorn", phone="0231 123456"), facts(2, "Treff Weissdorn", phone="0231/123456")
    )
    assert sure and sure.verdict == "sicher dieselbe"
    assert "gleiche Telefonnummer" in sure.reasons
    moved = compared(
        facts(1, "Löwen-Apotheke", phone="0231 111111", districts=frozenset({1})),
        facts(2, "Löwen Apotheke", phone="0231 222222", districts=frozenset({2})),
    )
    assert (
        moved
        and moved.verdict == "vielleicht dieselbe"
        and "aber in verschiedenen Stadtbezirken" in moved.reasons
    )
    renamed = compared(
        facts(1, "Alte Post", phone="0231 123456"), facts(2, "Café Sanddorn", phone="0231 123456")
    )
    assert renamed and renamed.verdict == "vielleicht dieselbe"


def test_a_switchboard_makes_nobody_the_same():
    many = [facts(n, f"Stelle {tree}", phone="0231 50000") for n, tree in enumerate(PLACES[:6], start=1)]
    assert not Network(many, ()).pairs()


def test_sixty_doubles_among_seven_hundred():
    """The figure of docs/messungen.md: how many are found, how many pairs are shown that are none."""
    found = wrong = 0
    for seed in (7, 8, 9):
        network = build(seed)
        assert len(network.rows) == 700 and len(network.doubles) == 60
        number = {row["name"]: at for at, row in enumerate(network.rows, start=1)}
        assert len(number) == 700
        rows = [
            Facts(
                number[r["name"]],
                r["name"],
                r["kind"],
                r["phone"],
                r["website"],
                districts=frozenset({r["district"]}),
            )
            for r in network.rows
        ]
        started = time.perf_counter()
        pairs = {in_order(p.first.pk, p.second.pk) for p in Network(rows, PLACES).pairs()}
        seconds = time.perf_counter() - started
        planted = {in_order(number[a], number[b]) for a, b in network.doubles.items()}
        print(
            f"Stadt {seed}: {len(pairs & planted)} von 60 gefunden, {len(pairs - planted)} falsch, {seconds:.2f} s"
        )
        found, wrong = found + len(pairs & planted), wrong + len(pairs - planted)
    assert found >= 177 and wrong <= 3


@pytest.mark.django_db
def test_searching_costs_five_statements_for_any_number(city: City):
    offices = [city.hoerde.office, city.hombruch.office]
    for only in (20, 200):
        Partner.objects.filter(attendances__meeting__topic="").exists()
        store(offices, only=only) if only == 20 else more(offices)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            doubles.open_pairs()
        assert len(caught) == 5


def more(offices) -> None:
    Partner.objects.bulk_create(
        Partner(name=f"Runde {number} {tree}") for number in range(6) for tree in PLACES
    )


@pytest.mark.django_db
def test_who_was_said_to_be_none_is_not_shown_again():
    one = Partner.objects.create(name="Hospizdienst Ulme")
    two = Partner.objects.create(name="Hospizdienst Ulme e.V.")
    assert [(p.first.pk, p.second.pk) for p in doubles.open_pairs()] == [(one.pk, two.pk)]
    PartnersApart.objects.create(one=one, other=two)
    assert not doubles.open_pairs()
