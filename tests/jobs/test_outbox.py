"""Mails: none is lost, none is doubled, none says what it is about."""

import datetime as dt
import smtplib
import threading
from email import message_from_bytes

import pytest
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone

from seniorportal import jobs, outbox
from seniorportal.models import Feedback, JobRun, Membership, OutgoingMail, Role, User

pytestmark = pytest.mark.django_db
KIND = OutgoingMail.Kind.TASKS
FACTS = {"number": 3, "late": 0, "page": "/uebersicht/"}


@pytest.fixture
def erika() -> User:
    return User.objects.create_user("erika", name="Erika Beispiel", email="erika@beispiel.invalid")


def put(user: User, key: str = "anlass") -> bool:
    return outbox.put(KIND, user, key, **FACTS)


def break_server(monkeypatch: pytest.MonkeyPatch, problem: Exception) -> None:
    class Broken:
        def send_messages(self, messages: object) -> int:
            raise problem

    monkeypatch.setattr(outbox, "get_connection", Broken)


def test_a_mail_has_numbers_and_a_link_and_nobodys_name(erika: User):
    assert put(erika)
    assert outbox.send_due() == (1, 0)
    sent = mail.outbox[0]
    assert sent.to == ["erika@beispiel.invalid"]
    assert sent.subject == "Im Seniorenportal warten 3 Aufgaben auf Sie"
    assert "/uebersicht/" in sent.body and "http" in sent.body
    assert "Erika" not in sent.body + sent.subject
    raw = message_from_bytes(sent.message().as_bytes())
    assert raw["Message-ID"].startswith("<anlass.") and raw["Auto-Submitted"] == "auto-generated"


def test_one_task_is_one_task(erika: User):
    outbox.put(KIND, erika, "eins", number=1, late=1, page="/uebersicht/")
    outbox.send_due()
    assert mail.outbox[0].subject == "Im Seniorenportal wartet eine Aufgabe auf Sie"
    assert "überschritten" in mail.outbox[0].body


def test_text_does_not_get_into_a_mail(erika: User):
    with pytest.raises(ValueError):
        outbox.put(KIND, erika, "x", page="Frau Muster rief an")
    assert not OutgoingMail.objects.exists()


def test_the_same_reason_writes_once(erika: User):
    assert put(erika) and not put(erika)
    outbox.send_due()
    assert not put(erika)
    outbox.send_due()
    assert len(mail.outbox) == 1


def test_a_mail_shares_the_fate_of_its_deed(erika: User):
    with pytest.raises(RuntimeError), transaction.atomic():
        put(erika)
        raise RuntimeError
    assert outbox.send_due() == (0, 0) and not mail.outbox


@pytest.mark.parametrize("problem", [smtplib.SMTPServerDisconnected(), ConnectionRefusedError()])
def test_what_was_not_accepted_is_tried_again_later(
    erika: User, monkeypatch: pytest.MonkeyPatch, problem: Exception
):
    put(erika)
    with monkeypatch.context() as broken:
        break_server(broken, problem)
        assert outbox.send_due() == (0, 1)
    row = OutgoingMail.objects.get()
    assert row.attempts == 1 and row.next_try_at > timezone.now() and type(problem).__name__ in row.problem
    assert outbox.send_due() == (0, 0)
    OutgoingMail.objects.update(next_try_at=timezone.now())
    assert outbox.send_due() == (1, 0) and len(mail.outbox) == 1
    assert OutgoingMail.objects.get().facts == {}


def test_a_mail_is_given_up_after_a_day_and_stays_to_be_seen(erika: User, monkeypatch: pytest.MonkeyPatch):
    put(erika)
    break_server(monkeypatch, ConnectionRefusedError())
    for _ in range(len(outbox.MINUTES_BETWEEN) + 2):
        OutgoingMail.objects.update(next_try_at=timezone.now())
        outbox.send_due()
    row = OutgoingMail.objects.get()
    assert row.given_up and row.attempts == len(outbox.MINUTES_BETWEEN) + 1


@pytest.mark.parametrize("change", [{"email": ""}, {"is_active": False}])
def test_nothing_is_sent_to_a_closed_account(erika: User, change: dict[str, object]):
    put(erika)
    User.objects.filter(pk=erika.pk).update(**change)
    outbox.send_due()
    assert not mail.outbox and OutgoingMail.objects.get().given_up


def test_without_a_mail_server_everything_waits(erika: User, settings: object):
    settings.PORTAL_MAIL_READY = False  # type: ignore[attr-defined]
    put(erika)
    assert outbox.send_due() == (0, 0)
    assert OutgoingMail.objects.waiting().count() == 1


@pytest.mark.django_db(transaction=True)
def test_four_processes_at_once_send_each_mail_once(erika: User):
    for number in range(40):
        put(erika, f"anlass-{number}")
    together, results = threading.Barrier(4), []

    def send() -> None:
        together.wait()
        try:
            results.append(outbox.send_due())
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(sent for sent, _ in results) == 40
    assert len({one.extra_headers["Message-ID"] for one in mail.outbox}) == len(mail.outbox) == 40


def test_whoever_owes_an_answer_is_reminded_once_a_day(erika: User):
    Membership.objects.create(user=erika, role=Role.EDITORS)
    today = timezone.localdate()
    for days in (-1, 0, 1):
        Feedback.objects.create(
            topic="ort",
            reported_on=today,
            answer_by=today + dt.timedelta(days=days),
            owner_role=Role.EDITORS,
        )
    User.objects.create_user("ohne-post")
    assert jobs.run(jobs.JOBS["remind"]).said == "1 Erinnerung geschrieben."
    assert jobs.run(jobs.JOBS["remind"]).said == ""
    assert OutgoingMail.objects.get().facts == {"number": 2, "late": 1, "page": "/uebersicht/"}
    assert jobs.run(jobs.JOBS["send_mail"]).said == "1 E-Mail abgeschickt."
    assert JobRun.objects.filter(job="send_mail").count() == 1
