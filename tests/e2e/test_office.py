"""An office about itself: somebody goes on leave and a colleague rings instead; and every page looked at.

The walk puts back what it changes: the portal goes on to other tests.
"""

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from tests.e2e.conftest import Portal, counted
from tests.e2e.look import look_at, look_on
from tests.names import name_of

pytestmark = pytest.mark.e2e
OFFICE = "/seniorenbuero/buero/"
ADDRESSES = {
    "desk:office": OFFICE,
    "desk:office_page": f"{OFFICE}seite/",
    "desk:office_hand_over": f"{OFFICE}uebergeben/",
    "desk:office_absent": f"{OFFICE}abwesend/",
}


def test_every_page_of_the_office_is_fit_to_look_at(fresh: Callable[..., Page], portal: Portal) -> None:
    page = fresh("tandem-hoerde")
    page.goto(OFFICE)
    addresses = ADDRESSES | {
        "desk:office_week": page.locator("a", has_text="Tage und Sprachen").first.get_attribute("href") or "",
        "desk:office_last_day": page.locator("a", has_text="Hört auf").first.get_attribute("href") or "",
        "desk:office_absence": page.locator("#weg ~ ul a").first.get_attribute("href") or "",
    }
    wrong = []
    for name, address in addresses.items():
        assert name_of(address) == name
        wrong += [f"{address} {found}" for found in look_at(page, portal.address, address, widths=(320,))]
        counted["Seiten des Büros"] += 1
    page.goto(f"{OFFICE}abwesend/")
    page.locator("main form.panel button[type=submit]").click()
    assert "Bitte wählen Sie, wer nicht da ist." in page.locator("main").inner_text()
    wrong += [f"mit Fehlern: {found}" for found in look_on(page, (320,))]
    assert not wrong, "\n".join(wrong)


def test_on_leave_by_keys_alone_and_without_javascript(fresh: Callable[..., Page]) -> None:
    page = fresh("tandem-hombruch", javascript=False)
    page.goto(f"{OFFICE}abwesend/")
    last = timezone.localdate() + dt.timedelta(days=3)
    page.locator("#id_member").focus()
    page.keyboard.type("Theo")
    page.fill("#id_active_until", last.isoformat())
    page.get_by_label("Sonja Beispiel").focus()
    page.keyboard.press("Space")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "ist nicht da" in page.locator("[role=status]").first.inner_text()
    page.goto(OFFICE)
    assert "Theo Beispiel: vom" in page.locator("main").inner_text()
    page.goto("/uebersicht/anrufe/")
    told = page.locator(".away").inner_text()
    assert "Theo Beispiel" in told and "Es ruft an: Sonja Beispiel" in told
    page.goto(OFFICE)
    page.locator("#weg ~ ul a", has_text="Theo Beispiel").click()
    page.locator("button[name=wieder-da]").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "Theo Beispiel ist wieder da." in page.locator("main").inner_text()


def test_the_public_page_says_the_languages_and_nobody(fresh: Callable[..., Page], portal: Portal) -> None:
    page = fresh("tandem-hoerde")
    wrong = look_at(page, portal.address, "/seniorenbueros/hoerde/", widths=(320,))
    text = page.locator("main").inner_text()
    assert "Mittwoch: " in text and "Arabisch" in text
    assert "Yusuf" not in text and "Berta" not in text
    assert not wrong, "\n".join(wrong)
