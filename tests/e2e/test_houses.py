"""«Meine Häuser» and «Stimmt noch?» in the browser: for each role, narrow and wide, and by keys alone."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests.e2e.conftest import Portal, counted
from tests.e2e.look import look_at, look_on

pytestmark = pytest.mark.e2e

PAGES = [
    (login, name)
    for login in ("koordination-awo", "vorort-hoerde", "hausleitung-ekh", "tandem-hoerde")
    for name in ("begegnung:manage:houses", "begegnung:manage:confirm")
]


@pytest.mark.parametrize(("login", "name"), PAGES)
def test_pages_of_houses(open_as: Callable[..., Page], portal: Portal, login: str, name: str) -> None:
    page = open_as(login)
    found = look_at(page, portal.address, reverse(name))
    counted["Seiten für Mitarbeitende"] += 1
    page.close()
    assert not found, "\n".join(found)


def test_a_link_that_is_none_says_so(open_as: Callable[..., Page]) -> None:
    page = open_as()
    answer = page.goto("/zettel/1-x/stimmt-noch/")
    assert answer is not None and answer.status == 404
    assert page.locator("h1").inner_text() == "Diesen Link kennen wir nicht"
    found = look_on(page, widths=(320,))
    page.close()
    assert not found, "\n".join(found)


def test_the_button_counts_what_is_ticked(open_as: Callable[..., Page]) -> None:
    """With a script the number follows; Enter in a check box confirms nothing."""
    page = open_as("koordination-caritas")
    page.goto(reverse("begegnung:manage:confirm"))
    house = page.locator("section.look").filter(has=page.locator("input:checked")).first
    button = house.locator("button")
    ticked = house.locator("input:checked").count()
    assert (f"Diese {ticked} habe ich" if ticked > 1 else "Diese eine Angabe") in button.inner_text()
    house.locator("input:checked").first.press("Space")
    assert f"Diese {ticked} habe ich" not in button.inner_text()
    house.locator("input[type=checkbox]").first.press("Enter")
    page.wait_for_load_state()
    assert "Noch ist nichts bestätigt" in page.locator("main").inner_text()
    page.close()
