"""«Seite vorlesen» with a speaking device that only pretends: the real one needs ears."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.e2e

DEVICE = """
(voices) => {
  window.said = [];
  window.calls = [];
  let current = null;
  class Words { constructor(text) { this.text = text; } }
  const device = {
    getVoices: () => voices,
    speak: (words) => { window.said.push(words.text); current = words; },
    cancel: () => { window.calls.push("cancel"); current = null; },
    addEventListener: () => {},
  };
  window.finish = () => { const words = current; current = null; words.onend(); };
  Object.defineProperty(window, "speechSynthesis", { value: device });
  Object.defineProperty(window, "SpeechSynthesisUtterance", { value: Words });
}
"""
GERMAN = '{ lang: "de-DE", localService: true }'


def open_with(open_as: Callable[..., Page], voices: str, path: str = "/impressum/") -> tuple[Page, list[str]]:
    page = open_as()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.add_init_script(f"({DEVICE})([{voices}])")
    page.goto(path)
    return page, problems


@pytest.mark.parametrize(
    "voices", ["", '{ lang: "en-GB", localService: true }', '{ lang: "de-DE", localService: false }']
)
def test_there_is_no_button_without_a_voice_of_its_own(open_as: Callable[..., Page], voices: str) -> None:
    page, problems = open_with(open_as, voices)
    assert not page.get_by_role("button", name="Seite vorlesen").is_visible() and not problems
    page.close()


def test_it_reads_the_page_pauses_and_stops(open_as: Callable[..., Page]) -> None:
    page, problems = open_with(open_as, GERMAN)
    page.get_by_role("button", name="Seite vorlesen").press("Enter")
    assert page.evaluate("said") == ["Impressum"]
    page.evaluate("finish()")
    assert page.evaluate("said")[1:] == ["Wer dieses Portal betreibt"]
    assert page.locator("main [data-liest]").inner_text() == "Wer dieses Portal betreibt"
    page.get_by_role("button", name="Pause").press("Enter")
    page.get_by_role("button", name="Weiterlesen").press("Enter")
    assert page.evaluate("said")[2:] == ["Wer dieses Portal betreibt"]
    page.get_by_role("button", name="Aufhören").press("Enter")
    assert page.locator("[data-liest]").count() == 0
    assert page.locator(":focus").inner_text() == "Seite vorlesen"
    before = page.evaluate("calls.length")
    page.get_by_role("button", name="Seite vorlesen").press("Enter")
    assert page.evaluate("said.at(-1)") == "Impressum"
    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert page.evaluate("calls.length") > before
    assert not problems
    page.close()


def test_it_reads_to_the_end_and_is_ready_again(open_as: Callable[..., Page]) -> None:
    page, problems = open_with(open_as, GERMAN, "/angebote/")
    page.get_by_role("button", name="Seite vorlesen").click()
    for _ in range(2000):
        if page.locator("[data-liest]").count() == 0:
            break
        page.evaluate("finish()")
    said = page.evaluate("said")
    assert said[0] == "Angebote" and any("Uhr" in words for words in said)
    assert len(said) > 20 and not any("Auf den Merkzettel" in words for words in said)
    assert page.get_by_role("button", name="Seite vorlesen").is_visible() and not problems
    page.close()
