"""Round tables in the browser: every page looked at, the list of who came by keys alone, and the pictures in docs/."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests.e2e import palette
from tests.e2e.conftest import ROOT, Portal, counted, told
from tests.e2e.look import look_at, look_on

pytestmark = pytest.mark.e2e

OF_MEETING = ("aendern/", "einladen/", "einladungen/", "anwesenheit/", "protokoll/")


@pytest.fixture(scope="module")
def past(open_as: Callable[..., Page]) -> str:
    """The last meeting of the office that took place."""
    page = open_as("tandem-hoerde")
    page.goto(reverse("desk:tables"))
    page.locator(".card h2 a").first.click()
    found = page.locator("section[aria-labelledby=war] tbody a").first.get_attribute("href") or ""
    page.close()
    return found


@pytest.mark.parametrize("name", ["desk:tables", "desk:table_new", "desk:events", "desk:event_new"])
def test_pages_of_the_office(open_as: Callable[..., Page], portal: Portal, name: str) -> None:
    page = open_as("tandem-hoerde")
    found = look_at(page, portal.address, reverse(name))
    counted["Seiten für Mitarbeitende"] += 1
    page.close()
    assert not found, "\n".join(found)


@pytest.mark.parametrize("part", ["", *OF_MEETING])
def test_pages_of_a_meeting(open_as: Callable[..., Page], portal: Portal, past: str, part: str) -> None:
    page = open_as("tandem-hoerde")
    found = look_at(page, portal.address, f"{past}{part}")
    counted["Seiten für Mitarbeitende"] += 1
    page.close()
    assert not found, "\n".join(found)


def test_who_came_is_entered_by_keys(open_as: Callable[..., Page], past: str) -> None:
    """One key an organisation: d, e or n, and Enter at the end."""
    page = open_as("tandem-hoerde")
    page.goto(f"{past}anwesenheit/")
    rows = page.locator("[data-zeile]")
    number = min(rows.count(), 5)
    rows.first.locator("input:checked").focus()
    for key in ("d", "e", "d", "n", "d")[:number]:
        page.keyboard.press(key)
    wanted = ("dabei", "entschuldigt", "dabei", "eingeladen", "dabei")[:number]
    for at, state in enumerate(wanted):
        assert rows.nth(at).locator(f"[value={state}]").is_checked()
    page.keyboard.press("Enter")
    page.wait_for_url("**/treffen/*/")
    assert "gesichert" in page.locator("[role=status]").first.inner_text()
    told.append(f"     Anwesenheit: {number} Organisationen mit {number + 1} Tasten")
    page.close()


def test_a_name_in_the_minutes_is_asked_about(open_as: Callable[..., Page], past: str) -> None:
    page = open_as("tandem-hoerde")
    page.goto(f"{past}protokoll/")
    text = page.locator("textarea").first
    before = text.input_value()
    text.fill("Frau Erika Beispiel braucht Hilfe.")
    page.get_by_role("button", name="Protokoll sichern").click()
    assert "Frau Erika" in page.locator("[role=alert]").first.inner_text()
    assert page.locator("textarea").first.input_value() == "Frau Erika Beispiel braucht Hilfe."
    found = look_on(page, widths=(320,))
    page.goto(f"{past}protokoll/")
    assert page.locator("textarea").first.input_value() == before
    page.close()
    assert not found, "\n".join(found)


@pytest.mark.pictures
def test_pictures_of_paper(open_as: Callable[..., Page], past: str, tmp_path: Path) -> None:
    """The first pages of the PDFs, as the press prints them."""
    if shutil.which("pdftoppm") is None:
        pytest.skip("pdftoppm (poppler) makes pictures of PDFs")
    page = open_as("tandem-hoerde")
    for name, address in (
        ("runder-tisch-protokoll", f"{past}protokoll.pdf"),
        ("runder-tisch-einladung", f"{past}einladungen.pdf"),
    ):
        answer = page.request.get(address)
        assert answer.ok
        sheet = tmp_path / f"{name}.pdf"
        sheet.write_bytes(answer.body())
        subprocess.run(
            ["pdftoppm", "-png", "-r", "80", "-singlefile", "-l", "1", sheet, tmp_path / name], check=True
        )
        target = ROOT / "docs" / f"{name}.png"
        target.write_bytes(palette.reduced((tmp_path / f"{name}.png").read_bytes()))
        told.append(f"     docs/{name}.png: {target.stat().st_size // 1024} KB")
    page.close()
