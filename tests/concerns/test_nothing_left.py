"""What somebody wrote is in its sealed row and nowhere else: not in a log, a mail, an address, a history or a dump."""

import datetime as dt
import logging
import threading

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import timezone

from seniorportal import concerns, jobs, limits, outbox, register
from seniorportal.models import CallAttempt, Concern, Deletion, FormUse, OutgoingMail, User
from seniorportal.privacy import retention
from seniorportal.public import forms as public_forms

from .people import PLANTED, WORDS, act, asked, signed_in, team
from .test_asking import send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    monkeypatch.setattr(public_forms, "QUICKEST", 0)


def everything_stored() -> str:
    """Every row of every table, as PostgreSQL writes it down."""
    said = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            said += [row for (row,) in cursor.fetchall()]
    return "\n".join(said)


def found_in(text: str) -> list[str]:
    plain = [word for word in WORDS if word in text]
    return plain + [word for word in WORDS if word.encode().hex() in text]


CALLED = {
    "es_geht": "selbst",
    "telefon": PLANTED["phone"],
    "name": PLANTED["name"],
    "wann": "egal",
    "text": PLANTED["remark"],
}
POSTED = {"name": PLANTED["name"], "strasse": "Quittenpfad 77", "plz": "44263", "ort": "Dortmund"}


def test_from_the_form_to_the_end_no_word_of_it_is_anywhere(client, caplog):
    caplog.set_level(logging.DEBUG)
    office, (anna,) = team()
    User.objects.filter(pk=anna.pk).update(email="anna@beispiel.invalid")
    seen = []
    for path, said in (
        (f"/anliegen/rueckruf/{office.slug}/", CALLED),
        (f"/anliegen/post/{office.slug}/", POSTED),
    ):
        refused = send(client, path, said, nachricht="Falle")
        assert refused.status_code == 200
        answer = send(client, path, said)
        seen += [answer["Location"], str(answer.headers), client.get(answer["Location"]).content.decode()]
        failed = Client(enforce_csrf_checks=True).post(path, said)
        assert failed.status_code == 403
        seen.append(failed.content.decode())
    assert Concern.objects.count() == 2
    assert not found_in(everything_stored()), "in the open in the database"

    Concern.objects.update(answer_by=timezone.localdate())
    jobs.remind()
    outbox.send_due()
    assert OutgoingMail.objects.filter(kind=OutgoingMail.Kind.TASKS).count() == 1
    seen += [f"{one.subject} {one.body} {one.extra_headers}" for one in mail.outbox]

    worker = signed_in(anna)
    assert found_in(worker.get("/uebersicht/anrufe/").content.decode())  # there it is for her to read
    for row in list(Concern.objects.all()):
        act(worker, row, "niemand")
        done = act(worker, row, "erledigt")
        seen += [done["Location"], str(done.headers)]
    pages = ("/uebersicht/anrufe/", "/uebersicht/meine-daten.json", "/uebersicht/")
    seen += [worker.get(path).content.decode() for path in pages]
    assert not Concern.objects.exists() and not CallAttempt.objects.exists()
    for text in (*seen, caplog.text, everything_stored()):
        assert not found_in(text)


def test_there_is_no_history_of_it():
    tracked = {getattr(model, "pgh_tracked_model", None) for model in apps.get_models()}
    assert Concern not in tracked and CallAttempt not in tracked
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = ANY(%s::regclass[]) AND NOT tgisinternal",
            [[Concern._meta.db_table, CallAttempt._meta.db_table]],
        )
        assert cursor.fetchone() == (0,)


def test_the_form_never_answers_an_error_with_what_was_typed(client, monkeypatch, caplog):
    """A fault in the middle of writing: the page says sorry, the log says where, neither says who."""
    office, _ = team()
    caplog.set_level(logging.DEBUG)

    def broken(*args, **kwargs):
        raise RuntimeError("kaputt")

    monkeypatch.setattr(Concern, "save", broken)
    client.raise_request_exception = False
    path = f"/anliegen/rueckruf/{office.slug}/"
    with pytest.MonkeyPatch.context() as quiet:
        quiet.setattr(logging.getLogger("django.request"), "disabled", True)
        answer = send(client, path, CALLED)
    assert answer.status_code == 500 and not found_in(answer.content.decode())
    assert not found_in(caplog.text)


def test_the_ledger_loses_it_again_after_a_backup_came_back(tmp_path, settings):
    settings.HOME = tmp_path
    office, _ = team()
    row = asked(office)
    number = row.pk
    concerns.settle(row, timezone.localdate())
    assert jobs.write_ledger() == "1 Löschung festgehalten." and jobs.write_ledger() == ""
    assert str(number) in (tmp_path / retention.LEDGER).read_text()
    asked(office, id=number)  # what a backup of last night still has
    declared = register.all_personal_data()["seniorportal.Concern"]
    keys = retention._noted()["seniorportal.Concern"]
    assert keys == {str(number)} and declared.retention
    assert declared.model._base_manager.filter(pk__in=keys).count() == 1


def test_whoever_owes_a_call_is_reminded_without_a_word_of_it():
    hoerde, (anna,) = team("Hörde", "anna")
    hombruch, (theo,) = team("Hombruch", "theo")
    User.objects.update(email="wer@beispiel.invalid")
    asked(hoerde, in_days=0)
    asked(hoerde, in_days=1, deputy=hombruch)
    jobs.remind()
    written = OutgoingMail.objects.filter(kind=OutgoingMail.Kind.TASKS)
    assert [mail.to for mail in written] == [anna]
    Concern.objects.update(answer_by=timezone.localdate() - dt.timedelta(days=1))
    jobs.remind()
    assert {mail.to for mail in written.all()} == {anna, theo}
    outbox.send_due()
    assert mail.outbox and not any(found_in(f"{one.subject} {one.body}") for one in mail.outbox)


@pytest.mark.django_db(transaction=True)
def test_the_counters_hold_across_connections():
    """Eight workers, forty forms at once from one address: every one is counted."""
    request = RequestFactory().post("/", REMOTE_ADDR="192.0.2.7")
    together = threading.Barrier(8)

    def worker() -> None:
        together.wait()
        try:
            for _ in range(5):
                limits.too_many(request, None, timezone.localdate())
        finally:
            connection.close()

    threads = [threading.Thread(target=worker) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert FormUse.objects.get().count == 40
    assert Deletion.objects.count() == 0
