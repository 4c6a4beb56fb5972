"""Statements that are built once in a process and planned once on a connection, and still never say anything old."""

import datetime as dt

import pytest
from django.db import connection
from django.db.models import DateField, Q, Value
from django.http import Http404
from django.utils import timezone

from seniorportal.models import Offering, Venue
from seniorportal.models.calendar import Moment
from seniorportal.prepared import NOW, Given, Statement, number, text
from seniorportal.public.views import OFFERING
from tests.public.town import make_date, make_offering, make_venue

pytestmark = pytest.mark.django_db


def of_title() -> Statement[Offering]:
    return Statement(lambda: Offering.objects.filter(title=text("title")).select_related("venue"))


def plans() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return [statement for (statement,) in cursor.fetchall()]


@pytest.fixture
def kept(monkeypatch):
    """A connection that has prepared nothing yet, and forgets again what it prepares here."""
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    connection.connection._prepared.clear()
    return connection.connection


def test_rows_are_the_records_of_the_queryset(django_assert_num_queries):
    venue = make_venue("Beispielhalle")
    offering = make_offering("Singkreis", venue=venue)
    statement = of_title()
    assert statement.all(title="Bingo") == []
    with django_assert_num_queries(1):
        (found,) = statement.all(title="Singkreis")
        assert found == offering and found.venue == venue
    for field in Offering._meta.concrete_fields:
        assert getattr(found, field.attname) == getattr(Offering.objects.get(), field.attname), field


def test_constants_may_hold_anything():
    odd = "100 % von Ihnen: 'O''Neill' %s %(title)s \\ {} ü"
    make_offering(odd)
    assert Statement(lambda: Offering.objects.filter(title=odd)).get().title == odd
    rows = Offering.objects.filter(Q(title__contains="0 % v") | Q(pk=number("pk"))).annotate(word=Value(odd))
    assert Statement(lambda: rows).get(pk=0).word == odd
    assert of_title().get(title=odd).title == odd


def test_it_is_built_once_and_planned_once_whatever_is_given(kept):
    built = []

    def build():
        built.append(1)
        return Offering.objects.filter(pk=number("pk"), pk__lt=number("most"))

    statement = Statement(build)
    for given in (1, 40_000, 3_000_000_000, 1):
        assert statement.all(pk=given, most=given) == []
    assert len(built) == 1
    assert len([plan for plan in plans() if "seniorportal_offering" in plan]) == 1


def test_behind_a_pooler_nothing_is_prepared(kept, monkeypatch):
    monkeypatch.setattr(kept, "prepare_threshold", None)
    offering = make_offering("Singkreis")
    assert of_title().get(title="Singkreis") == offering
    assert plans() == []


def test_what_is_asked_in_vain_is_not_found():
    statement = Statement(lambda: Offering.objects.filter(pk=number("pk")))
    for pk in (0, -1, 2**63 - 1, 2**63, 10**40):
        with pytest.raises(Http404):
            statement.get(pk=pk)


def test_the_clock_is_given():
    offering = make_offering("Singkreis")
    make_date(offering, in_days=1)
    day = timezone.localdate()
    statement = Statement(
        lambda: Venue.objects.filter(
            offerings__occurrences__date=Given("day", DateField()), active_from__isnull=True
        ).active_on(NOW.today)
    )
    now = vars(Moment.of(timezone.localtime()))
    assert statement.all(day=day + dt.timedelta(1), **now) == [offering.venue]
    assert statement.all(day=day, **now) == []


def test_two_hours_before_now_never_lie_in_yesterday():
    early = timezone.make_aware(dt.datetime(2026, 11, 24, 1, 30))
    assert Moment.of(early) == Moment(dt.date(2026, 11, 24), dt.time(1, 30), dt.time(0))
    assert Moment.of(early + dt.timedelta(hours=2)).begun == dt.time(1, 30)
    assert Moment.of(NOW) is NOW


def test_an_edit_shows_at_once():
    offering = make_offering("Singkreis")
    date = make_date(offering, in_days=1)
    given = {"pk": offering.pk, **vars(Moment.of(timezone.localtime()))}
    for _ in range(7):  # by then PostgreSQL keeps a plan
        assert OFFERING.get(**given).coming_rows[0]["status"] == "geplant"
    date.status = date.Status.CANCELLED
    date.save()
    Offering.objects.update(title="Chor")
    found = OFFERING.get(**given)
    assert (found.title, found.coming_rows[0]["status"]) == ("Chor", "ausgefallen")
    Venue.objects.update(published=False)
    with pytest.raises(Http404):
        OFFERING.get(**given)
