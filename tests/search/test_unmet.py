"""What was looked for in vain is counted, and says nothing about who looked."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from seniorportal import search
from seniorportal.access import Right, visible
from seniorportal.models import Membership, Role, UnmetSearch, User
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
