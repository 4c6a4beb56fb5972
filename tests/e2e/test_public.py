"""Every kind of public page in a browser: accessible, narrow enough for a telephone, light, talking to nobody else."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from playwright.sync_api import Page, Route

from tests.e2e.conftest import Portal, counted
from tests.e2e.look import look_at, look_on
from tests.names import name_of, names

pytestmark = pytest.mark.e2e

# A name and its pages; {words} are addresses that the portal itself leads to (FOUND below).
PUBLIC: dict[str, list[str]] = {
    "public:home": ["/"],
    "public:offerings": [
        "/angebote/",
        "/angebote/?seite=2",
        "/angebote/?q=gymnastik&bezirk=hoerde&barrierefrei=stufenlos&wochentag=di",
        "/angebote/?q=allein",
        "/angebote/?q=xqzwv",
        "/angebote/?bezirk=gibt-es-nicht&von=gestern",
    ],
    "public:offering": ["{offering}", "{last_offering}"],
    "public:print_offering": ["{offering}drucken/"],
    "public:calendar": ["/kalender/", "/kalender/?ansicht=woche", "/kalender/?bezirk=hoerde"],
    "public:calendar_day": ["/kalender/{today}/", "/kalender/2020-02-02/"],
    "public:topics": ["/beratung/"],
    "public:topic": ["{topic}"],
    "public:feedback": ["/rueckmeldung/"],
    "public:feedback_of_offering": ["/rueckmeldung/angebot/{pk}/"],
    "public:feedback_of_venue": ["/rueckmeldung/ort/{slug}/"],
    "public:call_back": ["/anliegen/rueckruf/seniorenbuero-hoerde/", "/anliegen/rueckruf/{slug}/"],
    "public:by_post": ["/anliegen/post/eugen-krautscheid-haus/"],
    "public:company": ["/anliegen/begleitung/{pk}/"],
    "public:number": ["/nummer/"],
    "public:number_of_offering": ["/nummer/angebot/{pk}/"],
    "public:number_of_venue": ["/nummer/ort/{slug}/"],
    "public:noted": ["/merkzettel/", "/merkzettel/?a={pk}"],
    "public:display": ["/anzeige/"],
    "public:programmes": ["/programm/"],
    "public:week_of_district": ["/programm/hoerde/{week}/"],
    "public:week_of_topic": ["{week_of_topic}"],
    "public:easy": ["/leichte-sprache/"],
    "public:access": ["/barrierefreiheit/"],
    "public:barrier": ["/barrierefreiheit/melden/"],
    "public:imprint": ["/impressum/"],
    "public:privacy": ["/datenschutz/"],
    "begegnung:venues": [
        "/begegnung/",
        "/begegnung/?bezirk=eving&q=treff",
        "/begegnung/?q=xqzwv",
    ],
    "begegnung:venue": ["{venue}", "{last_venue}"],
    "begegnung:print": ["{venue}drucken/"],
    "begegnung:programme": ["{venue}programm/{month}/"],
    "begegnung:tally": ["{venue}aushang/{month}/"],
    "stadtteilzentrum:centre": ["/eugen-krautscheid-haus/"],
    "stadtteilzentrum:print": ["/eugen-krautscheid-haus/drucken/"],
    "stadtteilzentrum:programme": ["/eugen-krautscheid-haus/programm/{month}/"],
    "stadtteilzentrum:tally": ["/eugen-krautscheid-haus/aushang/{month}/"],
    "seniorenbuero:offices": ["/seniorenbueros/"],
    "seniorenbuero:office": ["/seniorenbueros/hoerde/", "/seniorenbueros/brackel/"],
    "seniorenbuero:round_table": ["/seniorenbueros/hoerde/runder-tisch/"],
    "seniorenbuero:find": ["/seniorenbueros/finden/"],
    "seniorenbuero:print": ["/seniorenbueros/hoerde/drucken/"],
    "seniorenbuero:programme": ["/seniorenbueros/hoerde/programm/{month}/"],
    "seniorenbuero:tally": ["/seniorenbueros/hoerde/aushang/{month}/"],
    "public:taking_part": ["/mitmachen/"],
    "public:new_idea": ["/mitmachen/eigene-idee/"],
    "public:idea": ["{idea}"],
    "public:join_idea": ["{idea}dabei/"],
    "public:call_off": ["/absagen/"],
    "report:index": ["/bericht/"],
    "report:period": ["/bericht/2014-2017/", "/bericht/2017/"],
}
# What machines read, what only leads on, and what is reached by a form: the form's test says so.
NO_PAGE = {
    "public:offering_by_number": "leads to the offering",
    "public:healthz": "JSON",
    "public:readyz": "JSON",
    "public:robots": "text",
    "public:sitemap": "XML",
    "public:sitemap_section": "XML",
    "public:news": "Atom",
    "public:called_off": "Atom",
    "public:noted_dates": "calendar",
    "report:period_json": "JSON",
}
MACHINE = re.compile(r"_(ics|pdf|json|csv|xlsx|now)$")
BY_FORM = {  # or by a mail, a code, a sheet
    "public:feedback_receipt",
    "public:concern_receipt",
    "public:idea_receipt",
    "public:confirm_by_link",
    "public:call_off_dates",
    "begegnung_wall:enter",
    "begegnung_wall:count",
    "arrival:typed",
    "arrival:hall",
    "arrival:card",
}
STAFF_SPACES = ("admin:", "staff:", "entry:", "account_", "mfa_", "begegnung:manage:", "desk:", "arrival:")

FOUND = {
    "offering": ("/angebote/", "li[data-angebot] h2 a, li[data-angebot] h3 a, li[data-angebot] a"),
    "last_offering": ("/angebote/?seite=9999", "li[data-angebot] a"),
    "venue": ("/begegnung/?bezirk=eving", "li[data-ort] a"),
    "last_venue": ("/begegnung/?seite=9999", "li[data-ort] a"),
    "idea": ("/mitmachen/", "main a[href^='/mitmachen/idee/']"),
    "topic": ("/beratung/", "main ul a[href^='/beratung/']"),
    "week_of_topic": ("/programm/", "main a[href*='/programm/thema/']"),
}
WITH_DISPLAY = ["/", "{offering}", "/seniorenbueros/"]


@pytest.fixture(scope="module")
def words(open_as: Callable[..., Page]) -> dict[str, str]:
    page = open_as()
    today = timezone.localdate()
    year, week, _day = today.isocalendar()
    found = {"today": today.isoformat(), "month": f"{today:%Y-%m}", "week": f"{year}-W{week:02}"}
    for word, (list_page, link) in FOUND.items():
        page.goto(list_page)
        href = page.locator(link).first.get_attribute("href")
        assert href, f"no {word} on {list_page}"
        found[word] = href
    page.goto(found["week_of_topic"])
    found["week_of_topic"] = urlsplit(page.url).path
    page.close()
    found["pk"] = re.search(r"/(\d+)-", found["offering"])[1]  # type: ignore[index]
    found["slug"] = found["venue"].strip("/").split("/")[-1]
    return found


def addresses(words: dict[str, str]) -> list[str]:
    return [one.format(**words) for rows in PUBLIC.values() for one in rows]


def test_no_page_is_left_out(words: dict[str, str]) -> None:
    """A new URL name needs a row here or, where it is none of the public, in test_staff.py."""
    public = {name for name in names() if not name.startswith(STAFF_SPACES)}
    listed = {*PUBLIC, *NO_PAGE, *BY_FORM, *(name for name in public if MACHINE.search(name))}
    assert public - listed == set(), "pages that no browser has seen"
    assert (set(PUBLIC) | set(NO_PAGE) | BY_FORM) - names() == set(), "rows without a page"
    wrong = [
        f"{one}: {name_of(one.format(**words))} instead of {name}"
        for name, rows in PUBLIC.items()
        for one in rows
        if name_of(one.format(**words)) != name
    ]
    assert not wrong


def test_public_pages(open_as: Callable[..., Page], words: dict[str, str], portal: Portal) -> None:
    """axe (and again at 320 px on the first page of a kind), console, foreign hosts, width, weight and requests."""
    wrong = []
    kinds: set[str] = set()
    for address in addresses(words):
        page = open_as()
        first_of_its_kind = name_of(address) not in kinds
        kinds.add(name_of(address))
        found = look_at(page, portal.address, address, budget=True, narrow=first_of_its_kind)
        wrong += [f"{address} {one}" for one in found]
        counted["öffentliche Seiten"] += 1
        page.close()
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("farben", ["hoch", "dunkel"])
def test_chosen_colours_and_the_largest_text(
    open_as: Callable[..., Page], words: dict[str, str], portal: Portal, farben: str
) -> None:
    """The choice is kept by the links that make it."""
    wrong = []
    page = open_as(width=1281 if farben == "hoch" else 1282)
    for choice in (f"?farben={farben}", "?schrift=sehr-gross"):
        page.goto("/beratung/")
        page.locator("details.display summary").click()
        page.locator(f"details.display a[href*='{choice[1:]}']").click()
    for address in WITH_DISPLAY:
        found = look_at(page, portal.address, address.format(**words), widths=(320,))
        assert page.locator(f"html[data-farben='{farben}'][data-schrift='sehr-gross']").count() == 1
        wrong += [f"{address} {one}" for one in found]
        counted["öffentliche Seiten mit hohem Kontrast oder dunkel, größte Schrift"] += 1
    page.close()
    assert not wrong, "\n".join(wrong)


def test_reporting_a_mistake_and_its_receipt(
    open_as: Callable[..., Page], words: dict[str, str], portal: Portal
) -> None:
    page = open_as()
    page.goto(f"/rueckmeldung/angebot/{words['pk']}/")
    page.wait_for_timeout(3_200)  # faster than any hand is taken for a machine
    page.locator("main form input[type=radio]").first.check()
    if page.locator("main form textarea").count():
        page.locator("main form textarea").first.fill("Beginnt schon um 14 Uhr.")
    page.locator("main form button[type=submit], main form button").last.click()
    assert name_of(page.url) == "public:feedback_receipt", page.locator("main").inner_text()[:400]
    assert not look_on(page)
    counted["öffentliche Seiten"] += 1
    page.close()


@pytest.mark.parametrize("status", [400, 403, 404, 409, 500, 503])
def test_error_pages(open_as: Callable[..., Page], portal: Portal, status: int) -> None:
    """404 as it comes; the others, which no visitor can bring about at will, as the portal writes them."""
    address = "/gibt-es-nicht/"
    page = open_as()
    if status != 404:
        context = {"fields": [], "form": None, "object": None} if status == 409 else {}
        text = render_to_string(f"{status}.html", context)
        text = re.sub(rf'{settings.STATIC_URL}css/portal[^"]*', f"{settings.STATIC_URL}css/portal.css", text)

        def answer(route: Route) -> None:
            route.fulfill(status=status, content_type="text/html; charset=utf-8", body=text)

        page.route(f"**{address}", answer)
    found = look_at(page, portal.address, address, status=status)
    counted["Fehlerseiten"] += 1
    page.unroute_all()
    page.close()
    assert not found, "\n".join(found)
