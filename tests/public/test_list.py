"""The list of offerings with rows of its own in each test: order, distance, what a page costs."""

import datetime as dt

import pytest

from seniorportal import search, vocabularies
from seniorportal.models import Occurrence, Quarter
from tests.public.html import check_page
from tests.public.lists import NOW, shown
from tests.public.town import make_date, make_district, make_offering, make_venue

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def test_one_and_the_same_date_meets_day_and_time(client):
    offering = make_offering("Chor")
    make_date(offering, in_days=1, start=dt.time(10))  # Tuesday morning
    make_date(offering, in_days=2, start=dt.time(18))  # Wednesday evening
    assert shown(client, "wochentag=di&tageszeit=vormittag")[0] == 1
    assert shown(client, "wochentag=di&tageszeit=abend")[0] == 0
    assert shown(client, "wochentag=mi&von=2026-11-24&bis=2026-11-24")[0] == 0


def test_a_cancelled_next_date_is_said_with_the_following_one(client):
    offering = make_offering("Chor", confirmed_at=NOW.date())
    make_date(offering, in_days=1, status=Occurrence.Status.CANCELLED, note="Die Leitung ist erkrankt.")
    make_date(offering, in_days=8)
    text = check_page(client.get("/angebote/").content.decode()).text
    assert "Fällt aus" in text and "Die Leitung ist erkrankt." in text
    assert "Das nächste Mal: Dienstag, 1. Dezember, 14.30 Uhr" in text
    text = check_page(client.get("/angebote/?wochentag=di").content.decode()).text
    assert "Am Dienstag, 24. November: Fällt aus" in text and "Findet statt" in text


def test_by_distance_from_the_middle_of_a_quarter(client):
    from seniorportal.models import Address, Street

    here, there = (
        Quarter.objects.create(code=c, name=n, slug=n.lower(), district=make_district())
        for c, n in (("1", "Hier"), ("2", "Dort"))
    )
    street = Street.objects.create(key="1", name="Weg", folded="weg")
    for number in (1, 2, 3):
        Address.objects.create(
            street=street,
            number=number,
            latitude=51.50 + number / 1000,
            longitude=7.5,
            subdistrict="111",
            quarter=here,
        )
    for name, latitude, quarter in (("Fern", 51.6, there), ("Nah", 51.51, here), ("Ohne", None, there)):
        venue = make_venue(f"Haus {name}", latitude=latitude, longitude=latitude and 7.5, quarter=quarter)
        make_date(make_offering(name, venue=venue), in_days=1)
    page = check_page(client.get("/angebote/?quartier=hier&sortierung=entfernung").content.decode())
    assert page.text.index("Nah") < page.text.index("Fern") < page.text.index("Haus Ohne")
    assert "etwa 0,9 km" in page.text
    for query in ("sortierung=entfernung", "sortierung=entfernung&quartier=hier&quartier=dort"):
        assert shown(client, query)[3]
    assert shown(client, "quartier=hier")[0] == 1


@pytest.mark.parametrize("rows", [2, 20])
@pytest.mark.parametrize(
    "query",
    [
        "",
        "bezirk=hoerde",
        "bezirk=hoerde&wochentag=di&tageszeit=nachmittag&von=2026-11-23&barrierefrei=1&kostenlos=1",
        "q=runde",
        "seite=2",
    ],
)
def test_a_list_costs_two_statements(client, django_assert_num_queries, rows, query):
    for number in range(rows):
        make_date(make_offering(f"Runde {number}", venue=make_venue(f"Haus {number}")), in_days=1)
    vocabularies.forget()
    search.forget()
    client.get(f"/angebote/?{query}")
    with django_assert_num_queries(2):
        client.get(f"/angebote/?{query}")
