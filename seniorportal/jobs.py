"""What has to happen without anybody clicking, and the one way in which it happens.

Every job runs at most once at a time, in however many places a timer starts it: its name is an advisory lock, held by a
transaction on a connection of its own, so that it also holds behind PgBouncer and ends with the process. What it did
stands in ``JobRun`` as one sentence; an error leaves the name of its class, never its text.
"""

import datetime as dt
import logging
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from seniorportal import (
    cards,
    concerns,
    feedback,
    outbox,
    programme,
    reference,
    register,
    reminding,
    standing_in,
)
from seniorportal.accounts import team
from seniorportal.closing import follow_up
from seniorportal.importing import uploads
from seniorportal.models import JobRun, OutgoingMail
from seniorportal.privacy import retention

logger = logging.getLogger(__name__)
DAILY, EVERY_MINUTE = dt.timedelta(days=1), dt.timedelta(minutes=1)


class Trouble(Exception):
    """What somebody has to look after, as a German sentence without anything personal."""


@dataclass(frozen=True)
class Job:
    """``do`` answers one sentence about what it did, or nothing where there was nothing to do."""

    key: str
    title: str
    every: dt.timedelta
    do: Callable[[], str]

    @property
    def rhythm(self) -> str:
        return "jede Nacht" if self.every == DAILY else "jede Minute"

    def overdue(self, last: JobRun | None, now: dt.datetime) -> bool:
        """Missed its time by half a day, or by a quarter of an hour."""
        grace = dt.timedelta(hours=12) if self.every == DAILY else dt.timedelta(minutes=15)
        return last is None or last.started_at + self.every + grace < now


def run(job: Job) -> JobRun | None:
    """Runs the job and keeps what it did; None where it is already running elsewhere."""
    with held(job.key) as free:
        if not free:
            return None
        JobRun.objects.filter(job=job.key, outcome=JobRun.Outcome.DONE, said="").delete()
        row = JobRun.objects.create(job=job.key, started_at=timezone.now())
        try:
            row.said = job.do()[:300]
            row.outcome = JobRun.Outcome.DONE
        except Trouble as trouble:
            row.said, row.outcome = str(trouble)[:300], JobRun.Outcome.FAILED
        except Exception as error:
            # The text of an error may quote a row; where it happened is enough to find it.
            places = (f"{p.filename}:{p.lineno} {p.name}" for p in traceback.extract_tb(error.__traceback__))
            logger.error("Aufgabe %s: %s in %s", job.key, type(error).__name__, ", ".join(places))
            row.said, row.outcome = f"Unerwarteter Fehler: {type(error).__name__}", JobRun.Outcome.FAILED
        row.finished_at = timezone.now()
        row.save()
    return row


@contextmanager
def held(name: str) -> Iterator[bool]:
    """Whether nobody else holds the name; if so, it is ours until the end of the block."""
    with closing(connection.copy()) as lock:
        lock.set_autocommit(False)
        with lock.cursor() as cursor:
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('portal job'), hashtext(%s))", [name])
            yield cursor.fetchone()[0]
        lock.rollback()


def counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def extend_occurrences() -> str:
    offerings, made, removed = programme.extend(timezone.localdate())
    cards.fold()
    return (
        f"{counted(offerings, 'Angebot', 'Angebote')} fortgeführt: {counted(made, 'Termin', 'Termine')} neu, "
        f"{removed} entfernt."
    )


def follow_closings() -> str:
    found = follow_up(timezone.localtime())
    if not (found.venues or found.dates):
        return ""
    return f"{counted(found.venues, 'Haus', 'Häuser')} und {counted(found.dates, 'Termin', 'Termine')} nachträglich."


def load_calendar() -> str:
    loaded = reference.load_calendar()
    if warning := reference.school_holidays_warning(timezone.localdate()):
        raise Trouble(warning)
    return f"{counted(loaded.written, 'Tag', 'Tage')} im Kalender berichtigt." if loaded.written else ""


def check_cards() -> str:
    if wrong := cards.differences():
        raise Trouble(
            f"Die Karten von {counted(len(wrong), 'Angebot', 'Angeboten')} stimmen nicht. "
            "Bitte: manage.py refresh_cards"
        )
    if numbers := cards.wrong_numbers():
        raise Trouble(f"{numbers} Zahlen neben den Filtern stimmen nicht. Bitte: manage.py refresh_cards")
    return ""


def remind() -> str:
    """One mail a person and day, when the promised day of an answer is today or over; then what the apps remind of."""
    today = timezone.localdate()
    written = sum(write(today) for write in (reminding.remind, *register.all_reminders()))
    for user in standing_in.at_work(today):
        days = list(feedback.open_for(user).filter(answer_by__lte=today).values_list("answer_by", flat=True))
        days += concerns.open_for(user).filter(answer_by__lte=today).values_list("answer_by", flat=True)
        if days:
            facts: dict[str, int | str] = {
                "number": len(days),
                "late": int(min(days) < today),
                "page": "/uebersicht/",
            }
            written += outbox.put(OutgoingMail.Kind.TASKS, user, f"aufgaben-{user.pk}-{today}", **facts)
    return f"{counted(written, 'Erinnerung', 'Erinnerungen')} geschrieben." if written else ""


def apply_retention() -> str:
    gone = retention.apply(timezone.localdate())
    return (
        "Über ihre Frist: " + ", ".join(f"{number} {title}" for title, number in gone.items()) if gone else ""
    )


def write_ledger() -> str:
    """What was deleted since stands outside of the database before the next backup could forget it."""
    number = retention.write_out()
    return f"{counted(number, 'Löschung', 'Löschungen')} festgehalten." if number else ""


def lock_silent() -> str:
    return team.nightly(timezone.localdate())


def forget_previews() -> str:
    number = uploads.forget_old()
    return f"{counted(number, 'Vorschau', 'Vorschauen')} verworfen." if number else ""


def forget_runs() -> str:
    limit = timezone.now() - dt.timedelta(days=JobRun.KEPT_DAYS)
    number = JobRun.objects.filter(started_at__lt=limit).delete()[0]
    return f"{counted(number, 'alter Lauf', 'alte Läufe')} gelöscht." if number else ""


def send_mail() -> str:
    sent, failed = outbox.send_due()
    if failed:
        raise Trouble(f"{counted(sent, 'E-Mail', 'E-Mails')} abgeschickt, {failed} nicht angenommen.")
    return f"{counted(sent, 'E-Mail', 'E-Mails')} abgeschickt." if sent else ""


JOBS = {
    job.key: job
    for job in (
        Job("load_calendar", "Feiertage und Schulferien fortführen", DAILY, load_calendar),
        Job("extend_occurrences", "Termine aller Angebote fortführen", DAILY, extend_occurrences),
        Job("follow_closings", "Schließungen auf neue Häuser und Termine ausdehnen", DAILY, follow_closings),
        Job("check_cards", "Karten der Angebotslisten vergleichen", DAILY, check_cards),
        Job("remind", "An fällige Rückmeldungen und Anliegen erinnern", DAILY, remind),
        Job(
            "lock_silent",
            "Konten sperren, die zwei Jahre niemand benutzte; vorher warnen",
            DAILY,
            lock_silent,
        ),
        Job("apply_retention", "Löschen, was über seine Frist ist", DAILY, apply_retention),
        Job("forget_previews", "Liegen gebliebene Vorschauen verwerfen", DAILY, forget_previews),
        Job("forget_runs", "Alte Läufe der Aufgaben löschen", DAILY, forget_runs),
        Job("write_ledger", "Löschungen außerhalb der Datenbank festhalten", EVERY_MINUTE, write_ledger),
        Job("send_mail", "E-Mails abschicken", EVERY_MINUTE, send_mail),
    )
}
RHYTHMS = {"nightly": DAILY, "minutely": EVERY_MINUTE}
