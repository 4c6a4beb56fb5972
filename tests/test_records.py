"""Versions, history and what the database itself refuses."""

import datetime as dt

import pytest
from django.apps import apps
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import override_settings

from seniorportal import production
from seniorportal.models import Carrier, Conflict, District, Membership, User, Venue, VenueCarrier, Visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall():
    return Venue.objects.create(name="Beispielhalle", report_area="begegnung")


def test_the_second_editor_writes_nothing(hall):
    first, second = Venue.objects.get(pk=hall.pk), Venue.objects.get(pk=hall.pk)
    first.name = "Neuer Name"
    first.save()
    second.description = "anderer Text"
    with pytest.raises(Conflict), transaction.atomic():
        second.save()
    hall.refresh_from_db()
    assert (hall.name, hall.description, hall.version) == ("Neuer Name", "", 2)
    assert second.version == 1


def test_saving_some_fields_counts_the_version_too(hall):
    hall.name = "Neu"
    hall.save(update_fields=["name"])
    assert Venue.objects.get(pk=hall.pk).version == 2


def test_two_logins_at_once_are_no_conflict():
    user = User.objects.create_user("beispiel", "geheim-genug-12")
    one, two = User.objects.get(pk=user.pk), User.objects.get(pk=user.pk)
    for session in (one, two):
        session.last_login = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
        session.save(update_fields=["last_login"])
    assert User.objects.get(pk=user.pk).version == 1


def test_history_sees_save_update_and_raw_sql(hall):
    events = apps.get_model("seniorportal", "VenueEvent").objects.filter(pgh_obj_id=hall.pk)
    hall.name = "Zwei"
    hall.save()
    Venue.objects.filter(pk=hall.pk).update(name="Drei")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE seniorportal_venue SET name = 'Vier' WHERE id = %s", [hall.pk])
    assert list(events.order_by("pk").values_list("pgh_label", "name")) == [
        ("insert", "Beispielhalle"),
        ("update", "Zwei"),
        ("update", "Drei"),
        ("update", "Vier"),
    ]


def test_history_sees_who_carries_a_venue(hall):
    carrier = Carrier.objects.create(name="Beispielträger", slug="beispiel")
    hall.carriers.add(carrier)
    hall.carriers.clear()
    events = apps.get_model("seniorportal", "VenueCarrierEvent").objects.filter(carrier_id=carrier.pk)
    assert list(events.order_by("pk").values_list("pgh_label", flat=True)) == ["insert", "delete"]
    assert VenueCarrier.objects.count() == 0


def history_tables():
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.columns WHERE column_name = 'pgh_label'")
        return [name for (name,) in cursor.fetchall()]


def test_the_application_cannot_rewrite_history():
    tables = history_tables()
    assert len(tables) >= 20
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(
                "SELECT has_table_privilege(%s, 'UPDATE') OR has_table_privilege(%s, 'DELETE')",
                [table, table],
            )
            assert cursor.fetchone() == (False,), table


@pytest.mark.parametrize(
    "statement",
    ["DROP TABLE seniorportal_venue", "ALTER TABLE seniorportal_venue ADD x int", "CREATE TABLE x (y int)"],
)
def test_the_application_cannot_change_a_table(statement):
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_zero_closed_and_missing_are_three_values(hall):
    day = dt.date(2026, 3, 2)
    Visit.objects.create(venue=hall, scope="tag", first_day=day, count=0)
    Visit.objects.create(venue=hall, scope="tag", first_day=day + dt.timedelta(days=1), closed=True)
    for wrong in ({"count": 3, "closed": True}, {"count": None, "closed": False}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Visit.objects.create(venue=hall, scope="tag", first_day=dt.date(2026, 4, 1), **wrong)


def test_one_number_a_venue_and_time(hall):
    Visit.objects.create(venue=hall, scope="monat", first_day=dt.date(2026, 3, 1), count=4)
    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.create(venue=hall, scope="monat", first_day=dt.date(2026, 3, 1), count=5)
    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.create(venue=hall, scope="monat", first_day=dt.date(2026, 3, 2), count=5)


@pytest.mark.parametrize(
    "binding",
    [{"role": "koordination"}, {"role": "tandem", "venue": True}, {"role": "technik", "venue": True}],
)
def test_a_role_is_bound_as_it_asks(hall, binding):
    user = User.objects.create_user("beispiel", None)
    fields = {"venue": hall} if binding.pop("venue", False) else {}
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=user, **binding, **fields)


def test_production_refuses_demo_accounts_and_example_rows(hall):
    with override_settings(DEMO=False):
        assert production.refusals() == []
        User.objects.create_user("koordination-beispiel", None, example=True)
        Venue.objects.create(name="Beispiel", report_area="begegnung", example=True)
        sentences = production.refusals()
    assert sentences[0] == "Es gibt noch Demo-Konten."
    assert "seniorportal.Venue" in sentences[1] and "demo_data --remove" in sentences[2]
    assert production.refusals() == []


def test_districts_do_not_vanish_under_their_venues():
    district = District.objects.create(name="Hörde", slug="hoerde")
    Venue.objects.create(name="Beispielhalle", report_area="begegnung", district=district)
    with pytest.raises(IntegrityError), transaction.atomic():
        district.delete()
