"""Every page in a browser: accessible, narrow enough for a telephone, and talking to nobody else."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.e2e.conftest import Portal

pytestmark = pytest.mark.e2e

PUBLIC = [
    "/",
    "/angebote/",
    "/angebote/?seite=2",
    "/angebote/?q=gymnastik&bezirk=hoerde&barrierefrei=stufenlos&wochentag=di",
    "/angebote/?q=allein",
    "/angebote/?q=xqzwv",
    "/begegnung/",
    "/eugen-krautscheid-haus/",
    "/seniorenbueros/",
    "/seniorenbueros/hoerde/",
    "/seniorenbueros/finden/",
    "/beratung/",
    "/rueckmeldung/",
    "/bericht/",
    "/bericht/2014-2017/",
    "/bericht/2017/",
    "/konto/login/",
    "/gibt-es-nicht/",
]
FIRST_OF = [
    ("/angebote/", "li[data-angebot] a"),
    ("/begegnung/", "li[data-ort] a"),
    ("/beratung/", "main ul a[href^='/beratung/']"),
    ("/seniorenbueros/hoerde/", "a[href^='/nummer/']"),
]
STAFF = {
    "koordination-awo": [
        "/uebersicht/",
        "/verwaltung/",
        "/verwaltung/seniorportal/venue/",
        "/verwaltung/seniorportal/offering/",
        "/verwaltung/seniorportal/offering/add/",
        "/verwaltung/begegnung/annualreturn/",
    ],
    "tandem-hoerde": [
        "/uebersicht/",
        "/verwaltung/seniorportal/consultation/",
        "/verwaltung/seniorportal/consultation/add/",
        "/verwaltung/seniorenbuero/roundtable/",
    ],
    "hausleitung-ekh": ["/uebersicht/", "/verwaltung/seniorportal/occurrence/"],
    "vorort-hoerde": ["/uebersicht/", "/verwaltung/seniorportal/visit/"],
    "redaktion": [
        "/uebersicht/",
        "/verwaltung/seniorportal/category/",
        "/verwaltung/seniorportal/synonym/",
        "/verwaltung/seniorportal/feedback/",
    ],
    "technik": ["/uebersicht/", "/verwaltung/seniorportal/membership/"],
    "auswertung": ["/uebersicht/", "/verwaltung/seniorportal/venue/"],
}


WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


def violations(page: Page) -> str:
    """What axe finds against WCAG 2.2 A and AA, as a report; empty when nothing."""
    found = Axe().run(page, options=WCAG)
    return found.generate_report() if found.violations_count else ""


@pytest.fixture(scope="module")
def details(open_as: Callable[..., Page]) -> list[str]:
    """The first page behind each public list."""
    page = open_as()
    found = []
    for list_page, link in FIRST_OF:
        page.goto(list_page)
        found.append(page.locator(link).first.get_attribute("href") or "")
    page.close()
    assert all(found)
    return found


def test_public_pages_are_accessible_and_ask_nobody_else(
    open_as: Callable[..., Page], details: list[str], portal: Portal
) -> None:
    wrong = []
    for address in PUBLIC + details:
        page = open_as()
        foreign: list[str] = []
        page.on("request", lambda r, f=foreign: None if r.url.startswith(portal.address) else f.append(r.url))
        page.goto(address)
        if report := violations(page):
            wrong.append(f"{address}\n{report}")
        if foreign:
            wrong.append(f"{address} asked {foreign}")
        page.close()
    assert not wrong, "\n\n".join(wrong)


@pytest.mark.parametrize("width", [320, 768])
def test_no_public_page_scrolls_sideways(
    open_as: Callable[..., Page], details: list[str], portal: Portal, width: int
) -> None:
    page = open_as(width=width)
    too_wide = []
    for address in PUBLIC + details:
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            too_wide.append(address)
        name = address.strip("/").split("?")[0].replace("/", "_") or "start"
        page.screenshot(path=portal.shots / f"{name}-{width}.png", full_page=True)
    page.close()
    assert not too_wide


@pytest.mark.parametrize("login", STAFF)
def test_staff_pages_are_accessible(open_as: Callable[..., Page], portal: Portal, login: str) -> None:
    wrong = []
    for address in STAFF[login]:
        page = open_as(login)
        answer = page.goto(address)
        if answer is None or answer.status != 200:
            wrong.append(f"{login} {address} answered {answer and answer.status}")
        elif report := violations(page):
            wrong.append(f"{login} {address}\n{report}")
        page.close()
    assert not wrong, "\n\n".join(wrong)


def test_from_home_to_a_telephone_number_by_keyboard_and_without_javascript(
    open_as: Callable[..., Page],
) -> None:
    page = open_as(javascript=False)
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text().strip() == "Direkt zum Inhalt"
    link = page.locator("main li[data-angebot] a, main a[href^='/angebote/']").first
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/angebote/**")
    if page.url.rstrip("/").endswith("/angebote"):
        page.locator("li[data-angebot] a").first.focus()
        page.keyboard.press("Enter")
    assert page.locator("a[href^='tel:']").first.is_visible()
    page.close()
