"""What a visitor's own browser keeps, and only after a click of hers: how pages look, and her Merkzettel.

Pages read it like the active language: ``current()`` is set for the length of one request by
``middleware.KeptByTheBrowser``, so that error pages, which know no request, look the same as all others.
"""

import re
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse

DISPLAY, NOTED = "anzeige", "merkzettel"  # the two cookies
KEPT_DAYS = 180
MOST = 50

TEXT_SIZES = {"normal": "normal", "gross": "groß", "sehr-gross": "sehr groß"}
COLOURS = {"normal": "normal", "hoch": "starker Kontrast", "dunkel": "hell auf dunkel"}


@dataclass(frozen=True)
class Kept:
    """``noted`` are offerings in the order in which they were noted; ``rubbish``: a part could not be read."""

    text: str = "normal"
    colours: str = "normal"
    noted: tuple[int, ...] = ()
    rubbish: bool = False
    anything: bool = False

    @property
    def display(self) -> str:
        """The value of the cookie; empty when all is as everybody sees it."""
        chosen = f"{self.text}.{self.colours}"
        return "" if chosen == "normal.normal" else chosen


NOTHING = Kept()
_current: ContextVar[Kept] = ContextVar("kept", default=NOTHING)
current = _current.get
activate = _current.set
deactivate = _current.reset


def read(cookies: Mapping[str, str]) -> Kept:
    """Whatever a cookie holds: what cannot be read counts as not chosen."""
    if DISPLAY not in cookies and NOTED not in cookies:
        return NOTHING
    text, _, colours = cookies.get(DISPLAY, "").partition(".")
    noted, rubbish = numbers(cookies.get(NOTED, ""))
    return Kept(
        text if text in TEXT_SIZES else "normal",
        colours if colours in COLOURS else "normal",
        tuple(noted),
        rubbish,
        anything=True,
    )


def numbers(text: str) -> tuple[list[int], bool]:
    """The first ``MOST`` numbers of offerings in a text like ``12,15`` or ``12.15``, each once; whether the text held
    anything else, or more."""
    parts = re.split(r"[.,]", text) if text else []
    found = [int(part) for part in parts if re.fullmatch(r"[1-9][0-9]{0,8}", part, re.ASCII)]
    distinct = list(dict.fromkeys(found))
    return distinct[:MOST], len(found) < len(parts) or len(distinct) > MOST


def remember_display(response: HttpResponse, kept: Kept) -> None:
    remember(response, DISPLAY, kept.display)


def remember_noted(response: HttpResponse, noted: Iterable[int]) -> None:
    remember(response, NOTED, ".".join(map(str, noted)))


def remember(response: HttpResponse, name: str, value: str) -> None:
    """An empty value takes the cookie away."""
    if not value:
        return response.delete_cookie(name, samesite="Lax")
    response.set_cookie(
        name,
        value,
        max_age=KEPT_DAYS * 24 * 60 * 60,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
