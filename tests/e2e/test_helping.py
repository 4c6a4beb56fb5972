"""Nachbarschaftshilfe in the browser: every page looked at, and from a request to the first visit by keys alone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import Portal, counted, told
from tests.e2e.look import look_at
from tests.e2e.test_by_keyboard import Hands
from tests.e2e.test_pictures import keep
from tests.names import name_of

pytestmark = pytest.mark.e2e
BASE = "/seniorenbuero/nachbarschaftshilfe/"


def test_pages_of_the_neighbours(fresh: Callable[..., Page], portal: Portal) -> None:
    page = fresh("tandem-hoerde")

    def first(address: str, selector: str) -> str:
        page.goto(f"{BASE}{address}")
        return page.locator(selector).first.get_attribute("href") or ""

    helper = first("helfende/", ".helpers th a")
    addresses = {
        "desk:helping": BASE,
        "desk:helpers": f"{BASE}helfende/",
        "desk:helpers_print": f"{BASE}helfende/drucken/",
        "desk:helper_new": f"{BASE}helfende/neu/",
        "desk:helper": helper,
        "desk:help_requests": f"{BASE}bitten/",
        "desk:help_requests_print": f"{BASE}bitten/drucken/",
        "desk:help_request_new": f"{BASE}bitten/neu/",
        "desk:help_request": first("bitten/", ".cards h3 a"),
        "desk:match": first("bitten/", ".cards a[href*='/hilfen/']"),
        "desk:helper_letters": f"{BASE}briefe/",
        "desk:stop_post": f"{BASE}keine-post/?eintrag=helfende-{helper.strip('/').split('/')[-1]}",
    }
    wrong = []
    for name, address in addresses.items():
        assert name_of(address) == name
        wrong += [f"{address} {found}" for found in look_at(page, portal.address, address, widths=(320,))]
        counted["Seiten für Mitarbeitende"] += 1
    assert not wrong, "\n".join(wrong)


def test_from_a_request_to_the_first_visit_by_keys_alone(fresh: Callable[..., Page]) -> None:
    page = fresh("tandem-hoerde", False)
    page.goto(BASE)
    hands = Hands(page)
    hands.tab_to(f"a[href='{BASE}bitten/neu/']")
    hands.press()
    hands.tab_to("input[name=name]")
    hands.type("Paula Beispiel")
    hands.tab_to("input[name=phone]")
    hands.type("030 23125 777")
    hands.tab_to("input[name=wanted][value=einkauf]")
    page.keyboard.press("Space")
    hands.tab_to("input[name=agreed]")
    page.keyboard.press("Space")
    hands.tab_to("main form button")
    hands.press()
    assert name_of(page.url) == "desk:help_request", page.locator("main").inner_text()[:400]
    assert "Beispiel" not in page.url
    best = page.locator("[data-vorschlag]").first.inner_text()
    assert "Dafür spricht: bietet an: Einkauf" in best
    hands.tab_to("[data-vorschlag] button")
    hands.press()
    assert name_of(page.url) == "desk:match"
    hands.tab_to("input[name=v-first_visit_on]")
    hands.type("12122026")  # whichever comes first in this browser, day or month
    hands.tab_to("main form button")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Gesichert.")
    hands.actions += 1
    assert re.search(r"Erster Besuch\s+Samstag, 12\. Dezember 2026", page.locator("main").inner_text())
    told.append(
        f"     Bitte um Hilfe bis zum ersten Besuch: {hands.actions} Handlungen: {' · '.join(hands.keys)}"
    )


@pytest.mark.pictures
def test_picture_of_the_list(fresh: Callable[..., Page]) -> None:
    """The printed list of those who help: docs/nachbarschaftshilfe-liste.png."""
    page = fresh("tandem-hoerde")
    page.set_viewport_size({"width": 794, "height": 1123})  # A4 in the browser's own units
    page.emulate_media(media="print")
    page.goto(f"{BASE}helfende/drucken/")
    keep(page, "nachbarschaftshilfe-liste", full=False)
