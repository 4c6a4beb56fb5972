"""A planted name, a planted street and a planted note: whoever looks where nobody should find them finds nothing.

Looked at: what the portal logs, addresses and cookies it answers with, mails, error pages, and a whole backup.
"""

import logging
import pathlib
import subprocess
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from seniorenbuero.desk import log
from seniorportal import safekeeping
from seniorportal.accounts import personal
from seniorportal.models import Consultation, ConsultationNote
from tests.seniorenbuero.log import SHORT_STREET, enter, fields, make_office, signed_in
from tests.wall.conftest import as_owner

pytestmark = pytest.mark.django_db(transaction=True)
NAME, NOTE = "Quittenbaum", "Pflaumenmus"
UNKNOWN_STREET = "Marzipangasse"
WORDS = (NAME, NOTE, UNKNOWN_STREET, f"{SHORT_STREET} 1")


class Answers:
    """Keeps what leaves the portal beside the page itself."""

    def __init__(self, client: Client) -> None:
        self.client, self.heads, self.broken = client, "", ""

    def post(self, where: str, data: dict[str, Any]) -> Any:
        answer: Any = self.client.post(where, data)
        self.heads += f"{answer.request['PATH_INFO']} {answer.request['QUERY_STRING']} {answer.headers} "
        self.heads += f"{self.client.cookies}\n"
        if answer.status_code == 500:
            self.broken += answer.content.decode()
        return answer


def dump_of(folder: pathlib.Path) -> bytes:
    """All that a backup holds: the archive itself, and the rows in it as text."""
    with as_owner():
        call_command("backup", str(folder), verbosity=0)
    (archive,) = folder.glob("*.dump")
    tool = safekeeping.tool("pg_restore")
    rows = subprocess.run([tool, "--data-only", "--file=-", archive], capture_output=True, check=True).stdout
    return rows + archive.read_bytes() + b"".join(path.read_bytes() for path in folder.glob("*.json"))


def times(word: str, dump: bytes) -> int:
    forms = {word, word.lower(), word.upper(), word.encode().hex(), word.encode("utf-16-le").hex()}
    return sum(dump.count(form.encode()) for form in forms)


@pytest.mark.logged_errors("django.request")
def test_no_planted_word_is_found_where_nobody_should_find_it(
    tmp_path: pathlib.Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    client = signed_in(make_office())
    before = dump_of(tmp_path / "before")
    caplog.set_level(logging.DEBUG)
    session = client.session
    personal.unlock(session)
    session.save()
    answers = Answers(client)

    # A name where a topic belongs, a street where it belongs, and one that nobody knows.
    assert answers.post(reverse("desk:log"), fields(thema=[f"Frau {NAME}"])).status_code == 200
    assert answers.post(reverse("desk:log"), fields(ort=f"{UNKNOWN_STREET} 3")).status_code == 200
    assert answers.post(reverse("desk:log"), fields(ort=f"bei {NAME}")).status_code == 200
    assert answers.post(reverse("desk:place"), {"ort": f"{UNKNOWN_STREET} 3"}).status_code == 200
    assert answers.post(reverse("desk:place"), {"ort": f"{SHORT_STREET} 1"}).status_code == 200
    assert answers.post(reverse("desk:log"), fields(ort=f"{SHORT_STREET} 1")).status_code == 303
    entry = enter(client, ort=f"{SHORT_STREET} 1")
    assert entry.quarter and entry.quarter.slug == "wickede"
    assert answers.post(reverse("desk:same"), {"anzahl": NAME, "submission": ""}).status_code == 303
    changed = fields(ort=f"{SHORT_STREET} 1", thema=["VOR01"], version="1")
    assert answers.post(reverse("desk:entry", args=[entry.pk]), changed).status_code == 303

    # The note, which is what a name could stand in.
    beside = reverse("admin:seniorportal_consultation_note", args=[entry.pk])
    text = f"Herr {NAME} aus der {SHORT_STREET} 1 wünscht {NOTE}."
    first = answers.post(beside, {"text": text})
    if first.status_code == 200:  # it warned about names: sent once more, as a person would
        first = answers.post(beside, {"text": text, "anyway": "1"})
    assert first.status_code == 303

    # Whatever breaks, while all of it is on its way.
    def breaks(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("kaputt")

    client.raise_request_exception = False
    monkeypatch.setattr(log.entries, "write", breaks)
    monkeypatch.setattr(ConsultationNote, "save", breaks)
    broken = fields(ort=f"{SHORT_STREET} 1", thema=["PFL01"])
    assert answers.post(reverse("desk:log"), broken).status_code == 500
    assert (
        answers.post(beside, {"text": f"{text} Noch einmal.", "anyway": "1", "version": "1"}).status_code
        == 500
    )

    told = caplog.text + "".join(str(record.__dict__) for record in caplog.records)
    mails = "".join(f"{one.subject} {one.body} {one.to}" for one in mail.outbox)
    after = dump_of(tmp_path / "after")
    caplog.clear()
    assert Consultation.objects.filter(quarter__slug="wickede").count() >= 2
    assert "/seniorenbuero/beratung/" in answers.heads and answers.broken and after != before
    for word in WORDS:
        for place, seen in {
            "log": told,
            "addresses, cookies": answers.heads,
            "mails": mails,
            "error pages": answers.broken,
        }.items():
            assert word.lower() not in seen.lower(), (word, place)
        assert times(word, after) == times(word, before), (word, "backup")
    for word in (NAME, NOTE, UNKNOWN_STREET):
        assert times(word, after) == 0, word
