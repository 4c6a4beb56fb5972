"""Looking at one page: what axe says, what the console says, whom it asks, how wide and how heavy it is."""

import pathlib
import zlib
from dataclasses import dataclass, field

import axe_playwright_python
from playwright.sync_api import ConsoleMessage, Page, Request, Response

from tests.e2e.conftest import counted

AXE = (pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "rules": {"target-size": {"enabled": True}},  # axe leaves it out unless asked
    "resultTypes": ["violations"],
}
# Colours are measured once a page: measuring them takes longer than everything else, and the width changes none.
WITHOUT_COLOURS = RULES | {"rules": {"target-size": {"enabled": True}, "color-contrast": {"enabled": False}}}
WIDTHS = (768, 320)
MOST_BYTES, MOST_SCRIPT, MOST_REQUESTS = 40 * 1024, 10 * 1024, 5


@dataclass
class Seen:
    """What the browser heard and asked while it showed one page."""

    page: Page
    origin: str
    messages: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    answers: list[Response] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.messages.append(str(error)))
        self.page.on("request", self._ask)
        self.page.on("response", lambda answer: self.answers.append(answer))

    def _hear(self, message: ConsoleMessage) -> None:
        # Chromium reports the status of the page itself as an error of the console.
        if message.type in ("error", "warning") and message.location.get("url") != self.page.url:
            self.messages.append(f"{message.type}: {message.text}")
        elif message.type == "error" and "status of" not in message.text:
            self.messages.append(message.text)

    def _ask(self, request: Request) -> None:
        if not request.url.startswith("data:"):
            self.requests.append(request.url)

    def wrong(self) -> list[str]:
        foreign = [url for url in self.requests if not url.startswith(self.origin)]
        return [f"console: {text}" for text in self.messages] + [f"asks {url}" for url in foreign]

    def weight(self) -> tuple[int, int, int]:
        """Bytes of all, bytes of scripts, requests; deflated, which is a little more than brotli."""
        sizes = [(one.request.resource_type, len(zlib.compress(one.body(), 9))) for one in self.answers]
        return sum(s for _, s in sizes), sum(s for kind, s in sizes if kind == "script"), len(self.requests)


def look_at(
    page: Page,
    origin: str,
    address: str,
    *,
    status: int = 200,
    widths: tuple[int, ...] = WIDTHS,
    narrow: bool = True,
    budget: bool = False,
    colours: bool = True,
) -> list[str]:
    """Everything that is wrong with the page at this address; the page is left open."""
    seen = Seen(page, origin)
    answer = page.goto(address)
    if answer is None or answer.status != status:
        return [f"answers {answer and answer.status} instead of {status}"]
    found = seen.wrong()  # before axe, which fetches style sheets on its own account
    if budget:
        total, script, requests = seen.weight()
        if total > MOST_BYTES or script > MOST_SCRIPT or requests > MOST_REQUESTS:
            found.append(f"weighs {total} bytes, {script} of them script, in {requests} requests")
    return found + look_on(page, widths, narrow, colours)


def look_on(
    page: Page, widths: tuple[int, ...] = WIDTHS, narrow: bool = True, colours: bool = True
) -> list[str]:
    """The page as it stands: axe on the desk and at the narrowest, and whether it scrolls sideways anywhere."""
    size = page.viewport_size or {"width": 1280, "height": 900}
    found = violations(page, colours)
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        across = page.evaluate("document.documentElement.scrollWidth")
        if across > width:
            found.append(f"scrolls sideways at {width} px: {across} px wide")
    if widths and narrow:
        found += [f"at {min(widths)} px: {one}" for one in violations(page, colours=False)]
    page.set_viewport_size(size)
    return found


def violations(page: Page, colours: bool = True) -> list[str]:
    """What axe finds against WCAG 2.2 A and AA on the whole page."""
    counted["Durchgänge von axe, WCAG 2.2 A und AA, ohne Ausnahmen"] += 1
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate(
        "options => axe.run(document, options).then(answer => answer.violations)",
        RULES if colours else WITHOUT_COLOURS,
    )
    return [
        f"axe {one['id']}: {one['help']}: " + "; ".join(node["html"][:160] for node in one["nodes"][:3])
        for one in found
    ]
