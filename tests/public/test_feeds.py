"""Feeds and the map of the site: for machines that watch, with nothing that is not public."""

import datetime as dt
import re
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from seniorportal import vocabularies
from seniorportal.models import Occurrence
from tests.public.html import check_page
from tests.public.town import make_date, make_district, make_offering, make_office, make_venue

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(autouse=True)
def fresh():
    vocabularies.forget()
    yield
    vocabularies.forget()


def entries(client: Client, path: str) -> list[dict[str, str]]:
    response = client.get(path)
    assert response.status_code == 200, path
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert not response.cookies and "Cookie" not in response.get("Vary", "")
    feed = ElementTree.fromstring(response.content)
    for name in ("id", "title", "updated"):
        assert feed.findtext(ATOM + name), f"a feed needs <{name}>"
    found = [
        {part.tag.removeprefix(ATOM): part.text or "" for part in one} for one in feed.findall(f"{ATOM}entry")
    ]
    assert all(one["id"] and one["title"] and one["updated"] for one in found)
    return found


def titles(client: Client, path: str) -> list[str]:
    return [one["title"] for one in entries(client, path)]


def test_new_and_changed_offerings_are_told_the_confirmed_are_not(client):
    coffee, dance = make_offering("Kaffee"), make_offering("Tanz")
    assert set(titles(client, "/neues.atom")) == {"Neu: Kaffee", "Neu: Tanz"}
    before = {one["title"]: one for one in entries(client, "/neues.atom")}
    dance.confirmed_at = timezone.localdate()
    dance.save()
    assert {one["title"]: one for one in entries(client, "/neues.atom")} == before
    coffee.title = "Kaffee und Kuchen"
    coffee.save()
    assert "Neu: Kaffee und Kuchen" in titles(client, "/neues.atom")


def test_a_change_of_an_older_offering_is_a_change(client, monkeypatch):
    coffee = make_offering("Kaffee")
    monkeypatch.setattr("seniorportal.public.feeds.LOOKED_THROUGH", 2)
    coffee.cost_note = "2 Euro"
    coffee.save()
    coffee.cost_note = "3 Euro"
    coffee.save()
    assert titles(client, "/neues.atom") == ["Geändert: Kaffee"]


def test_hidden_and_ended_offerings_are_no_news(client):
    make_offering("Geheim", published=False)
    make_offering("Vorbei", active_until=dt.date(2020, 1, 1))
    make_offering("Haus zu", venue=make_venue("Zu", published=False))
    make_offering("Probe", example=True)
    assert titles(client, "/neues.atom") == ["Neu: Probe (Beispiel)"]


def test_each_district_has_its_own(client):
    aplerbeck = make_venue("Haus Aplerbeck", district=make_district("Aplerbeck"))
    make_date(make_offering("Chor", venue=aplerbeck), status=Occurrence.Status.CANCELLED)
    make_date(make_offering("Kaffee"), status=Occurrence.Status.CANCELLED)
    make_offering("Gang", meeting_point="Brunnen", district=make_district("Aplerbeck"))
    assert set(titles(client, "/neues.atom?bezirk=aplerbeck")) == {"Neu: Chor", "Neu: Gang"}
    assert titles(client, "/faellt-aus.atom?bezirk=aplerbeck") == ["Fällt aus: Chor"]
    assert len(titles(client, "/neues.atom?bezirk=mond")) == 3
    assert "nicht bekannt" in client.get("/neues.atom?bezirk=mond").content.decode()


def test_what_is_called_off_in_the_coming_days(client, monkeypatch):
    noon = timezone.make_aware(dt.datetime(2026, 11, 23, 12))
    monkeypatch.setattr("django.utils.timezone.now", lambda: noon)
    coffee = make_offering("Kaffee")
    make_date(coffee)
    make_date(coffee, in_days=2, status=Occurrence.Status.CANCELLED, note="Heizung defekt.")
    make_date(coffee, in_days=20, status=Occurrence.Status.CANCELLED)
    make_date(coffee, in_days=-1, status=Occurrence.Status.CANCELLED)
    make_date(
        coffee,
        in_days=4,
        status=Occurrence.Status.MOVED,
        planned_date=dt.date(2026, 11, 26),
        planned_start=dt.time(15),
    )
    off, moved = entries(client, "/faellt-aus.atom")
    assert off["title"] == "Fällt aus: Kaffee" and moved["title"] == "Verlegt: Kaffee"
    assert "Mittwoch, 25. November 2026, 14.30 Uhr" in off["summary"] and "Heizung defekt." in off["summary"]
    assert "statt Donnerstag, 26. November jetzt Freitag, 27. November 2026" in moved["summary"]


@pytest.mark.parametrize("path", ["/neues.atom", "/faellt-aus.atom"])
@pytest.mark.parametrize("many", [2, 20])
def test_feeds_cost_the_same_however_many(client, path, many, django_assert_num_queries):
    for number in range(many):
        make_date(make_offering(f"Runde {number}"), status=Occurrence.Status.CANCELLED)
    assert len(entries(client, path)) == many
    with django_assert_num_queries(2 if "neues" in path else 1):
        client.get(path)


def test_who_asks_again_is_told_that_nothing_changed(client):
    make_offering()
    for path in ("/neues.atom", "/faellt-aus.atom"):
        etag = client.get(path)["ETag"]
        assert client.get(path, HTTP_IF_NONE_MATCH=etag).status_code == 304


def test_nothing_breaks_out_of_a_feed(client):
    make_offering("</title><script>alert(1)</script> & ]]>")
    assert titles(client, "/neues.atom") == ["Neu: </title><script>alert(1)</script> & ]]>"]


def test_pages_name_the_feeds(client):
    page = check_page(client.get("/").content.decode())
    feeds = [one["href"] for one in page.all("link") if one.get("type") == "application/atom+xml"]
    assert feeds == ["/neues.atom", "/faellt-aus.atom"]


def test_the_site_map_leads_to_every_real_page_and_to_no_example(client):
    make_office("Hörde")
    hall, example = make_venue("Halle"), make_venue("Beispielhalle", example=True)
    real, shown = make_offering("Kaffee", venue=hall), make_offering("Probe", venue=hall, example=True)
    gone, hidden = make_offering("Alt", active_until=dt.date(2020, 1, 1)), make_offering("X", published=False)
    robots = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in robots and "Disallow: /verwaltung/" in robots
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)
    sections = [one.findtext(f"{MAP}loc") or "" for one in index]
    assert [re.search(r"sitemap-(\w+)\.xml$", one)[1] for one in sections] == [  # type: ignore[index]
        "seiten",
        "beratung",
        "bueros",
        "begegnung",
        "angebote",
    ]
    found: list[str] = []
    for section in sections:
        response = client.get(section.removeprefix("http://testserver"))
        assert response["Content-Type"] == "application/xml" and not response.cookies
        found += [one.findtext(f"{MAP}loc") or "" for one in ElementTree.fromstring(response.content)]
    paths = [one.removeprefix("http://testserver") for one in found]
    for row in (hall, real):
        assert row.get_absolute_url() in paths
    for row in (example, shown, gone, hidden):
        assert row.get_absolute_url() not in paths
    assert len(paths) == len(set(paths))
    for path in paths:
        assert client.get(path).status_code == 200 or path.startswith("/bericht/"), path
    assert client.get("/sitemap-unsinn.xml").status_code == 404
