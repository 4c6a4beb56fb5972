"""The printed programmes of her houses: one press of a link each, for whose houses they are."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from seniorportal.models import Venue
from seniorportal.printing import spans
from tests.cast import City

pytestmark = pytest.mark.django_db
PAGE = "/begegnung/verwalten/programme/"


def test_one_link_for_each_of_her_houses(client: Client, city: City):
    client.force_login(city.people["koordination-awo"])
    today = timezone.localdate()
    this = spans.month(spans.month_of(today), today)
    assert this
    assert client.get(PAGE)["Location"] == f"{PAGE}{this.following}/"  # printed before the month begins
    page = client.get(f"{PAGE}{this.key}/").content.decode()
    assert set(re.findall(r'data-ort="([^"]+)"', page)) == {city.hoerde.hall.slug, city.hoerde.centre.slug}
    assert f"/begegnung/{city.hoerde.hall.slug}/programm/{this.key}" in page
    assert not [word for word in city.hombruch.words if word in page]
    links = re.findall(rf'href="(/begegnung/{city.hoerde.hall.slug}/programm/[^"]+)"', page)
    assert client.get(links[-1]).status_code == 200
    assert "form=heft" in client.get(f"{PAGE}{this.key}/?form=heft").content.decode()
    assert "data-ignoriert" in client.get(f"{PAGE}{this.key}/?form=tapete").content.decode()


def test_who_looks_after_no_house_and_no_month_there_is(client: Client, city: City):
    client.force_login(city.people["koordination-awo"])
    for month in ("2026-13", "unsinn", "1999-01"):
        assert client.get(f"{PAGE}{month}/").status_code == 404
    client.force_login(city.people["redaktion"])
    assert client.get(PAGE).status_code == 404
    assert client.get(f"{PAGE}{spans.month_of(timezone.localdate())}/").status_code == 404


def test_it_costs_the_same_for_two_and_for_twenty_houses(client: Client, city: City):
    client.force_login(city.people["koordination-awo"])
    path = f"{PAGE}{spans.month_of(timezone.localdate())}/"

    def cost() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(path).status_code == 200
        return len(caught)

    few = cost()
    for number in range(18):
        venue = Venue.objects.create(name=f"Haus {number}", report_area="begegnung")
        venue.carriers.add(city.hoerde.branch)
    assert cost() == few
