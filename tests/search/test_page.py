"""The search as people meet it: the list of offerings with a query."""

import pytest
from django.test import Client

from seniorportal import search
from seniorportal.models import UnmetSearch
from tests.search.town import make_programme, make_reference

pytestmark = pytest.mark.django_db


def html(client: Client, q: str, **more: str) -> str:
    response = client.get("/angebote/", {"q": q, **more})
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_of_results(client: Client, django_assert_num_queries):
    make_programme()
    page = html(client, "einsam")
    assert page.index("data-anliegen") < page.index("data-anzahl") < page.index("data-angebot=")
    assert 'data-seniorenbuero="hoerde"' in page and "/beratung/einsamkeit-krise/" in page

    page = html(client, "einsam", bezirk="aplerbeck")
    assert page.count("data-seniorenbuero=") == 1 and 'data-seniorenbuero="aplerbeck"' in page

    page = html(client, "Gedächtnistarining")
    assert "Meinten Sie" in page and "Gedächtnistraining" in page

    assert "gehört zum Stadtbezirk Innenstadt-Ost" in html(client, "Körne")
    assert "Zu „Krokodil“ haben wir nichts gefunden" in html(client, "Tanz Krokodil")

    for q in ("Tanz", "einsam in Hörde", "Frühstük", "Gedächtnistarining"):
        with django_assert_num_queries(2):
            html(client, q)


def test_a_search_in_vain_is_counted_once_a_page_and_costs_one_statement(
    client: Client, django_assert_max_num_queries
):
    make_reference()
    search.current()
    with django_assert_max_num_queries(
        5
    ):  # two of the page, the count with the savepoint of this test around it
        page = html(client, "Krokodil")
    assert "data-angebot=" not in page and "Rufen Sie gern an:" in page
    assert list(UnmetSearch.objects.values_list("word", "count")) == [("krokodil", 1)]
    html(client, "Krokodil", bezirk="hoerde")
    city, there = UnmetSearch.objects.order_by("district__slug")[::-1]
    assert (city.district, city.count) == (None, 1), "another district may have it"
    assert (there.district.slug, there.count) == ("hoerde", 1)
    html(client, "Krokodil", bezirk="hoerde", kostenlos="1")
    there.refresh_from_db()
    assert there.count == 1, "another filter may be the reason"
