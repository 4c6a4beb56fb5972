"""What leaves the printer: one A4 page for an offering, a place, an office, and what stands on it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import counted, told

pytestmark = pytest.mark.e2e

A4 = (595, 842)  # points
SHEETS = 8  # of each list, evenly spread


def pages_of(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of every page in points, read from what Chromium writes."""
    boxes = re.findall(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]", pdf)
    assert len(boxes) == len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))
    return [(round(float(width)), round(float(height))) for width, height in boxes]


def links(page: Page, address: str, selector: str) -> list[str]:
    page.goto(address)
    found = page.locator(selector).evaluate_all("all => all.map(one => one.getAttribute('href'))")
    return list(dict.fromkeys(found))


@pytest.mark.parametrize(
    ("lists", "selector", "number"),
    [
        (
            ("/angebote/", "/angebote/?seite=4", "/angebote/?seite=9999"),
            "li[data-angebot] a[href^='/angebote/']",
            "tel:",
        ),
        (
            ("/begegnung/", "/begegnung/?seite=4", "/begegnung/?seite=9999"),
            "li[data-ort] a[href^='/begegnung/']",
            "",
        ),
        (("/seniorenbueros/",), "li[data-ort] a[href^='/seniorenbueros/']", "tel:"),
    ],
    ids=["Angebote", "Begegnungsstätten", "Seniorenbüros"],
)
def test_one_page_of_a4(
    open_as: Callable[..., Page], lists: tuple[str, ...], selector: str, number: str
) -> None:
    """The leaf of each, without a setting in the print window; the page itself stays within three."""
    page = open_as()
    wrong, leaves = [], 0
    for one_list in lists:
        found = links(page, one_list, selector)
        for address in found[:: max(1, len(found) * len(lists) // SHEETS)]:
            for printed in (address, f"{address}drucken/"):
                answer = page.goto(printed)
                assert answer and answer.ok, printed
                pages = pages_of(page.pdf(prefer_css_page_size=True, format="A4"))
                leaf = printed != address
                leaves += leaf
                if len(pages) > (1 if leaf else 3):
                    wrong.append(f"{printed}: {len(pages)} pages")
                elif any(abs(a - b) > 2 for a, b in zip(pages[0], A4, strict=True)):
                    wrong.append(f"{printed}: {pages[0]} instead of A4")
    page.close()
    counted["gedruckte Blätter auf je einer Seite A4"] += leaves
    assert not wrong, "\n".join(wrong)


def test_a_printed_page_is_black_on_white_and_keeps_what_matters(open_as: Callable[..., Page]) -> None:
    page = open_as()
    page.goto("/seniorenbueros/hoerde/")
    page.emulate_media(media="print")
    text = page.locator("body").inner_text()
    assert "Hörde" in text and re.search(r"\d\d \d\d", text)
    assert page.locator(".site-nav").is_hidden() and page.locator(".skip").is_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(0, 0, 0)"
    page.emulate_media(media="screen")
    page.close()


def test_forced_colours_and_contrast_keep_the_map(open_as: Callable[..., Page]) -> None:
    """The colours of the device take over; the areas keep their outline."""
    page = open_as()
    page.emulate_media(forced_colors="active")
    page.goto("/")
    stroke, fill = page.locator(".map svg a path").first.evaluate(
        "one => [getComputedStyle(one).stroke, getComputedStyle(one).fill]"
    )
    assert stroke != fill
    page.emulate_media(forced_colors="none")
    page.close()
    told.append("     Karte mit den Farben des Geräts: Rand und Fläche verschieden")
