"""A real portal with its example data and a real Chromium; nothing here knows the inside."""

import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import FrameType
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = pathlib.Path(__file__).resolve().parents[2]
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
LONGEST_WALK = 300  # seconds

counted: Counter[str] = Counter()  # what was looked at, for the last lines of the output
told: list[str] = []  # sentences for the same place


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--bilder", action="store_true", help="renews the pictures in docs/ and does nothing else"
    )


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Each process hands in what it has looked at."""
    if (handed_in := getattr(session.config, "workeroutput", None)) is not None:
        handed_in["counted"], handed_in["told"] = dict(counted), told


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    handed_in = getattr(node, "workeroutput", {})
    counted.update(handed_in.get("counted", {}))
    told.extend(handed_in.get("told", ()))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if counted or told:
        terminalreporter.section("Im Browser")
        for what, number in counted.items():
            terminalreporter.write_line(f"{number:4} {what}")
        for sentence in told:
            terminalreporter.write_line(sentence)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The pictures are taken on demand, and then nothing else happens."""
    wanted = config.getoption("--bilder")
    dropped = [item for item in items if bool(item.get_closest_marker("pictures")) != wanted]
    config.hook.pytest_deselected(items=dropped)
    items[:] = [item for item in items if item not in dropped]


@dataclass
class Portal:
    address: str
    password: str


@pytest.fixture(scope="session")
def portal() -> Iterator[Portal]:
    """Started as a newcomer starts it, in a home of its own, one for each process of pytest; stopped by Ctrl-C.

    PORTAL_E2E names one that runs already, with its password in PORTAL_DEMO_PASSWORD: for work on these tests.
    """
    if running := os.environ.get("PORTAL_E2E"):
        yield Portal(running.rstrip("/"), os.environ["PORTAL_DEMO_PASSWORD"])
        return
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="portal-e2e-") as home:
        os.chmod(home, 0o755)
        kept = {
            k: v for k, v in os.environ.items() if not re.match(r"DATABASE_|PORTAL_|SECRET_KEY|DJANGO_", k)
        }
        password = "nur-fuer-den-browser-test"
        env = kept | {"PORT": str(port), "PORTAL_HOME": home, "PORTAL_DEMO_PASSWORD": password}
        process = subprocess.Popen(
            [sys.executable, "-m", "seniorportal.launch", "serve"],
            cwd=ROOT,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            assert process.stdout is not None
            said = []
            for line in process.stdout:
                said.append(line)
                if f"127.0.0.1:{port}" in line:
                    break
            else:
                pytest.fail("The portal did not start:\n" + "".join(said))
            yield Portal(f"http://127.0.0.1:{port}", password)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("PORTAL_CHROMIUM", "/usr/bin/chromium"), args=CHROMIUM
        )
        yield chromium
        chromium.close()


def new_context(
    browser: Browser,
    portal: Portal,
    width: int = 1280,
    height: int = 900,
    zoom: int = 1,
    javascript: bool = True,
) -> BrowserContext:
    context = browser.new_context(
        base_url=portal.address,
        locale="de-DE",
        viewport={"width": width, "height": height},
        device_scale_factor=zoom,
        java_script_enabled=javascript,
    )
    context.set_default_timeout(15_000)
    return context


@pytest.fixture(scope="session")
def open_as(portal: Portal, browser: Browser) -> Iterator[Callable[..., Page]]:
    """A page of a visitor, or of a demo login; one browser context and one sign-in each."""
    contexts: dict[tuple[str, int, int, int, bool], BrowserContext] = {}

    def open_page(
        login: str = "", *, width: int = 1280, height: int = 900, zoom: int = 1, javascript: bool = True
    ) -> Page:
        key = (login, width, height, zoom, javascript)
        if key not in contexts:
            context = new_context(browser, portal, width, height, zoom, javascript)
            contexts[key] = context
            if login:
                sign_in(context.new_page(), login, portal.password)
        return contexts[key].new_page()

    yield open_page
    for context in contexts.values():
        context.close()


@pytest.fixture
def fresh(browser: Browser, portal: Portal) -> Iterator[Callable[..., Page]]:
    """Signed in a moment ago: what is personal asks again after a quarter of an hour."""
    contexts = []

    def open_page(login: str, javascript: bool = True) -> Page:
        context = new_context(browser, portal, javascript=javascript)
        contexts.append(context)
        sign_in(context.new_page(), login, portal.password)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(autouse=True)
def no_walk_without_end() -> Iterator[None]:
    """A question that a page never answers fails its test; the others still run."""

    def over(number: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"Nach {LONGEST_WALK} Sekunden noch nicht am Ziel.")

    before = signal.signal(signal.SIGALRM, over)
    signal.alarm(LONGEST_WALK)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def sign_in(page: Page, login: str, password: str) -> None:
    page.goto("/konto/login/")
    page.fill("[name=login]", login)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/uebersicht/")
    page.close()
