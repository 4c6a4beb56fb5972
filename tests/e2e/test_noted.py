"""Der Merkzettel and the display as somebody uses them without a mouse and without JavaScript."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.conftest import Portal

pytestmark = pytest.mark.e2e


@pytest.fixture
def visitor(portal: Portal, browser: Browser) -> Iterator[Page]:
    """Somebody of her own, with no cookie yet."""
    context = browser.new_context(
        base_url=portal.address,
        locale="de-DE",
        viewport={"width": 360, "height": 740},
        java_script_enabled=False,
    )
    yield context.new_page()
    context.close()


def test_two_offerings_are_noted_shown_and_taken_off_by_keyboard(visitor: Page) -> None:
    visitor.goto("/angebote/")
    buttons = visitor.get_by_role("button", name="Auf den Merkzettel")
    first = buttons.nth(0).get_attribute("id") or ""
    buttons.nth(0).press("Enter")
    visitor.wait_for_url("**/merkzettel/**")
    assert "Steht jetzt auf Ihrem Merkzettel." in visitor.locator("main").inner_text()
    visitor.get_by_role("link", name="Zurück, woher Sie kamen").press("Enter")
    visitor.wait_for_url("**/angebote/")
    assert visitor.locator(f"#{first}").inner_text() == "Steht auf Ihrem Merkzettel"
    visitor.get_by_role("button", name="Auf den Merkzettel").nth(0).press("Enter")
    visitor.wait_for_url("**/angebote/#merken-*")
    assert visitor.get_by_role("link", name="Merkzettel (2").is_visible()
    visitor.get_by_role("link", name="Merkzettel (2").press("Enter")
    assert visitor.locator("li[data-angebot]").count() == 2
    assert visitor.locator("a[href^='tel:']").first.is_visible()
    visitor.get_by_role("button", name="Alle vom Merkzettel nehmen").press("Enter")
    visitor.wait_for_url("**stand=leer**")
    visitor.get_by_role("button", name="Wieder auf den Merkzettel").press("Enter")
    visitor.wait_for_url("**stand=uebernommen**")
    assert visitor.locator("li[data-angebot]").count() == 2


def test_one_click_makes_everything_larger_and_darker_everywhere(visitor: Page) -> None:
    visitor.goto("/angebote/?bezirk=hoerde")
    for name in ("Schrift sehr groß", "Farben hell auf dunkel"):
        visitor.get_by_text("Schrift und Farben", exact=True).press("Enter")
        visitor.get_by_role("link", name=name).press("Enter")
        visitor.wait_for_url("**/angebote/?bezirk=hoerde")
    visitor.goto("/begegnung/")
    look = visitor.evaluate(
        "[getComputedStyle(document.documentElement).fontSize, getComputedStyle(document.body).backgroundColor,"
        " document.documentElement.scrollWidth]"
    )
    assert look == ["30px", "rgb(16, 20, 22)", 360]


def test_no_browser_complains_about_the_data_for_machines(open_as: Callable[..., Page]) -> None:
    page = open_as()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for path in ("/seniorenbueros/hoerde/", "/eugen-krautscheid-haus/", "/beratung/"):
        page.goto(path)
    page.goto("/seniorenbueros/hoerde/")
    assert page.locator("script[type='application/ld+json']").count() == 1
    assert not [line for line in said if "Content Security" in line or "Content-Security" in line]
    page.close()
