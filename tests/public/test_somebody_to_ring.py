"""No public page without a reachable number, over everything in ``data/``; and none of them is made up."""

import csv
import re

import pytest
from django.conf import settings
from django.utils import timezone

from seniorportal import contact, reference
from seniorportal.access import PUBLIC, Right, visible
from seniorportal.demo import carriers, offerings, venues
from seniorportal.models import Carrier, ContactPoint, Offering, ReportArea, Venue
from seniorportal.public.places import attach_all, attach_venue, with_surroundings
from seniorportal.templatetags.portal import split_number
from tests.public.html import check_page
from tests.public.town import answer_always, make_offering, make_office, make_venue

pytestmark = pytest.mark.django_db


def digits(number: str) -> str:
    return "".join(split_number(number))


@pytest.fixture
def dortmund():
    """All real places, offices and offerings, nothing else."""
    reference.load_territory()
    reference.load_vocabularies()
    known, _ = carriers.load()
    found, _ = venues.load(known)
    offerings.load(found, timezone.localdate())


def numbers_of_the_files() -> set[str]:
    found = set()
    for name in ("begegnungsstaetten.csv", "seniorenbueros.csv", "angebote.csv"):
        text = (reference.DATA / name).read_text(encoding="utf-8")
        found |= set(re.findall(r"0[0-9]{2,4}[0-9 /()-]{4,}[0-9]", text))
    return {digits(number) for number in found}


def test_every_page_of_the_real_city_has_a_number_and_none_is_invented(client, dortmund):
    now = timezone.localtime()
    with (reference.DATA / "begegnungsstaetten.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert (len(rows), sum(bool(row["telefon"].strip()) for row in rows)) == (44, 7)
    allowed = numbers_of_the_files() | {digits(settings.PORTAL_CITY_PHONE)}
    places = list(visible(PUBLIC, Right.SEE, with_surroundings(Venue.objects.for_page())))
    things = list(visible(PUBLIC, Right.SEE, with_surroundings(Offering.objects.for_page())))
    assert (len(places), len(things)) == (56, Offering.objects.count()) and len(things) > 100
    for venue in places:
        attach_venue(venue)
        assert digits(contact.for_venue(venue, now).number) in allowed, venue
    for offering in things:
        attach_all(offering)
        assert digits(contact.for_offering(offering, now).number) in allowed, offering
    told = {digits(point.value) for point in ContactPoint.objects.filter(kind=ContactPoint.Kind.PHONE)}
    assert told | {digits(one.phone) for one in Carrier.objects.exclude(phone="")} <= allowed
    for entry in [*places[::9], *things[::15]]:
        response = client.get(entry.get_absolute_url())
        assert response.status_code == 200
        page = check_page(response.content.decode())  # asks for a telephone link
        large = next(link["href"] for link in page.all("a") if (link["href"] or "").startswith("/nummer/"))
        check_page(client.get(large).content.decode())
    areas = {venue.report_area for venue in places}
    assert areas == set(ReportArea)


def test_the_large_number_is_spelled_in_pairs_with_who_answers_when(client):
    office = make_office(phone="0231 50-23311")
    answer_always(office)
    page = check_page(client.get(f"/nummer/ort/{office.slug}/").content.decode())
    assert "02 31 / 5 02 33 11" in page.text
    assert "Heute bis 23.59 Uhr geht jemand ans Telefon." in page.text
    assert "Es meldet sich: Seniorenbüro Hörde" in page.text
    assert "tel:+492315023311" in [link["href"] for link in page.all("a")]
    assert len([tag for tag, _ in page.elements if tag == "nav"]) == 1  # nothing but the footer's


def test_the_large_number_names_whom_to_ring_next(client):
    make_office(phone="0231 50-23311")
    offering = make_offering(venue=make_venue("Halle", phone="0231 12-345"))
    text = check_page(client.get(f"/nummer/angebot/{offering.pk}/").content.decode()).text
    assert text.index("1 23 45") < text.index("Wenn dort niemand abnimmt") < text.index("5 02 33 11")
    assert client.get("/nummer/").status_code == 200
    for path in ("/nummer/ort/nirgends/", "/nummer/angebot/0/", "/rueckmeldung/angebot/9999999999999999999/"):
        assert client.get(path).status_code == 404
