"""What a person sees while the portal sets itself up. Standard library only: portal.py uses it without packages."""

import contextlib
import errno
import getpass
import sys
import time
from collections.abc import Iterator

STEPS = 7
_open_line = False


@contextlib.contextmanager
def step(title: str, number: int | None = None) -> Iterator[None]:
    """ "3/7 Datenbank ...  0,8 s": the first half at once, the second when it is done."""
    global _open_line
    print(f"{number}/{STEPS} {title} ..." if number else f"{title} ...", end="", flush=True)
    _open_line, began = True, time.monotonic()
    try:
        yield
    except BaseException:
        close_line()
        raise
    seconds = f"{time.monotonic() - began:.1f} s".replace(".", ",")
    print(f"  {seconds}" if _open_line else f"    {title}: {seconds}", flush=True)
    _open_line = False


def close_line() -> None:
    global _open_line
    if _open_line:
        _open_line = False
        with contextlib.suppress(OSError):  # the terminal may be gone
            print(flush=True)


def say(text: str) -> None:
    """A remark on stderr, on a line of its own."""
    close_line()
    with contextlib.suppress(OSError):
        print(text, file=sys.stderr, flush=True)


def speak_plainly() -> None:
    """A terminal that cannot show a letter gets a question mark, not a traceback."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, OSError, ValueError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]


def explain(error: OSError) -> str:
    """An error of the operating system as a German sentence that says what to do."""
    where = f" ({error.filename})" if error.filename else ""
    try:
        who = getpass.getuser()
    except (OSError, KeyError):
        who = "dieses Programms"
    other = "Bitte mit PORTAL_HOME einen anderen Ordner wählen."
    return {
        errno.ENOSPC: f"Der Datenträger ist voll{where}. Bitte Platz schaffen und noch einmal starten.",
        errno.EDQUOT: f"Das Speicherkontingent ist erschöpft{where}. Bitte Platz schaffen und noch einmal starten.",
        errno.EROFS: f"Der Datenträger lässt sich nur lesen{where}. {other}",
        errno.EACCES: f"Dem Benutzer {who} fehlen Rechte{where}. {other}",
        errno.EPERM: f"Das ist dem Benutzer {who} hier nicht erlaubt{where}. {other}",
        errno.ENOTDIR: f"Ein Teil des Pfades ist kein Ordner{where}. Bitte PORTAL_HOME prüfen.",
        errno.EEXIST: f"Dort liegt schon etwas anderes{where}. Bitte PORTAL_HOME prüfen.",
        errno.ENAMETOOLONG: f"Der Pfad ist zu lang{where}. {other}",
    }.get(error.errno or 0, f"{error.strerror or error}{where}.")
