"""A house as tasks, a date that falls away, a closing: every page looked at, and the walks with keys alone."""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests.e2e.conftest import Portal, counted, told
from tests.e2e.look import look_at, look_on
from tests.e2e.test_by_keyboard import Hands

pytestmark = pytest.mark.e2e

PHONE = {"width": 360, "height": 740}
OF_A_HOUSE = {
    "venue": {},
    "venue_facts": {},
    "propose": {},
    "contacts": {},
    "contact_add": {},
    "hours": {},
    "week": {},
    "special_day": {},
    "rooms": {},
    "room_add": {},
    "access_check": {},
    "access_feature": {"key": "wc"},
    "cancel_code": {},
}


def own_house(page: Page) -> str:
    """The slug of a house of this login: from the page of what falls away."""
    page.goto(reverse("begegnung:manage:called_off"))
    address = page.locator("nav a[href^='?ort=']").first.get_attribute("href") or ""
    return address.removeprefix("?ort=")


@pytest.mark.parametrize("name", OF_A_HOUSE)
def test_pages_of_a_house(open_as: Callable[..., Page], portal: Portal, name: str) -> None:
    page = open_as("koordination-awo")
    address = reverse(f"begegnung:manage:{name}", kwargs={"slug": own_house(page), **OF_A_HOUSE[name]})
    found = look_at(page, portal.address, address, widths=(360,))
    counted["Seiten für Mitarbeitende"] += 1
    page.close()
    assert not found, "\n".join(found)


@pytest.mark.parametrize("login", ["koordination-awo", "vorort-hoerde", "tandem-hoerde", "redaktion"])
def test_pages_of_falling_away_and_closing(open_as: Callable[..., Page], portal: Portal, login: str) -> None:
    page = open_as(login)
    names = ["begegnung:manage:closings"]
    names += ["begegnung:manage:called_off"] if login != "redaktion" else []
    found = []
    for name in names:
        found += look_at(page, portal.address, reverse(name), widths=(360,))
        counted["Seiten für Mitarbeitende"] += 1
    page.close()
    assert not found, "\n".join(found)


def test_a_date_falls_away_in_two_actions_with_keys_alone(open_as: Callable[..., Page]) -> None:
    """At 360 pixels: the page is opened, the button is pressed. Taking it back is one more."""
    page = open_as("koordination-awo", **PHONE)
    page.goto(reverse("begegnung:manage:houses"))
    hands = Hands(page)
    hands.tab_to(f"a[href='{reverse('begegnung:manage:called_off')}']")
    hands.press()
    title = page.locator("ul.call-off > li:has(button[value=absagen]) h3").first.inner_text()
    number = page.locator("ul.call-off > li:has(button[value=absagen])").first.get_attribute("id") or ""
    hands.tab_to(f"#{number} button[value=absagen]")
    hands.press()
    assert hands.actions == 2
    assert f"Abgesagt: {title}" in page.locator("[role=status]").first.inner_text()
    assert "Fällt aus" in page.locator(f"#{number}").inner_text()
    wrong = look_on(page, widths=(360,))
    hands.tab_to(f"#{number} button[value=doch]")
    page.keyboard.press("Enter")  # leads back to the same address
    page.locator("[role=status]", has_text="Findet doch statt").first.wait_for()
    assert "Findet doch statt" in page.locator("[role=status]").first.inner_text()
    told.append(f"     Ein Termin fällt aus: 2 Handlungen, {' · '.join(hands.keys)}")
    page.close()
    assert not wrong, "\n".join(wrong)


def test_a_hall_calls_off_with_its_code(open_as: Callable[..., Page]) -> None:
    """The coordinator hands the code out; in the hall nobody signs in."""
    desk = open_as("koordination-awo")
    desk.goto(reverse("begegnung:manage:called_off"))
    chosen = desk.locator("ul.call-off > li:has(button[value=absagen])")
    slugs = desk.locator("nav a[href^='?ort=']").evaluate_all(
        "all => all.map(one => [one.textContent, one.search])"
    )
    place = chosen.first.locator("p").first.inner_text().rpartition(" · ")[2]
    slug = dict(slugs)[place].removeprefix("?ort=")
    desk.goto(reverse("begegnung:manage:cancel_code", args=[slug]))
    desk.locator("button[value=neu]").click()
    code = desk.locator(".big-code").inner_text()
    page = open_as(**PHONE)
    page.goto(f"{reverse('public:call_off')}?ort={slug}")
    wrong = look_on(page, widths=(360,))
    page.fill("[name=code]", code)
    page.press("[name=code]", "Enter")
    page.wait_for_url(re.compile("/zettel/.+/faellt-aus/"))
    wrong += look_on(page, widths=(360,))
    page.locator("button[value=absagen]").first.click()
    assert "Abgesagt: " in page.locator("[role=status]").inner_text()
    page.locator("button[value=doch]").first.click()
    assert "Findet doch statt" in page.locator("[role=status]").inner_text()
    counted["Seiten für alle"] += 2
    desk.locator("button[value=sperren]").click()
    page.reload()
    assert reverse("public:call_off") in page.url
    page.close()
    desk.close()
    assert not wrong, "\n".join(wrong)


def test_a_room_is_told_and_taken_back_on_a_telephone(open_as: Callable[..., Page]) -> None:
    page = open_as("koordination-awo", **PHONE)
    slug = own_house(page)
    page.goto(reverse("begegnung:manage:room_add", args=[slug]))
    page.fill("[name=name]", "Beispielraum zum Probieren")
    page.fill("[name=seats]", "etwa 40")
    page.press("[name=seats]", "Enter")
    assert "Bitte eine ganze Zahl" in page.locator("#id_seats_error").inner_text()
    wrong = look_on(page, widths=(360,))
    page.fill("[name=seats]", "40")
    page.press("[name=seats]", "Enter")
    page.wait_for_url(re.compile("/raeume/$"))
    assert (
        "Gespeichert: Beispielraum zum Probieren (40 Plätze)." in page.locator("[role=status]").inner_text()
    )
    page.locator(".card", has_text="Beispielraum zum Probieren").locator("a").click()
    page.wait_for_url(re.compile(r"/raeume/\d+/$"))
    wrong += look_on(page, widths=(360,))
    counted["Seiten für Mitarbeitende"] += 2
    page.locator("button[value=entfernen]").click()
    page.wait_for_url(re.compile("/raeume/$"))
    assert page.locator(".card", has_text="Beispielraum zum Probieren").count() == 0
    page.close()
    assert not wrong, "\n".join(wrong)


def test_a_walk_through_the_house_on_a_telephone(open_as: Callable[..., Page]) -> None:
    """Each answer is one tap; whoever comes back goes on where she stopped."""
    page = open_as("koordination-awo", **PHONE)
    root = reverse("begegnung:manage:access_check", args=[own_house(page)])
    page.goto(f"{root}aufzug/")
    for answer in ("nein", "ja", "weiss-nicht"):
        button = page.locator(f"button[value={answer}]")
        box = button.bounding_box()
        assert box and box["height"] >= 60 and box["y"] + box["height"] <= PHONE["height"] * 2
        button.click()
        page.wait_for_load_state()
    assert page.url.endswith("/wc/")
    page.goto(root)
    assert "Aufzug" in page.locator("ol.lines").inner_text()
    page.close()


def test_a_district_closes_and_opens_again(open_as: Callable[..., Page]) -> None:
    page = open_as("vorort-hoerde", **PHONE)
    page.goto(reverse("begegnung:manage:closings"))
    page.locator("[name=was]").select_option(index=1)
    page.fill("[name=text]", "Wegen Glatteis.")
    page.locator("button[value=vorschau]").click()
    assert "Häuser" in page.locator("[data-vorschau]").inner_text()
    wrong = look_on(page, widths=(360,))
    page.locator("button[value=schliessen]").click()
    assert "Geschlossen: " in page.locator("[role=status]").first.inner_text()
    page.locator("a", has_text="Ändern oder wieder öffnen").first.click()
    page.wait_for_load_state()
    wrong += look_on(page, widths=(360,))
    counted["Seiten für Mitarbeitende"] += 2
    page.locator("button[value=oeffnen]").click()
    assert "Wieder offen: " in page.locator("[role=status]").first.inner_text()
    page.close()
    assert not wrong, "\n".join(wrong)
