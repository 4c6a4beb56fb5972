"""Accounts, locks, signals and secrets: what starting and stopping other programs in order needs."""

import contextlib
import ctypes
import os
import pathlib
import pwd
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple


class Account(NamedTuple):
    """Who runs the server. PostgreSQL refuses root, so root lends it to an unprivileged account."""

    uid: int
    gid: int
    name: str

    @property
    def popen(self) -> dict[str, Any]:
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if os.geteuid() == 0 else {}


def account(data: pathlib.Path) -> Account:
    uid = os.geteuid()
    with contextlib.suppress(FileNotFoundError):
        owner = data.lstat()
        if uid and owner.st_uid != uid:
            raise SystemExit(
                f"Die Datenbank in {data} gehört dem Benutzer {account_name(owner.st_uid)}. Bitte als dieser (oder "
                "root) starten oder mit PORTAL_HOME einen anderen Ordner nehmen."
            )
        if owner.st_uid:
            return Account(owner.st_uid, owner.st_gid, account_name(owner.st_uid))
    if uid:
        return Account(uid, os.getegid(), account_name(uid))
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            found = pwd.getpwnam(name)
            return Account(found.pw_uid, found.pw_gid, name)
    raise SystemExit("PostgreSQL läuft nicht als root. Bitte das Portal als normaler Benutzer starten.")


def account_name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def reaches(who: Account, folder: pathlib.Path) -> bool:
    done = subprocess.run(
        ["/bin/sh", "-c", 'cd -P "$1"', "sh", str(folder)], cwd="/", capture_output=True, **who.popen
    )
    return done.returncode == 0


def private_folder(path: pathlib.Path, who: Account) -> pathlib.Path:
    """A 0700 folder of this account in a place where anybody may create folders: never somebody else's."""
    with contextlib.suppress(FileExistsError):
        path.mkdir(mode=0o700)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (who.uid, os.geteuid()):
        raise SystemExit(
            f"{path} gehört dem Benutzer {account_name(found.st_uid)} oder ist kein Ordner und wird darum nicht "
            "benutzt. Bitte mit PORTAL_HOME einen kurzen Pfad wählen, den jeder Benutzer erreicht."
        )
    if found.st_uid != who.uid:
        os.chown(path, who.uid, who.gid, follow_symlinks=False)
    if stat.S_IMODE(found.st_mode) != 0o700:
        path.chmod(0o700)
    return path


def owner_only(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_CLOEXEC, 0o600)


@contextlib.contextmanager
def lock_file(path: pathlib.Path) -> Iterator[int]:
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        yield handle
    finally:
        os.close(handle)


def die_with_parent(number: signal.Signals) -> Callable[[], None] | None:
    """For preexec_fn: the child gets this signal when we are killed (Linux; elsewhere the next start cleans up)."""
    if not sys.platform.startswith("linux"):
        return None
    libc, parent = ctypes.CDLL(None), os.getpid()

    def ask() -> None:
        libc.prctl(1, int(number), 0, 0, 0)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)

    return ask


ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextlib.contextmanager
def deaf() -> Iterator[None]:
    """While tidying up, a second Ctrl-C must not leave half of it behind."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, signal.SIG_IGN) for number in ENDINGS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def stoppable(ending: type[BaseException] = SystemExit) -> Iterator[None]:
    """SIGTERM and a closed terminal leave the block in order, as Ctrl-C does."""
    before = {}
    if threading.current_thread() is threading.main_thread():

        def leave(number: int, frame: object) -> None:
            raise ending(128 + number)

        for number in (signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) == signal.SIG_DFL:  # with nohup it is not, and then stays so
                before[number] = signal.signal(number, leave)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def keep(path: pathlib.Path, make: Callable[[], str]) -> str:
    """A secret made once and kept for its owner's eyes."""
    with contextlib.suppress(FileNotFoundError):
        if value := path.read_text().strip():
            path.chmod(0o600)
            return value
    value = make()
    fresh = path.with_name(f"{path.name}.neu-{os.getpid()}")
    fresh.unlink(missing_ok=True)
    with open(fresh, "x", opener=owner_only) as file:
        file.write(value + "\n")
    fresh.replace(path)
    return value
