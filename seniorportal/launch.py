"""The commands of portal.py, run with the packages of .venv: serve, test, check, e2e, bench.

The top of this module needs only the standard library; portal.py and manage.py call it before anything is installed.
"""

import contextlib
import errno
import fcntl
import functools
import hashlib
import http.client
import io
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator

from seniorportal import postgres, processes
from seniorportal.progress import close_line, explain, speak_plainly, step

ROOT = postgres.ROOT
LOGINS = {
    "koordination-awo": "Koordination der Begegnungsstätten der AWO",
    "koordination-caritas": "Koordination der Begegnungsstätten der Caritas",
    "vorort-hoerde": "Begegnung VorOrt in Hörde",
    "hausleitung-ekh": "Leitung des Eugen-Krautscheid-Hauses",
    "tandem-hoerde": "Seniorenbüro Hörde",
    "tandem-hombruch": "Seniorenbüro Hombruch",
    "auswertung": "Kennzahlen und Kurzbericht",
    "redaktion": "Seiten und Vokabulare",
    "technik": "Konten und Betrieb",
}


# --- before anything is installed ---------------------------------------------------------------------


def settle_environment() -> None:
    """Relative paths mean where the person stood, not where we go; compiled files make the second start quick."""
    speak_plainly()
    os.environ["PORTAL_HOME"] = str(postgres.home_folder())
    chosen = os.environ.get("PORTAL_PG_BIN", "")
    if chosen and chosen != "wheel":
        os.environ["PORTAL_PG_BIN"] = str(pathlib.Path(chosen).expanduser().absolute())
    for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONSAFEPATH", "PYTHONHOME"):
        os.environ.pop(name, None)


def port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise SystemExit(
            f"PORT muss eine Zahl von 1 bis 65535 sein, nicht „{text}“. Beispiel: PORT=8001 python3 portal.py"
        )
    return int(text)


def refuse_early() -> None:
    """What would end the start anyway is said before minutes of work."""
    number, home = port(), postgres.home_folder()
    with contextlib.suppress(OSError), open(home / "portal.lock") as lock:
        with _exclusive(lock.fileno(), lock.read()):
            pass
    _end_leftover(home)
    for attempt in range(40):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", number))
                return
            except PermissionError:
                raise SystemExit(
                    f"Port {number} darf nur root benutzen. Bitte einen anderen nehmen: PORT=8001 python3 portal.py"
                ) from None
            except OSError as error:
                if error.errno != errno.EADDRINUSE:
                    raise SystemExit(f"Port {number} lässt sich nicht öffnen: {explain(error)}") from None
        if attempt == 39 or not (home / "gunicorn.pid").exists():
            break
        time.sleep(0.1)  # the workers of a killed run notice within a second or two
    raise SystemExit(
        f"Port {number} ist schon belegt, vielleicht von einem anderen Portal. Bitte dieses beenden oder einen anderen "
        f"Port nehmen: PORT={number + 1 if number < 65535 else 8001} python3 portal.py"
    )


@contextlib.contextmanager
def _exclusive(lock: int, holder: str) -> Iterator[None]:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        where = f" unter http://127.0.0.1:{holder.strip()}/" if holder.strip() else ""
        raise SystemExit(
            f"Das Portal läuft oder startet schon{where}. Für ein zweites daneben: "
            "PORT=8001 PORTAL_HOME=.local2 python3 portal.py"
        ) from None
    try:
        yield
    finally:
        fcntl.flock(lock, fcntl.LOCK_UN)


def _end_leftover(home: pathlib.Path) -> None:
    """A gunicorn whose launcher was killed (elsewhere than on Linux, where it dies with it)."""
    with contextlib.suppress(OSError, ValueError):
        pid = int((home / "gunicorn.pid").read_text())
        if b"seniorportal.wsgi" in pathlib.Path(f"/proc/{pid}/cmdline").read_bytes():
            os.killpg(pid, signal.SIGKILL)


# --- serve --------------------------------------------------------------------------------------------


def serve() -> int:
    home, number = postgres.home_folder(), port()
    signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # a shell script starts us with Ctrl-C switched off
    with contextlib.ExitStack() as stack:
        stack.enter_context(processes.stoppable())
        refuse_early()
        home.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
        lock = stack.enter_context(open(home / "portal.lock", "a+"))
        lock.seek(0)
        stack.enter_context(_exclusive(lock.fileno(), lock.read()))
        lock.truncate(0)
        lock.write(str(number))
        lock.flush()
        with step("Datenbank", 3):
            urls = stack.enter_context(postgres.running())
            postgres.check(urls.app)
            if urls.owner != urls.app:
                postgres.check(urls.owner, "DATABASE_OWNER_URL")
        _call("prepare")
        with step("Webserver", 7):
            gunicorn = stack.enter_context(_gunicorn(home, number))
            answer = _wait_for_answer(number, gunicorn)
        _welcome(number, answer)
        ended = gunicorn.wait()
    raise SystemExit(
        f"Der Webserver hat sich beendet (Code {ended}). Ein neuer Start hilft vermutlich: python3 portal.py"
    )


def _call(part: str) -> None:
    """A part that needs Django, in a process of its own: this one stays small for as long as the portal runs."""
    process = subprocess.Popen(
        [sys.executable, "-m", "seniorportal.launch", part],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "PORTAL_DATABASE_ROLE": "owner"},
        preexec_fn=processes.die_with_parent(signal.SIGTERM),
    )
    try:
        code = process.wait()
    except BaseException:
        with processes.deaf():
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
            process.wait()
        raise
    if code:
        raise SystemExit(code if code > 0 else 128 - code)


@contextlib.contextmanager
def _gunicorn(home: pathlib.Path, number: int) -> Iterator[subprocess.Popen[bytes]]:
    hidden = ("DATABASE_OWNER_URL", "PORTAL_DEMO_PASSWORD")  # nothing that serves requests needs them
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    options = "--workers 2 --threads 4 --worker-class gthread --preload --no-control-socket --log-level error"
    options += " --limit-request-line 8190"  # a long search still gets an answer in German
    options += " --graceful-timeout 5"  # and no access log: it would name what people look for
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "seniorportal.wsgi",
            f"--bind=127.0.0.1:{number}",
            *options.split(),
        ],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        env={**environment, "PORTAL_DATABASE_ROLE": "app"},
        start_new_session=True,
        preexec_fn=processes.die_with_parent(signal.SIGTERM),
    )
    (home / "gunicorn.pid").write_text(str(process.pid))
    try:
        yield process
    finally:
        with processes.deaf():
            if process.poll() is None:
                process.terminate()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(10)
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            (home / "gunicorn.pid").unlink(missing_ok=True)


def _wait_for_answer(number: int, gunicorn: subprocess.Popen[bytes]) -> int:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if gunicorn.poll() is not None:
            raise SystemExit("Der Webserver startet nicht; die Meldungen darüber sagen, warum.")
        connection = http.client.HTTPConnection("127.0.0.1", number, timeout=30)
        try:
            connection.request("GET", "/", headers={"Host": f"127.0.0.1:{number}"})
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
        finally:
            connection.close()
    raise SystemExit("Der Webserver antwortet nicht. Bitte noch einmal starten: python3 portal.py")


def _welcome(number: int, answer: int) -> None:
    if answer >= 500:
        print(
            f"\nAchtung: Die Startseite meldet einen Fehler ({answer}); die Meldungen darüber sagen, welchen."
        )
    address = f"http://127.0.0.1:{number}"
    print(f"\nDas Portal läuft: {address}/\n")
    if os.environ.get("PORTAL_DEMO") == "1":
        print(f"Anmelden: {address}/konto/login/")
        for login, what in LOGINS.items():
            print(f"  {login:<22}{what}")
        print(f"Kennwort für alle: {os.environ['PORTAL_DEMO_PASSWORD']}\n")
    print("Beenden mit Strg+C.", flush=True)


# --- prepare: tables, data, static files --------------------------------------------------------------


def prepare() -> int:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "seniorportal.settings")
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from seniorportal.demo import accounts

    quiet = io.StringIO()
    with step("Tabellen", 4):
        if _migrations_open():
            call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
    with step("Daten", 5):
        if os.environ.get("PORTAL_DEMO") == "1":
            if _data_wanted():
                with _marked_unfinished():
                    call_command("demo_data", verbosity=0, stdout=quiet)
            else:
                # What is printed at the end is true, even when PORTAL_DEMO_PASSWORD is another one than last time.
                accounts.renew_password()
        call_command("extend_occurrences", verbosity=0, stdout=quiet)
    with step("Dateien für den Browser", 6):
        digest, mark = _static_digest(), postgres.home_folder() / "static.mark"
        collected = (pathlib.Path(settings.STATIC_ROOT) / "staticfiles.json").exists()
        if not collected or not mark.exists() or mark.read_text() != digest:
            call_command("collectstatic", interactive=False, clear=True, verbosity=0)
            mark.write_text(digest)
    return 0


def _migrations_open() -> bool:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


UNFINISHED = "Beispieldaten unvollständig"


def _data_wanted() -> bool:
    """Only an empty database gets example rows, or one whose first filling was cut off."""
    from django.apps import apps
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description('public'::regnamespace, 'pg_namespace')")
        if cursor.fetchone() == (UNFINISHED,):
            return True
    return not apps.get_model("seniorportal", "Venue")._default_manager.exists()


@contextlib.contextmanager
def _marked_unfinished() -> Iterator[None]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"COMMENT ON SCHEMA public IS '{UNFINISHED}'")
    yield
    with connection.cursor() as cursor:
        cursor.execute("COMMENT ON SCHEMA public IS NULL")


def _static_digest() -> str:
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256(f"{settings.STATIC_ROOT}".encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = os.stat(storage.path(path))
            digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _last_line(text: str) -> str:
    return next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "ohne Meldung")


# --- test, e2e, bench ---------------------------------------------------------------------------------


def test(arguments: list[str]) -> int:
    return _pytest("-n", "auto", *arguments)


def _pytest(*arguments: str) -> int:
    """In place of this process: pytest's summary is the last thing on the screen and its exit code ours."""
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *arguments])


def e2e(arguments: list[str]) -> int:
    places = ("chromium", "chromium-browser", "google-chrome", "/usr/bin/chromium")
    found = os.environ.get("PORTAL_CHROMIUM") or next(filter(None, map(shutil.which, places)), None)
    if not found or not shutil.which(found):
        print(
            "Die Prüfungen im Browser brauchen Chromium (sudo apt install chromium, oder PORTAL_CHROMIUM). "
            "Es wurde nichts geprüft."
        )
        return 1 if os.environ.get("CI") == "true" else 0
    if not (ROOT / "tests" / "e2e").is_dir():
        raise SystemExit("Der Ordner tests/e2e fehlt: Es gibt nichts im Browser zu prüfen.")
    os.environ["PORTAL_CHROMIUM"] = found
    # Two portals beside each other, each with a browser: most of the time one of them waits for the other's answer.
    side_by_side = () if "--bilder" in arguments else ("-n", "2", "--dist", "loadfile")
    return _pytest("tests/e2e", *side_by_side, *arguments)


def bench() -> int:
    """With the data of PORTAL_HOME, or with example data made for it on the first run."""
    with postgres.running():
        _call("prepare")
        return subprocess.run([sys.executable, "-m", "tests.bench"], cwd=ROOT).returncode


# --- manage.py ----------------------------------------------------------------------------------------


def manage(argv: list[str]) -> None:
    """Django's command line around a database that is there."""
    speak_plainly()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "seniorportal.settings")
    command = argv[1] if len(argv) > 1 else "help"
    os.environ.setdefault("PORTAL_DATABASE_ROLE", "app" if command == "runserver" else "owner")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db.utils import OperationalError

    if command in ("help", "version", "--help", "-h", "--version"):
        execute_from_command_line(argv)
        return
    with postgres.running() as urls:
        try:
            execute_from_command_line(argv)
        except ImproperlyConfigured as error:
            raise SystemExit(str(error)) from None
        except OperationalError:
            postgres.check(urls.app)
            postgres.check(urls.owner, "DATABASE_OWNER_URL")
            raise


def main(command: str, arguments: list[str]) -> int:
    speak_plainly()
    from seniorportal import inspection

    parts: dict[str, Callable[[], int]] = {
        "serve": serve,
        "prepare": prepare,
        "check": inspection.check,
        "test": functools.partial(test, arguments),
        "e2e": functools.partial(e2e, arguments),
        "bench": bench,
    }
    try:
        return parts[command]()
    except KeyboardInterrupt:
        close_line()
        return 0 if command == "serve" else 130
    except OSError as error:
        close_line()
        raise SystemExit(f"Das ging nicht: {explain(error)}") from None
    except Exception as error:
        close_line()
        # Compared by name: this module is also imported where no package is installed.
        if type(error).__name__ == "ImproperlyConfigured":
            raise SystemExit(str(error)) from None
        log = postgres.home_folder() / "fehler.log"
        with contextlib.suppress(OSError), open(log, "w") as file:
            traceback.print_exc(file=file)
        raise SystemExit(
            f"Unerwarteter Fehler: {type(error).__name__}: {_last_line(str(error))} (Einzelheiten: {log})"
        ) from None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
