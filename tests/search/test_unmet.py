"""What was looked for in vain is counted, and says nothing about who looked."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from seniorportal import search
from seniorportal.access import Right, visible
from seniorportal.models import Membership, Quarter, Role, UnmetSearch, User
from seniorportal.search.unmet import telling_words
from tests.search.town import make_reference

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 23)


def note(q: str, day: dt.date = TODAY) -> None:
    search.note_unmet(search.expand(q), day)


def words() -> dict[str, int]:
    return dict(UnmetSearch.objects.values_list("word", "count"))


def test_a_word_is_counted_by_day():
    search.forget()
    note("Krokodil")
    note("KROKODIL!")
    note("Krokodil", TODAY + dt.timedelta(days=1))
    assert sorted(UnmetSearch.objects.values_list("word", "day__day", "count")) == [
        ("krokodil", 23, 2),
        ("krokodil", 24, 1),
    ]


def test_counting_is_one_statement():
    search.forget()
    search.expand("warm")
    with CaptureQueriesContext(
        connection,
    ) as seen:
        note("Krokodil Hängematte")
    assert len([one for one in seen if "INSERT" in one["sql"]]) == 1
    assert words() == {"krokodil": 1, "haengematte": 1}


def in_districts() -> dict[tuple[str, str | None], int]:
    rows = UnmetSearch.objects.values_list("word", "district__slug", "count")
    return {(word, slug): count for word, slug, count in rows}


def test_where_somebody_looked_is_kept_as_a_district_and_nothing_finer():
    make_reference()
    note("Krokodil Hörde")  # a place that was typed: in vain in the city, and there
    assert in_districts() == {("krokodil", None): 1, ("krokodil", "hoerde"): 1}
    search.note_unmet(search.expand("Krokodil"), TODAY, ["hoerde"], everywhere=False)
    assert in_districts() == {("krokodil", None): 1, ("krokodil", "hoerde"): 2}
    quarter = Quarter.objects.select_related("district")[0]
    search.note_unmet(search.expand("Zeppelin"), TODAY, (), [quarter.slug])
    assert in_districts()["zeppelin", quarter.district.slug] == in_districts()["zeppelin", None] == 1
    search.note_unmet(search.expand("Posaune"), TODAY, ["gibt-es-nicht"], everywhere=False)
    assert not UnmetSearch.objects.filter(word="posaune").exists()


def test_small_numbers_of_a_district_stay_hidden_however_often_the_city_missed_it():
    make_reference()
    editor = User.objects.create_user(username="redaktion-test", password="x" * 14)
    Membership.objects.create(user=editor, role=Role.EDITORS)
    for _ in range(2):
        note("Krokodil Hörde")
    for _ in range(3):
        note("Krokodil")

    def seen() -> set[str | None]:
        rows = visible(editor, Right.SEE, UnmetSearch.objects.all())
        return set(rows.values_list("district__slug", flat=True))

    assert seen() == {None}
    note("Krokodil Hörde", TODAY - dt.timedelta(days=3))
    assert seen() == {None, "hoerde"}
    assert {row["times"] for row in UnmetSearch.objects.seen_often()} == {6, 3}


LEAVES_NO_TRACE = (
    "Beispielstraße 12",
    "Beispielstrasse",
    "Am Beispielweg",
    "44137",
    "0231 50-23311",
    "Frau Mustermann",
    "Herr Doktor Mustermann Sprechstunde",
    "jemand@beispiel.invalid",
    "geboren 12.03.1941",
    "ich suche",
    "x" * 60,
    "",
)


def test_addresses_numbers_and_names_leave_no_trace():
    search.forget()
    for q in LEAVES_NO_TRACE:
        note(q)
        assert words() == {}, q


def test_of_a_long_search_only_a_few_words_are_kept():
    make_reference()
    note("Krokodil Hängematte Zeppelin Trapez Posaune Dudelsack")
    assert len(words()) == 3
    assert telling_words(search.expand("Krokodil in Hörde")) == ["krokodil"]


def test_editors_see_a_word_from_the_third_time_on():
    search.forget()
    editor = User.objects.create_user(username="redaktion-test", password="x" * 14)
    Membership.objects.create(user=editor, role=Role.EDITORS)
    note("Krokodil")
    note("Krokodil")
    note("Zeppelin")
    assert not visible(editor, Right.SEE, UnmetSearch.objects.all()).exists()
    note("Krokodil", TODAY + dt.timedelta(days=2))
    seen = visible(editor, Right.SEE, UnmetSearch.objects.all())
    assert {row.word for row in seen} == {"krokodil"}
    assert list(UnmetSearch.objects.seen_often().values_list("word", "times")) == [("krokodil", 3)]
    assert not visible(editor, Right.CHANGE, UnmetSearch.objects.all()).exists()


def test_whoever_does_not_plan_does_not_see_them():
    search.forget()
    for role, sees in (
        (Role.EVALUATION, True),
        (Role.TECHNICAL, False),
    ):  # who plans sees them on the map of needs
        user = User.objects.create_user(username=f"test-{role}", password="x" * 14)
        Membership.objects.create(user=user, role=role)
        for _ in range(4):
            note("Krokodil")
        assert visible(user, Right.SEE, UnmetSearch.objects.all()).exists() is sees


def test_a_database_that_cannot_write_does_not_break_the_page(monkeypatch: pytest.MonkeyPatch):
    search.forget()
    found = search.expand("Krokodil")
    monkeypatch.setattr(UnmetSearch._meta, "db_table", "gibt_es_nicht")
    search.note_unmet(found, TODAY)
