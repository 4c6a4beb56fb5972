"""A copy of the database that lost nothing behind the wall, and the way back.

pg_dump as the owner leaves out walled rows without a word when the maintenance flag is missing, as it does where a
pooler swallows it. So they are counted in the same snapshot and again in the finished file; where these differ, there
is no copy.
Keys are not part of it: whoever finds a copy reads no note.
"""

import contextlib
import hashlib
import json
import os
import pathlib
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from psycopg.conninfo import make_conninfo

from seniorportal import binaries, keys, rotation, wall

FLAG = "-c portal.maintenance=on"
WALLED = """
SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relforcerowsecurity ORDER BY 1
"""
THINGS = """
SELECT count(*) FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
"""

# What has to happen in every restored database before anybody works with it, in one maintenance transaction; each
# answers a German sentence. The ledger of deletions is replayed here: what was deleted since the copy goes again.
after_restore: list[Callable[[], str]] = []


class Refused(Exception):
    """A German sentence why there is no copy, or nothing was brought back."""


@dataclass(frozen=True)
class Copy:
    """What the small file beside a dump says about it."""

    made_at: str
    postgresql: str
    walled: dict[str, int]
    keys: list[str]
    sha256: str


# --- making one ---------------------------------------------------------------------------------------


def save(folder: pathlib.Path) -> tuple[pathlib.Path, Copy]:
    """A dump in the folder and the file beside it, both for their owner's eyes, there only when all is well."""
    _owner_only()
    dump = tool("pg_dump")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    now = timezone.now()
    path = folder / f"seniorportal-{timezone.localtime(now):%Y-%m-%d-%H%M%S}.dump"
    part = path.with_suffix(".unfertig")
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with _snapshot() as (snapshot, walled):
            _run(dump, "--format=custom", "--enable-row-security", f"--snapshot={snapshot}", f"--file={part}")
        compare(walled, count_in(part, list(walled)))
        used = sorted(rotation.usage())
        copy = Copy(now.isoformat(), _server(), walled, used, _sha256(part))
        _write(path.with_suffix(".json"), json.dumps(asdict(copy), indent=1) + "\n")
        part.rename(path)
    except FileExistsError:
        raise Refused(
            f"{part} gibt es schon: Ein anderer Lauf ist am Werk, oder einer ist abgebrochen."
        ) from None
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return path, copy


def compare(expected: dict[str, int], found: dict[str, int]) -> None:
    for table, count in expected.items():
        if found.get(table, 0) != count:
            raise Refused(
                f"In der Kopie stehen {found.get(table, 0)} von {count} geschützten Zeilen aus {table}. Sie wird "
                "verworfen. Meist fehlt pg_dump die Erlaubnis portal.maintenance, etwa hinter einem PgBouncer: "
                "DATABASE_OWNER_URL muss geradewegs zum Server führen."
            )


@contextlib.contextmanager
def _snapshot() -> Iterator[tuple[str, dict[str, int]]]:
    """A moment of the database, and how many walled rows it has in it; pg_dump sees the same one."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT set_config('portal.maintenance', 'on', true), pg_export_snapshot()")
        snapshot = cursor.fetchone()[1]
        yield snapshot, _count_walled(cursor)


def _count_walled(cursor: Any) -> dict[str, int]:
    cursor.execute(WALLED)
    counts = {}
    for (table,) in cursor.fetchall():
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
        counts[table] = cursor.fetchone()[0]
    return counts


def count_in(path: pathlib.Path, tables: list[str]) -> dict[str, int]:
    """Rows of these tables in a dump, counted in what pg_restore would bring back."""
    if not tables:
        return {}
    counts: dict[str, int] = {}
    command: list[str | pathlib.Path] = [
        tool("pg_restore"),
        "--data-only",
        "--file=-",
        *(f"--table={table}" for table in tables),
        path,
    ]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=_environment(), cwd="/"
    ) as process:
        assert process.stdout and process.stderr
        table = ""
        for line in process.stdout:
            if table and line == b"\\.\n":
                table = ""
            elif table:
                counts[table] += 1
            elif line.startswith(b"COPY "):
                table = line.split(b"(")[0].split(b".")[-1].strip().strip(b'"').decode()
                counts[table] = 0
        said = process.stderr.read().decode(errors="replace")
    if process.returncode:
        raise Refused(f"Die Kopie {path.name} lässt sich nicht lesen: {_last_line(said)}")
    return counts


# --- the way back -------------------------------------------------------------------------------------


def newest(folder: pathlib.Path) -> pathlib.Path:
    """The dump itself, or the last one of a folder."""
    if folder.is_file():
        return folder
    found = sorted(folder.glob("seniorportal-*.dump")) if folder.is_dir() else []
    if not found:
        raise Refused(f"In {folder} liegt keine Kopie (seniorportal-*.dump).")
    return found[-1]


def bring_back(path: pathlib.Path) -> tuple[Copy, list[str]]:
    """Everything or nothing, into an empty database. Answers what the dump said about itself and what is to be done."""
    with connection.cursor() as cursor:
        cursor.execute(THINGS)
        if cursor.fetchone()[0]:
            raise Refused(
                "Die Datenbank ist nicht leer. Zurückgeholt wird nur in eine leere; nichts wurde verändert."
            )
    copy = _read(path)
    if _sha256(path) != copy.sha256:
        raise Refused(f"{path.name} ist nicht die Datei, die gesichert wurde: Die Prüfsumme stimmt nicht.")
    _run(
        tool("pg_restore"),
        "--exit-on-error",
        "--single-transaction",
        "--no-owner",
        "--enable-row-security",
        path,
        into=True,
    )
    with wall.maintenance(), connection.cursor() as cursor:
        found = _count_walled(cursor)
        if found != copy.walled:
            raise Refused(
                f"Zurückgeholt wurden {sum(found.values())} von {sum(copy.walled.values())} geschützten Zeilen. Bitte "
                "diese Datenbank nicht benutzen."
            )
        said = [work() for work in after_restore]
    return copy, [*said, *_missing_keys()]


def _missing_keys() -> list[str]:
    if problem := keys.problem():
        return [problem]
    return [
        f"Für {count} Texte fehlt im Schlüsselbund der Schlüssel {key}: Sie bleiben zu, bis er wieder da ist."
        for key, count in rotation.usage().items()
        if key not in keys.ring().keys
    ]


def _read(path: pathlib.Path) -> Copy:
    beside = path.with_suffix(".json")
    try:
        return Copy(**json.loads(beside.read_text()))
    except FileNotFoundError:
        raise Refused(
            f"Neben {path.name} fehlt {beside.name}: Es sagt, was die Kopie enthalten muss."
        ) from None
    except (OSError, ValueError, TypeError):
        raise Refused(f"{beside.name} ist unlesbar.") from None


# --- programs of PostgreSQL ---------------------------------------------------------------------------


def tool(name: str) -> pathlib.Path:
    """pg_dump or pg_restore of the server's own major version."""
    major = _version() // 10000
    found = binaries.client(name, major)
    if found is None:
        raise Refused(
            f"Hier fehlt {name} von PostgreSQL {major}, der Version des Servers. Bitte installieren (etwa: sudo apt "
            f"install postgresql-client-{major}) oder mit PORTAL_PG_BIN den Ordner nennen."
        )
    return found


def _server() -> str:
    version = _version()
    return f"{version // 10000}.{version % 10000}"


def _version() -> int:
    return connection.pg_version  # type: ignore[attr-defined]


def _owner_only() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bool_and(pg_has_role(current_user, relowner, 'MEMBER')) FROM pg_class"
            " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
        )
        owns = cursor.fetchone()[0]
    if owns is None:
        raise Refused("Die Datenbank ist leer; es gibt nichts zu sichern.")
    if not owns:
        raise Refused(
            "Sichern kann nur die Rolle, der die Tabellen gehören. Bitte DATABASE_OWNER_URL angeben."
        )


def _environment() -> dict[str, str]:
    """The flag travels with the connection; the password never stands in a list of processes."""
    parameters = connection.get_connection_params()
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "HOME") if name in os.environ}
    options = " ".join(filter(None, (parameters.get("options"), FLAG)))
    return {"LC_ALL": "C", "PGOPTIONS": options, "PGPASSWORD": str(parameters.get("password") or ""), **kept}


def _run(program: pathlib.Path, *arguments: str | pathlib.Path, into: bool = False) -> None:
    known = (
        "host",
        "port",
        "user",
        "dbname",
        "sslmode",
        "sslrootcert",
        "sslcert",
        "sslkey",
        "connect_timeout",
    )
    parameters = connection.get_connection_params()
    address = make_conninfo("", **{name: parameters[name] for name in known if parameters.get(name)})
    done = subprocess.run(
        [program, "--no-password", f"--dbname={address}", *arguments],
        env=_environment(),
        cwd="/",
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        umask=0o077,
    )
    if done.returncode:
        what = "Nichts wurde zurückgeholt" if into else "Es wurde nichts gesichert"
        raise Refused(f"{what}: {_last_line(done.stderr)}")


def _last_line(text: str) -> str:
    """The complaint of a program without what it quotes: a line of data may hold what somebody wrote."""
    lines = [line for line in text.splitlines() if "error:" in line or "FATAL" in line] or text.splitlines()[
        -1:
    ]
    return lines[0].strip() if lines else "ohne Meldung"


def _sha256(path: pathlib.Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(path: pathlib.Path, text: str) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write(text)
