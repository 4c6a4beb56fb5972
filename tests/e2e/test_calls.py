"""From «Bitte rufen Sie mich zurück» to «erledigt», by keys alone and without JavaScript; and every page on the way."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import Portal, counted, told
from tests.e2e.look import look_at
from tests.e2e.test_by_keyboard import Hands
from tests.names import name_of

pytestmark = pytest.mark.e2e
LIST = "/uebersicht/anrufe/"


def test_pages_of_the_call_list(fresh: Callable[..., Page], portal: Portal) -> None:
    page = fresh("tandem-hoerde")
    page.goto(LIST)
    one = page.locator(".calls h2 a").first.get_attribute("href") or ""
    letter = page.locator("a[href$='/brief/']").first.get_attribute("href") or ""
    addresses = {
        "staff:calls": LIST,
        "staff:calls_print": f"{LIST}drucken/",
        "staff:call": one,
        "staff:pass_on": f"{one}weitergeben/",
        "staff:call_letter": letter,
    }
    wrong = []
    for name, address in addresses.items():
        assert name_of(address) == name
        wrong += [f"{address} {found}" for found in look_at(page, portal.address, address, widths=(320,))]
        counted["Seiten für Mitarbeitende"] += 1
    page = fresh("hausleitung-ekh")
    for address in (LIST, "/uebersicht/gedanken/", "/uebersicht/gedanken/eugen-krautscheid-haus/"):
        wrong += [f"{address} {found}" for found in look_at(page, portal.address, address, widths=(320,))]
        counted["Seiten für Mitarbeitende"] += 1
    assert not wrong, "\n".join(wrong)


def test_a_call_asked_for_and_made_by_keys_alone(
    open_as: Callable[..., Page], fresh: Callable[..., Page]
) -> None:
    page = open_as(javascript=False)
    page.goto("/seniorenbueros/hoerde/")
    hands = Hands(page)
    hands.tab_to("a[href='/anliegen/rueckruf/seniorenbuero-hoerde/']")
    hands.press()
    page.wait_for_timeout(3_200)  # faster than any hand is taken for a machine
    hands.tab_to("input[name=es_geht]")
    page.keyboard.press("Space")
    hands.tab_to("input[name=telefon]")
    hands.type("030 23125 555")
    hands.press()
    assert name_of(page.url) == "public:concern_receipt", page.locator("main").inner_text()[:400]
    assert "Es ruft Sie an: das Seniorenbüro Hörde" in page.locator("main").inner_text()
    number = page.url.rstrip("/").split("/")[-1]
    counted["öffentliche Seiten"] += 1
    page.close()
    told.append(f"     Um Rückruf bitten: {hands.actions} Handlungen: {' · '.join(hands.keys)}")

    page = fresh("tandem-hoerde", False)
    page.goto("/uebersicht/")
    hands = Hands(page)
    hands.tab_to(f"a[href='{LIST}']")
    hands.press()
    before = page.locator(".calls > li").count()
    hands.tab_to(f"a[href='{LIST}{number}/']")
    hands.press()
    hands.tab_to("button[value=niemand]")
    hands.press()
    assert re.search(r"niemand da \(", page.locator(f"#a-{number}").inner_text())
    hands.tab_to(f"a[href='{LIST}{number}/']")
    hands.press()
    hands.tab_to(".settle summary")
    page.keyboard.press("Enter")
    hands.tab_to("button[value=erledigt]")
    hands.press()
    assert page.locator(".calls > li").count() == before - 1
    assert page.locator(f"#a-{number}").count() == 0
    told.append(f"     Anrufliste: {hands.actions} Handlungen: {' · '.join(hands.keys)}")
