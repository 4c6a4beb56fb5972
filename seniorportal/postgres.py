"""A private PostgreSQL for the demo, for development and for tests, when DATABASE_URL names none.

`with running()` finds the server of PORTAL_HOME or starts it; the last one out stops it. Only this module
knows the superuser: what it hands out are the addresses of portal_app and portal_owner.

Importable with the bare standard library: portal.py asks here where the data lies before anything is installed.
"""

import contextlib
import fcntl
import hashlib
import os
import pathlib
import re
import secrets
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote

from seniorportal.binaries import find
from seniorportal.processes import (
    account,
    account_name,
    deaf,
    die_with_parent,
    keep,
    lock_file,
    owner_only,
    private_folder,
    reaches,
    stoppable,
)
from seniorportal.progress import explain, say

SUPERUSER = "portal_super"
DATABASE = "portal"
ROOT = pathlib.Path(__file__).resolve().parent.parent
# Never the TMPDIR of one session: two commands must come to the same folder.
SHARED_TEMP = pathlib.Path("/var/tmp")
# 107 bytes for "<folder>/.s.PGSQL.5432.lock", fewer on macOS; and nothing a comma-separated list could misread.
SOCKET_FOLDER = re.compile(r"[A-Za-z0-9_./+-]{1,82}")
TIMEOUTS = {"statement_timeout": "30s", "lock_timeout": "5s", "idle_in_transaction_session_timeout": "60s"}
PATIENCE = 300  # seconds; replaying the log after a crash takes its time


class Urls(NamedTuple):
    app: str
    owner: str


def home_folder(home: str | os.PathLike[str] | None = None) -> pathlib.Path:
    return pathlib.Path(home or os.environ.get("PORTAL_HOME") or ROOT / ".local").expanduser().resolve()


# --- one server ---------------------------------------------------------------------------------------


def _mark(path: pathlib.Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


class Server:
    """The data folder, its server and the two locks that decide who starts and who stops it."""

    def __init__(self, home: pathlib.Path, *, throwaway: bool = False):
        self.home = home
        self.throwaway = throwaway
        self.log = home / "postgresql.log"
        self.note = ""

    def place(self) -> None:
        """Decide where the data lies. Data once made is found again, whatever has become reachable since."""
        self.home.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
        near, aside = self.home / "pg", SHARED_TEMP / f"seniorportal-{_mark(self.home)}" / "pg"
        self.data, self.who = near, account(near)
        if near.is_symlink():
            raise SystemExit(f"{near} ist eine Verknüpfung und wird darum nicht als Datenbank benutzt.")
        if os.geteuid() == 0 and (aside.exists() or not reaches(self.who, self.home)):
            if (near / "PG_VERSION").exists():
                if not reaches(self.who, near):
                    raise SystemExit(
                        f"Der Benutzer {self.who.name} kommt nicht mehr an seine Datenbank in {near}. Bitte die Rechte "
                        "der Ordner darüber prüfen."
                    )
            else:
                self.data, self.who = aside, account(aside)
                private_folder(aside.parent, self.who)
                self.note = f"Der Benutzer {self.who.name} erreicht {self.home} nicht: Die Datenbank liegt in {aside}."
        if SOCKET_FOLDER.fullmatch(str(self.data)):
            self.socket = self.data
        else:
            self.socket = SHARED_TEMP / f"seniorportal-socket-{_mark(self.data)}"

    def url(self, role: str, database: str = DATABASE) -> str:
        return f"postgresql://{role}@/{database}?host={quote(str(self.socket), safe='')}&port=5432"

    @contextlib.contextmanager
    def used(self) -> Iterator[Urls]:
        """Hold the server for as long as the block lasts."""
        self.home.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
        with lock_file(self.home / "pg.users") as users:
            with lock_file(self.home / "pg.lock") as door:
                fcntl.flock(door, fcntl.LOCK_EX)
                self.place()
                self.start()
                fcntl.flock(users, fcntl.LOCK_SH)
            try:
                yield Urls(self.url("portal_app"), self.url("portal_owner"))
            finally:
                with deaf(), lock_file(self.home / "pg.lock") as door:
                    fcntl.flock(door, fcntl.LOCK_EX)
                    try:
                        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    except BlockingIOError:
                        pass  # somebody else works with it and will stop it
                    else:
                        self.stop()

    # What follows happens under the exclusive lock.

    def start(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        if self.answers() == "yes":
            self.make_roles()
            return
        if self.note:
            say(self.note)
        self.refuse_half_made()
        folder, major = find(self.data)
        binaries = self.runnable(folder, major)
        if not self.data.exists():
            self.initialise(binaries, major)
        self.clear_leftovers()
        if self.socket != self.data:
            private_folder(self.socket, self.who)
        try:
            self.launch(binaries)
            self.make_roles()
        except BaseException:
            with deaf():
                self.stop()
            raise

    def answers(self) -> str:
        """Yes, wait (starting, stopping, recovering) or no. Asked of the socket: a pid file can lie."""
        from psycopg.pq import PGconn, Ping

        if not os.path.lexists(self.socket / ".s.PGSQL.5432"):
            return "no"
        target = f"host='{self.socket}' port=5432 user={SUPERUSER} dbname=postgres connect_timeout=5"
        answer = PGconn.ping(target.encode())
        return "yes" if answer == Ping.OK else "wait" if answer == Ping.REJECT else "no"

    def run(self, *command: str | pathlib.Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(part) for part in command],
            cwd="/",
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            preexec_fn=die_with_parent(signal.SIGKILL),
            **self.who.popen,
        )

    def environment(self) -> dict[str, str]:
        kept = ("PATH", "LD_LIBRARY_PATH", "TZ")
        return {"LC_ALL": "C", **{name: os.environ[name] for name in kept if name in os.environ}}

    def runnable(self, folder: pathlib.Path, major: int) -> pathlib.Path:
        """The same binaries where this account can execute them: a .venv below a 0700 folder is out of its reach."""
        if re.fullmatch(r"[^\"$`\\]+", str(folder)) and self.executes(
            folder
        ):  # initdb names itself to a shell
            return folder
        stamp = (folder / "postgres").stat()
        mark = f"{_mark(folder)}-{stamp.st_size:x}{int(stamp.st_mtime):x}"
        copy = SHARED_TEMP / f"seniorportal-postgresql-{major}-{mark}"
        # The wheel's programs look for their libraries three folders up, so the copy has the same steps.
        inside = copy / folder.parent.parent.name / folder.parent.name / folder.name
        if not os.path.lexists(copy):
            say(f"Der Benutzer {self.who.name} darf {folder} nicht ausführen; eine Kopie liegt in {copy}.")
            for outdated in SHARED_TEMP.glob(f"seniorportal-postgresql-*-{_mark(folder)}-*"):
                if outdated.lstat().st_uid == os.geteuid():
                    shutil.rmtree(outdated, ignore_errors=True)
            self.copy_binaries(folder, copy)
        found = copy.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o022:
            raise SystemExit(
                f"{copy} gehört dem Benutzer {account_name(found.st_uid)} und wird darum nicht ausgeführt."
            )
        if not self.executes(inside):
            raise SystemExit(
                f"Das PostgreSQL in {inside} lässt sich nicht ausführen. Bitte eines installieren (sudo apt install "
                "postgresql) und mit PORTAL_PG_BIN nennen."
            )
        return inside

    def executes(self, folder: pathlib.Path) -> bool:
        with contextlib.suppress(OSError):
            return not any(self.run(folder / tool, "--version").returncode for tool in ("postgres", "initdb"))
        return False

    def copy_binaries(self, folder: pathlib.Path, copy: pathlib.Path) -> None:
        package = folder.parent.parent
        fresh = pathlib.Path(tempfile.mkdtemp(prefix="seniorportal-neu-", dir=SHARED_TEMP))
        unneeded = shutil.ignore_patterns("include", "*.a", "__pycache__")
        try:
            for source in (folder.parent, package.with_name(f"{package.name}.libs")):
                if source.is_dir():
                    target = fresh / source.relative_to(package.parent)
                    shutil.copytree(source, target, symlinks=True, ignore=unneeded)
            for path in [fresh, *(found for found in fresh.rglob("*") if found.is_dir())]:
                path.chmod(0o755)
            fresh.rename(copy)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)

    def refuse_half_made(self) -> None:
        """A folder that never became a database is put aside, not deleted: it might be anything."""
        if self.data.exists() and not (self.data / "global" / "pg_control").exists():
            if not any(self.data.iterdir()):
                self.data.rmdir()
                return
            aside = self.data.with_name(
                f"pg.unvollstaendig-{time.strftime('%Y%m%d-%H%M%S')}-{secrets.token_hex(2)}"
            )
            self.data.rename(aside)
            say(f"In {self.data} lag keine vollständige Datenbank; der Ordner heißt jetzt {aside.name}.")

    def initialise(self, binaries: pathlib.Path, major: int) -> None:
        """initdb beside its place, then one rename: an interrupted one never looks like a database."""
        for left in self.data.parent.glob("pg.neu-*"):
            shutil.rmtree(left, ignore_errors=True)
        fresh = pathlib.Path(tempfile.mkdtemp(prefix="pg.neu-", dir=self.data.parent))
        try:
            if os.geteuid() == 0:
                os.chown(fresh, self.who.uid, self.who.gid)
            options = ["--auth-local=trust", "--auth-host=reject", "--data-checksums", "--no-instructions"]
            options += ["--encoding=UTF8", "--locale=C.UTF-8", f"--username={SUPERUSER}"]
            if major >= 17:
                options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
            if self.throwaway:
                options += ["--no-sync"]
            done = self.run(binaries / "initdb", "-D", fresh, *options)
            if done.returncode:
                raise SystemExit(
                    self.complaint("Die Datenbank ließ sich nicht anlegen", done.stderr + done.stdout)
                )
            fresh.rename(self.data)
        except OSError as error:
            raise SystemExit(f"Die Datenbank ließ sich nicht anlegen: {explain(error)}") from None
        finally:
            shutil.rmtree(fresh, ignore_errors=True)

    def survivors(self) -> list[int]:
        """Server processes in this data folder, found by their working folder.

        Asked as the account itself: in a container root may not look at other accounts' processes.
        """
        script = (
            'for p in /proc/[0-9]*; do [ "$p/cwd" -ef "$1" ] && read -r c < "$p/comm" '
            '&& case $c in postgres*) echo "${p#/proc/}";; esac; done; true'
        )
        return [int(pid) for pid in self.run("/bin/sh", "-c", script, "sh", self.data).stdout.split()]

    def clear_leftovers(self) -> None:
        """After a crash PostgreSQL trusts the pid in its lock files, even when it is a zombie's or a stranger's by now.

        They may go only when no process works in the data folder any more, else two servers write the same files.
        """
        leftovers = [
            self.data / "postmaster.pid",
            self.socket / ".s.PGSQL.5432.lock",
            self.socket / ".s.PGSQL.5432",
        ]
        if not any(map(os.path.lexists, leftovers)):
            return
        began = time.monotonic()
        while self.answers() == "wait" and time.monotonic() < began + PATIENCE:
            time.sleep(0.05)
        if not os.path.exists("/proc/self/cwd"):
            return
        began = time.monotonic()
        asked = False
        while working := self.survivors():
            waited = time.monotonic() - began
            if waited > 5 and not asked:
                asked = True
                for pid in working:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGQUIT)  # stop at once; the log is replayed at the next start
            if waited > 15:
                raise SystemExit(
                    f"In {self.data} arbeiten noch Prozesse eines früheren Laufs ({', '.join(map(str, working))}), "
                    "die nicht antworten. Bitte diese beenden und noch einmal starten."
                )
            time.sleep(0.05)
        for path in leftovers:
            path.unlink(missing_ok=True)

    def launch(self, binaries: pathlib.Path) -> None:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket),
            "port": "5432",
            "jit": "off",
            # Nothing a person typed reaches the log: neither the statement nor the row it broke on.
            "log_min_error_statement": "panic",
            "log_error_verbosity": "terse",
        }
        if self.throwaway:
            settings |= {
                "fsync": "off",
                "synchronous_commit": "off",
                "full_page_writes": "off",
                "autovacuum": "off",
            }
        command = [str(binaries / "postgres"), "-D", str(self.data)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        with open(self.log, "ab", opener=owner_only) as log:
            begin = log.tell()
            self.process = subprocess.Popen(
                command,
                cwd="/",
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C and a closed terminal are ours to handle
                preexec_fn=die_with_parent(signal.SIGQUIT) if self.throwaway else None,
                umask=0o077,
                **self.who.popen,
            )
        began = time.monotonic()
        told = False
        while self.answers() != "yes":
            waited = time.monotonic() - began
            if self.process.poll() is not None or waited > PATIENCE:
                with open(self.log, "rb") as written:
                    written.seek(begin)
                    text = written.read().decode(errors="replace")
                raise SystemExit(self.complaint("PostgreSQL startet nicht", text))
            if waited > 5 and not told:
                told = True
                say("Die Datenbank braucht länger als sonst, vielleicht nach einem Absturz. Bitte warten.")
            time.sleep(0.02)

    def complaint(self, what: str, text: str) -> str:
        other = "Bitte mit PORTAL_HOME einen anderen Ordner wählen."
        if "No space left on device" in text or "Disk quota exceeded" in text:
            return f"{what}: Der Datenträger mit {self.data} ist voll. Bitte Platz schaffen und noch einmal starten."
        if "Permission denied" in text:
            return f"{what}: Dem Benutzer {self.who.name} fehlen Rechte an {self.data}. {other}"
        if "Read-only file system" in text:
            return f"{what}: {self.data} lässt sich nur lesen. {other}"
        if "Cannot allocate memory" in text or "could not create shared memory segment" in text:
            return f"{what}: Der Arbeitsspeicher reicht nicht. Bitte andere Programme schließen."
        lines = [
            line for line in text.splitlines() if re.search(r"FATAL|PANIC|error:", line)
        ] or text.splitlines()[-1:]
        return f"{what}: {lines[0].strip() if lines else 'ohne Meldung'} (mehr in {self.log})"

    def make_roles(self) -> None:
        """The two roles and the database, each step repeatable: a start that was cut off here is made whole."""
        import psycopg

        done = "seniorportal 1"
        with psycopg.connect(
            self.url(SUPERUSER, "postgres"), connect_timeout=10, autocommit=True
        ) as connection:
            run = connection.execute
            mark = run(
                "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = 'portal'"
            )
            if mark.fetchone() == (done,):
                return
            closed = "NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS"
            for role, rights in (
                ("portal_owner", f"LOGIN CREATEDB {closed}"),
                ("portal_app", f"LOGIN NOCREATEDB {closed}"),
            ):
                known = run("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
                run(f"{'ALTER' if known else 'CREATE'} ROLE {role} {rights}")
            for setting, value in TIMEOUTS.items():
                run(f"ALTER ROLE portal_app SET {setting} = '{value}'")
            if not run("SELECT 1 FROM pg_database WHERE datname = 'portal'").fetchone():
                run("CREATE DATABASE portal OWNER portal_owner")
            run("REVOKE ALL ON DATABASE portal, postgres, template1 FROM PUBLIC")
            run("GRANT CONNECT ON DATABASE portal TO portal_app")
            run("GRANT CONNECT ON DATABASE postgres TO portal_owner")  # from where test databases are made
            with psycopg.connect(self.url(SUPERUSER), connect_timeout=10, autocommit=True) as inside:
                inside.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
                inside.execute("GRANT USAGE ON SCHEMA public TO portal_app")
            run(f"COMMENT ON DATABASE portal IS '{done}'")

    def stop(self) -> None:
        process, self.process = self.process, None
        if process and process.poll() is not None:
            return
        try:
            pid = process.pid if process else int((self.data / "postmaster.pid").read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return
        if not process and (pid <= 1 or self.answers() == "no"):
            return
        gentle, harsh = (
            (signal.SIGQUIT, signal.SIGKILL) if self.throwaway else (signal.SIGINT, signal.SIGQUIT)
        )
        for number, patience in ((gentle, 20), (harsh, 10)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
            until = time.monotonic() + patience
            while time.monotonic() < until:
                gone = process.poll() is not None if process else not (self.data / "postmaster.pid").exists()
                if gone:
                    return
                time.sleep(0.02)


# --- what the rest of the house calls -----------------------------------------------------------------


def check(url: str, name: str = "DATABASE_URL") -> None:
    """One sentence, without the address (it holds a password), when nothing answers there."""
    import psycopg

    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.ProgrammingError:
        raise SystemExit(
            f"{name} ist keine Adresse einer Datenbank. Sie sieht so aus: postgresql://benutzer:kennwort@rechner:5432/portal"
        ) from None
    except psycopg.Error as error:
        why = (str(error).strip().splitlines() or ["keine Antwort"])[0].strip().rstrip(".")
        raise SystemExit(
            f"Die Datenbank aus {name} ist nicht erreichbar: {why}. Bitte die Adresse und den Server prüfen, "
            "oder DATABASE_URL weglassen: Dann startet das Portal ein eigenes PostgreSQL."
        ) from None


@contextlib.contextmanager
def running(home: str | os.PathLike[str] | None = None, *, throwaway: bool = False) -> Iterator[Urls]:
    """DATABASE_URL and DATABASE_OWNER_URL for the block, with a server that answers there.

    A DATABASE_URL that is already set stays as it is, and nothing is started.
    """
    if given := os.environ.get("DATABASE_URL"):
        yield Urls(given, os.environ.get("DATABASE_OWNER_URL") or given)
        return
    with contextlib.ExitStack() as stack:
        try:
            # pytest takes a SystemExit for a failed test and goes on; a KeyboardInterrupt ends it.
            stack.enter_context(stoppable(KeyboardInterrupt if throwaway else SystemExit))
            for name in ("PGHOSTADDR", "PGSERVICE", "PGSERVICEFILE", "PGOPTIONS"):
                os.environ.pop(name, None)  # libpq would let them override the address
            if throwaway:
                folder = stack.enter_context(_throwaway_home())
                secret, password = secrets.token_urlsafe(50), secrets.token_urlsafe(12)
            else:
                folder = home_folder(home)
            urls = stack.enter_context(Server(folder, throwaway=throwaway).used())
            if not throwaway:
                secret = keep(folder / "secret-key", lambda: secrets.token_urlsafe(50))
                password = keep(folder / "demo-password", lambda: secrets.token_urlsafe(9))
        except OSError as error:
            raise SystemExit(f"Die Datenbank lässt sich nicht starten: {explain(error)}") from None
        stack.enter_context(
            _environment(
                {
                    "DATABASE_URL": urls.app,
                    "DATABASE_OWNER_URL": urls.owner,
                    "PORTAL_DEMO": os.environ.get("PORTAL_DEMO") or "1",
                    "PORTAL_HOME": str(folder),
                    "SECRET_KEY": os.environ.get("SECRET_KEY") or secret,
                    "PORTAL_DEMO_PASSWORD": os.environ.get("PORTAL_DEMO_PASSWORD") or password,
                }
            )
        )
        yield urls


@contextlib.contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextlib.contextmanager
def _throwaway_home() -> Iterator[pathlib.Path]:
    """A folder of its own for one test run; what a killed run left behind goes with the next one."""
    parent = pathlib.Path(tempfile.gettempdir())
    if os.geteuid() == 0 and not reaches(account(parent / "none"), parent):
        parent = SHARED_TEMP
    for left in parent.glob("seniorportal-test-*"):
        with contextlib.suppress(OSError):
            found = left.lstat()
            if found.st_uid == os.geteuid() and time.time() - found.st_mtime > 600:
                with lock_file(left / "pg.users") as users:
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(left, ignore_errors=True)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="seniorportal-test-", dir=parent))
    if os.geteuid() == 0:
        folder.chmod(0o711)  # ours alone; the server's account has to pass through
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
