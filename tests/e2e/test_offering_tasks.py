"""Offerings as tasks in the browser: every page looked at, and a new fortnightly one made with keys alone."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from tests.e2e.conftest import Portal, counted
from tests.e2e.look import look_at
from tests.e2e.test_by_keyboard import Hands
from tests.e2e.test_venue_tasks import own_house

pytestmark = pytest.mark.e2e

AT_A_HOUSE = ("offerings", "offering_new", "half_year")
BESIDE = ("points", "point_new", "templates", "shares")


@pytest.mark.parametrize("name", AT_A_HOUSE + BESIDE)
def test_pages_of_offerings(open_as: Callable[..., Page], portal: Portal, name: str) -> None:
    page = open_as("koordination-awo")
    where = {"slug": own_house(page)} if name in AT_A_HOUSE else {}
    found = look_at(page, portal.address, reverse(f"begegnung:manage:{name}", kwargs=where), widths=(360,))
    counted["Seiten für Mitarbeitende"] += 1
    page.close()
    assert not found, "\n".join(found)


def test_a_fortnightly_offering_is_made_with_keys_alone_and_without_javascript(
    open_as: Callable[..., Page], portal: Portal
) -> None:
    page = open_as("koordination-awo", javascript=False)
    page.goto(reverse("begegnung:manage:offering_new", args=[own_house(page)]))
    make_with_keys(page, "Tastenrunde")
    assert "«Tastenrunde» ist gespeichert." in page.locator("[role=status]").first.inner_text()
    made = page.url.removeprefix(portal.address)
    page.close()
    page = open_as("koordination-awo")  # axe says what it found only where scripts run
    found = look_at(page, portal.address, made, widths=(360,))
    page.close()
    assert not found, "\n".join(found)


def make_with_keys(page: Page, title: str) -> None:
    """Title, every two weeks, Tuesday, from the first Tuesday of next month, 15 o'clock; looked at, saved."""
    hands = Hands(page)
    hands.tab_to("#id_title")
    hands.type(title)
    hands.tab_to("input[name=kind]")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    assert page.locator("input[name=kind]:checked").get_attribute("value") == "wochen"
    hands.tab_to("input[name=weekdays][value='1']")
    page.keyboard.press("Space")
    hands.tab_to("#id_first_date")
    hands.type(f"{timezone.localdate() + dt.timedelta(days=14):%d.%m.%Y}")
    hands.tab_to("#id_start")
    hands.type("15")
    hands.tab_to("button[name=ansehen]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    shown = page.locator(".outlook").inner_text()
    assert "Noch ist nichts gespeichert." in shown and "Dienstag" in shown
    hands.tab_to(".buttons button[name=speichern]")
    hands.press()
