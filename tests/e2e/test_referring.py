"""From a call to the card and to «angekommen»: by keys, without JavaScript, and every page on the way."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import Portal, counted, told
from tests.e2e.look import look_at

pytestmark = pytest.mark.e2e

LOG = "/seniorenbuero/beratung/neu/"
PLACES = "/seniorenbuero/vermittlung/"
HALL = "/begegnung/verwalten/angekommen/"


def card_code(page: Page) -> str:
    return page.locator(".code").inner_text().strip()


def test_by_keys_from_the_topic_to_the_card_and_on_to_the_hall(open_as: Callable[..., Page]) -> None:
    page = open_as("tandem-hoerde")
    page.goto(LOG)
    page.evaluate("sessionStorage.clear()")
    page.goto(LOG)
    page.wait_for_selector("#thema-1:focus")
    page.keyboard.type("einsamk")
    page.keyboard.press("Tab")
    keys = 1
    while page.evaluate("document.activeElement.name") != "passend":
        page.keyboard.press("Tab")
        keys += 1
        assert keys < 20
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-passend]")
    keys += 1
    assert page.locator("[name=vermittelt]").count() >= 3
    assert page.evaluate("document.activeElement.name") == "vermittelt"
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    keys += 2
    page.wait_for_selector(".cards-made")
    told.append(f"Vom Thema zur Karte: {keys} Tasten neben dem Wort")
    assert "Einsamkeit" in page.locator(".done").first.inner_text()
    page.locator(".cards-made a").first.press("Enter")
    page.wait_for_selector(".way-card")
    code = card_code(page)
    assert re.fullmatch(r"[A-Z0-9]{4} [A-Z0-9]{4}", code)
    page.close()
    hall = open_as("vorort-hoerde")
    hall.goto(HALL)
    hall.wait_for_selector("[name=code]:focus")
    hall.keyboard.type(code.lower())
    hall.keyboard.press("Enter")
    hall.wait_for_selector(".done")
    assert "Angekommen" in hall.locator(".done").inner_text()
    hall.keyboard.press("Tab")
    hall.locator("text=Das war ein Versehen").press("Enter")
    hall.wait_for_url("**zurueck=1")
    hall.close()


def test_without_javascript_the_page_does_it_all(
    fresh: Callable[..., Page], open_as: Callable[..., Page]
) -> None:
    page = fresh("tandem-hoerde", javascript=False)
    page.goto(PLACES)
    page.fill("#thema", "Smartphone")
    page.check("#suche-stufenlos")
    page.click("text=Was passt?")
    assert "stufenlos" in page.url
    page.goto(f"{PLACES}?thema=FRE")
    page.locator("[name=vermittelt]").first.check()
    page.select_option("[name=fehlte]", "weit")
    page.click("text=Vermittlung eintragen")
    page.wait_for_selector(".cards-made")
    assert "Bedarfskarte" in page.content()
    page.reload()
    page.locator(".cards-made a").first.click()
    address = f"/zettel/karte/{card_code(page).replace(' ', '')}/"
    page = open_as(javascript=False)
    page.goto(address)
    page.fill("#haus", "00000000")
    page.get_by_role("button", name="Angekommen").click()
    assert "gehört nicht zu dem Haus" in page.content()
    page.close()


def test_pages_of_the_way(open_as: Callable[..., Page], portal: Portal) -> None:
    page = open_as("tandem-hoerde")
    page.goto(PLACES)
    card = page.locator("a[href$='/karte/']").first.get_attribute("href") or ""
    page.goto(card)
    code = card_code(page).replace(" ", "")
    wrong = []
    for address in (
        f"{PLACES}?thema=PFL",
        "/seniorenbuero/beratung/vermittlung/?thema=DIG&barrierefrei=stufenlos",
        card,
        "/begegnung/verwalten/bedarf/",
        HALL,
        f"/zettel/karte/{code}/",
    ):
        wrong += [f"{address} {found}" for found in look_at(page, portal.address, address, widths=(320,))]
        counted["Seiten für Mitarbeitende"] += 1
    page.close()
    page = open_as()
    for address in ("/zettel/karte/", f"/zettel/karte/{code}/"):
        wrong += [f"{address} {found}" for found in look_at(page, portal.address, address, widths=(320,))]
    page.close()
    assert not wrong, "\n".join(wrong)
