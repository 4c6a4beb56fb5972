"""``python3 portal.py check``: style, types, migrations, settings, secrets, and known holes in the packages."""

import json
import os
import pathlib
import secrets
import subprocess
import sys
import time
import urllib.error
import urllib.request
from typing import Any

from seniorportal import postgres

ROOT = postgres.ROOT
BASELINE = ".secrets.baseline"
ADVISORIES = "https://api.osv.dev/v1/querybatch"


def check() -> int:
    python = sys.executable
    manage_py = [python, "manage.py"]
    with postgres.running(throwaway=True) as urls:
        steps = [
            _checked("Stil (ruff check)", [python, "-m", "ruff", "check", "."]),
            _checked("Form (ruff format)", [python, "-m", "ruff", "format", "--check", "."]),
            _checked("Typen (mypy)", [python, "-m", "mypy"]),
            _checked("Migrationen vollständig", [*manage_py, "makemigrations", "--check", "--dry-run"]),
            _checked(
                "Einstellungen für den Betrieb",
                [*manage_py, "check", "--deploy", "--fail-level", "WARNING"],
                as_in_production(urls),
                expected="System check identified no issues (0 silenced).",
            ),
            _reported("Geheimnisse im Verzeichnis", secrets_found()),
            audited(),
        ]
    failed = steps.count(False)
    text = f"{failed} von {len(steps)} Prüfungen sind nicht in Ordnung." if failed else "Alles in Ordnung."
    print(text, flush=True)
    return 1 if failed else 0


def secrets_found() -> list[str]:
    """What looks like a secret in a tracked file; what stands in the baseline was looked at and is none."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True).stdout
    skipped = ("requirements/", "data/", "docs/", BASELINE)
    names = [
        name
        for name in listed.split("\0")
        if name and not name.startswith(skipped) and "/migrations/" not in name  # hashes of triggers
    ]
    if not names:  # no checkout
        return []
    command = [sys.executable, "-m", "detect_secrets", "scan", *names]
    scanned = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    known = _findings(json.loads((ROOT / BASELINE).read_text()))
    return [
        f"{name}, Zeile {finding['line_number']}: {finding['type']}"
        for (name, hashed), finding in _findings(json.loads(scanned)).items()
        if (name, hashed) not in known
    ]


def _findings(report: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (name, finding["hashed_secret"]): finding
        for name, found in report["results"].items()
        for finding in found
    }


def _reported(title: str, problems: list[str]) -> bool:
    print(f"{title} ... {'NICHT in Ordnung' if problems else 'keine'}", flush=True)
    for problem in problems:
        print(f"  {problem}", flush=True)
    return not problems


def audited() -> bool:
    """Known holes in the packages that serve requests, asked of the Open Source Vulnerabilities database.

    Only names and versions are sent. Without a way there nothing is known, which is said and does not fail.
    """
    packages = pinned(ROOT / "requirements" / "runtime.txt") | pinned(ROOT / "requirements" / "pdf.txt")
    asked = [
        {"package": {"name": name, "ecosystem": "PyPI"}, "version": version}
        for name, version in packages.items()
    ]
    request = urllib.request.Request(
        ADVISORIES, json.dumps({"queries": asked}).encode(), {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            results = json.load(answer)["results"]
    except (OSError, ValueError, KeyError, urllib.error.URLError):
        print("Bekannte Lücken in Paketen ... nicht geprüft: osv.dev ist nicht erreichbar", flush=True)
        return True
    return _reported("Bekannte Lücken in Paketen", known_holes(packages, results))


def pinned(path: pathlib.Path) -> dict[str, str]:
    """Name and version of each package of a hashed requirements file."""
    found = {}
    for line in path.read_text().splitlines():
        name, exact, rest = line.partition("==")
        if exact and not line.startswith((" ", "#")):
            found[name] = rest.split()[0]
    return found


def known_holes(packages: dict[str, str], results: list[dict[str, list[dict[str, str]]]]) -> list[str]:
    """One line for each package with a hole; the answers come in the order of the questions."""
    return [
        f"{name} {version}: {', '.join(sorted(hole['id'] for hole in result['vulns']))}"
        for (name, version), result in zip(packages.items(), results, strict=True)
        if result.get("vulns")
    ]


def as_in_production(urls: postgres.Urls) -> dict[str, str]:
    """The environment of a server of the city, as far as the settings ask for it."""
    ours = ("PORTAL_", "DATABASE_")
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(ours)},
        "DATABASE_URL": urls.app,
        "DATABASE_OWNER_URL": urls.owner,
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "beispiel.invalid",
        "PORTAL_CITY_PHONE": "0231 000000",
        "PORTAL_HOME": os.environ["PORTAL_HOME"],
    }


def _checked(
    title: str, command: list[str], environment: dict[str, str] | None = None, expected: str | None = None
) -> bool:
    print(f"{title} ... ", end="", flush=True)
    began = time.monotonic()
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    good = done.returncode == 0 and (expected is None or done.stdout.strip() == expected)
    seconds = f"{time.monotonic() - began:.1f} s".replace(".", ",")
    print(f"{'in Ordnung' if good else 'NICHT in Ordnung'}  {seconds}", flush=True)
    if not good:
        print(done.stdout.rstrip(), flush=True)
    return good
