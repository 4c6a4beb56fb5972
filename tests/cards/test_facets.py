"""The numbers beside the filters say what the cards say: after raw statements, whatever the clock, whoever edits."""

import datetime as dt
import threading
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from seniorportal import cards, facets, listing
from seniorportal.facets import One
from seniorportal.models import Card, FacetChange, FacetCount, Occurrence, Offering, Venue
from tests.cards.test_cards import SOURCES, changes, columns_of, execute, town  # noqa: F401
from tests.public.town import make_date, make_district, make_offering, make_venue

NOW = timezone.make_aware(dt.datetime(2026, 11, 23, 13, 30))  # a Monday


def number(one: One = One(), now: dt.datetime = NOW) -> int:  # noqa: B008
    return facets.kept(one, now)[0].shown


def folded() -> None:
    cards.fold()
    assert not FacetChange.objects.exists()


@pytest.mark.parametrize("fold", [False, True], ids=["waiting", "folded"])
@pytest.mark.parametrize(
    "model", SOURCES, ids=lambda model: model._meta.db_table.removeprefix("seniorportal_")
)
def test_raw_sql_on_every_column_of_a_source_reaches_the_numbers(town, model, fold):  # noqa: F811
    folded()
    table = model._meta.db_table
    for column, kind in columns_of(table):
        if (value := changes(table, column, kind)) is None:
            continue
        with transaction.atomic():
            execute(f'UPDATE {table} SET "{column}" = {value}')
            if fold:
                folded()
            assert cards.wrong_numbers() == 0, f"{table}.{column}"
            transaction.set_rollback(True)
    with transaction.atomic():
        execute("SET CONSTRAINTS ALL DEFERRED")
        execute(f"DELETE FROM {table}")
        if fold:
            folded()
        assert cards.wrong_numbers() == 0, f"DELETE FROM {table}"
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_every_column_that_counts_is_followed():
    """A column of the card that a filter asks for, and that no change is noted for, would never be counted."""
    noted = {field.column for field in FacetChange._meta.concrete_fields} - {"id", "sign"}
    assert noted == {*facets.COLUMNS, "undated", "active_from", "active_until", "until"}
    assert noted <= {field.column for field in Card._meta.concrete_fields}


@pytest.mark.django_db
def test_nothing_is_noted_where_no_number_changes():
    offering = make_offering("Runde", venue=make_venue("Haus"))
    folded()
    Offering.objects.filter(pk=offering.pk).update(title="Neue Runde")
    Venue.objects.update(name="Neues Haus")
    assert Card.objects.get().title == "Neue Runde" and not FacetChange.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("fold", [False, True], ids=["waiting", "folded"])
def test_the_clock_takes_off_what_is_over(fold):
    """Nothing is written meanwhile: the same rows say another number at another time."""
    venue = make_venue("Haus", district=make_district("Hörde"))
    for at in (9, 15, 18):
        make_date(
            make_offering(f"Runde um {at}", venue=venue), in_days=0, start=dt.time(at), end=dt.time(at + 1)
        )
    monday = Occurrence.objects.first().date
    make_date(make_offering("Später", venue=venue), in_days=7, start=dt.time(9))
    make_offering("Irgendwann", venue=venue)
    make_offering("Bald", venue=venue, active_from=monday + dt.timedelta(days=2))
    make_offering("Noch", venue=venue, active_until=monday + dt.timedelta(days=1))
    if fold:
        folded()

    def told(day: int, hour: int, one: One = One("bezirk", "hoerde")) -> int:  # noqa: B008
        moment = dt.datetime.combine(monday + dt.timedelta(days=day), dt.time(hour))
        return number(one, timezone.make_aware(moment))

    assert [told(0, hour) for hour in (8, 12, 17, 20)] == [6, 5, 4, 3]
    weekday = One("wochentag", listing.WEEKDAYS[monday.weekday()])
    assert [told(0, hour, weekday) for hour in (8, 12, 17, 20)] == [4, 3, 2, 1]
    assert [told(0, hour, One("tageszeit", "vormittag")) for hour in (8, 12)] == [2, 1]
    assert [told(day, 12) for day in (1, 2, 7, 8)] == [
        3,
        3,
        2,
        2,
    ]  # «Noch» ends, «Bald» begins, «Später» is over


@pytest.mark.django_db
def test_an_edit_counts_before_and_after_it_is_folded(django_assert_num_queries):
    venue = make_venue("Haus", district=make_district("Hörde"))
    for title in ("A", "B", "C"):
        make_date(make_offering(title, venue=venue), in_days=3)
    folded()
    Offering.objects.filter(title="A").update(is_free=True)
    assert number(One("kostenlos", "1")) == 1 and FacetChange.objects.exists()
    folded()
    with django_assert_num_queries(1):
        assert number(One("kostenlos", "1")) == 1
    Offering.objects.filter(title="A").delete()
    assert (number(One("kostenlos", "1")), number()) == (0, 2)
    folded()
    assert (number(One("kostenlos", "1")), number()) == (0, 2)
    assert not FacetCount.objects.filter(second="kostenlos=1").exists(), "an emptied number stays"


@pytest.mark.django_db
def test_many_changes_are_folded_at_once():
    venue = make_venue("Haus")
    Offering.objects.bulk_create(Offering(title=f"Runde {n}", venue=venue) for n in range(1100))
    assert not FacetChange.objects.exists() and number() == 1100
    assert cards.wrong_numbers() == 0


@pytest.mark.django_db(transaction=True)
def test_editors_and_folding_never_wait_for_each_other():
    """Two editors of two offerings with the same values, and a third who folds, each inside a transaction."""
    venue = make_venue("Haus", district=make_district("Hörde"))
    one, other = (make_offering(title, venue=venue) for title in "AB")
    folded()
    Offering.objects.filter(pk=one.pk).update(is_free=True)
    failed = []

    def second():
        try:
            with transaction.atomic():
                execute("SET LOCAL lock_timeout = '2s'")
                Offering.objects.filter(pk=other.pk).update(is_free=True)
                cards.fold()
                assert number(One("kostenlos", "1")) == 2
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    with transaction.atomic():
        Offering.objects.filter(pk=one.pk).update(is_free=False)
        cards.fold()
        thread = threading.Thread(target=second)
        thread.start()
        thread.join(10)
        assert not thread.is_alive()
        Venue.objects.filter(pk=venue.pk).update(name="Neues Haus")
    assert not failed
    assert number(One("kostenlos", "1")) == 1 and cards.wrong_numbers() == 0
    folded()
    assert number(One("kostenlos", "1")) == 1 and cards.wrong_numbers() == 0


@pytest.mark.django_db
def test_the_commands_find_and_mend_a_wrong_number():
    make_offering("Runde", venue=make_venue("Haus"))
    folded()
    FacetCount.objects.filter(first="", second="").update(numbers=[7])
    with pytest.raises(SystemExit) as gone:
        call_command("check_cards", stderr=(err := StringIO()))
    assert gone.value.code == 1
    assert "2 Zahlen neben den Filtern stimmen nicht. Bitte: manage.py refresh_cards" in err.getvalue()
    call_command("refresh_cards", stdout=StringIO())
    assert cards.wrong_numbers() == 0 and number() == 1
