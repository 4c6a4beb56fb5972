"""A senior without a mouse and without JavaScript, on the desk, on a telephone and at 400 % zoom.

An action is a link or button that is pressed, or a form that is sent. Tab and typed words are none, but are told.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import told

pytestmark = pytest.mark.e2e

DISTRICT = "Hörde"
SCREENS = {
    "1280 px": {"width": 1280, "height": 900},
    "320 px": {"width": 320, "height": 640},
    # 1280 by 1024 pixels at 400 %: what is left is 320 by 256 of CSS, four times as sharp.
    "400 %": {"width": 320, "height": 256, "zoom": 4},
}
MOST_TABS = 150


@dataclass
class Hands:
    """Only keys, and a note of every one of them."""

    page: Page
    keys: list[str] = field(default_factory=list)
    actions: int = 0

    def tab_to(self, selector: str) -> None:
        """Tab until the element has the focus, which must then be on the screen."""
        for tabs in range(1, MOST_TABS):
            self.page.keyboard.press("Tab")
            focused = self.page.locator(":focus")
            if focused.count() and focused.evaluate(f"one => one.matches({selector!r})"):
                self.keys.append(f"Tab ×{tabs}")
                self.is_seen()
                return
        raise AssertionError(f"{selector} is not reached by {MOST_TABS} tabs on {self.page.url}")

    def is_seen(self) -> None:
        box = self.page.locator(":focus").bounding_box()
        size = self.page.viewport_size
        assert box and size
        assert box["x"] >= -1 and box["x"] + box["width"] <= size["width"] + 1, (
            f"{self.keys}: beside the screen"
        )
        assert box["y"] + min(box["height"], 24) > 0 and box["y"] < size["height"], (
            f"{self.keys}: not scrolled to"
        )
        style = self.page.locator(":focus").evaluate(
            "one => { const s = getComputedStyle(one);"
            " return [s.outlineStyle, parseFloat(s.outlineWidth), s.boxShadow] }"
        )
        assert (style[0] != "none" and style[1] >= 2) or style[2] != "none", f"{self.keys}: no visible focus"

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.keys.append(f"„{words}“")

    def press(self) -> None:
        """Enter, which opens a page or sends a form."""
        before = self.page.url
        self.page.keyboard.press("Enter")
        self.page.wait_for_function("before => location.href !== before", arg=before)
        self.page.wait_for_load_state()
        self.actions += 1
        self.keys.append(f"Enter → {unquote(urlsplit(self.page.url).path)}")
        across = self.page.evaluate("document.documentElement.scrollWidth")
        assert across <= (self.page.viewport_size or {})["width"], f"{self.page.url} scrolls sideways"

    def number(self) -> str:
        """The first telephone number of the content, as it is read."""
        link = self.page.locator("main a[href^='tel:']").first
        assert link.is_visible()
        return re.sub(r"\s+", " ", link.inner_text()).strip()


def tell(screen: str, way: str, hands: Hands, number: str) -> None:
    told.append(
        f"     {screen}, {way}: {hands.actions} Handlungen: {' · '.join(hands.keys)} · Nummer: {number}"
    )


@pytest.mark.parametrize("screen", SCREENS)
def test_from_home_to_a_telephone_number_in_the_own_district_by_links(
    open_as: Callable[..., Page], screen: str
) -> None:
    """Home, the own district, what it offers, one offering: there the number stands."""
    page = open_as(javascript=False, **SCREENS[screen])
    page.goto("/")
    hands = Hands(page)
    hands.tab_to("a[href='/seniorenbueros/hoerde/']")
    hands.press()
    hands.tab_to("a[href='/angebote/?bezirk=hoerde']")
    hands.press()
    hands.tab_to("li[data-angebot] a")
    hands.press()
    number = hands.number()
    assert hands.actions <= 3
    assert DISTRICT in page.locator("main").inner_text()
    tell(screen, "nur Links", hands, number)
    page.close()


@pytest.mark.parametrize("screen", SCREENS)
def test_from_home_to_a_telephone_number_of_a_fitting_offering_by_searching(
    open_as: Callable[..., Page], screen: str
) -> None:
    page = open_as(javascript=False, **SCREENS[screen])
    page.goto("/")
    hands = Hands(page)
    if page.locator("main input[name=q]").count() == 0:
        hands.tab_to("nav a[href='/angebote/']")
        hands.press()
    hands.tab_to("main input[name=q]")
    hands.type("Gymnastik in Hörde")
    hands.press()
    hands.tab_to("li[data-angebot] a")
    hands.press()
    number = hands.number()
    assert hands.actions <= 3
    text = page.locator("main").inner_text()
    assert DISTRICT in text
    tell(screen, "mit der Suche", hands, number)
    page.close()


def test_the_map_is_used_by_keyboard_and_can_be_passed_by(open_as: Callable[..., Page]) -> None:
    page = open_as(javascript=False)
    page.goto("/seniorenbueros/")
    hands = Hands(page)
    hands.tab_to("a[href='#nach-der-karte']")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator(":focus").evaluate("one => !one.closest('.map')"), "the map is passed by"
    page.goto("/seniorenbueros/")
    plain = page.locator(".map svg a[aria-label='Eving'] path").evaluate(
        "one => getComputedStyle(one).strokeWidth"
    )
    page.locator(".map svg a[aria-label='Brackel']").focus()
    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("aria-label") == "Eving"
    focused = page.locator(":focus path").evaluate("one => getComputedStyle(one).strokeWidth")
    assert float(focused.removesuffix("px")) >= float(plain.removesuffix("px")) + 4, (
        "more than another colour"
    )
    page.keyboard.press("Enter")
    page.wait_for_url("**/seniorenbueros/eving/")
    page.close()


def test_every_district_of_the_map_can_be_hit_on_a_telephone(open_as: Callable[..., Page]) -> None:
    page = open_as(width=320, height=640)
    page.goto("/")
    boxes = page.locator(".map svg a").evaluate_all(
        "all => all.map(one => { const b = one.getBoundingClientRect(); return [b.width, b.height] })"
    )
    page.close()
    assert len(boxes) == 12
    assert min(min(box) for box in boxes) >= 24
    smallest = min(boxes, key=min)
    told.append(f"     Karte bei 320 px: kleinste Fläche {smallest[0]:.0f} × {smallest[1]:.0f} px")


def test_the_first_tab_leads_to_the_content(open_as: Callable[..., Page]) -> None:
    page = open_as(javascript=False)
    for address in ("/", "/angebote/", "/seniorenbueros/"):
        page.goto(address)
        page.keyboard.press("Tab")
        assert page.locator(":focus").inner_text().strip() == "Direkt zum Inhalt"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.locator(":focus").evaluate("one => !!one.closest('main')")
    page.close()
