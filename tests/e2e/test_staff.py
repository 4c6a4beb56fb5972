"""Every kind of page for staff: lists, add and change forms, history, import, what refuses and what conflicts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from seniorportal.launch import LOGINS
from seniorportal.staff.site import site
from tests.e2e.conftest import ROOT, Portal, counted, told
from tests.e2e.look import look_at, look_on
from tests.names import name_of, names

pytestmark = pytest.mark.e2e

PAGES = ("changelist", "add", "change", "history")

# Names beside the four pages of every model in the admin: whose login, and what to open.
STAFF: dict[str, list[tuple[str, str]]] = {
    "staff:overview": [(login, "/uebersicht/") for login in LOGINS],
    "admin:index": [(login, "/verwaltung/") for login in LOGINS],
    "admin:app_list": [("koordination-awo", "/verwaltung/seniorportal/")],
    "admin:seniorportal_consultation_note": [("tandem-hoerde", "{consultation}notiz/")],
    "staff:office": [("tandem-hoerde", "/uebersicht/buero/")],
    "entry:sessions": [("tandem-hoerde", "/konto/sitzungen/")],
    "entry:team": [(login, "/konto/team/") for login in ("koordination-awo", "tandem-hoerde", "technik")],
    "entry:invite": [
        (login, "/konto/team/einladen/") for login in ("koordination-awo", "tandem-hoerde", "technik")
    ],
    "entry:redeem": [("", "/konto/einladung/")],
}
NO_PAGE = {
    "admin:login": "leads to the one login",
    "admin:jsi18n": "script",
    "admin:autocomplete": "JSON",
    "staff:my_data_json": "JSON",
    "staff:my_data_pdf": "PDF",
    "mfa_totp_picture": "SVG",
    "entry:accept": "leads on without a code",
    "entry:end_membership": "a form's answer",
    "entry:ask_for_reset": "a form's answer",
    "entry:confirm_reset": "a form's answer",
}
CALLS = {
    "staff:calls",
    "staff:calls_print",
    "staff:call",
    "staff:pass_on",
    "staff:call_letter",
}  # test_calls.py
INVITED = {"entry:invitation", "entry:letter"}
BY_STEPS = {*INVITED, *CALLS, "staff:worries", "staff:worry_sent"}
# Pages of signing in and of the second factor that want more than their name.
ARGUMENTS = {
    "account_confirm_email": {"key": "x"},
    "account_reset_password_from_key": {"uidb36": "1", "key": "x"},
    "mfa_edit_webauthn": {"pk": 1},
    "mfa_remove_webauthn": {"pk": 1},
}


@dataclass
class Kind:
    """One model in the admin and the logins that meet it."""

    path: str
    sees: list[str] = field(default_factory=list)
    adds: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def kinds(open_as: Callable[..., Page]) -> dict[str, Kind]:
    """Read from the menus of all logins, as they see them."""
    found = {
        f"{model._meta.app_label}_{model._meta.model_name}": Kind(
            reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        )
        for model in site._registry
    }
    for login in LOGINS:
        page = open_as(login)
        page.goto("/verwaltung/")
        paths = {
            urlsplit(href or "").path
            for href in page.locator("a[href^='/verwaltung/']").evaluate_all(
                "all => all.map(one => one.getAttribute('href'))"
            )
        }
        page.close()
        for kind in found.values():
            if kind.path in paths:
                kind.sees.append(login)
            if f"{kind.path}add/" in paths:
                kind.adds.append(login)
    return found


def test_no_page_is_left_out() -> None:
    """Whatever is no page of a model needs a row in STAFF, or a reason in NO_PAGE."""
    of_models = {
        f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"
        for model in site._registry
        for page in PAGES
    }
    here = {name for name in names() if name.startswith(("admin:", "staff:", "entry:"))}
    assert here - of_models - set(STAFF) - set(NO_PAGE) - BY_STEPS == set(), "pages that no browser has seen"
    assert set(STAFF) - names() == set(), "rows without a page"
    wrong = [
        f"{path}: {name_of(path)} instead of {name}"
        for name, rows in STAFF.items()
        for _login, path in rows
        if "{" not in path and name_of(path) != name
    ]
    assert not wrong


@pytest.mark.parametrize("name", STAFF)
def test_pages_beside_the_models(open_as: Callable[..., Page], portal: Portal, name: str) -> None:
    wrong = []
    for login, address in STAFF[name]:
        page = open_as(login)
        if "{consultation}" in address:
            page.goto(reverse("admin:seniorportal_consultation_changelist"))
            entry = page.locator("#result_list tbody th a").first.get_attribute("href") or ""
            address = address.format(consultation=entry.removesuffix("change/"))
            assert name_of(address) == name
        found = look_at(page, portal.address, address, widths=())
        wrong += [f"{login} {address} {one}" for one in found]
        counted["Seiten für Mitarbeitende"] += 1
        page.close()
    assert not wrong, "\n".join(wrong)


def account_names() -> list[str]:
    return sorted(name for name in names() if name.startswith(("account_", "mfa_")) and name not in NO_PAGE)


@pytest.mark.parametrize("name", account_names())
def test_pages_of_accounts(open_as: Callable[..., Page], portal: Portal, name: str) -> None:
    """Signing in, passwords, the second factor: as a visitor and as somebody signed in, wherever a page is shown."""
    address = reverse(name, kwargs=ARGUMENTS.get(name))
    wrong, shown = [], []
    for login in ("", "technik"):
        page = open_as(login)
        answer = page.goto(address)
        if login and "reauthenticate" in page.url and urlsplit(page.url).path != address:
            page.fill("input[type=password]", portal.password)
            page.press("input[type=password]", "Enter")
            page.wait_for_load_state()
            answer = page.goto(address)
        assert answer is not None and answer.status in (200, 403, 404, 405, 429), f"{address}: {answer}"
        if answer.status == 200 and urlsplit(page.url).path == address:
            shown.append(login or "anonym")
            found = look_at(page, portal.address, address, widths=(320,), narrow=False)
            wrong += [f"{login or 'anonym'} {address} {one}" for one in found]
            counted["Seiten für Mitarbeitende"] += 1
        page.close()
    if not shown:
        told.append(f"     {name}: in der Demo keine Seite, führt weiter oder ist geschlossen")
    assert not wrong, "\n".join(wrong)


def models() -> list[str]:
    return [f"{model._meta.app_label}_{model._meta.model_name}" for model in site._registry]


@pytest.mark.parametrize("name", models())
def test_pages_of_a_model(
    open_as: Callable[..., Page], portal: Portal, kinds: dict[str, Kind], name: str
) -> None:
    """List, add form, change form and history, each with the first login that has one to show."""
    kind = kinds[name]
    wrong: list[str] = []
    shown = dict.fromkeys(PAGES, False)

    def look(page: Page, login: str, address: str, what: str) -> None:
        # The list and the filled form carry every colour that the empty form and the history have.
        found = look_at(page, portal.address, address, widths=(), colours=what in ("changelist", "change"))
        wrong.extend(f"{login} {address} {one}" for one in found)
        counted["Seiten für Mitarbeitende"] += 1
        shown[what] = True

    for login in [*kind.adds, *(one for one in kind.sees if one not in kind.adds)]:
        page = open_as(login)
        if login in kind.adds and not shown["add"]:
            look(page, login, f"{kind.path}add/", "add")
        if not shown["changelist"] or not shown["change"]:
            if shown["changelist"]:
                page.goto(kind.path)
            else:
                look(page, login, kind.path, "changelist")
            row = page.locator("#result_list tbody th a, #result_list tbody td a").first
            href = row.get_attribute("href") if row.count() else None
            if href:
                look(page, login, href, "change")
                if "/change/" in href:
                    look(page, login, href.split("/change/")[0] + "/history/", "history")
        page.close()
        if all(shown.values()):
            break
    missing = [page for page, seen in shown.items() if not seen]
    if missing:
        told.append(
            f"     {name}: ohne {', '.join(missing)} (Rollen: {len(kind.sees)} sehen, {len(kind.adds)} legen an)"
        )
    assert not wrong, "\n".join(wrong)


# --- pages that take a few steps -----------------------------------------------------------------------


def test_import_with_its_preview(open_as: Callable[..., Page], portal: Portal) -> None:
    page = open_as("koordination-awo")
    page.goto(reverse("admin:seniorportal_importrun_add"))
    page.locator("input[name=kind][value*=offering]").check()
    page.set_input_files("input[type=file]", ROOT / "data" / "angebote.csv")
    page.locator("main form [type=submit], #content form [type=submit]").first.click()
    assert page.locator("#content").inner_text()
    found = look_on(page, widths=(320,))
    counted["Seiten für Mitarbeitende"] += 1
    page.close()
    assert not found, "\n".join(found)


def test_a_venue_is_found_and_chosen_by_keyboard(open_as: Callable[..., Page]) -> None:
    """Enter opens the search, Enter takes the first that was found, and the focus is where it was."""
    page = open_as("koordination-awo")
    page.goto(reverse("admin:seniorportal_offering_add"))
    page.locator("[aria-label^='Ort']").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.type("awo", delay=50)
    first = page.locator(".select2-results__option--highlighted")
    first.wait_for()
    name = first.inner_text()
    page.keyboard.press("Enter")
    chosen = page.locator("select[name=venue]").evaluate("one => one.selectedOptions[0].text")
    assert chosen == name and "AWO" in chosen
    assert page.locator(":focus").get_attribute("role") == "combobox"
    page.close()


def test_an_invitation_and_its_letter(open_as: Callable[..., Page]) -> None:
    page = open_as("technik")
    page.goto(reverse("entry:invite"))
    page.fill("[name=name]", "Rita Beispiel")
    page.select_option("[name=role]", "auswertung")
    page.locator("main form [type=submit], main form button").last.click()
    found, seen = [], {name_of(page.url)}
    found += look_on(page, widths=(320,))
    page.get_by_role("button", name="Brief").click()
    seen.add(name_of(page.url))
    found += look_on(page, widths=(320,))
    counted["Seiten für Mitarbeitende"] += len(seen)
    text = page.locator("main").inner_text()
    page.close()
    assert not found, "\n".join(found)
    assert seen == INVITED, f"{seen}: {text[:300]}"


def test_what_somebody_else_has_saved_meanwhile(open_as: Callable[..., Page]) -> None:
    """Two windows on one entry; the second to save sees both values in the form."""
    first, second = open_as("koordination-awo"), open_as("koordination-awo")
    first.goto(reverse("admin:seniorportal_venue_changelist"))
    entry = first.locator("#result_list tbody th a").first.get_attribute("href") or ""
    for page in (first, second):
        page.goto(entry)
    for number, page in enumerate((first, second)):
        page.locator("input[name=stop]").fill(f"Haltestelle {number}")
        page.locator("[name=_save]").first.click()
    found = look_on(second, widths=(320,))
    text = second.locator("body").inner_text()
    counted["Seiten für Mitarbeitende"] += 1
    first.close()
    second.close()
    assert "Diesen Eintrag hat inzwischen jemand anderes gespeichert." in text, text[:400]
    assert "Inzwischen gespeichert: «Haltestelle 0»" in text
    assert not found, "\n".join(found)


def test_what_somebody_may_not_change(open_as: Callable[..., Page], portal: Portal) -> None:
    """403 of the admin: to see is not to change."""
    page = open_as("auswertung")
    address = reverse("admin:seniorportal_venue_add")
    found = look_at(page, portal.address, address, status=403, widths=(320,))
    counted["Fehlerseiten"] += 1
    page.close()
    assert not found, "\n".join(found)
