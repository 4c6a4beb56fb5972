"""The sheet on the wall: one number per open day, by whoever holds it, and nothing else."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from begegnung.models import MeetingPlace
from seniorportal import links
from seniorportal.models import Carrier, FormUse, Link, Role, Venue, Visit
from seniorportal.printing import press
from tests.cast import make_membership, make_user
from tests.figures.rows import make_carrier, make_hours, make_venue, make_visit
from tests.printing.pdfs import Sheet

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 23)  # a Monday
PAGE = "/begegnung/verwalten/zettel/"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY if not args else args[0].date())


@pytest.fixture
def carrier() -> Carrier:
    return make_carrier(name="AWO")


@pytest.fixture
def hall(carrier: Carrier) -> Venue:
    venue = make_venue(name="Saal am Markt")
    venue.carriers.add(carrier)
    MeetingPlace.objects.create(venue=venue)
    for weekday in (0, 2, 4):  # Monday, Wednesday, Friday
        make_hours(venue, weekday, "14:00", "17:00")
    return venue


@pytest.fixture
def link(hall: Venue) -> Link:
    return links.issue(Link.Kind.WALL, hall)


@pytest.fixture
def path(link: Link) -> str:
    return f"/zettel/{links.token(link)}/"


@pytest.fixture
def anna(carrier: Carrier) -> Client:
    user = make_user("anna")
    make_membership(user, Role.COORDINATION, carrier=carrier)
    client = Client()
    client.force_login(user)
    return client


def forms(html: str) -> dict[str, dict[str, str]]:
    """The forms of the page by day, with what they would send."""
    found = {}
    for form in re.findall(r'<form method="post"[^>]*wall-day.*?</form>', html, re.S):
        fields = dict(re.findall(r'name="(tag|gezeigt|gefragt|zahl)"[^>]*value="([^"]*)"', form))
        found[fields["tag"]] = fields
    return found


def enter(client: Client, path: str, day: str, number: str, page: Any = None) -> Any:
    html = (page or client.get(path)).content.decode()
    return client.post(path, forms(html)[day] | {"zahl": number})


# --- entering ---------------------------------------------------------------------------------------------------------
def test_a_number_for_today_without_an_account(client: Client, path: str, hall: Venue):
    page = client.get(path)
    text = page.content.decode()
    assert "Heute waren da:" in text and "Eintragen" in text and "Saal am Markt" in text
    answer = enter(client, path, "2026-11-23", "22")
    assert answer.status_code == 303
    visit = Visit.objects.get()
    assert (visit.venue, visit.scope, visit.first_day, visit.count) == (hall, "tag", TODAY, 22)
    said = client.get(answer["Location"]).content.decode()
    assert "Eingetragen: <strong>22</strong> am Montag, 23. November. Danke!" in said
    enter(client, path, "2026-11-23", "23")
    assert Visit.objects.get().count == 23


def test_each_form_brings_its_token(path: str):
    """The browser is asked whether the page sent it: what a client without that check would not notice."""
    strict = Client(enforce_csrf_checks=True)
    html = strict.get(path).content.decode()
    assert html.count('name="csrfmiddlewaretoken"') == html.count("<form") > 1
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]*)"', html)
    assert token
    fields = forms(html)["2026-11-23"] | {"zahl": "22", "csrfmiddlewaretoken": token[1]}
    assert strict.post(path, fields).status_code == 303


def test_only_open_days_of_the_last_week_can_be_corrected(client: Client, path: str, hall: Venue):
    make_visit(hall, "tag", "2026-11-19", 4)  # a Thursday on which somebody counted all the same
    days = list(forms(client.get(path).content.decode()))
    assert days == ["2026-11-23", "2026-11-20", "2026-11-19", "2026-11-18", "2026-11-16"]
    enter(client, path, "2026-11-18", "9")
    assert Visit.objects.get(first_day="2026-11-18").count == 9
    for day in ("2026-11-15", "2026-11-13", "2026-11-24", "2026-11-17", "heute", ""):
        assert client.post(path, {"tag": day, "zahl": "5"}).status_code == 303
    assert Visit.objects.count() == 2


@pytest.mark.parametrize("typed", ["", "viele", "-1", "~20", "g", "1,5", "w", "٢٢"])
def test_only_a_plain_number_is_taken(client: Client, path: str, typed: str):
    answer = enter(client, path, "2026-11-23", typed)
    text = answer.content.decode()
    assert answer.status_code == 200 and "Bitte nur eine Zahl eintragen." in text
    assert forms(text)["2026-11-23"]["zahl"] == ("" if typed == "g" else typed)
    assert not Visit.objects.exists()


def test_ten_times_the_usual_is_asked_about(client: Client, path: str, hall: Venue):
    for day in ("2026-10-05", "2026-10-07"):
        make_visit(hall, "tag", day, 20)
    answer = enter(client, path, "2026-11-23", "220")
    assert "220 sind zehnmal so viele wie sonst oder mehr (etwa 20)." in answer.content.decode()
    assert not Visit.objects.filter(first_day=TODAY).exists()
    assert enter(client, path, "2026-11-23", "220", answer).status_code == 303
    assert Visit.objects.get(first_day=TODAY).count == 220


def test_two_at_the_wall_see_both_numbers(client: Client, path: str):
    page = client.get(path)
    enter(Client(), path, "2026-11-23", "20")
    answer = enter(client, path, "2026-11-23", "25", page)
    assert "Inzwischen gespeichert: „20“." in answer.content.decode()
    assert Visit.objects.get().count == 20
    assert enter(client, path, "2026-11-23", "25", answer).status_code == 303
    assert Visit.objects.get().count == 25


def test_nothing_is_entered_without_end(client: Client, path: str):
    for number in range(60):
        enter(client, path, "2026-11-23", str(number))
    answer = enter(client, path, "2026-11-23", "99")
    assert (answer.status_code, Visit.objects.get().count) == (429, 59)


# --- it can do nothing else, and looking does nothing -----------------------------------------------------------------
def everything() -> dict[str, tuple[str, ...]]:
    """Every row of every table, as the database has them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        tables = [name for (name,) in cursor.fetchall()]
        found = {}
        for name in tables:
            cursor.execute("SAVEPOINT look")
            try:
                cursor.execute(f'SELECT t::text FROM "{name}" AS t ORDER BY 1')
                found[name] = tuple(row for (row,) in cursor.fetchall())
            except Exception:  # a table that the portal may not read
                cursor.execute("ROLLBACK TO SAVEPOINT look")
        return found


def test_a_hundred_looks_change_nothing(client: Client, path: str, hall: Venue):
    make_visit(hall, "tag", "2026-11-20", 4)
    before = everything()
    assert len(before) > 60 and before["seniorportal_visit"]
    for _ in range(50):
        assert client.get(path).status_code == 200
        assert client.get(f"{path}?tag=2026-11-23&zahl=99&eingetragen=2026-11-20").status_code == 200
        assert client.head(path).status_code == 200
    assert everything() == before


def test_the_sheet_reaches_its_hall_today_and_nothing_else(
    client: Client, path: str, hall: Venue, carrier: Carrier
):
    other = make_venue(name="Fremder Saal")
    make_visit(other, "tag", "2026-11-23", 5)
    make_visit(hall, "monat", "2026-11-01", 300)
    fields = forms(client.get(path).content.decode())["2026-11-23"]
    client.post(path, fields | {"zahl": "7", f"z{other.pk}-2026-11-23": "99", f"z{hall.pk}-2026-11": "1"})
    assert Visit.objects.get(venue=other).count == 5
    assert Visit.objects.get(venue=hall, scope="monat").count == 300
    assert "Fremder" not in client.get(path).content.decode()
    for page in ("/begegnung/verwalten/", PAGE, "/verwaltung/"):
        assert client.get(page).status_code == 302, "still nobody"


@pytest.mark.parametrize(
    "spoil", [lambda t: t[:-1], lambda t: f"{t}x", lambda t: t.replace("-", ""), lambda t: "1-a"]
)
def test_a_token_is_not_guessed(client: Client, link: Link, spoil: Any):
    answer = client.get(f"/zettel/{spoil(links.token(link))}/")
    assert answer.status_code == 404 and "Dieser Zettel gilt nicht mehr" in answer.content.decode()


def test_the_token_of_another_kind_opens_no_wall(client: Client, hall: Venue):
    assert client.get(f"/zettel/{links.token(links.issue(Link.Kind.CANCEL, hall))}/").status_code == 404


def test_statements_of_the_page(client: Client, path: str):
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    assert len(queries) <= 7, [query["sql"][:90] for query in queries]
    assert not [query for query in queries if not query["sql"].startswith(("SELECT", "\nWITH", "WITH"))]


# --- number and code --------------------------------------------------------------------------------------------------
def test_number_and_code_lead_to_the_sheet(client: Client, link: Link, path: str):
    code = links.code(link)
    answer = client.post("/zettel/", {"nummer": str(link.pk), "code": f"{code[:4]} {code[4:]}"})
    assert (answer.status_code, answer["Location"]) == (303, path)
    wrong = client.post("/zettel/", {"nummer": str(link.pk), "code": "00000000"})
    assert "Nummer und Code passen nicht zusammen" in wrong.content.decode()
    links.revoke(link, make_owner(link))
    assert client.post("/zettel/", {"nummer": str(link.pk), "code": code}).status_code == 200


def make_owner(link: Link) -> Any:
    user = make_user("koordination")
    make_membership(user, Role.COORDINATION, carrier=link.venue.carriers.get())
    return user


def test_codes_cannot_be_tried_out(client: Client, link: Link, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("begegnung.wall.TRIES_A_DAY", 5)
    for number in range(5):
        client.post("/zettel/", {"nummer": str(link.pk), "code": f"{number:08d}"})
    answer = client.post("/zettel/", {"nummer": str(link.pk), "code": links.code(link)})
    assert answer.status_code == 429
    assert not [row for row in FormUse.objects.all() if str(link.pk) == row.key]


# --- issued, printed, revoked -----------------------------------------------------------------------------------------
def test_the_coordinator_issues_prints_and_revokes_by_number(anna: Client, client: Client, hall: Venue):
    assert anna.post(PAGE, {"aktion": "ausgeben", "haus": [hall.pk]}).status_code == 303
    anna.post(PAGE, {"aktion": "ausgeben", "haus": [hall.pk]})
    link = Link.objects.get()  # a second click makes no second sheet
    assert MeetingPlace.objects.get().counting == "tag"
    text = anna.get(PAGE).content.decode()
    assert f"Nr. <strong>{link.pk}</strong>" in text
    printed = anna.get(f"{PAGE}{link.pk}/").content.decode()
    code = links.code(link)
    for said in (
        "Wie viele waren heute da?",
        "Saal am Markt",
        f"Zettel Nr. {link.pk}",
        f"Code {code[:4]} {code[4:]}",
    ):
        assert said in printed
    assert f"Zettel Nr. {link.pk}" in anna.get(f"{PAGE}alle/").content.decode()
    path = f"/zettel/{links.token(link)}/"
    assert client.get(path).status_code == 200
    assert anna.post(PAGE, {"aktion": "sperren", "nummer": f" {link.pk} "}).status_code == 303
    assert client.get(path).status_code == 404
    assert client.post(path, {"tag": "2026-11-23", "zahl": "5"}).status_code == 404
    assert not Visit.objects.exists()
    assert anna.get(f"{PAGE}{link.pk}/").status_code == 404
    assert "gilt schon nicht mehr" in anna.post(PAGE, {"nummer": link.pk}, follow=True).content.decode()


def test_a_sheet_that_is_away_is_replaced(anna: Client, client: Client, link: Link):
    anna.post(PAGE, {"aktion": "ersetzen", "nummer": str(link.pk)})
    new = Link.objects.exclude(pk=link.pk).get()
    assert client.get(f"/zettel/{links.token(link)}/").status_code == 404
    assert client.get(f"/zettel/{links.token(new)}/").status_code == 200


def test_foreign_sheets_are_not_seen_printed_or_revoked(anna: Client):
    foreign = make_venue(name="Fremder Saal")
    sheet = links.issue(Link.Kind.WALL, foreign)
    assert "Fremder" not in anna.get(PAGE).content.decode()
    assert anna.get(f"{PAGE}{sheet.pk}/").status_code == anna.get(f"{PAGE}{sheet.pk}.pdf").status_code == 404
    text = anna.post(PAGE, {"aktion": "sperren", "nummer": sheet.pk}, follow=True).content.decode()
    assert "gibt es in Ihren Häusern nicht" in text
    anna.post(PAGE, {"aktion": "ausgeben", "haus": [foreign.pk]})
    sheet.refresh_from_db()
    assert sheet.revoked_at is None and Link.objects.count() == 1


def test_a_hall_sees_no_sheets_of_others(hall: Venue):
    user = make_user("halle")
    make_membership(user, Role.HALL, venue=hall)
    client = Client()
    client.force_login(user)
    assert (
        client.get(PAGE).status_code
        == client.post(PAGE, {"aktion": "ausgeben", "haus": [hall.pk]}).status_code
        == 404
    )


@pytest.mark.skipif(not press.available(), reason="typst is not installed")
def test_the_sheet_and_the_packet_as_pdf(anna: Client, link: Link, hall: Venue):
    answer = anna.get(f"{PAGE}{link.pk}.pdf")
    assert answer["Content-Type"] == "application/pdf"
    text = Sheet(answer.content).words
    for said in (
        "Wie viele waren heute da?",
        "Saal am Markt",
        f"Zettel Nr. {link.pk}",
        "Namen fragt niemand",
    ):
        assert said in text
    year = "/begegnung/verwalten/meldungen/2025/"
    shown = re.search(r'name="gezeigt" value="([^"]*)"', anna.get(year).content.decode())
    assert shown
    answer = anna.post(year, {"aktion": "bogen", "haus": [hall.pk], "gezeigt": shown[1]})
    assert answer["Location"] == f"{year}bogen/"
    page = anna.get(f"{year}bogen/?anschrift=AWO%0ABeispielweg 1").content.decode()
    number = re.search(r"Bogen Nr. (\d+)", page)
    assert number and "Beispielweg 1" in page and "nicht bekannt" in page
    text = Sheet(anna.get(f"{year}bogen.pdf?anschrift=AWO%0ABeispielweg 1").content).words
    for said in (f"Bogen Nr. {number[1]}", "Saal am Markt", "Beispielweg 1", "Besuche im Jahr"):
        assert said in text
    assert anna.get(year, {"bogen": number[1]})["Location"] == f"{year}{hall.slug}/", "typed in on return"
