"""Der Merkzettel as its owner meets it: one click, one cookie, no account."""

import datetime as dt

import pytest
from django.test import Client

from seniorportal import visitors
from tests.public.html import Page, check_page
from tests.public.town import make_carrier, make_date, make_offering, make_office, make_venue

pytestmark = pytest.mark.django_db
HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}


def click(client: Client, status: int = 303, referer: str = "", **form: object):
    headers = HERE | ({"HTTP_REFERER": f"http://testserver{referer}"} if referer else {})
    response = client.post("/merkzettel/", form, **headers)
    assert response.status_code == status
    return response


def look(client: Client, path: str = "/merkzettel/", html: dict | None = None) -> Page:
    response = client.get(path)
    assert response.status_code == 200, path
    assert response["Cache-Control"].startswith(("private", "max-age=0, no-cache, no-store"))
    return check_page(response.content.decode())


def note(client: Client, *numbers: object) -> None:
    client.cookies["merkzettel"] = ".".join(map(str, numbers))


def test_the_button_is_on_every_page_that_shows_an_offering(client):
    hall = make_venue("Beispielhalle", phone="0231 12-345")
    coffee = make_offering(venue=hall)
    make_date(coffee)
    for path in ("/angebote/", coffee.get_absolute_url(), hall.get_absolute_url()):
        page = check_page(client.get(path).content.decode())
        buttons = [one for one in page.all("button") if one.get("form") == "merken"]
        assert [(one["name"], one["value"]) for one in buttons] == [("merken", str(coffee.pk))], path
        assert "Auf den Merkzettel: Kaffeenachmittag" in page.text
        assert [form["method"] for form in page.all("form") if form.get("id") == "merken"] == ["post"]


def test_the_first_click_shows_where_it_went_the_second_stays_where_one_is(client):
    coffee, dance = make_offering("Kaffee"), make_offering("Tanz")
    first = click(client, merken=coffee.pk, referer="/angebote/?bezirk=hoerde")
    assert first["Location"] == f"/merkzettel/?stand=gemerkt&a={coffee.pk}"
    page = look(client, first["Location"])
    assert "Steht jetzt auf Ihrem Merkzettel." in page.text and "Kaffee" in page.text
    second = click(client, merken=dance.pk, referer="/angebote/?bezirk=hoerde")
    assert second["Location"] == f"/angebote/?bezirk=hoerde#merken-{dance.pk}"
    assert client.cookies["merkzettel"].value == f"{coffee.pk}.{dance.pk}"
    page = look(client, "/angebote/")
    assert "Merkzettel (2 gemerkt)" in page.text
    assert page.text.count("Steht auf Ihrem Merkzettel") == 2 and "Auf den Merkzettel" not in page.text


def test_the_cookie_is_her_own_and_nothing_else(client):
    cookie = click(client, merken=make_offering().pk).cookies["merkzettel"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["path"] == "/"
    assert cookie["max-age"] == 180 * 24 * 60 * 60
    assert list(client.cookies) == ["merkzettel"]


def test_a_browser_without_cookies_keeps_the_list_in_the_address(client):
    address = click(client, merken=make_offering("Kaffee").pk)["Location"]
    page = look(Client(), address)
    assert "Ihr Browser nimmt keine Cookies an." in page.text and "Kaffee" in page.text


def test_other_sites_cannot_fill_or_empty_it(client):
    coffee = make_offering()
    note(client, coffee.pk)
    strangers = (
        {},
        {"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_ORIGIN": "http://testserver"},
        {"HTTP_SEC_FETCH_SITE": "same-site"},
        {"HTTP_ORIGIN": "http://evil.example"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_REFERER": "http://testserver/"},
    )
    for headers in strangers:
        response = client.post("/merkzettel/", {"leeren": 1}, **headers)
        assert response.status_code == 403 and not response.cookies, headers
    assert client.post("/merkzettel/", {"leeren": 1}, HTTP_ORIGIN="http://testserver").status_code == 303


@pytest.mark.parametrize(
    "referer",
    [
        "http://evil.example/angebote/",
        "http://testserver@evil.example/",
        "http://testserver//evil.example/",
        "http://testserver/\\evil.example/",
        "http://testserver",
        "http://[",
        "javascript:alert(1)",
        "//evil.example/",
        "https://testserver/angebote/",
    ],
)
def test_nobody_is_led_elsewhere(client, referer):
    for make in (make_offering, lambda: None):
        offering = make() or offering  # noqa: F821
        response = client.post("/merkzettel/", {"merken": offering.pk}, HTTP_REFERER=referer, **HERE)
        assert response["Location"].startswith("/merkzettel/?stand=gemerkt")
    answer = client.get("/anzeige/?schrift=gross", HTTP_REFERER=referer)
    assert answer.status_code == 200


def test_the_fifty_first_is_refused_in_german(client):
    offerings = [make_offering(f"Runde {number}") for number in range(51)]
    note(client, *(one.pk for one in offerings[:50]))
    address = click(client, merken=offerings[50].pk)["Location"]
    page = look(client, address)
    assert "Auf den Merkzettel passen 50 Angebote." in page.text and "50 Angebote" in page.text
    assert len(page.with_attribute("data-angebot")) == 50
    again = click(client, merken=offerings[0].pk)["Location"]  # it is there already
    assert "gemerkt" in again


def test_one_or_all_are_taken_off_and_brought_back(client):
    coffee, dance = make_offering("Kaffee"), make_offering("Tanz")
    note(client, coffee.pk, dance.pk)
    page = look(client, click(client, entfernen=coffee.pk)["Location"])
    assert "Steht nicht mehr auf Ihrem Merkzettel." in page.text and "Kaffee" not in page.text
    empty = click(client, leeren=1)
    assert client.cookies["merkzettel"].value == ""
    page = look(client, empty["Location"])
    assert "Ihr Merkzettel ist jetzt leer." in page.text and "Tanz" in page.text
    assert "Wieder auf den Merkzettel" in page.text
    click(client, uebernehmen=dance.pk)
    assert client.cookies["merkzettel"].value == str(dance.pk)


def test_a_shared_list_is_somebody_elses_until_it_is_taken_over(client):
    coffee, dance = make_offering("Kaffee"), make_offering("Tanz")
    note(client, coffee.pk)
    page = look(client, f"/merkzettel/?a={dance.pk},{coffee.pk}")
    assert "Ein Merkzettel für Sie" in page.text and "Vom Merkzettel nehmen" not in page.text
    assert "Mein eigener Merkzettel (1 Angebot)" in page.text
    address = click(client, uebernehmen=f"{dance.pk},{coffee.pk}")["Location"]
    assert client.cookies["merkzettel"].value == f"{coffee.pk}.{dance.pk}"
    assert "Die Angebote stehen jetzt auf Ihrem Merkzettel." in look(client, address).text
    assert "Ihr Merkzettel" in look(client, f"/merkzettel/?a={dance.pk},{coffee.pk}").text  # her own by now


def test_what_finds_no_place_when_taken_over_is_said(client):
    note(client, *range(1, 50))
    address = click(client, uebernehmen="101,102")["Location"]
    assert client.cookies["merkzettel"].value.endswith(".49.101")
    assert "Die letzten haben keinen Platz mehr gefunden." in look(client, address).text


def test_what_ended_or_was_deleted_is_said(client):
    over = make_offering("Vorbei", active_until=dt.date(2020, 5, 1))
    hidden = make_offering("Geheim", published=False)
    note(client, over.pk, hidden.pk, 999_999, make_offering("Kaffee").pk)
    page = look(client)
    assert "Dieses Angebot ist am 1. Mai 2020 zu Ende gegangen." in page.text
    assert "2 Angebote dieser Liste gibt es nicht mehr." in page.text and "Geheim" not in page.text
    leave = next(one for one in page.all("button") if one.get("name") == "entfernen" and "." in one["value"])
    click(client, entfernen=leave["value"])
    page = look(client)
    assert "Vorbei" not in page.text and "nicht mehr" not in page.text and "Kaffee" in page.text


@pytest.mark.parametrize(
    "rubbish", ["abc", "1;2", "-1", "0", "1.x", "9" * 40, "<script>", "%00", "1..2", "²"]
)
def test_rubbish_is_ignored_with_a_sentence(client, rubbish):
    coffee = make_offering("Kaffee")
    note(client, coffee.pk, rubbish)
    page = look(client)
    assert "Einen Teil Ihres Merkzettels konnten wir nicht lesen." in page.text and "Kaffee" in page.text
    response = Client().get("/merkzettel/", {"a": f"{coffee.pk},{rubbish}"})
    text = check_page(response.content.decode()).text
    assert "Einen Teil der Adresse konnten wir nicht lesen" in text and "Kaffee" in text
    for act in ("merken", "entfernen", "uebernehmen", "unsinn"):
        assert client.post("/merkzettel/", {act: rubbish}, **HERE).status_code in (303, 404)


def test_it_says_when_where_and_whom_to_ring(client):
    hall = make_venue(
        "Beispielhalle", phone="0231 12-345", street="Beispielweg 1", stop="Beispielplatz", way="Geradeaus."
    )
    make_date(make_offering("Kaffee", venue=hall), in_days=3)
    note(client, hall.offerings.get().pk)
    page = look(client)
    for words in (
        "14.30 bis",
        "Beispielweg 1",
        "Haltestelle: Beispielplatz",
        "Geradeaus.",
        "02 31 / 1 23 45",
    ):
        assert words.replace(" bis", "") in page.text
    assert page.all("svg") and "QR-Code" in str(page.with_attribute("aria-label"))
    assert f"http://testserver/merkzettel/?a={hall.offerings.get().pk}" in page.text


def test_its_dates_go_into_a_calendar(client, django_assert_num_queries):
    coffee, hidden = make_offering("Kaffee"), make_offering("Geheim", published=False)
    make_date(coffee)
    make_date(hidden)
    note(client, coffee.pk)
    link = f"/merkzettel/termine.ics?a={coffee.pk}"
    assert link in [one["href"] for one in look(client).all("a")]
    with django_assert_num_queries(1):
        response = client.get(f"{link},{hidden.pk},unsinn")
    assert response["Content-Type"].startswith("text/calendar")
    text = response.content.decode()
    assert "Kaffee" in text and "Geheim" not in text
    assert client.get("/merkzettel/termine.ics").status_code == 200


@pytest.mark.parametrize("many", [2, 20])
def test_one_statement_however_many(client, django_assert_num_queries, many):
    make_office()
    offerings = [
        make_offering(f"Runde {number}", venue=make_venue(f"Haus {number}", phone="0231 1"))
        for number in range(many)
    ]
    for one in offerings:
        one.carriers.add(make_carrier(f"Verband {one.pk}", phone="0231 2"))
        make_date(one)
    note(client, *(one.pk for one in offerings))
    look(client)
    with django_assert_num_queries(1):
        look(client)


def test_an_empty_one_explains_itself_and_asks_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = look(client)
    assert "Hier steht noch nichts." in page.text
    assert visitors.MOST == 50
