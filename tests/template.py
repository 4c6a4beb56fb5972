"""One migrated database for all tests: made once, copied for each process, kept between runs as a dump.

Migrations cost a quarter of a minute, a copy a fraction of a second. A kept dump carries in its name a hash over
everything that migrations are made of, so that an outdated one is not found again.
"""

import contextlib
import hashlib
import importlib.metadata
import os
import pathlib
import platform
import subprocess
import tempfile

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from seniorportal import binaries

ROOT = pathlib.Path(__file__).resolve().parent.parent
APPS = ("seniorportal", "begegnung", "stadtteilzentrum", "seniorenbuero")
# What migrations import from the portal; tests/test_template.py compares it with what they do import.
IMPORTED = ("sql.py", "sealed.py", "models")
KEPT = 3


def sources() -> list[pathlib.Path]:
    """The files of ours that decide what a migrated database looks like."""
    found = [
        ROOT / "seniorportal" / "settings.py",
        ROOT / "seniorportal" / "postgres.py",
        pathlib.Path(__file__),
    ]
    for app in APPS:
        found += (ROOT / app).glob("apps.py")
        found += (ROOT / app / "migrations").glob("*.py")
        for name in ("models.py", *IMPORTED):
            found += [ROOT / app / name, *(ROOT / app / name).rglob("*.py")]
    return sorted(path for path in set(found) if path.is_file())


def fingerprint(server: int) -> str:
    digest = hashlib.sha256(f"{platform.python_version()} {server}".encode())
    packages = {f"{one.metadata['Name']} {one.version}" for one in importlib.metadata.distributions()}
    digest.update("\n".join(sorted(packages)).encode())
    for path in sources():
        digest.update(f"\n{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def copy_to(name: str, owner: str, app: str) -> None:
    """A database of that name with every table and none but the migrations' rows. Processes wait for each other."""
    with psycopg.connect(make_conninfo(owner, dbname="postgres"), autocommit=True) as server:
        template = f"test_portal_{fingerprint(server.info.server_version)}"
        server.execute("SELECT pg_advisory_lock(hashtext('portal test template'))")
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone():
            _make(template, server, owner, app)
        server.execute(f'DROP DATABASE IF EXISTS "{name}"')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE {template}')


def drop(name: str, owner: str) -> None:
    with psycopg.connect(make_conninfo(owner, dbname="postgres"), autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}"')


def _make(template: str, server: "psycopg.Connection[tuple[object, ...]]", owner: str, app: str) -> None:
    """Under a name of its own until it is whole."""
    outdated = server.execute(
        "SELECT datname FROM pg_database WHERE datname ~ '^test_portal_[0-9a-f]{12}(_neu)?$'"
    )
    for (name,) in outdated.fetchall():
        server.execute(f"DROP DATABASE {name}")
    fresh, dump = f"{template}_neu", _folder() / f"{template}.dump"
    major = server.info.server_version // 10000
    server.execute(f"CREATE DATABASE {fresh}")
    if not _restore(dump, make_conninfo(owner, dbname=fresh), major):
        server.execute(f"DROP DATABASE {fresh}")
        server.execute(f"CREATE DATABASE {fresh}")
        _migrate(fresh, str(conninfo_to_dict(app).get("user")))
        _keep(dump, make_conninfo(owner, dbname=fresh), major)
    server.execute(f"ALTER DATABASE {fresh} RENAME TO {template}")


def _migrate(name: str, role: str) -> None:
    from django.core.management import call_command
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = name
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    with connection.cursor() as cursor:
        # Emptying every table after a test with real commits is the only right the tests have beyond the portal.
        cursor.execute(f'GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO "{role}"')
    connection.close()


def _folder() -> pathlib.Path:
    return pathlib.Path(os.environ["PORTAL_TEST_KEPT"])


def _restore(dump: pathlib.Path, into: str, major: int) -> bool:
    tool = binaries.client("pg_restore", major)
    if tool is None or not dump.is_file():
        return False
    done = subprocess.run(
        [tool, "--exit-on-error", "--no-owner", "--dbname", into, dump], capture_output=True, text=True
    )
    return done.returncode == 0


def _keep(dump: pathlib.Path, source: str, major: int) -> None:
    """For the next run; where it cannot be kept, the next run migrates again."""
    tool = binaries.client("pg_dump", major)
    if tool is None:
        return
    with contextlib.suppress(OSError):
        dump.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=dump.parent) as folder:
            fresh = pathlib.Path(folder) / dump.name
            made = [tool, "--format=custom", "--enable-row-security", "--file", fresh, "--dbname", source]
            if subprocess.run(made, capture_output=True).returncode == 0:
                fresh.replace(dump)
        kept = sorted(dump.parent.glob("test_portal_*.dump"), key=lambda path: path.stat().st_mtime)
        for outdated in kept[:-KEPT]:
            outdated.unlink(missing_ok=True)
