"""The network in the browser: every page for each role, and a double found, merged and followed by keys alone."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests.e2e.conftest import Portal, counted
from tests.e2e.look import look_at, look_on

pytestmark = pytest.mark.e2e

PAGES = [
    *(("tandem-hoerde", name) for name in ("network", "network_on_paper", "partner_new", "doubles")),
    ("hausleitung-ekh", "network"),
    ("vorort-hoerde", "network"),
    ("auswertung", "network"),
]


@pytest.mark.parametrize(("login", "name"), PAGES)
def test_pages_of_the_network(open_as: Callable[..., Page], portal: Portal, login: str, name: str) -> None:
    page = open_as(login)
    found = look_at(page, portal.address, reverse(f"desk:{name}"))
    counted["Seiten für Mitarbeitende"] += 1
    page.close()
    assert not found, "\n".join(found)


def test_one_partner_and_what_can_be_done_with_it(open_as: Callable[..., Page], portal: Portal) -> None:
    page = open_as("tandem-hoerde")
    page.goto(reverse("desk:network"))
    page.locator(".partners tbody th a").first.click()
    address = page.url.removeprefix(portal.address)
    found = []
    for path in (address, f"{address}aendern/", f"{address}kontakt/", f"{address}zusammenfuehren/"):
        found += look_at(page, portal.address, path)
        counted["Seiten für Mitarbeitende"] += 1
    page.close()
    assert not found, "\n".join(found)


def test_a_likely_double_is_asked_about_without_scripts(open_as: Callable[..., Page]) -> None:
    """What was typed stays; a click on «eine andere» enters it, and going back and sending again enters nothing."""
    page = open_as("tandem-hoerde")
    page.goto(reverse("desk:network"))
    name = page.locator(".partners tbody th a").first.inner_text()
    page.goto(reverse("desk:partner_new"))
    page.fill("[name=name]", f"{name} gGmbH")
    page.fill("[name=phone]", "0231 2312580")
    page.keyboard.press("Enter")
    page.wait_for_selector("#aehnlich")
    assert name in page.locator("#aehnlich").inner_text()
    assert page.input_value("[name=phone]") == "0231 2312580"
    found = look_on(page)
    page.locator("#aehnlich button").click()
    page.wait_for_selector("#kontakte")
    assert page.locator("h1").inner_text() == f"{name} gGmbH"
    page.close()
    assert not found, "\n".join(found)


def test_a_double_is_merged_and_the_old_number_leads_on(open_as: Callable[..., Page]) -> None:
    page = open_as("tandem-hoerde")
    page.goto(reverse("desk:doubles"))
    before = int(page.locator("output.count").get_attribute("data-anzahl") or 0)
    assert before, "the demo has pairs to merge"
    pair = page.locator(".pair-of-partners").first
    numbers = [link.get_attribute("href") or "" for link in pair.locator(".one-partner a").all()]
    pair.locator("a.button").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".merging")
    found = look_on(page)
    page.locator(".merging button").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".status")
    assert "Zusammengeführt" in page.locator(".status").first.inner_text()
    kept = page.url
    for number in numbers:
        page.goto(number)
        assert page.url == kept
    page.goto(reverse("desk:doubles"))
    assert int(page.locator("output.count").get_attribute("data-anzahl") or 0) < before
    page.close()
    assert not found, "\n".join(found)
