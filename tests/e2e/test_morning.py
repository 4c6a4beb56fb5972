"""A morning at the telephone, keys alone: 25 calls, and the figure of the office rises by exactly 25."""

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Error, Page, Route
from playwright.sync_api import TimeoutError as TooLong

from tests.e2e.conftest import counted, told
from tests.e2e.look import look_on
from tests.e2e.test_log import LOG, MOST, Keys

pytestmark = pytest.mark.e2e

NAME, STREET = "Quittenbaum", "Hermannstraße 7"
BACKDATED, CALLS = 6, 25
# Topic, and the keys of the columns behind it: place, asker, contact, outcome, duration, age, way, half of the day.
ORDINARY: list[tuple[str, list[str]]] = [
    ("pflegegr", []),
    ("wohngel", ["Tab", "Tab", "3"]),
    ("hausnot", ["Tab", "Tab", "Tab", "2"]),
    ("vorsorgev", ["Tab", "Tab", "Tab", "Tab", "3"]),
    ("entlast", ["Tab", *"benning"]),
    ("mahlz", ["Tab", "Tab", "2", "Tab", "Tab", "1"]),
    ("grundsich", ["Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "8"]),
]


def here() -> dt.date:
    return dt.datetime.now(ZoneInfo("Europe/Berlin")).date()


@pytest.fixture
def page(open_as: Callable[..., Page]) -> Iterator[Page]:
    made = open_as("tandem-hoerde")
    made.context.clear_cookies(name="protokoll-zuletzt")
    made.goto(LOG)
    made.evaluate("sessionStorage.clear()")
    opened(made)
    yield made
    made.context.set_offline(False)
    made.close()


def opened(page: Page) -> Keys:
    page.goto(f"{LOG}?tag=heute")
    page.wait_for_selector("#thema-1:focus")
    return Keys(page)


def saved(page: Page) -> None:
    """The next form, which says what was done."""
    page.wait_for_selector(".done")
    page.wait_for_selector("#thema-1:focus")


def figures(page: Page) -> dict[str, int]:
    """What the office counts today and in this month, what «Zahlen» says up to yesterday, and the Kurzbericht."""
    today = here()
    page.goto("/seniorenbuero/beratung/")
    day = int(page.locator("[data-anzahl]").inner_text())
    page.goto(f"/seniorenbuero/beratung/monat/{today:%Y-%m}/")
    month = int(page.locator(".figures li", has_text="Beratung").locator("strong").inner_text())
    wrong = sum(map(int, page.locator("tbody td:last-child").all_inner_texts()))
    page.goto("/seniorenbuero/zahlen/")
    year = number(page.locator("[data-zaehler=Beratungen] strong").inner_text())
    report = page.request.get(f"/bericht/{today.year}.json").json()
    (city,) = (one["total"] for one in report["figures"] if one["key"] == "beratungen")
    return {"Tag": day, "Monat": month, "Fehlanrufe": wrong, "Zahlen": year, "Kurzbericht": city}


def number(text: str) -> int:
    return int(text.replace(".", ""))


def test_twenty_five_calls_count_as_twenty_five(page: Page):
    yesterday = here() - dt.timedelta(days=1)
    if yesterday.month != here().month:
        pytest.skip("am Ersten liegt gestern in einem anderen Monat")
    before = figures(page)
    strokes = [log(opened(page), topic, keys) for topic, keys in ORDINARY * 2]  # 14
    strokes.append(from_another_district(page))  # 15
    dropped_before_it_arrived(page)  # 16
    dropped_before_the_answer_came(page)  # 17
    pressed_twice(page)  # 18
    strokes += corrected(page)  # 19, and the one before it
    of_yesterday = six_of_yesterday(page)  # 25
    a_wrong_number(page)  # counts nowhere
    after = figures(page)
    rise = {name: after[name] - before[name] for name in after}
    assert rise == {
        "Tag": CALLS - BACKDATED,
        "Monat": CALLS,
        "Fehlanrufe": 1,
        "Zahlen": BACKDATED,
        "Kurzbericht": BACKDATED,
    }
    assert max(strokes) <= MOST, strokes
    counted["Beratungen eines Vormittags"] += CALLS
    told.append(
        f"Ein Vormittag mit {CALLS} Beratungen: die Zahl des Büros steigt um {rise['Monat']};"
        f" im Mittel {sum(strokes) / len(strokes):.1f}, höchstens {max(strokes)} Tasten neben den Themen,"
        f" die erste von gestern {of_yesterday}"
    )


def log(keys: Keys, topic: str, more: list[str]) -> int:
    keys.topic(topic).press("Enter", *more, "Enter")
    saved(keys.page)
    return len(keys.strokes)


def from_another_district(page: Page) -> int:
    """The street is typed, becomes its quarter and is gone; the office in charge is named."""
    keys = opened(page)
    keys.topic("pflegegr").press("Tab")
    page.keyboard.type("wickede")
    keys.strokes += list("wickede")
    keys.press("Tab")
    page.wait_for_selector(".found:not([hidden])")
    assert "Zuständig" in page.locator("[data-wo]").inner_text()
    keys.press("Enter")
    saved(page)
    assert "Wickede" in page.locator(".done [role=status]").inner_text()
    return len(keys.strokes)


def dropped_before_it_arrived(page: Page) -> None:
    """No line: nothing was stored. Back on the form, everything is there, and Enter sends it."""
    keys = opened(page)
    keys.topic("hausnot").press("Enter", "Tab", "Tab", "4")
    page.context.set_offline(True)
    fails(page)
    page.context.set_offline(False)
    again(page, "Hausnotruf", asker="nachbar")
    page.keyboard.press("Enter")
    saved(page)


def dropped_before_the_answer_came(page: Page) -> None:
    """The entry was stored, only nobody heard of it: sent once more it is the same one."""
    keys = opened(page)
    keys.topic("wohngel").press("Enter", "Tab", "Tab", "5")
    cookies: Any = page.context.cookies()

    def swallow(route: Route) -> None:
        if route.request.method == "POST":
            assert route.fetch(max_redirects=0).status == 303
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route(f"**{LOG}*", swallow)
    fails(page)
    page.unroute(f"**{LOG}*")
    page.context.add_cookies(cookies)  # those of the answer never came
    again(page, "Wohngeld", asker="fach")
    page.keyboard.press("Enter")
    saved(page)


def fails(page: Page) -> None:
    try:
        page.keyboard.press("Enter")
        page.wait_for_url("chrome-error://**", timeout=5_000)
    except (Error, TooLong):
        pass


def again(page: Page, topic: str, asker: str) -> None:
    """What somebody finds who goes back to the form: her choice, of which the browser kept codes only."""
    page.goto(LOG)
    page.wait_for_selector("#thema-1:focus")
    assert topic in page.locator(".chips").inner_text()
    assert page.locator("[name=asker]:checked").get_attribute("value") == asker
    kept = page.evaluate("JSON.stringify(Object.entries(sessionStorage))")
    assert re.fullmatch(r"[\w\s\[\]{}\"\\:,.-]*", kept) and topic not in kept


def pressed_twice(page: Page) -> None:
    """The same form twice, as a double click sends it."""
    opened(page).topic("entlast").press("Enter")
    page.evaluate(
        "() => { const form = document.querySelector('[data-protokoll]');"
        " return Promise.all([1, 2].map(() => fetch(form.action || location.href,"
        " {method: 'POST', body: new URLSearchParams(new FormData(form))}))) }"
    )


def corrected(page: Page) -> list[int]:
    """A wrong number that was none, and an entry with another topic: two corrections, one more Beratung."""
    keys = opened(page)
    keys.press("Tab", "Tab", "Tab", "Tab", "8", "Enter")
    saved(page)
    assert "Fehlanruf" in page.locator(".done [role=status]").inner_text()
    page.locator(".done a", has_text="Ändern").press("Enter")
    page.wait_for_selector("#thema-1:focus")
    page.keyboard.type("patienten")
    page.keyboard.press("Enter")
    page.locator("[name=outcome]:checked").press("2")
    page.keyboard.press("Enter")
    saved(page)
    assert "Geändert" in page.locator(".done [role=status]").inner_text()
    page.goto("/seniorenbuero/beratung/")
    page.locator("tbody tr").nth(1).locator("a", has_text="Ändern").press("Enter")
    page.wait_for_selector("#thema-1:focus")
    page.keyboard.press("Backspace")
    page.keyboard.type("vorsorgev")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    saved(page)
    return [len(keys.strokes)]


def six_of_yesterday(page: Page) -> int:
    """The pile of yesterday: the day once, then each of the next forms still says it."""
    keys = opened(page)
    keys.topic("pflegegr").press("Enter", *["Tab"] * 8)
    assert page.evaluate("document.activeElement.name") == "date"
    day, before = page.locator("[name=date]"), here()
    keys.press("ArrowDown")
    if day.input_value() != f"{before - dt.timedelta(days=1)}":  # a browser that writes the month first
        day.fill(f"{before - dt.timedelta(days=1)}")
    keys.press("Enter")
    saved(page)
    assert "Sie tragen für den" in page.locator(".status.warn").inner_text()
    for _ in range(3):
        next_of_pile = Keys(page).topic("hausnot").press("Enter", "Enter")
        saved(page)
    assert len(next_of_pile.strokes) == 2
    page.fill("#anzahl", "2")
    page.locator("#anzahl").press("Enter")
    page.wait_for_selector(".done >> text=Noch 2 gleiche eingetragen")
    return len(keys.strokes)


def a_wrong_number(page: Page) -> None:
    opened(page).press("Tab", "Tab", "Tab", "Tab", "8", "Enter")
    saved(page)


def test_a_planted_name_and_street_stay_in_no_storage_of_the_browser(page: Page):
    """Typed where a topic and a place belong, with and without a line; then every store of the browser is read."""
    addresses: list[str] = []
    page.context.on("request", lambda request: addresses.append(request.url))
    keys = opened(page)
    keys.topic(f"Frau {NAME}").press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.press("Backspace")
    keys.topic("pflegegr").press("Enter", "Tab")
    page.keyboard.type(f"bei {NAME}, {STREET}")
    keys.press("Tab", "2")
    page.context.set_offline(True)
    fails(page)
    page.context.set_offline(False)
    page.goto(LOG)
    page.wait_for_selector("#thema-1:focus")
    assert "Antrag auf Pflegegrad" in page.locator(".chips").inner_text()
    page.keyboard.press("Tab")
    page.keyboard.type(STREET)
    page.keyboard.press("Tab")
    page.wait_for_selector(".found:not([hidden])")
    page.locator("#thema-1").press("Enter")
    saved(page)
    kept = page.evaluate(
        """async () => JSON.stringify({
          session: Object.entries(sessionStorage), local: Object.entries(localStorage), cookie: document.cookie,
          databases: indexedDB.databases ? await indexedDB.databases() : [],
          caches: window.caches ? await caches.keys() : [], state: history.state, address: location.href})"""
    )
    kept += json.dumps(page.context.storage_state()) + " ".join(addresses)
    for word in (NAME, "Hermannstra", "Hermann"):
        assert word.lower() not in kept.lower(), word
    assert STREET not in page.content()


def test_the_numbers_are_fit_to_look_at(open_as: Callable[..., Page]):
    for login in ("tandem-hoerde", "auswertung"):
        for width in (1280, 360):
            page = open_as(login, width=width)
            page.goto("/seniorenbuero/zahlen/?jahr=2017")
            found = look_on(page)
            assert not found, "\n".join(found)
            wide = page.evaluate(
                "[...document.querySelectorAll('.table-box')].filter(box => box.scrollWidth > box.clientWidth).length"
            )
            assert wide == 0, f"{wide} tables are wider than {width} pixels"
            counted["Seiten mit Zahlen"] += 1
            page.close()
