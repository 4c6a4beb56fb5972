"""The wall, as portal_app: what is not opened is not there, and nobody but its owner can take it down."""

import time

import pytest
from django.apps import apps
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.test import RequestFactory

from seniorportal import access, wall
from seniorportal.access import Right
from seniorportal.accounts import personal
from seniorportal.models import ConsultationNote, Membership, User, Walled
from seniorportal.staff import history

from .conftest import Office, as_owner, make_note

Event = apps.get_model("seniorportal", "ConsultationNoteEvent")
TABLES = ("seniorportal_consultationnote", "seniorportal_consultationnoteevent")


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


def counts() -> list[int]:
    return [count(table) for table in TABLES]


def run(statement: str, *values: object) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def test_every_walled_table_and_its_history_is_forced_and_has_both_policies(db):
    walled = [model for model in apps.get_models() if issubclass(model, Walled)]
    histories = [m for m in apps.get_models() if issubclass(getattr(m, "pgh_tracked_model", object), Walled)]
    assert walled and len(walled) == len(histories), "whatever is walled keeps a history"
    for model in (*walled, *histories):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT relrowsecurity, relforcerowsecurity, (SELECT array_agg(polname::text ORDER BY polname)"
                " FROM pg_policy WHERE polrelid = pg_class.oid) FROM pg_class WHERE oid = %s::regclass",
                [model._meta.db_table],
            )
            assert cursor.fetchone() == (True, True, ["maintenance", "wall"]), model
            cursor.execute(
                "SELECT polroles::regrole[]::text, pg_get_expr(polqual, polrelid) FROM pg_policy"
                " WHERE polrelid = %s::regclass AND polname = 'maintenance'",
                [model._meta.db_table],
            )
            roles, condition = cursor.fetchone()
            assert roles == "{portal_owner}" and "portal.maintenance" in condition


def test_no_office_no_rows(hoerde: Office):
    assert counts() == [0, 0]
    assert ConsultationNote.objects.count() == Event.objects.count() == 0
    assert not hasattr(hoerde.consultation, "note") or not ConsultationNote.objects.exists()
    user = hoerde.city.user
    assert not access.visible(user, Right.SEE, ConsultationNote.objects.all()).exists()
    assert history.entries(user, Event, hoerde.note) == []


def test_the_own_office_and_body_see_their_rows(hoerde: Office, hombruch: Office):
    with wall.opened(hoerde.city):
        assert counts() == [1, 1]
        assert ConsultationNote.objects.get().text == "Fragt nach der Bernsteinkette."
        assert list(access.visible(hoerde.city.user, Right.CHANGE, ConsultationNote.objects.all())) == [
            hoerde.note
        ]
    assert counts() == [0, 0]


def test_the_other_employer_of_the_same_office_sees_none(hoerde: Office):
    with wall.opened(hoerde.association):
        assert counts() == [0, 0]
        assert not access.visible(hoerde.association.user, Right.SEE, ConsultationNote.objects.all()).exists()
        assert run("UPDATE seniorportal_consultationnote SET version = 9") == 0
        assert run("DELETE FROM seniorportal_consultationnote") == 0


def test_the_rule_alone_keeps_the_other_employer_out_too(hoerde: Office):
    """Two doors: even where the wall stands open for the row, the rule of its model does not let a stranger in."""
    with wall.opened(hoerde.city):
        rows = ConsultationNote.objects.all()
        assert rows.count() == 1
        assert not access.visible(hoerde.association.user, Right.SEE, rows).exists()


def test_an_opening_inside_another_is_undone(hoerde: Office, hombruch: Office):
    with wall.opened(hoerde.city):
        with wall.opened(hombruch.city):
            assert ConsultationNote.objects.get() == hombruch.note
        assert ConsultationNote.objects.get() == hoerde.note
        with pytest.raises(ZeroDivisionError), wall.opened(hombruch.city):
            raise ZeroDivisionError
        assert ConsultationNote.objects.get() == hoerde.note


@pytest.mark.parametrize("foreign", ["office", "body"])
def test_nothing_is_written_into_a_foreign_office_or_body(hoerde: Office, hombruch: Office, foreign: str):
    insert = (
        "INSERT INTO seniorportal_consultationnote (id, version, example, office_id, body_id, consultation_id, text)"
        " VALUES (gen_random_uuid(), 1, false, %s, %s, %s, 'v1:k1:x')"
    )
    values = {"office": hoerde.venue.pk, "body": hoerde.city.employer_id}
    values[foreign] = hombruch.venue.pk if foreign == "office" else hoerde.association.employer_id
    free = hoerde.consultation
    with wall.opened(hoerde.city):
        run("DELETE FROM seniorportal_consultationnote")
        with pytest.raises(ProgrammingError, match="row-level security"):
            run(insert, *values.values(), free.pk)
        run(insert, hoerde.venue.pk, hoerde.city.employer_id, free.pk)
        column = f"{foreign}_id"
        with pytest.raises(ProgrammingError, match="row-level security"):
            run(f"UPDATE seniorportal_consultationnote SET {column} = %s", values[foreign])
    with pytest.raises(ProgrammingError, match="row-level security"):
        run(insert, hoerde.venue.pk, hoerde.city.employer_id, hombruch.consultation.pk)


def test_history_is_neither_forged_nor_rewritten(hoerde: Office, hombruch: Office):
    forge = (
        "INSERT INTO seniorportal_consultationnoteevent (pgh_created_at, pgh_label, version, example, id, text,"
        " body_id, consultation_id, office_id, pgh_obj_id) VALUES (now(), 'x', 1, false, %s, '', %s, 1, %s, %s)"
    )
    with wall.opened(hoerde.city):
        with pytest.raises(ProgrammingError, match="row-level security"):
            run(forge, hombruch.note.pk, hombruch.city.employer_id, hombruch.venue.pk, hombruch.note.pk)
        for statement in ("DELETE FROM {}", "UPDATE {} SET version = 7"):
            with pytest.raises(ProgrammingError, match="permission denied"):
                run(statement.format(TABLES[1]))


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE {} DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE {} NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE {} DISABLE TRIGGER ALL",
        "DROP POLICY wall ON {}",
        "CREATE POLICY mine ON {} USING (true)",
        "SET ROLE portal_owner",
        "SET SESSION AUTHORIZATION portal_owner",
        "ALTER ROLE portal_app BYPASSRLS",
        "GRANT portal_owner TO portal_app",
        "SET row_security = off; SELECT * FROM {}",
        "COPY {} TO PROGRAM 'cat'",
    ],
)
def test_the_application_cannot_take_the_wall_down(hoerde: Office, statement: str):
    for table in TABLES:
        with pytest.raises(DatabaseError):
            run(statement.format(table))
    assert counts() == [0, 0]


def test_the_flag_of_the_owner_opens_nothing_for_the_application(hoerde: Office):
    with wall.maintenance():
        assert counts() == [0, 0]


@pytest.mark.django_db(transaction=True)
def test_the_owner_is_bound_as_well_and_the_application_never_truncates(hoerde: Office):
    with as_owner():
        assert counts() == [0, 0]
        with wall.maintenance():
            assert counts() == [1, 1]
        assert counts() == [0, 0]
        run(f"REVOKE TRUNCATE ON {', '.join(TABLES)} FROM portal_app")  # what only the tests may
        run("CREATE TABLE later (x int)")
    try:
        for table in (*TABLES, "later"):
            with pytest.raises(ProgrammingError, match="permission denied"):
                run(f"TRUNCATE {table} CASCADE")
        with wall.opened(hoerde.city):
            assert counts() == [1, 1]
    finally:
        with as_owner():
            run(f"GRANT TRUNCATE ON {', '.join(TABLES)} TO portal_app")
            run("DROP TABLE later")


@pytest.mark.django_db(transaction=True)
def test_the_setting_is_gone_with_its_transaction(hoerde: Office):
    with wall.opened(hoerde.city):
        assert counts() == [1, 1]
    assert counts() == [0, 0]
    with transaction.atomic():
        assert counts() == [0, 0]
    with pytest.raises(transaction.TransactionManagementError):
        wall.for_request(request_of(hoerde.city.user))


def request_of(user: User, **session: object):
    request = RequestFactory().get("/")
    request.user = User.objects.get(pk=user.pk)
    request.session = {personal.SEEN: time.time()} | session
    return request


def test_of_several_offices_none_is_guessed(hoerde: Office, hombruch: Office):
    user = hoerde.city.user
    assert wall.active(request_of(user)) == hoerde.city
    second = Membership.objects.create(
        user=user, role="tandem", venue=hombruch.venue, employer=hombruch.city.employer
    )
    assert wall.active(request_of(user)) is None
    request = request_of(user)
    wall.choose(request, second)
    assert wall.active(request) == second
    assert wall.active(request_of(user, wall_membership=hombruch.association.pk)) is None
    Membership.objects.filter(pk=second.pk).update(active_until="2020-01-01")
    assert wall.active(request_of(user, wall_membership=second.pk)) == hoerde.city


def test_other_roles_open_nothing(hoerde: Office):
    hall = Membership.objects.create(user=hoerde.city.user, role="halle", venue=hoerde.venue)
    with pytest.raises(ValueError), wall.opened(hall):
        pass


def test_a_lock_keeps_the_wall_shut(hoerde: Office, monkeypatch: pytest.MonkeyPatch):
    request = request_of(hoerde.city.user)
    monkeypatch.setattr(wall, "locks", [lambda request: True])
    wall.for_request(request)
    assert wall.of(request) is None and counts() == [0, 0]
    monkeypatch.setattr(wall, "locks", [lambda request: False])
    wall.for_request(request)
    assert wall.of(request) == hoerde.city and counts() == [1, 1]
    wall.close(request)
    assert counts() == [0, 0]


def test_a_note_lies_where_its_consultation_lies(hoerde: Office, hombruch: Office):
    with wall.opened(hoerde.city), pytest.raises(ProgrammingError, match="row-level security"):
        ConsultationNote.objects.create(
            consultation=hombruch.consultation, office=hoerde.venue, body=hoerde.city.employer, text="x"
        )


def test_two_notes_of_two_offices(hoerde: Office):
    make_note(hoerde.association, "Andere Stelle")
    with wall.opened(hoerde.association):
        assert [note.text for note in ConsultationNote.objects.all()] == ["Andere Stelle"]
