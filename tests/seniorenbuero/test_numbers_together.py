"""Everything that can be had, laid side by side: the files of every office and of the city, and the Kurzbericht.

A reader solves all the equations in it at once. That numbers cannot be tried out either, test_numbers_hiding proves.
"""

import csv
import datetime as dt
import io
import json
import random
import uuid
from collections import defaultdict
from fractions import Fraction

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from seniorenbuero.models import ConsultationCount
from seniorportal.figures.suppression import SMALL
from seniorportal.models import Consultation, ConsultationTopic, Venue
from tests.cast import City, make_city
from tests.figures import rows

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year - 1
PARTITIONS = ("monat", "weg", "ergebnis", "kontakt", "bezirk")  # topics may be named three times
Variable = tuple[str, str, str]  # office or "stadt", table, label


class Equations:
    """Linear equations, kept in reduced form: a variable is known where a row has nothing but it."""

    def __init__(self) -> None:
        self.rows: dict[Variable, tuple[dict[Variable, Fraction], Fraction]] = {}

    def add(self, terms: dict[Variable, int], value: int) -> None:
        row, right = {name: Fraction(factor) for name, factor in terms.items()}, Fraction(value)
        for name in [one for one in row if one in self.rows]:
            if name in row:
                row, right = minus(row, right, row[name], *self.rows[name])
        if not row:
            assert right == 0, "what is shown contradicts itself"
            return
        pivot = next(iter(row))
        factor = row[pivot]
        row, right = {name: one / factor for name, one in row.items()}, right / factor
        for name, (other, value_of_other) in list(self.rows.items()):
            if pivot in other:
                self.rows[name] = minus(other, value_of_other, other[pivot], row, right)
        self.rows[pivot] = row, right

    def known(self) -> dict[Variable, int]:
        return {name: int(right) for name, (row, right) in self.rows.items() if len(row) == 1}


def minus(row, right, factor, other, right_of_other):
    result = dict(row)
    for name, one in other.items():
        result[name] = result.get(name, Fraction(0)) - factor * one
        if not result[name]:
            del result[name]
    return result, right - factor * right_of_other


def fill(seed: int) -> City:
    """Offices of different size, whose small tables are full of small numbers."""
    city, chance = make_city(), random.Random(seed)
    Consultation.objects.update(outcome="fehl")  # those of the cast
    offices = [city.hoerde.office, city.hombruch.office, rows.make_office(district="Eving")]
    topics = list(ConsultationTopic.objects.all())
    for office, size in zip(offices, (chance.randint(3, 12), 45, chance.randint(20, 90)), strict=True):
        made = Consultation.objects.bulk_create(
            Consultation(
                submission=uuid.uuid4(),
                office=office,
                date=dt.date(YEAR, 1 + min(int(chance.expovariate(0.4)), 11), 3),
                channel=chance.choices(Consultation.Channel.values, weights=range(11, 0, -1))[0],
                outcome=chance.choices(Consultation.Outcome.values, weights=(30, 40, 9, 6, 3, 2, 1, 4))[0],
                is_first=chance.random() < 0.9,
                district=chance.choice([None, None, office.district, offices[0].district]),
            )
            for _ in range(size)
        )
        for one in made:
            one.topics.set(chance.sample(topics, min(len(topics), 1)))
    return city


def shown(client: Client, slug: str) -> dict[tuple[str, str], str]:
    answer = client.get(reverse("desk:numbers_csv"), {"jahr": str(YEAR), "buero": slug})
    assert answer.status_code == 200
    lines = csv.DictReader(io.StringIO(answer.content.decode().removeprefix("\ufeff")), delimiter=";")
    return {(line["gliederung"], line["auspraegung"]): line["wert"] for line in lines}


@pytest.mark.parametrize("seed", range(5))
def test_whoever_lays_everything_side_by_side_learns_no_small_number(seed):
    city = fill(seed)
    client = Client()
    client.force_login(city.people["auswertung"])
    offices = list(Venue.objects.in_area("seniorenbuero").select_related("district"))
    told = {one.slug: shown(client, one.slug) for one in offices} | {"stadt": shown(client, "stadt")}
    report = json.loads(Client().get(f"/bericht/{YEAR}.json").content)
    (figure,) = (one for one in report["figures"] if one["key"] == "beratungen")
    equations, labels = Equations(), defaultdict(set)
    for place, cells in told.items():
        for (table, label), text in cells.items():
            if table in PARTITIONS or table == "thema":
                labels[table].add(label)
            if text and table != "jahr":
                equations.add({(place, table, label): 1}, int(text))
            if text and (table, label) == ("jahr", str(YEAR)):
                equations.add({(place, "zaehler", "Beratungen"): 1}, int(text))
        for table in PARTITIONS:
            parts = {(place, table, label): 1 for label in labels[table]}
            if parts and any((table, label) in cells for label in labels[table]):
                equations.add(parts | {(place, "zaehler", "Beratungen"): -1}, 0)
        equations.add({(place, "zaehler", "Anfragen"): 1, (place, "kontakt", "erster Kontakt"): -1}, 0)
    for table, known in labels.items():
        for label in known:
            equations.add({(one.slug, table, label): 1 for one in offices} | {("stadt", table, label): -1}, 0)
    totals = {(one.slug, "zaehler", "Beratungen"): 1 for one in offices}
    equations.add(totals | {("stadt", "zaehler", "Beratungen"): -1}, 0)
    equations.add({("stadt", "zaehler", "Beratungen"): 1}, figure["total"])
    for one in offices:
        in_district = figure["by_district"][one.district.slug]
        if in_district is not None:
            equations.add({(one.slug, "zaehler", "Beratungen"): 1}, in_district)
    small = {
        name: value for name, value in equations.known().items() if value in SMALL and name[1] != "buero"
    }
    assert small == {}
    assert len(equations.known()) > 50, "the reader must have learned something"
    really = ConsultationCount.objects.filter(kind="weg", number__in=SMALL)
    assert really.exists(), "there was something to hide"
