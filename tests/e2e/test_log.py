"""A call logged by keyboard: every key is counted, and what the browser keeps of it is read."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import counted, told
from tests.e2e.look import look_on

pytestmark = pytest.mark.e2e

LOG = "/seniorenbuero/beratung/neu/"
STREET = "Hermannstraße"
MOST = 15


class Keys:
    """Types, and counts: letters of topics are free, everything else is a stroke."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.strokes: list[str] = []

    def topic(self, words: str) -> "Keys":
        self.page.keyboard.type(words)
        return self

    def press(self, *keys: str) -> "Keys":
        for key in keys:
            self.page.keyboard.press(key)
            self.strokes.append(key)
        return self


@pytest.fixture
def page(open_as: Callable[..., Page]) -> Iterator[Page]:
    """The log as it opens, on a device whose last entry does not matter."""
    made = open_as("tandem-hoerde")
    made.context.clear_cookies(name="protokoll-zuletzt")
    made.goto(LOG)
    made.evaluate("sessionStorage.clear()")
    made.goto(LOG)
    made.wait_for_selector("#thema-1:focus")
    yield made
    made.close()


def save(keys: Keys) -> None:
    keys.press("Enter")
    keys.page.wait_for_selector(".done")
    keys.page.wait_for_load_state()


def test_an_entry_takes_fifteen_keys_beyond_its_topics(page: Page):
    """Two topics, a quarter, somebody else asking, another outcome and age than before: all of it by keys."""
    keys = Keys(page)
    keys.topic("pflegegr").press("Enter").topic("wohngel").press("Tab")
    keys.press(*"wick", "Tab", "3", "Tab", "Tab", "3", "Tab", "Tab", "8")
    save(keys)
    said = page.locator(".done [role=status]").inner_text()
    for words in (
        "Eingetragen",
        "Antrag auf Pflegegrad",
        "Wohngeld",
        "Wickede",
        "Angehörige",
        "Hilfe beim Antrag",
    ):
        assert words in said, said
    assert "80 bis 89" in said
    told.append(f"Eine Beratung mit zwei Themen und Quartier: {len(keys.strokes)} Tasten neben den Themen")
    assert len(keys.strokes) <= MOST, keys.strokes


def test_every_column_in_fifteen_keys(page: Page):
    """Two topics, and each of the six columns is changed."""
    keys = Keys(page)
    keys.topic("vorsorgev").press("Enter").topic("patienten").press("Tab")
    keys.press("Tab", "3", "Tab", "2", "Tab", "4", "Tab", "3", "Tab", "7", "Tab", "5")
    save(keys)
    said = page.locator(".done [role=status]").inner_text()
    for words in (
        "Vorsorgevollmacht",
        "Patientenverfügung",
        "Angehörige",
        "weiterer",
        "Vermittlung",
        "31 bis 60",
    ):
        assert words in said, said
    assert "70 bis 79" in said and "Hausbesuch" in said
    assert len(keys.strokes) <= MOST, keys.strokes


def test_the_next_like_the_last_takes_two(page: Page):
    keys = Keys(page)
    keys.topic("hausnot").press("Enter")
    save(keys)
    assert len(keys.strokes) == 2
    page.locator("text=Wie eben").press("Enter")
    page.wait_for_url("**wie=eben")
    page.wait_for_selector("main button:focus")  # the one that saves
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{LOG}")
    assert "Hausnotruf" in page.locator(".done [role=status]").inner_text()


def test_the_browser_keeps_codes_and_nothing_that_was_typed(page: Page):
    keys = Keys(page)
    keys.topic("pflegegr").press("Enter").topic("geheimes Wort").press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.press("Backspace")
    page.keyboard.press("Tab")
    page.keyboard.type(STREET)
    kept = storage(page)
    assert "PFL01" in kept and "geheim" not in kept and STREET.lower() not in kept.lower()
    page.keyboard.press("Tab")
    page.wait_for_selector(".found:not([hidden])")
    assert page.input_value("[name=ort]") == ""
    page.keyboard.press("2")
    kept = storage(page)
    draft = json.loads(json.loads(kept)["session"]["protokoll-entwurf"])
    assert draft["asker"] == "partner" and draft["topics"] == ["PFL01"]
    assert all(
        len(str(value)) <= 40 and " " not in str(value)
        for value in draft.values()
        if value != draft["topics"]
    )
    assert STREET.lower() not in kept.lower()
    # Left by mistake: the draft is there again, with the number of its submission.
    page.goto("/uebersicht/")
    page.goto(LOG)
    assert "Antrag auf Pflegegrad" in page.locator(".chips").inner_text()
    assert page.locator("[name=asker]:checked").get_attribute("value") == "partner"
    page.locator("#thema-1").press("Enter")
    page.wait_for_selector(".done")
    assert storage(page).count("protokoll-entwurf") == 0
    cookies: Any = page.context.cookies()
    assert not [one for one in cookies if STREET.lower() in str(one).lower()]
    assert STREET.lower() not in page.content().lower()


def storage(page: Page) -> str:
    kept: str = page.evaluate(
        "JSON.stringify({session: Object.fromEntries(Object.entries(sessionStorage)),"
        " local: Object.fromEntries(Object.entries(localStorage))})"
    )
    return kept


def test_without_javascript_it_is_the_same_form(open_as: Callable[..., Page]):
    page = open_as("tandem-hoerde", javascript=False)
    page.goto(LOG)
    page.fill("#thema-1", "pflegegr")
    page.fill("#thema-2", "Wohngeld")
    page.fill("[name=ort]", "Wickede")
    page.locator("[name=ort]").press("Enter")
    page.wait_for_selector(".done")
    assert "Wickede" in page.locator(".done [role=status]").inner_text()
    page.close()


def test_the_pages_of_the_desk_are_fit_to_look_at(open_as: Callable[..., Page]):
    page, found = open_as("tandem-hoerde"), []
    page.goto(LOG)
    page.wait_for_selector("#thema-1:focus")
    page.keyboard.type("wohn")
    found += look_on(page)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_selector(".done")
    button = page.locator("form[data-protokoll] .buttons button[type=submit]").bounding_box()
    assert button and button["y"] + button["height"] <= 900, "the log is one screen"
    found += look_on(page)
    page.locator(".done a", has_text="Ändern").click()
    found += look_on(page)
    for path in ("", "beratung/", "beratung/schicht/", "beratung/monat/2026-10/"):
        page.goto(f"/seniorenbuero/{path}")
        found += look_on(page)
        counted["Seiten des Büros"] += 1
    assert not found, "\n".join(found)
    page.close()
