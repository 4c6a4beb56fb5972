"""A new key for everything: in steps, cut off and taken up again, histories included, nothing written down twice."""

import io
import os
import uuid

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from seniorportal import keys, rotation, wall
from seniorportal.models import Consultation, ConsultationNote

from .conftest import PLANTED, Office, as_owner

pytestmark = pytest.mark.django_db(transaction=True)
Event = apps.get_model("seniorportal", "ConsultationNoteEvent")
MANY = int(os.environ.get("PORTAL_TEST_NOTES", 300))


def write_many(office: Office, count: int = MANY) -> None:
    """Notes, half of them changed once: so many rows of history more."""
    consultations = Consultation.objects.bulk_create(
        Consultation(office=office.venue, submission=uuid.uuid4()) for _ in range(count)
    )
    with wall.opened(office.city):
        made = ConsultationNote.objects.bulk_create(
            ConsultationNote(
                consultation=one, office=office.venue, body=office.city.employer, text=f"{PLANTED} {number}"
            )
            for number, one in enumerate(consultations)
        )
        for note in made[:10]:
            note.text += " geändert"
            note.save()


def texts(model) -> list[str]:
    return sorted(row.text for row in model.objects.all())


def call(*arguments: str) -> str:
    out = io.StringIO()
    call_command("rotate_keys", *arguments, stdout=out, stderr=out)
    return out.getvalue()


def test_rotation_cut_off_and_taken_up_again(hoerde: Office, ring, monkeypatch: pytest.MonkeyPatch):
    ring.unlink(missing_ok=True)
    with wall.opened(hoerde.city):  # the fixture's note was sealed with the ring of all tests
        connection.cursor().execute("DELETE FROM seniorportal_consultationnote")
    with as_owner(), wall.maintenance():
        connection.cursor().execute("DELETE FROM seniorportal_consultationnoteevent")
    write_many(hoerde)
    with wall.opened(hoerde.city):
        before, told = texts(ConsultationNote), texts(Event)
        versions = set(ConsultationNote.objects.values_list("pk", "version"))
    assert (len(before), len(told)) == (MANY, MANY + 10)

    def interrupt(self, column, done, total):
        if done >= 128:
            raise KeyboardInterrupt

    monkeypatch.setattr(rotation, "BATCH", 64)
    monkeypatch.setattr(rotation.rotate, "__kwdefaults__", {"batch": 64})
    with as_owner():
        with monkeypatch.context() as patch, pytest.raises(SystemExit) as left:
            patch.setattr("seniorportal.management.commands.rotate_keys.Command.tell", interrupt)
            call("--new")
        assert left.value.code == 130
        half = rotation.usage()
        assert half == {"k1": MANY * 2 + 10 - 128, "k2": 128}
        left_over = f"{half['k1']:,}".replace(",", ".")
        assert f"k1: wird noch gebraucht, für {left_over} Texte" in call("--status")
    with wall.opened(hoerde.city):
        assert (texts(ConsultationNote), texts(Event)) == (before, told), "half way everything opens"
    with as_owner():
        said = call()
        assert f"{left_over} Texte neu versiegelt" in said and "k1: versiegelt nichts mehr" in said
        assert rotation.usage() == {"k2": MANY * 2 + 10}
        assert "Es war nichts zu tun" in call()
    with wall.opened(hoerde.city):
        assert (texts(ConsultationNote), texts(Event)) == (before, told), "no row more in the history"
        assert set(ConsultationNote.objects.values_list("pk", "version")) == versions, (
            "nobody's form is outdated"
        )
        ring.write_text(ring.read_text().splitlines()[1] + "\n")
        assert texts(ConsultationNote) == before, "the old key is no longer needed"


def test_one_run_at_a_time_and_what_does_not_open_stays(hoerde: Office, ring):
    """The note of the fixture was sealed with the ring of all tests, whose key is missing here."""
    ring.write_text(keys.line("neu") + "\n")
    ring.chmod(0o600)
    with as_owner():
        with rotation.alone() as first:
            assert first
            with pytest.raises(CommandError, match="Ein anderer Lauf"):
                call()
        with pytest.raises(CommandError, match="2 Texte ließen sich nicht öffnen"):
            call()
        assert rotation.usage() == {"k1": 2}
        assert "k1: fehlt im Schlüsselbund; 2 Texte bleiben ohne ihn zu" in call("--status")
