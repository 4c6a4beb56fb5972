"""A month of counts and a year of returns, as a coordinator does them: with keys alone, and told how many."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from tests.e2e.conftest import Portal, counted, told
from tests.e2e.look import look_at, look_on

pytestmark = pytest.mark.e2e

HALLS = 14
TODAY = timezone.localdate()
LAST_MONTH = (TODAY.replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
LAST_YEAR = TODAY.year - 1
PAGES = [
    ("koordination-awo", "begegnung:manage:count_month", {"month": LAST_MONTH}),
    ("auswertung", "begegnung:manage:count_month", {"month": LAST_MONTH}),
    ("koordination-awo", "begegnung:manage:returns", {"year": LAST_YEAR}),
    ("vorort-hoerde", "begegnung:manage:returns", {"year": LAST_YEAR}),
    ("auswertung", "begegnung:manage:returns", {"year": LAST_YEAR}),
    ("koordination-awo", "begegnung:manage:sheets", {}),
    ("", "begegnung_wall:enter", {}),
]


@pytest.mark.parametrize(("login", "name", "arguments"), PAGES)
def test_pages_of_counting(
    open_as: Callable[..., Page], portal: Portal, login: str, name: str, arguments: dict[str, str]
) -> None:
    page = open_as(login)
    found = look_at(page, portal.address, reverse(name, kwargs=arguments), widths=())
    counted["Seiten für Mitarbeitende"] += 1
    page.close()
    assert not found, "\n".join(found)


def test_a_month_of_counts_for_fourteen_halls_by_keys_alone(open_as: Callable[..., Page]) -> None:
    """The page opens with the cursor in the first box that is missing; Tab leads on, Enter saves all."""
    page = open_as("koordination-awo", javascript=False)
    page.goto(reverse("begegnung:manage:count"))
    assert LAST_MONTH in page.url
    keys, filled = 0, []
    for _ in range(200):
        focused = page.locator(":focus")
        assert focused.count(), "the cursor is in a box from the start"
        name = focused.get_attribute("name") or ""
        if not name.startswith("z"):
            break  # past the last box
        if not focused.input_value() and name.count("-") == 2:  # of a whole month: one for a house
            page.keyboard.type("42")
            keys += 2
            filled.append(name)
            if len(filled) == HALLS:
                break
        page.keyboard.press("Tab")
        keys += 1
    assert len(filled) == HALLS, f"only {len(filled)} boxes are missing"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    keys += 1
    # What is ten times the usual, or a tenth, is asked about once; the same number again answers it.
    if page.locator("#offen").count():
        with page.expect_navigation():
            page.keyboard.press("Enter")
        keys += 1
    assert "gespeichert." in page.locator("[role=status]").first.inner_text()
    assert not page.locator("#offen").count()
    for name in filled:
        assert page.locator(f"[name='{name}']").input_value() == "42"
    told.append(f"     Ein Monat, {HALLS} Häuser: {keys} Tasten, keine Maus, kein JavaScript")
    page.close()
    assert keys <= 110


def test_a_sheet_is_issued_and_somebody_at_the_wall_enters_a_number(
    open_as: Callable[..., Page], portal: Portal
) -> None:
    page = open_as("koordination-awo")
    page.goto(reverse("begegnung:manage:sheets"))
    page.locator("input[name=haus]").first.check()
    page.get_by_role("button", name="Zettel für die angekreuzten").press("Enter")
    page.wait_for_load_state()
    page.locator("main td a.more").first.press("Enter")
    page.wait_for_load_state()
    found = look_on(page, widths=(320,))
    text = page.locator(".typed").inner_text()
    number, code = text.split("Zettel Nr. ")[1].split(" · Code ")
    page.close()
    wall = open_as("", javascript=False)
    wall.goto("/zettel/")
    wall.fill("[name=nummer]", number.strip())
    wall.fill("[name=code]", code.strip())
    with wall.expect_navigation():
        wall.keyboard.press("Enter")
    wall.locator(".today input[name=zahl]").focus()
    wall.keyboard.type("22")
    with wall.expect_navigation():
        wall.keyboard.press("Enter")
    assert "Eingetragen: 22" in wall.locator("main").inner_text()
    seen = open_as("")  # axe needs the script that the hall does without
    seen.goto(wall.url)
    found += look_on(seen, widths=(320,))
    seen.close()
    counted["Seiten für Mitarbeitende"] += 2
    wall.close()
    assert not found, "\n".join(found)


def test_a_return_is_corrected_and_its_sheet_printed(open_as: Callable[..., Page]) -> None:
    page = open_as("koordination-awo")
    page.goto(reverse("begegnung:manage:returns", args=[LAST_YEAR]) + "?stand=fehlt")
    page.locator("input[name=haus]").first.check()
    page.get_by_role("button", name="Bögen für die angekreuzten").press("Enter")
    page.wait_for_load_state()
    found = look_on(page, widths=(320,))
    number = page.locator(".sheet-number").first.inner_text().rpartition(" ")[2]
    page.goto(reverse("begegnung:manage:returns", args=[LAST_YEAR]))
    page.fill("[name=bogen]", number)
    page.press("[name=bogen]", "Enter")
    page.wait_for_load_state()
    found += look_on(page, widths=(320,))
    page.locator("[name=opening_hours]").fill("321")
    page.locator("[name=opening_hours]").press("Enter")
    page.wait_for_load_state()
    assert "ist für" in page.locator("main").inner_text() and "gemeldet" in page.locator("main").inner_text()
    counted["Seiten für Mitarbeitende"] += 2
    page.close()
    assert not found, "\n".join(found)
