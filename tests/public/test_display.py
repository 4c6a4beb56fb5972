"""Text size and colours: plain links, kept by one's own browser, on every page there is."""

import pytest
from django.test import Client

from seniorportal.public import errors
from tests.public.html import Page, check_page

pytestmark = pytest.mark.django_db


def read(response, size: str = "", colours: str = "") -> Page:
    html = (
        {"lang": "de"}
        | ({"data-schrift": size} if size else {})
        | ({"data-farben": colours} if colours else {})
    )
    return check_page(response.content.decode(), html)


def chosen(page: Page) -> list[str | None]:
    return [
        a["href"] for a in page.all("a") if (a["href"] or "").startswith("/anzeige/") and "aria-current" in a
    ]


def test_who_never_touched_it_shares_one_copy_with_everybody(client):
    response = client.get("/")
    page = read(response)
    assert not response.cookies and "Vary" not in response and "Cache-Control" not in response
    assert chosen(page) == ["/anzeige/?schrift=normal", "/anzeige/?farben=normal"]
    assert "/static/css/display.css" not in [link["href"] for link in page.all("link")]


def test_one_click_lasts_over_all_pages(client):
    answer = client.get("/anzeige/?schrift=sehr-gross", HTTP_REFERER="http://testserver/angebote/?bezirk=x")
    assert answer.status_code == 303 and answer["Location"] == "/angebote/?bezirk=x"
    client.get("/anzeige/?farben=dunkel", HTTP_REFERER="http://testserver/")
    for path, status in (("/", 200), ("/begegnung/", 200), ("/konto/login/", 200), ("/gibt-es-nicht/", 404)):
        response = client.get(path)
        assert response.status_code == status
        page = read(response, "sehr-gross", "dunkel")
        assert chosen(page) == ["/anzeige/?schrift=sehr-gross", "/anzeige/?farben=dunkel"], path
        assert any("css/display" in str(link["href"]) for link in page.all("link"))
        assert "private" in response["Cache-Control"] and "public" not in response["Cache-Control"], path
    assert check_page(errors.page("404", 404).content.decode())  # outside of any request


def test_normal_again_takes_the_cookie_away(client):
    client.get("/anzeige/?schrift=gross")
    assert client.cookies["anzeige"].value == "gross.normal"
    answer = client.get("/anzeige/?schrift=normal")
    assert answer.cookies["anzeige"]["max-age"] == 0 and answer.cookies["anzeige"].value == ""
    read(answer)


def test_without_a_page_to_go_back_to_it_shows_what_was_chosen(client):
    answer = client.get("/anzeige/?schrift=gross")
    assert answer.status_code == 200
    assert "So sehen jetzt alle Seiten aus." in read(answer, "gross").text
    page = read(client.get("/anzeige/", HTTP_REFERER="http://testserver/anzeige/"), "gross")
    assert "Schrift und Farben" in page.text and "So sehen jetzt" not in page.text


@pytest.mark.parametrize("query", ["schrift=riesig", "farben=", "schrift=%00", "schrift[]=1", "x=1"])
def test_what_cannot_be_chosen_is_said(client, query):
    answer = client.get(f"/anzeige/?{query}", HTTP_REFERER="http://testserver/")
    assert answer.status_code == 200 and not answer.cookies
    assert read(answer).with_attribute("data-ignoriert") == [None]


@pytest.mark.parametrize("value", ["riesig.bunt", "", "....", "gross", "x" * 3000, '"gross.dunkel<script>"'])
def test_a_strange_cookie_means_nothing(client, value):
    client.cookies["anzeige"] = value
    response = client.get("/")
    assert response.status_code == 200 and "script>alert" not in response.content.decode()
    read(response, "gross" if value == "gross" else "")


def test_a_look_ahead_keeps_nothing(client):
    answer = client.get("/anzeige/?schrift=gross", HTTP_SEC_PURPOSE="prefetch;prerender")
    assert answer.status_code == 200 and not answer.cookies


def test_an_older_copy_is_not_what_she_wants_to_see(client):
    client.cookies["anzeige"] = "gross.normal"
    response = client.get(
        "/", HTTP_IF_NONE_MATCH='"x"', HTTP_IF_MODIFIED_SINCE="Mon, 23 Nov 2026 12:00:00 GMT"
    )
    assert response.status_code == 200 and "ETag" not in response


def test_one_visitor_is_not_the_next(client):
    client.cookies["anzeige"] = "gross.dunkel"
    read(client.get("/"), "gross", "dunkel")
    read(Client().get("/"))
