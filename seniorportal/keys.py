"""The key ring for personal text: which keys there are and which one seals. It never lies in the database.

A ring is one key a line (or separated by commas), each ``name:base64 of 32 bytes``; the last one seals, all open.
It comes from PORTAL_KEYS (the path of a file, or the ring itself), else from the systemd credential ``portal-keys``;
the demo makes a file of its own in PORTAL_HOME at first use.
"""

import base64
import binascii
import contextlib
import os
import pathlib
import re
import secrets
import stat
from dataclasses import dataclass

from django.conf import settings

NAME = re.compile(r"[a-z0-9-]{1,20}")
LENGTH = 32


class Unusable(Exception):
    """A German sentence why there is no ring; it names no key."""


@dataclass(frozen=True)
class Ring:
    keys: dict[str, bytes]

    @property
    def active(self) -> str:
        return list(self.keys)[-1]

    def next_name(self) -> str:
        numbers = [int(found[1]) for name in self.keys if (found := re.fullmatch(r"k(\d+)", name))]
        return f"k{max(numbers, default=0) + 1}"


_read: tuple[object, Ring] | None = None


def ring() -> Ring:
    """The ring as it stands now: a file that changed is read again, so that nobody has to restart after a rotation."""
    global _read
    path = file()
    if path is None:
        state: object = settings.PORTAL_KEYS
        if not state:
            raise Unusable(
                "PORTAL_KEYS fehlt in der Umgebung: Ohne Schlüssel werden keine Notizen geschrieben."
            )
    else:
        state = _state(path)
    if _read is None or _read[0] != state:
        text = settings.PORTAL_KEYS if path is None else path.read_text(encoding="utf-8", errors="replace")
        _read = (state, parse(text))
    return _read[1]


def file() -> pathlib.Path | None:
    """Where the ring lies, when it is a file."""
    return pathlib.Path(settings.PORTAL_KEYS) if settings.PORTAL_KEYS.startswith("/") else None


def parse(text: str) -> Ring:
    keys: dict[str, bytes] = {}
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    for entry in " ".join(lines).replace(",", " ").split():
        name, _, written = entry.partition(":")
        try:
            key = base64.b64decode(written, validate=True)
        except binascii.Error:
            key = b""
        if not NAME.fullmatch(name) or len(key) != LENGTH:
            raise Unusable(
                f"PORTAL_KEYS ist unlesbar: Jeder Schlüssel steht als «name:» und {LENGTH} Bytes in Base64 da."
            )
        if name in keys:
            raise Unusable(f"PORTAL_KEYS nennt den Schlüssel {name} zweimal.")
        keys[name] = key
    if not keys:
        raise Unusable("PORTAL_KEYS enthält keinen Schlüssel.")
    return Ring(keys)


def problem() -> str:
    """Why no personal text could be sealed here; empty when all is well."""
    try:
        ring()
    except Unusable as why:
        return str(why)
    return ""


def line(name: str) -> str:
    """A new key as it stands in the ring."""
    return f"{name}:{base64.b64encode(secrets.token_bytes(LENGTH)).decode()}"


def add() -> str:
    """Write a new key to the end of the file, which from then on seals; answers its name."""
    path = file()
    if path is None:
        raise Unusable(
            "Der Schlüsselbund steht nicht in einer Datei; der neue Schlüssel kommt von Hand ans Ende."
        )
    name = ring().next_name()
    fresh = path.with_name(f"{path.name}.neu-{os.getpid()}")
    fresh.unlink(missing_ok=True)
    try:
        _write(fresh, f"{path.read_text().rstrip()}\n{line(name)}\n")
        os.chmod(fresh, stat.S_IMODE(path.stat().st_mode) & 0o640)
        fresh.replace(path)
    except OSError as error:
        raise Unusable(f"{path} lässt sich nicht schreiben ({error.strerror}).") from None
    finally:
        fresh.unlink(missing_ok=True)
    return name


def _state(path: pathlib.Path) -> object:
    try:
        found = path.stat()
    except FileNotFoundError:
        if not settings.PORTAL_KEYS_MADE_HERE:
            raise Unusable(f"PORTAL_KEYS nennt {path}; diese Datei gibt es nicht.") from None
        _make(path)
        found = path.stat()
    except OSError as error:
        raise Unusable(f"PORTAL_KEYS nennt {path}; das lässt sich nicht lesen ({error.strerror}).") from None
    if found.st_mode & stat.S_IRWXO:
        raise Unusable(f"{path} ist für alle Benutzer des Rechners offen. Bitte: chmod 600 {path}")
    if not os.access(path, os.R_OK):
        raise Unusable(f"PORTAL_KEYS nennt {path}; das lässt sich nicht lesen.")
    return (str(path), found.st_mtime_ns, found.st_size, found.st_ino)


def _make(path: pathlib.Path) -> None:
    """A first ring. Of several processes that want one at once, one wins and all read its key."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.neu-{os.getpid()}")
    fresh.unlink(missing_ok=True)
    _write(fresh, line("k1") + "\n")
    with contextlib.suppress(FileExistsError):
        os.link(fresh, path)
    fresh.unlink()


def _write(path: pathlib.Path, text: str) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
