"""The private PostgreSQL, with real servers: who may what, who stops it, and what a crash leaves behind."""

import contextlib
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator

import psycopg
import pytest

from seniorportal import binaries, postgres, processes
from seniorportal.postgres import Server

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root lends the server to another account")
on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /proc")


@pytest.fixture(scope="module")
def open_folder() -> Iterator[pathlib.Path]:
    """A folder that the server's account reaches; pytest's own are closed to it."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="portal-pg-", dir="/var/tmp"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def finished(open_folder: pathlib.Path) -> pathlib.Path:
    """A home whose database is made; tests work on copies, which is quicker than initdb."""
    home = open_folder / "fertig"
    with Server(home).used():
        pass
    return home


@pytest.fixture
def copy(open_folder: pathlib.Path, finished: pathlib.Path) -> Iterator[Callable[[str], pathlib.Path]]:
    made: list[pathlib.Path] = []

    def copy_to(name: str) -> pathlib.Path:
        home = open_folder / f"{len(made)}" / name
        made.append(open_folder / f"{len(made)}")
        home.parent.mkdir(mode=0o711, parents=True)
        subprocess.run(["cp", "-a", str(finished), str(home)], check=True)
        return home

    yield copy_to
    for folder in made:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def home(copy: Callable[[str], pathlib.Path]) -> pathlib.Path:
    return copy("heim")


def one(url: str, query: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(query).fetchone()
        return row[0] if row and len(row) == 1 else row


def pid_of(server: Server) -> int:
    return int((server.data / "postmaster.pid").read_text().split()[0])


def killed(server: Server) -> None:
    """kill -9 of the server and everything it started."""
    for pid in [pid_of(server), *server.survivors()]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def wait_until(condition: Callable[[], bool], seconds: float = 10) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.02)


# --- who may what -------------------------------------------------------------------------------------


def test_roles_have_no_right_too_many(home: pathlib.Path) -> None:
    server = Server(home)
    with server.used() as urls:
        rights = "rolsuper, rolcreaterole, rolbypassrls, rolreplication, rolcreatedb, rolcanlogin"
        rights = f"SELECT {rights} FROM pg_roles WHERE rolname = current_user"
        assert one(urls.app, rights) == (False, False, False, False, False, True)
        assert one(urls.owner, rights) == (False, False, False, False, True, True)
        assert one(urls.app, "SELECT current_user") == "portal_app"
        assert one(urls.owner, "SELECT current_user") == "portal_owner"
        members = "SELECT count(*) FROM pg_auth_members m JOIN pg_roles r ON r.oid IN (m.member, m.roleid)"
        assert one(urls.owner, f"{members} WHERE r.rolname IN ('portal_app', 'portal_owner')") == 0
        owner = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'portal'"
        assert one(urls.app, owner) == "portal_owner"
        for address in urls:
            assert postgres.SUPERUSER not in address


def test_portal_app_makes_nothing_and_waits_for_nothing_for_ever(home: pathlib.Path) -> None:
    with Server(home).used() as urls:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            one(urls.app, "CREATE TABLE own (id int)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            one(urls.app, "CREATE TEMP TABLE own (id int)")
        with pytest.raises(psycopg.OperationalError):
            one(urls.app.replace("/portal?", "/postgres?"), "SELECT 1")
        for setting in postgres.TIMEOUTS:
            assert one(urls.app, f"SELECT current_setting('{setting}')") != "0"
        assert one(urls.owner, "SELECT current_setting('statement_timeout')") == "0"


def test_what_people_type_stays_out_of_the_log(home: pathlib.Path) -> None:
    server = Server(home)
    with server.used() as urls:
        with psycopg.connect(urls.owner) as connection:
            connection.execute("CREATE TABLE people (name text UNIQUE)")
            connection.execute("INSERT INTO people VALUES ('Lieselotte Beispiel')")
            with pytest.raises(psycopg.errors.UniqueViolation):
                connection.execute("INSERT INTO people VALUES ('Lieselotte Beispiel')")
    assert "duplicate key" in server.log.read_text()
    assert "Lieselotte" not in server.log.read_text()


# --- who starts it, who stops it ----------------------------------------------------------------------


def test_the_last_one_out_stops_it(home: pathlib.Path) -> None:
    first, second = Server(home), Server(home)
    with contextlib.ExitStack() as stack:
        stack.enter_context(first.used())
        with second.used() as urls:
            running = pid_of(first)
            assert one(urls.app, "SELECT 1") == 1
        assert (pid_of(first), first.answers()) == (running, "yes"), "somebody still works with it"
        third = Server(home)
        staying = stack.enter_context(contextlib.ExitStack())
        staying.enter_context(third.used())
    assert first.answers() == "no"
    assert not (first.data / "postmaster.pid").exists()


def script(home: pathlib.Path, *, throwaway: bool = False) -> subprocess.Popen[str]:
    """A process that uses the server until it is ended."""
    code = (
        "import sys, time; from seniorportal import postgres\n"
        f"with postgres.running({str(home)!r}, throwaway={throwaway}) as urls:\n"
        "    print(urls.app, flush=True); time.sleep(60)"
    )
    hidden = ("DATABASE_URL", "DATABASE_OWNER_URL", "PORTAL_HOME")
    return subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=postgres.ROOT,
        env={name: value for name, value in os.environ.items() if name not in hidden},
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_every_orderly_end_stops_it(home: pathlib.Path, number: signal.Signals) -> None:
    process = script(home)
    assert process.stdout and process.stdout.readline().startswith("postgresql://portal_app@/portal")
    server = Server(home)
    server.place()
    assert server.answers() == "yes"
    process.send_signal(number)
    process.communicate(timeout=20)
    assert process.returncode != 0
    assert server.answers() == "no"


def test_after_kill_9_of_its_user_the_next_one_finds_it_and_stops_it(home: pathlib.Path) -> None:
    process = script(home)
    assert process.stdout and process.stdout.readline()
    process.kill()
    process.communicate()
    server = Server(home)
    server.place()
    running = pid_of(server)
    with server.used():
        assert pid_of(server) == running
    assert server.answers() == "no"


@on_linux
def test_a_killed_test_run_leaves_no_server(home: pathlib.Path) -> None:
    process = script(home, throwaway=True)
    assert process.stdout
    url = process.stdout.readline().strip()
    folder = pathlib.Path(str(psycopg.conninfo.conninfo_to_dict(url)["host"]))
    postmaster = int((folder / "postmaster.pid").read_text().split()[0])
    process.kill()
    process.communicate()
    status = pathlib.Path(f"/proc/{postmaster}/stat")
    wait_until(lambda: not status.exists() or status.read_text().split(")")[1].split()[0] == "Z")
    shutil.rmtree(folder.parent)


# --- what a crash leaves behind -----------------------------------------------------------------------


@on_linux
def test_kill_9_of_everything_loses_nothing(home: pathlib.Path) -> None:
    server = Server(home)
    with server.used() as urls:
        with psycopg.connect(urls.owner) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        killed(server)  # we are its parent and do not reap it: its pid is a zombie's now
        assert (server.data / "postmaster.pid").exists()
        again = Server(home)
        with again.used() as urls:
            assert one(urls.owner, "SELECT answer FROM kept") == 42


@on_linux
def test_a_strangers_pid_in_the_pid_file_is_left_alone(home: pathlib.Path) -> None:
    server = Server(home)
    server.place()
    with subprocess.Popen(["sleep", "60"], cwd="/", **server.who.popen) as stranger:
        try:
            for path in (server.data / "postmaster.pid", server.socket / ".s.PGSQL.5432.lock"):
                path.write_text(f"{stranger.pid}\n{server.data}\n1\n5432\n{server.socket}\n\n  1 1\nready\n")
                os.chown(path, server.who.uid, server.who.gid)
            (server.socket / ".s.PGSQL.5432").touch()
            with server.used() as urls:
                assert one(urls.app, "SELECT 1") == 1
            assert stranger.poll() is None
        finally:
            stranger.kill()


def test_initdb_cut_off_is_begun_anew(open_folder: pathlib.Path) -> None:
    home = open_folder / "abgebrochen"
    process = script(home)
    wait_until(lambda: bool(list(home.glob("pg.neu-*/PG_VERSION"))))
    process.kill()
    process.communicate()
    assert not (home / "pg").exists()
    with Server(home).used() as urls:
        assert one(urls.app, "SELECT 1") == 1
    assert not list(home.glob("pg.neu-*"))


def test_a_half_made_folder_is_put_aside(
    open_folder: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = open_folder / "halb"
    (home / "pg" / "base").mkdir(parents=True)
    (home / "pg" / "PG_VERSION").write_text("15\n")
    with Server(home).used() as urls:
        assert one(urls.app, "SELECT 1") == 1
    assert len(list(home.glob("pg.unvollstaendig-*/PG_VERSION"))) == 1
    assert "keine vollständige Datenbank" in capsys.readouterr().err


def test_roles_cut_off_are_made_whole(home: pathlib.Path) -> None:
    server = Server(home)
    with server.used():
        with psycopg.connect(server.url(postgres.SUPERUSER, "postgres"), autocommit=True) as connection:
            connection.execute("DROP DATABASE portal")
            connection.execute("REVOKE ALL ON DATABASE postgres FROM portal_owner")
            connection.execute("DROP ROLE portal_app")
            connection.execute("ALTER ROLE portal_owner SUPERUSER")
    with server.used() as urls:
        assert one(urls.app, "SELECT 1") == 1
        assert one(urls.owner, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False


# --- where it lies ------------------------------------------------------------------------------------


def test_long_and_odd_paths(copy: Callable[[str], pathlib.Path]) -> None:
    home = copy("Büro mit 'Hochkomma', Komma und $(Dollar) " + "lang" * 20)
    server = Server(home)
    with server.used() as urls:
        assert one(urls.app, "SELECT 1") == 1
        assert server.socket != server.data
        assert server.socket.lstat().st_mode & 0o777 == 0o700
        assert server.socket.lstat().st_uid == server.who.uid
    shutil.rmtree(server.socket)


@as_root
def test_out_of_the_accounts_reach_it_lies_in_var_tmp(
    open_folder: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    closed = open_folder / "zu"
    closed.mkdir(mode=0o700)
    server = Server(closed / "heim")
    try:
        with server.used() as urls:
            assert one(urls.app, "SELECT 1") == 1
            assert server.data.is_relative_to(postgres.SHARED_TEMP)
            folder = server.data.parent.lstat()
            assert (folder.st_mode & 0o777, folder.st_uid) == (0o700, server.who.uid)
        assert closed.lstat().st_mode & 0o777 == 0o700
        assert capsys.readouterr().err.count("\n") == 1
        closed.chmod(0o711)  # reachable now, but the data is where it was made
        again = Server(closed / "heim")
        again.place()
        assert again.data == server.data
    finally:
        shutil.rmtree(server.data.parent)


def test_a_folder_anybody_could_have_planted_is_refused(open_folder: pathlib.Path) -> None:
    who = processes.account(open_folder / "none")
    (open_folder / "ziel").mkdir()
    (open_folder / "link").symlink_to(open_folder / "ziel")
    (open_folder / "datei").touch()
    for name in ("link", "datei"):
        with pytest.raises(SystemExit, match="darum nicht benutzt"):
            processes.private_folder(open_folder / name, who)
    made = processes.private_folder(open_folder / "eigen", who)
    assert (made.lstat().st_mode & 0o777, made.lstat().st_uid) == (0o700, who.uid)


@as_root
def test_a_folder_of_somebody_else_is_refused(open_folder: pathlib.Path) -> None:
    who = processes.account(open_folder / "none")
    (open_folder / "fremd").mkdir()
    os.chown(open_folder / "fremd", 12345, 12345)
    with pytest.raises(SystemExit, match="12345"):
        processes.private_folder(open_folder / "fremd", who)


# --- which binaries -----------------------------------------------------------------------------------


def test_a_database_of_another_version_is_named(home: pathlib.Path) -> None:
    (home / "pg" / "PG_VERSION").write_text("99\n")
    with pytest.raises(SystemExit, match="gehört zu PostgreSQL 99"):
        with Server(home).used():
            pass


def test_portal_pg_bin_must_hold_a_server(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pg_ctl").write_text("#!/bin/sh\n")  # a lone wrapper is not one
    monkeypatch.setenv("PORTAL_PG_BIN", str(tmp_path))
    with pytest.raises(SystemExit, match="PORTAL_PG_BIN zeigt auf"):
        binaries.find()
    assert not binaries.wheel_wanted()
    monkeypatch.setenv("PORTAL_PG_BIN", "wheel")
    assert binaries.wheel_wanted()


def test_a_wrapper_on_path_is_no_server(tmp_path: pathlib.Path) -> None:
    for tool in ("postgres", "initdb", "pg_ctl"):
        (tmp_path / tool).write_text("#!/bin/sh\necho pg_ctlcluster\n")
        (tmp_path / tool).chmod(0o755)
    assert binaries.version(tmp_path) is None


# --- when DATABASE_URL is set -------------------------------------------------------------------------


def test_a_given_database_is_used_as_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://portal_app@db.invalid/portal")
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    with postgres.running(tmp_path / "heim") as urls:
        assert urls.app == urls.owner == "postgresql://portal_app@db.invalid/portal"
    assert not (tmp_path / "heim").exists()


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("postgresql://portal_app:geheim@127.0.0.1:1/portal", "nicht erreichbar"),
        ("quatsch", "DATABASE_URL ist keine"),
    ],
)
def test_a_broken_address_is_a_sentence(address: str, says: str) -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": address,
        "DATABASE_OWNER_URL": "",
        "PORTAL_DATABASE_ROLE": "owner",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate"],
        cwd=postgres.ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0
    assert says in done.stderr and "Traceback" not in done.stderr and "geheim" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
