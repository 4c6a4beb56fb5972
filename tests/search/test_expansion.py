"""One question at a time: what becomes of what somebody typed."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seniorportal import search
from seniorportal.models import PlaceAlias, Synonym
from seniorportal.search.expansion import expand_with
from seniorportal.search.vocabulary import Vocabulary
from seniorportal.search.words import LONGEST_QUERY, clean, key, sound, tokens
from tests.search.town import make_programme, make_reference

pytestmark = pytest.mark.django_db


def accepted(tsquery: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsquery", [tsquery])


def small() -> Vocabulary:
    known = Vocabulary()
    for text in ("Tanztee", "Rollatortanz", "Gedächtnistraining", "Tai Chi", "Frühstück", "Smartphone"):
        known.add_text(text)
    known.add_synonym("Handy", "Smartphone")
    return known.settle()


@pytest.mark.parametrize("q", ["", "   ", "\x00", "!!!", "der die das", "\n\t", "&|!():*", "ich suche"])
def test_nothing_to_look_for_is_no_filter(q: str):
    found = expand_with(small(), clean(q))
    assert found.blank and not found.words and not found.did_you_mean


@pytest.mark.parametrize(
    "q",
    [
        "tanz' OR 1=1 --",
        "a & b | !c <-> d:*",
        "\\' :* \\",
        "'; DROP TABLE seniorportal_card",
        "x" * 5000,
        "tanz " * 2000,
        "2024 44137 0231 50-23311",
        "١٢٣ ½ ² Ⅷ",
        "танцы",
        "ダンス",
        "\ud800",
        "tanz\x00tee\u202e",
        "e\u0301" * 300,
    ],
)
def test_harmful_looking_text_is_only_text(q: str):
    found = expand_with(small(), clean(q))
    assert len(found.q) <= LONGEST_QUERY
    if found.tsquery:
        accepted(found.tsquery)


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_gives_a_query_that_postgresql_accepts(q: str):
    found = expand_with(small(), clean(q))
    assert found.blank == (found.tsquery is None)
    if found.tsquery:
        accepted(found.tsquery)


def test_words_in_another_alphabet_find_nothing_rather_than_everything():
    assert not expand_with(small(), "танцы").blank


def test_umlauts_plurals_and_sounds_need_no_question_back():
    for typed in (
        "Fruehstück",
        "Fruhstuck",
        "FRÜHSTÜCK",
        "Smartfon",
        "Handys",
        "Tanztees",
        "Tai-Chi",
        "Taichi",
    ):
        found = expand_with(small(), typed)
        assert found.words and not found.did_you_mean, typed


def test_a_slip_is_answered_and_asked_back():
    found = expand_with(small(), "Gedächtnistarining")
    assert found.did_you_mean == "Gedächtnistraining"
    assert "'gedaechtnistraining'" in (found.tsquery or "")


def test_a_known_word_is_never_asked_back():
    assert expand_with(small(), "Tanztee").did_you_mean == ""


def test_words_are_joined_by_and_meanings_by_or():
    found = expand_with(small(), "Handy Frühstück")
    assert (found.tsquery or "").count(" & ") == 1
    assert " | " in (found.tsquery or "")


def test_what_nobody_knows_is_said_where_something_else_is_known():
    found = expand_with(small(), "Tanz mit Krokodil")
    assert found.words == ("Tanz",) and found.without == ("Krokodil",)
    assert expand_with(small(), "Krokodil").without == ()


def test_a_synonym_of_an_editor_counts_after_the_next_reading():
    make_programme()
    assert not search.expand("Zappelphilipp").words
    Synonym.objects.create(word="Zappelphilipp", means="Zumba")
    search.forget()
    assert "'zumba'" in (search.expand("Zappelphilipp").tsquery or "")


def test_a_warm_process_asks_the_database_nothing(django_assert_num_queries):
    make_programme()
    search.expand("Tanz")
    with django_assert_num_queries(0):
        for q in ("Tanz", "Frühstük in Körne", "mein Mann ist gestorben", "xyzzy"):
            search.answer(search.expand(q), ["hoerde"])


VILLAGES = (
    ("Hörde", "hoerde", ""),
    ("Hoerde", "hoerde", ""),
    ("Tanzen in Aplerbeck", "aplerbeck", ""),
    ("Körne", "innenstadt-ost", "kaiserbrunnen"),
    ("Grevel", "scharnhorst", "hostedde"),
    ("Kemminghausen", "eving", ""),
    ("Lichtendorf", "aplerbeck", "soelderholz"),
    ("Aplerbecker Mark", "aplerbeck", ""),
    ("Neuasseln", "brackel", ""),
    ("Somborn", "luetgendortmund", ""),
    ("Lücklemberg", "hombruch", "rombergpark-luecklemberg"),
    ("Hacheney", "hoerde", "hacheney"),
    ("Holte-Kreta", "luetgendortmund", ""),
    ("Husen", "scharnhorst", "kurl-husen"),
    ("Alt-Scharnhorst", "scharnhorst", "alt-scharnhorst"),
    ("Nordstadt", "innenstadt-nord", ""),
    ("Lütgendortmunt", "luetgendortmund", ""),
    ("Kirchhörde", "hombruch", "kirchhoerde-loettringhausen"),
)


def test_a_village_leads_to_its_district():
    make_reference()
    for typed, district, quarter in VILLAGES:
        place = search.expand(typed).place
        assert place and place.district_slug == district, typed
        assert not quarter or place.quarter == quarter, typed


def test_a_village_in_two_districts_leads_to_none_and_searches_both():
    make_reference()
    found = search.expand("Höchsten")
    assert found.place is None
    assert "'holzen'" in (found.tsquery or "") and "'berghofen'" in (found.tsquery or "")


def test_every_alias_says_why():
    make_reference()
    assert PlaceAlias.objects.count() >= 20
    assert not PlaceAlias.objects.filter(source="").exists()


def test_sounds_and_stems():
    assert sound("haendy") == sound("handi")
    assert key("baenke") == key("bank")
    assert key("wanderung") == key("wandern") == key("wanderungen")
    assert tokens("E-Bike, 50+ & Café") == ["e", "bike", "50", "cafe"]
