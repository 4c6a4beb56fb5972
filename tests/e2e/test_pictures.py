"""The pictures in docs/, renewed by ``python3 portal.py e2e --bilder``; the poster's is taken from its PDF."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.e2e import palette
from tests.e2e.conftest import ROOT, told

pytestmark = [pytest.mark.e2e, pytest.mark.pictures]

DOCS = ROOT / "docs"


def keep(page: Page, name: str, *, most: int = 1300, full: bool = True) -> None:
    """A small file: at most so many pixels high, 256 colours."""
    size = page.viewport_size or {"width": 1000, "height": 900}
    across, high = (
        size["width"],
        page.evaluate("document.documentElement.scrollHeight") if full else size["height"],
    )
    clip = {"x": 0, "y": 0, "width": across, "height": min(high, most)}
    target: Path = DOCS / f"{name}.png"
    target.write_bytes(palette.reduced(page.screenshot(full_page=True, clip=clip)))
    told.append(f"     docs/{name}.png: {target.stat().st_size // 1024} KB")
    page.close()


def first(page: Page, address: str, selector: str) -> str:
    page.goto(address)
    return page.locator(selector).first.get_attribute("href") or ""


def test_pictures(open_as: Callable[..., Page]) -> None:
    finder = open_as(width=1000)
    offering = first(finder, "/angebote/?bezirk=hoerde", "li[data-angebot] a")
    venue = first(finder, "/begegnung/?bezirk=eving", "li[data-ort] a")
    finder.close()
    for name, address in (
        ("startseite", "/"),
        ("angebote", "/angebote/?bezirk=hoerde"),
        ("angebot", offering),
        ("begegnungsstaette", venue),
        ("kalender", "/kalender/"),
        ("kurzbericht", "/bericht/2014-2017/"),
    ):
        page = open_as(width=1000)
        page.goto(address)
        keep(page, name)
    page = open_as(width=794, height=1123)  # A4 in the browser's own units
    page.emulate_media(media="print")
    page.goto(f"{offering}drucken/")
    keep(page, "druckseite", full=False)
    page = open_as(width=1000)
    page.goto("/")
    page.locator(".atlas").scroll_into_view_if_needed()
    target = DOCS / "karte.png"
    target.write_bytes(palette.reduced(page.locator(".atlas").screenshot()))
    page.close()
    for name, address in (("telefon-startseite", "/"), ("telefon-angebot", offering)):
        page = open_as(width=360, height=740)
        page.goto(address)
        keep(page, name, most=900)
