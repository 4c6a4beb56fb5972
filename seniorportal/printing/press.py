"""The press: typst in a process of its own, so that a request is bounded in time and memory and a worker stays small.

Optional at run time (requirements/pdf.txt): where it is missing, the pages for printing remain.
"""

import hashlib
import importlib.util
import json
import pathlib
import subprocess
import sys
import threading
from functools import cache
from typing import Any

FOLDER = pathlib.Path(__file__).resolve().parent / "typ"
STANDARD = "ua-1"  # typst refuses to write what would not be accessible
SECONDS = 20
WAITING = 10  # seconds until somebody else's sheet is through
_presses = threading.BoundedSemaphore(2)  # of one worker


class Missing(Exception):
    """typst is not installed."""


class Busy(Exception):
    """Too many sheets at once, or one that takes too long."""


class Broken(Exception):
    """typst refused; the message is its own."""


@cache
def available() -> bool:
    return importlib.util.find_spec("typst") is not None


def printed(template: str, data: dict[str, Any]) -> bytes:
    """A tagged PDF (PDF/UA-1). Data is never typst source: it arrives as JSON and stays text."""
    if not available():
        raise Missing
    if not _presses.acquire(timeout=WAITING):
        raise Busy("no press is free")
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(FOLDER.parent / "worker.py"), template],
            input=json.dumps(data).encode(),
            capture_output=True,
            timeout=SECONDS,
            env={"LANG": "C.UTF-8"},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Busy(f"{template} took more than {SECONDS} seconds") from error
    finally:
        _presses.release()
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        raise Broken(done.stderr.decode(errors="replace")[-2000:] or f"exit {done.returncode}")
    return done.stdout


def printed_here(template: str, data: dict[str, Any]) -> bytes:
    """The same in this process: for commands that print many."""
    if not available():
        raise Missing
    from seniorportal.printing import worker

    try:
        return worker.pdf(template, json.dumps(data))
    except RuntimeError as error:  # TypstError is one
        raise Broken(str(error)) from error


def mark(template: str, data: dict[str, Any]) -> str:
    """An ETag: the same as long as the sheet would come out the same. Costs no press."""
    made_from = f"{_layout()}{template}{json.dumps(data, sort_keys=True)}"
    return f'"{hashlib.sha256(made_from.encode()).hexdigest()[:32]}"'


@cache
def _layout() -> str:
    return "".join(path.read_text() for path in sorted(FOLDER.glob("*.typ")))
