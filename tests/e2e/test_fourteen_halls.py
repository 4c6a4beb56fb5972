"""«Vierzehn Häuser in zwanzig Minuten»: a month of a coordinator, walked and counted.

Fourteen houses are looked at and confirmed, each by its own button; a month of counts is entered; one date is called
off; fourteen programmes come out of the printer. Clicks and keys are counted as a person would need them, and the time
is told by the keystroke-level model (Card, Moran, Newell 1983) with the time to read what is confirmed.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from playwright.sync_api import Locator, Page

from tests.e2e.conftest import Portal, told

pytestmark = pytest.mark.e2e

HOUSES = 14
WHO = "koordination-awo"

# Seconds: to point and press, to press a key without touch-typing, to make up one's mind before each step.
CLICK, KEY, MIND = 1.3, 0.5, 1.35
WORDS_A_MINUTE = 180
READ_A_NUMBER = 6.0  # find the hall on its paper and read its sum


TODAY = timezone.localdate()
BEFORE_LAST = date_format(
    (TODAY.replace(day=1) - timedelta(days=1)).replace(day=1) - timedelta(days=1), "F Y"
)


@dataclass
class Walk:
    """What hands did, and what eyes read."""

    page: Page
    clicks: int = 0
    keys: int = 0
    words: int = 0
    pages: int = 0
    waited: float = 0.0

    def click(self, what: Locator) -> None:
        begun = time.monotonic()
        what.click()
        self.page.wait_for_load_state()
        self.waited += time.monotonic() - begun
        self.clicks += 1

    def press(self, key: str, *, waits: bool = False) -> None:
        begun = time.monotonic()
        self.page.keyboard.press(key)
        if waits:
            self.page.wait_for_load_state()
            self.waited += time.monotonic() - begun
        self.keys += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.keys += len(text)

    def follow(self, name: str) -> None:
        """A page of the menu."""
        self.click(
            self.page.get_by_role("navigation", name="Häuser verwalten").get_by_role("link", name=name)
        )

    def minutes(self, numbers: int) -> float:
        hands = self.clicks * (CLICK + MIND) + self.keys * KEY
        eyes = self.words / WORDS_A_MINUTE * 60 + numbers * READ_A_NUMBER
        return (hands + eyes + self.waited) / 60


def confirm(walk: Walk) -> int:
    """House after house: read what stands there, press its button. Answers how many entries were confirmed."""
    walk.click(walk.page.get_by_role("link", name="ansehen und bestätigen"))
    entries = 0
    for _ in range(HOUSES):
        house = walk.page.locator("section.look").filter(has=walk.page.locator("input:checked")).first
        walk.words += len(house.inner_text().split())
        entries += house.locator("input:checked").count()
        name = house.locator("h2").inner_text()
        walk.click(house.locator(".buttons button"))
        said = walk.page.locator("main").inner_text()
        assert "als heute geprüft" in said, said[:400]
        left = walk.page.locator("section.look", has_text=name).locator("input:checked")
        assert left.count() == 0, name
    return entries


def enter_a_month(walk: Walk) -> int:
    walk.follow("Besuche zählen")
    empty = "els => els.filter(e => e.value === '' && e.name.split('-').length === 3).length"
    if walk.page.locator("input[name^=z]").evaluate_all(empty) < HOUSES:  # another test was here before
        walk.click(walk.page.locator("a[href*='/zaehlen/']").filter(has_text=BEFORE_LAST).first)
    filled = []
    for _ in range(200):
        focused = walk.page.locator(":focus")
        name = focused.get_attribute("name") or ""
        if not name.startswith("z") or len(filled) == HOUSES:
            break
        if not focused.input_value() and name.count("-") == 2:  # of a whole month: one for a house
            walk.type("42")
            filled.append(name)
            if len(filled) == HOUSES:
                break
        walk.press("Tab")
    walk.press("Enter", waits=True)
    if "noch nicht gespeichert" in walk.page.locator("main").inner_text():
        walk.press("Enter", waits=True)  # what is far from the usual is asked about once
    text = walk.page.locator("main").inner_text()
    assert "Zahlen gespeichert" in text and "noch nicht gespeichert" not in text
    assert all(walk.page.locator(f"[name='{name}']").input_value() == "42" for name in filled)
    return len(filled)


def call_off_one(walk: Walk) -> None:
    walk.follow("Heute fällt aus")
    date = (
        walk.page.locator("ul.call-off > li")
        .filter(has=walk.page.get_by_role("button", name="Fällt aus"))
        .first
    )
    number = date.get_attribute("id")
    walk.words += len(date.inner_text().split())
    walk.click(date.get_by_role("button", name="Fällt aus"))
    assert "Fällt aus" in walk.page.locator(f"#{number}").inner_text()
    assert walk.page.locator(f"#{number}").get_by_role("button", name="Findet doch statt").count() == 1


def print_programmes(walk: Walk, portal: Portal) -> int:
    """A click on each name opens the sheet, ready to print; Ctrl-P and Enter send it, Alt-Left leads back."""
    walk.follow("Programme drucken")
    links = walk.page.locator("ul.tasks > li > a:first-child")
    pressed = 0
    for number in range(HOUSES):
        address = links.nth(number).get_attribute("href") or ""
        begun = time.monotonic()
        answer = walk.page.request.get(portal.address + address)
        walk.waited += time.monotonic() - begun
        assert answer.headers["content-type"] == "application/pdf" and answer.body().startswith(b"%PDF-")
        walk.clicks += 1
        walk.keys += 3
        pressed += 1
    return pressed


def test_fourteen_halls_in_twenty_minutes(open_as: Callable[..., Page], portal: Portal) -> None:
    page = open_as(WHO, javascript=False)
    walk = Walk(page)
    page.goto(reverse("staff:overview"))
    walk.click(page.get_by_role("link", name="Meine Häuser"))
    assert page.locator("tr[data-ort]").count() >= HOUSES
    parts = []

    def part(name: str, clicks: int, keys: int) -> None:
        parts.append(f"     {name}: {walk.clicks - clicks} Klicks, {walk.keys - keys} Tasten")

    before = (walk.clicks, walk.keys)
    entries = confirm(walk)
    part(f"{HOUSES} Häuser bestätigen ({entries} Angaben, {walk.words} Wörter gelesen)", *before)
    before = (walk.clicks, walk.keys)
    counts = enter_a_month(walk)
    part(f"Besuche eines Monats für {counts} Häuser", *before)
    before = (walk.clicks, walk.keys)
    call_off_one(walk)
    part("Einen Vormittag absagen", *before)
    before = (walk.clicks, walk.keys)
    sheets = print_programmes(walk, portal)
    part(f"{sheets} Programme drucken", *before)
    page.close()

    minutes = walk.minutes(counts)
    told.append("     Vierzehn Häuser, ohne JavaScript:")
    told.extend(parts)
    told.append(
        f"     zusammen {walk.clicks} Klicks, {walk.keys} Tasten, {walk.waited:.0f} s gewartet,"
        f" nach dem Keystroke-Level-Modell {minutes:.1f} Minuten"
    )
    assert (counts, sheets) == (HOUSES, HOUSES) and entries >= HOUSES
    assert walk.clicks <= 40 and walk.keys <= 160
    assert minutes <= 20
