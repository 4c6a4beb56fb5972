"""«Wo wohnt die Person?» over the real register: 109,700 addresses, loaded once for this module."""

import csv
import gzip
import logging
import random
import re
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from seniorportal import finder, reference
from seniorportal.models import ReportArea, Street, Venue
from seniorportal.text import slug

DATA = Path(__file__).resolve().parents[2] / "data"
FINDEN = "/seniorenbueros/finden/"
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker):
    """Committed for the whole module and taken out again: loading it for each test would cost seconds."""
    with django_db_blocker.unblock():
        atom = transaction.atomic()
        atom.__enter__()
        reference.load_territory()
        reference.load_addresses()
        reference.load_vocabularies()
        reference.load_search_words()
        for name in register_districts():
            Venue.objects.create(
                name=f"Seniorenbüro {name}",
                slug=f"seniorenbuero-{slug(name)}",
                report_area=ReportArea.OFFICES,
                district=reference.District.objects.get(name=name),
            )
        connection.check_constraints()  # now and once, not after every test
        finder.forget()
        yield
        transaction.set_rollback(True)
        atom.__exit__(None, None, None)
        connection.close()
        finder.forget()


@pytest.fixture(autouse=True)
def _in_the_city(city, db):
    """Every test of this module stands in the loaded city."""


def register_districts():
    return sorted({row["stadtbezirk"] for row in rows()})


def rows():
    with gzip.open(DATA / "dortmund_adressen.csv.gz", "rt", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def slip(street, draw):
    """One slip of the finger: a letter lost, doubled, swapped with its neighbour, or a wrong one."""
    at = draw.randrange(1, max(2, len(street) - 1))
    kind = draw.randrange(4)
    if kind == 0:
        return street[:at] + street[at + 1 :]
    if kind == 1:
        return street[:at] + street[at] + street[at:]
    if kind == 2 and at + 1 < len(street):
        return street[:at] + street[at + 1] + street[at] + street[at + 2 :]
    return street[:at] + draw.choice("aeinrst") + street[at + 1 :]


def test_two_hundred_addresses_a_fifth_with_a_slip():
    draw = random.Random(20261123)
    sample = draw.sample(list(rows()), 200)
    right, asked, wrong = 0, 0, []
    for number, row in enumerate(sample):
        street = row["strasse"].title() if number % 2 else row["strasse"].replace("STRAßE", "Str.")
        if number % 5 == 0:
            street = slip(street, draw)
        answer = finder.find(street, row["hausnummer"] + row["zusatz"])
        if answer.sure and answer.sure.name == row["stadtbezirk"]:
            right += 1
        elif not answer.sure and row["stadtbezirk"] in {choice.district.name for choice in answer.choices}:
            asked += 1
        else:
            wrong.append((street, row["hausnummer"], row["stadtbezirk"], answer))
    print(
        f"{right} sure and right, {asked} asked back with the right one among them, {len(wrong)} wrong or lost"
    )
    assert right + asked >= 196, wrong
    assert not [w for w in wrong if w[3].sure] or len(wrong) <= 2, wrong
    assert right >= 170


@pytest.mark.parametrize(
    ("typed", "number", "district"),
    [
        ("Lange Straße", "42", "Innenstadt-West"),
        ("lange str. 42", "", "Innenstadt-West"),
        ("Maerkische Strasse", "21", "Innenstadt-Ost"),
        ("Märkische Str. 21, 44141 Dortmund", "", "Innenstadt-Ost"),
        ("Gleiwitzstrase", "277", "Scharnhorst"),
        ("Hacheney", "", "Hörde"),
        ("hoerde", "", "Hörde"),
        ("Dortmund-Mengede", "", "Mengede"),
        ("Kirchlinde", "", "Huckarde"),
        ("Löttringhausen", "", "Hombruch"),
    ],
)
def test_an_address_or_a_name_leads_to_its_district(typed, number, district):
    answer = finder.find(typed, number)
    assert answer.sure is not None and answer.sure.name == district


def test_old_villages_are_known():
    names = {choice.district.name for choice in finder.find("Körne").choices} | {
        str(finder.find("Körne").sure)
    }
    assert "Innenstadt-Ost" in names


def test_a_long_street_asks_for_the_number_and_the_number_decides(client):
    street = next(
        s
        for s in Street.objects.all()
        if len(set(s.addresses.values_list("quarter__district", flat=True))) > 1
    )
    answer = client.post(FINDEN, {"strasse": street.name, "hausnummer": ""})
    assert answer.status_code == 200
    assert "Mit der Hausnummer wissen wir es genau" in answer.content.decode()
    for address in street.addresses.select_related("quarter__district")[:5]:
        found = finder.find(street.name, f"{address.number}{address.suffix}")
        districts = {found.sure} if found.sure else {choice.district for choice in found.choices}
        assert address.quarter.district in districts


@pytest.mark.parametrize("typed", ["Xqzwv", "!!!", "9999", "ÄÖÜ" * 30, "'; DROP TABLE", "<script>", "\x00a"])
def test_rubbish_is_answered_with_a_sentence_and_a_number_to_ring(client, typed):
    answer = client.post(FINDEN, {"strasse": typed, "hausnummer": "999999999999"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "tel:" in page and "Aplerbeck" in page


def test_an_empty_form_says_what_is_missing(client):
    page = client.post(FINDEN, {"strasse": "", "hausnummer": "7"}).content.decode()
    assert "Bitte geben Sie die Straße oder den Stadtteil ein." in page and 'value="7"' in page


def test_the_office_answers_by_303_and_the_address_is_nowhere(client, caplog):
    finder.find("Lange Straße", "1")
    with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection) as statements:
        answer = client.post(FINDEN, {"strasse": "Gleiwitzstraße", "hausnummer": "277"})
    assert all("SAVEPOINT" in statement["sql"] for statement in statements)
    assert (answer.status_code, answer["Location"]) == (
        303,
        reverse("seniorenbuero:office", args=["scharnhorst"]),
    )
    assert "gleiwitz" not in (caplog.text + answer["Location"] + str(answer.headers)).lower()
    assert "no-store" in answer["Cache-Control"] and not answer.cookies


def test_a_get_never_looks_up_an_address(client):
    page = client.get(FINDEN, {"strasse": "Lange Straße", "hausnummer": "42"})
    assert page.status_code == 200 and "Lange Straße" not in page.content.decode()


def test_choices_are_marked_for_readers(client):
    page = client.post(FINDEN, {"strasse": "Berg"}).content.decode()
    assert re.search(r'data-seniorenbuero="[a-z-]+"', page)
