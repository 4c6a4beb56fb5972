"""The pages that every site owes its readers: true to the software, honest about what is missing."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from seniorportal import markup, pages, production, register, visitors
from seniorportal.models import Feedback, Page
from seniorportal.public import forms, privacy
from seniorportal.search.unmet import KEEP_DAYS
from tests.public.html import Page as Seen
from tests.public.html import check_page
from tests.public.town import make_offering

pytestmark = pytest.mark.django_db
PATHS = ("/leichte-sprache/", "/barrierefreiheit/", "/impressum/", "/datenschutz/")


def read(client: Client, path: str) -> Seen:
    response = client.get(path)
    assert response.status_code == 200, path
    assert not response.cookies and "Vary" not in response
    return check_page(response.content.decode())


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("loaded", [False, True])
def test_each_stands_with_and_without_its_row_for_one_statement(
    client, path, loaded, django_assert_num_queries
):
    if loaded:
        assert pages.load() == (4, 4) and pages.load() == (4, 0)
    read(client, path)
    with django_assert_num_queries(1):
        page = read(client, path)
    for link in page.all("a"):
        target = link["href"] or ""
        if target.startswith("/") and not target.startswith("/bericht/"):
            assert Client().get(target).status_code in (200, 302, 404 if "eugen" in target else 200), target


def test_every_page_links_to_them(client):
    targets = [link["href"] for link in read(client, "/angebote/").all("a")]
    assert set(PATHS) <= set(targets)


def test_leichte_sprache_is_a_language_of_its_own_and_says_that_nobody_checked_it(client):
    page = read(client, "/leichte-sprache/")
    assert page.with_attribute("lang") == ["de", "de-simple"]
    assert "Eine Prüf-Gruppe hat den Text noch nicht geprüft." in page.text
    for line in pages.first_text(Page.Key.EASY).text.splitlines():
        words = re.sub(r"\(/.*?\)|[\[\]#]", "", line).split()
        assert len(words) <= 15, line
        assert all(len(part) <= 15 for word in words for part in re.split(r"[-.,:?]", word)), line


def test_what_the_operator_has_to_fill_in_cannot_be_overlooked(client, settings):
    page = read(client, "/impressum/")
    assert "Das muss die Betreiberin noch eintragen: Name und Anschrift der Betreiberin" in page.text
    assert len(page.with_attribute("data-luecke")) == len(pages.first_text(Page.Key.IMPRINT).gaps) >= 4
    assert production.warnings() == []  # the demo has no operator
    settings.DEMO = False
    said = production.warnings()
    assert any(
        sentence.startswith("Auf der Seite „Impressum“ fehlt noch: Name und Anschrift") for sentence in said
    )
    pages.load()
    Page.objects.update(text="Die Stadt Dortmund.")
    assert production.warnings() == []
    assert read(client, "/impressum/").text.count("Die Stadt Dortmund.") == 1


def test_the_privacy_notice_names_every_cookie_of_the_software(client):
    text = read(client, "/datenschutz/").text
    coffee = make_offering()
    visitor = Client()
    visitor.get("/anzeige/?schrift=gross")
    visitor.post("/merkzettel/", {"merken": coffee.pk}, HTTP_SEC_FETCH_SITE="same-origin")
    visitor.get("/rueckmeldung/")
    visitor.get("/seniorenbueros/finden/")
    assert {*visitor.cookies} == {"anzeige", "merkzettel", "csrftoken"}
    for name in (*visitor.cookies, settings.SESSION_COOKIE_NAME):
        assert name in text
    assert {one.name for one in privacy.cookies()} == {*visitor.cookies, settings.SESSION_COOKIE_NAME}


def test_its_numbers_are_those_of_the_code(client, monkeypatch):
    text = read(client, "/datenschutz/").text
    for days in (visitors.KEPT_DAYS, Feedback.KEPT_DAYS, KEEP_DAYS):
        assert f"{days} Tage" in text
    for declared in register.all_personal_data().values():
        assert declared.title in text and declared.until in text
    visiting, others = privacy.declared()
    assert {one.label for one in visiting} >= {"seniorportal.Feedback", "seniorportal.FormUse"} and others
    monkeypatch.setattr(visitors, "KEPT_DAYS", 17)
    assert "17 Tage nach Ihrem letzten Klick" in read(client, "/datenschutz/").text


def test_a_barrier_is_reported_without_a_name_and_becomes_a_task(client, monkeypatch):
    monkeypatch.setattr(forms, "QUICKEST", 0)
    assert "/barrierefreiheit/melden/" in [
        link["href"] for link in read(client, "/barrierefreiheit/").all("a")
    ]
    page = check_page(client.get("/barrierefreiheit/melden/").content.decode())
    assert [one["name"] for one in page.all("textarea")] == ["text"] and "rufen Sie bitte an" in page.text
    stamp = next(one["value"] for one in page.all("input") if one["name"] == "stempel")
    form: dict[str, Any] = {"stempel": stamp, "text": " "}
    answer = client.post("/barrierefreiheit/melden/", form)
    assert "Bitte schreiben Sie kurz, was nicht ging" in check_page(answer.content.decode()).text
    answer = client.post(
        "/barrierefreiheit/melden/", form | {"text": "Der Kalender ist am Telefon zu breit."}
    )
    assert answer.status_code == 303
    task = Feedback.objects.get()
    assert task.topic == Feedback.Topic.BARRIER and task.entry is None
    receipt = check_page(client.get(answer["Location"]).content.decode()).text
    assert "Eine Barriere im Portal" in receipt and "die Redaktion des Portals" in receipt
    assert "Eine Barriere im Portal" not in check_page(client.get("/rueckmeldung/").content.decode()).text


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Guten\nTag", "<p>Guten<br>\nTag</p>"),
        (
            "## Über\n\n- eins\n- zwei\nDann",
            "<h2>Über</h2>\n<ul><li>eins</li><li>zwei</li></ul>\n<p>Dann</p>",
        ),
        ("### Klein", "<h3>Klein</h3>"),
        ("[Hier](/angebote/?q=a&seite=2)", '<p><a href="/angebote/?q=a&amp;seite=2">Hier</a></p>'),
        ("[Da](https://a.example/)", '<p><a href="https://a.example/" rel="noreferrer">Da</a></p>'),
        ("[x](//evil.example/)", "<p>[x](//evil.example/)</p>"),
        ("[x](/\\evil.example/)", "<p>[x](/\\evil.example/)</p>"),
        ("[x](javascript:alert)", "<p>[x](javascript:alert)</p>"),
        ('[x](https://a/"onclick)', "<p>[x](https://a/&quot;onclick)</p>"),
        ("<b>& {Telefon}", "<p>&lt;b&gt;&amp; 0231</p>"),
        ("[[Name <b>]]", "<p>(Name &lt;b&gt;)</p>"),
        ("# Keine", "<p># Keine</p>"),
        ("", ""),
    ],
)
def test_the_marks_and_nothing_else(text, html):
    assert markup.html(text, mark_safe("0231"), lambda words: format_html("({})", words)) == html
