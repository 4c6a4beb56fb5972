"""Backup and restore: every walled row comes along and back, no word of it can be read, and half a copy is none."""

import io
import os
import pathlib
import stat
import subprocess

import psycopg
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg import sql

from seniorportal import safekeeping, wall
from seniorportal.models import ConsultationNote

from .conftest import PLANTED, Office, as_owner

pytestmark = pytest.mark.django_db(transaction=True)
Event = apps.get_model("seniorportal", "ConsultationNoteEvent")


def call(name: str, folder: pathlib.Path) -> str:
    out = io.StringIO()
    call_command(name, str(folder), stdout=out, stderr=out)
    return out.getvalue()


def dumps(folder: pathlib.Path) -> list[pathlib.Path]:
    return sorted(folder.glob("*")) if folder.exists() else []


@pytest.fixture
def empty_database():
    """A second database beside that of the tests; the one connection of the tests moves there and back."""
    name, test = f"{connection.settings_dict['NAME']}_back", connection.settings_dict["NAME"]
    owner = os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"]
    address = psycopg.conninfo.make_conninfo(owner, dbname="postgres")

    def run(statement: str) -> None:
        with psycopg.connect(address, autocommit=True) as other:
            other.execute(sql.SQL(statement).format(sql.Identifier(name)))

    run("DROP DATABASE IF EXISTS {}")
    run("CREATE DATABASE {} TEMPLATE template0")

    def move(there: bool) -> None:
        connection.close()
        connection.settings_dict["NAME"] = name if there else test

    yield move
    move(False)
    run("DROP DATABASE {} WITH (FORCE)")


def test_everything_comes_back_and_stands_behind_the_wall_again(
    hoerde: Office, hombruch: Office, empty_database, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
):
    folder = tmp_path / "copies"
    with wall.opened(hoerde.city):
        hoerde.note.text += " Zweite Fassung."
        hoerde.note.save()
    with as_owner():
        said = call("backup", folder)
    assert "seniorportal_consultationnote: 2 geschützte Zeilen, alle darin" in said
    assert "seniorportal_consultationnoteevent: 3 geschützte Zeilen, alle darin" in said
    dump, beside = (next(path for path in dumps(folder) if path.suffix == end) for end in (".dump", ".json"))
    assert len(dumps(folder)) == 2
    assert {stat.S_IMODE(path.stat().st_mode) for path in (dump, beside)} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    plain = subprocess.run(
        [safekeeping.tool("pg_restore"), "--file=-", dump], capture_output=True, check=True
    ).stdout
    assert b"v1:" in plain or b"\\\\x7631" in plain, "the notes are there, sealed"
    hexed = PLANTED.encode().hex().encode()
    assert not any(word in text for word in (PLANTED.encode(), hexed) for text in (plain, dump.read_bytes()))

    asked = []
    monkeypatch.setattr(safekeeping, "after_restore", [lambda: asked.append(notes()) or "Nachgeholt."])
    empty_database(True)
    with as_owner():
        said = call("restore", folder)
        assert (
            "seniorportal_consultationnoteevent: 3 geschützte Zeilen, wie gesichert" in said
            and "Nachgeholt." in said
        )
        assert asked == [2], "the ledger will see every row"
        with pytest.raises(CommandError, match="nicht leer"):
            call("restore", folder)
        assert notes() == 0, "the owner is bound again"
    assert notes() == 0
    with wall.opened(hoerde.city):
        assert [note.text for note in ConsultationNote.objects.all()] == [hoerde.note.text]
        assert [event.text for event in Event.objects.order_by("pgh_id")][-1] == hoerde.note.text
        ConsultationNote.objects.get().delete()
        assert Event.objects.filter(pgh_label="delete").count() == 1, "the triggers are back, too"


def notes() -> int:
    return ConsultationNote.objects.count()


def test_a_dump_without_the_flag_is_refused_and_leaves_nothing(
    hoerde: Office, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(safekeeping, "FLAG", "")
    with as_owner(), pytest.raises(CommandError, match="0 von 1 geschützten Zeilen"):
        call("backup", tmp_path / "copies")
    assert dumps(tmp_path / "copies") == []


def test_the_application_makes_no_copies(hoerde: Office, tmp_path: pathlib.Path):
    with pytest.raises(CommandError, match="DATABASE_OWNER_URL"):
        call("backup", tmp_path / "copies")
    assert dumps(tmp_path / "copies") == []


def test_a_copy_that_is_none_is_refused(empty_database, tmp_path: pathlib.Path):
    with pytest.raises(CommandError, match="nicht leer"):
        (tmp_path / "seniorportal-2026.dump").write_bytes(b"x")
        call("restore", tmp_path)
    empty_database(True)
    with as_owner():
        with pytest.raises(CommandError, match="fehlt seniorportal-2026.json"):
            call("restore", tmp_path)
        (tmp_path / "seniorportal-2026.json").write_text("{")
        with pytest.raises(CommandError, match="unlesbar"):
            call("restore", tmp_path)
        described = '{"made_at": "", "postgresql": "", "walled": {}, "keys": [], "sha256": "%s"}'
        (tmp_path / "seniorportal-2026.json").write_text(described % "0")
        with pytest.raises(CommandError, match="Prüfsumme"):
            call("restore", tmp_path)
        real = safekeeping._sha256(tmp_path / "seniorportal-2026.dump")
        (tmp_path / "seniorportal-2026.json").write_text(described % real)
        with pytest.raises(CommandError, match="Nichts wurde zurückgeholt"):
            call("restore", tmp_path)
        with pytest.raises(CommandError, match="liegt keine Kopie"):
            call("restore", tmp_path / "elsewhere")
