"""Behind a PgBouncer that pools by transaction, one server connection serves all in turn: nothing is carried over."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from seniorportal import wall
from seniorportal.accounts import personal
from seniorportal.models import ConsultationNote

from .conftest import PLANTED, Office

BOUNCER = shutil.which("pgbouncer") or shutil.which("/usr/sbin/pgbouncer")
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not BOUNCER, reason="PgBouncer is not installed (apt install pgbouncer)"),
]
OPEN = "SELECT set_config('portal.office', %s, true), set_config('portal.body', %s, true)"
COUNT = "SELECT count(*) FROM seniorportal_consultationnote"
PORT = "6432"


def entry(name: str, url: str, size: int) -> str:
    parts = conninfo_to_dict(url)
    known = {key: parts[key] for key in ("host", "port", "user", "password") if parts.get(key)}
    said = " ".join(f"{key}={value}" for key, value in known.items())
    return f"{name} = {said} dbname={connection.settings_dict['NAME']} pool_size={size}"


@pytest.fixture
def bouncer() -> Iterator[pathlib.Path]:
    """The folder of its socket. Run by whoever runs the server, since PgBouncer refuses root."""
    app = os.environ["DATABASE_URL"]
    owner = os.environ.get("DATABASE_OWNER_URL") or app
    host = pathlib.Path(str(conninfo_to_dict(app).get("host") or "/"))
    account = host.stat() if host.is_dir() else pathlib.Path.home().stat()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="portal-", dir="/var/tmp"))
    lower = {}
    if os.geteuid() == 0:
        lower = {"user": account.st_uid, "group": account.st_gid, "extra_groups": []}
        os.chown(folder, account.st_uid, account.st_gid)
    (folder / "ini").write_text(
        f"[databases]\n{entry('app', app, 1)}\n{entry('owner', owner, 2)}\n[pgbouncer]\nlisten_port = {PORT}\n"
        f"unix_socket_dir = {folder}\nauth_type = any\npool_mode = transaction\nlogfile = {folder}/log\n"
        "ignore_startup_parameters = extra_float_digits, options\n"
    )
    process = subprocess.Popen(
        [str(BOUNCER), "-q", str(folder / "ini")], cwd="/", stderr=subprocess.DEVNULL, **lower
    )
    try:
        until = time.monotonic() + 10
        while not (folder / f".s.PGSQL.{PORT}").exists() and time.monotonic() < until:
            time.sleep(0.02)
        yield folder
    finally:
        connection.close()
        process.terminate()
        process.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def through(bouncer: pathlib.Path) -> Iterator[None]:
    """The portal's own connection through it, set as the README says for a PgBouncer."""
    before = {key: connection.settings_dict[key] for key in ("NAME", "HOST", "PORT", "OPTIONS")}
    connection.close()
    connection.settings_dict.update(
        NAME="app", HOST=str(bouncer), PORT=PORT, OPTIONS={**before["OPTIONS"], "prepare_threshold": None}
    )
    yield
    connection.close()
    connection.settings_dict.update(before)


def test_the_next_client_on_the_same_connection_sees_nothing(hoerde: Office, bouncer: pathlib.Path):
    address = make_conninfo("", host=str(bouncer), port=PORT, dbname="app")
    with (
        psycopg.connect(address, autocommit=True, prepare_threshold=None) as one,
        psycopg.connect(address, autocommit=True, prepare_threshold=None) as other,
    ):
        assert len({c.execute("SELECT pg_backend_pid()").fetchone() for c in (one, other)}) == 1
        for _ in range(3):
            with one.transaction():
                one.execute(OPEN, [str(hoerde.venue.pk), str(hoerde.city.employer_id)])
                assert one.execute(COUNT).fetchone() == (1,)
            assert [c.execute(COUNT).fetchone() for c in (other, one)] == [(0,), (0,)]
            with other.transaction():
                other.execute(OPEN, [str(hoerde.venue.pk), str(hoerde.association.employer_id)])
                assert other.execute(COUNT).fetchone() == (0,)


def test_the_portal_works_through_it(hoerde: Office, through: None):
    assert ConsultationNote.objects.count() == 0
    with wall.opened(hoerde.city):
        assert PLANTED in ConsultationNote.objects.get().text
    assert ConsultationNote.objects.count() == 0
    where = reverse("admin:seniorportal_consultation_note", args=[hoerde.consultation.pk])
    for membership, reads in ((hoerde.city, True), (hoerde.association, False)) * 2:
        browser = Client()
        browser.force_login(membership.user)
        session = browser.session
        personal.unlock(session)
        session.save()
        assert (PLANTED in browser.get(where).content.decode()) is reads
        assert ConsultationNote.objects.count() == 0


def test_a_backup_through_it_loses_its_flag_and_is_refused(
    hoerde: Office, through: None, tmp_path: pathlib.Path
):
    connection.close()
    connection.settings_dict["NAME"] = "owner"
    with pytest.raises(CommandError, match="0 von 1 geschützten Zeilen"):
        call_command("backup", str(tmp_path))
    assert list(tmp_path.iterdir()) == []
