"""The map says what the list beside it says, is light, and puts places where they are."""

import csv
import gzip
import re
import zlib

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from seniorportal import outlines
from seniorportal.models import Quarter
from seniorportal.public import map as drawn
from seniorportal.text import slug
from tests.public.html import check_page
from tests.public.town import make_district, make_office, make_venue

CENTRE_OF_HOERDE = {"latitude": 51.4895, "longitude": 7.5003}


def inside(ring: tuple[tuple[int, int], ...], x: float, y: float) -> bool:
    found = False
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
            found = not found
    return found


# --- the shapes -------------------------------------------------------------------------------------------------------


def test_neighbours_share_their_border_to_the_point():
    """Every edge between two districts stands in both of them, so that the map has no gap and no overlap."""
    city = outlines.city()
    assert len(city.shapes) == 12
    edges: dict[frozenset[tuple[int, int]], int] = {}
    for shape in city.shapes.values():
        for ring in shape.rings:
            for a, b in zip(ring, ring[1:] + ring[:1], strict=True):
                edges[frozenset((a, b))] = edges.get(frozenset((a, b)), 0) + 1
    assert set(edges.values()) <= {1, 2}
    whole = sum(abs(outlines.area(list(ring))) for s in city.shapes.values() for ring in s.rings)
    outer = follow({edge for edge, uses in edges.items() if uses == 1})
    assert abs(outlines.area(outer)) == pytest.approx(whole, rel=0.001)
    for shape in city.shapes.values():
        assert 2 <= len(shape.neighbours) <= 6
        assert all(shape.slug in city.shapes[other].neighbours for other in shape.neighbours)


def follow(edges: set[frozenset[tuple[int, int]]]) -> list[tuple[int, int]]:
    """The one closed line that the outer edges make."""
    beside: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for a, b in map(tuple, edges):
        beside.setdefault(a, []).append(b)
        beside.setdefault(b, []).append(a)
    assert all(len(others) == 2 for others in beside.values())
    line = [min(beside)]
    while len(line) < len(beside):
        line.append(next(p for p in beside[line[-1]] if p not in line[-2:-1] and p not in line))
    return line


def test_the_addresses_lie_in_the_shape_of_their_district():
    city = outlines.city()
    path = settings.BASE_DIR / "data" / "dortmund_adressen.csv.gz"
    total = right = 0
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file)):
            if number % 40 == 0:
                x, y = city.place(float(row["lat"]), float(row["lon"]))
                total += 1
                right += any(inside(ring, x, y) for ring in city.shapes[slug(row["stadtbezirk"])].rings)
    assert total > 2_700
    assert right / total > 0.975


def test_every_name_stands_in_its_district_and_every_quarter_is_named():
    city = outlines.city()
    for shape in city.shapes.values():
        assert inside(shape.rings[0], *shape.label), shape.name
    assert len(city.quarters) == 62


def test_thinning_keeps_the_ends_and_drops_what_hardly_bends():
    line = [(0.0, 0.0), (10.0, 0.1), (20.0, 0.0), (20.0, 30.0), (40.0, 30.0)]
    assert outlines.thinned(line, 20) == [(0.0, 0.0), (20.0, 0.0), (20.0, 30.0), (40.0, 30.0)]


# --- the map of links -------------------------------------------------------------------------------------------------


def doors(*slugs: str) -> tuple[drawn.Door, ...]:
    return tuple(drawn.Door(one, one.title(), f"/seniorenbueros/{one}/") for one in slugs)


def test_the_map_links_what_the_list_links_and_nothing_else():
    drawing = drawn.drawing(doors("hoerde", "eving"))
    assert re.findall(r'<a href="([^"]+)" aria-label="(\w+)"', drawing) == [
        ("/seniorenbueros/eving/", "Eving"),
        ("/seniorenbueros/hoerde/", "Hoerde"),
    ]
    assert drawing.count("<path") == 12
    assert drawing.count('class="closed"') == 10


def test_the_map_is_light_and_drawn_once():
    drawing = drawn.drawing(doors(*outlines.city().shapes))
    assert len(zlib.compress(drawing.encode(), 9)) < 3_000
    assert drawing is drawn.drawing(doors(*outlines.city().shapes)), "drawn once"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/seniorenbueros/", "/begegnung/"])
def test_pages_where_one_chooses_a_district_have_the_map_beside_the_list(path: str):
    for name in ("Hörde", "Eving"):
        make_office(name)
        make_venue(f"Treff {name}", district=make_district(name))
    source = Client().get(path).content.decode()
    page = check_page(source)
    map_links = {a["href"] for a in page.all("a") if "aria-label" in a}
    list_links = {a["href"] for a in page.all("a") if "aria-label" not in a}
    assert len(map_links) == 2
    assert map_links <= list_links
    assert "open-data.dortmund.de" in page.text
    assert page.text.index("Karte überspringen") > page.text.index("Hörde") or path == "/seniorenbueros/"


@pytest.mark.django_db
def test_no_map_where_there_is_nothing_to_choose():
    assert "<figure" not in Client().get("/").content.decode()


@pytest.mark.django_db
def test_the_chosen_district_is_marked_in_the_list_and_on_the_map():
    make_venue("Treff", district=make_district("Hörde"))
    make_venue("Haus", district=make_district("Eving"))
    page = check_page(Client().get("/begegnung/?bezirk=hoerde").content.decode())
    marked = [
        a["href"] for a in page.all("a") if a.get("aria-current") == "true" and "bezirk=" in (a["href"] or "")
    ]
    assert marked == ["/begegnung/?bezirk=hoerde"] * 2


# --- the small map of a place -----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_place_lies_in_its_district_in_a_drawing_and_in_words():
    hoerde = make_district("Hörde")
    quarter = Quarter.objects.create(code="41", name="Hörde", slug="q-hoerde", district=hoerde)
    venue = make_venue("Haus am See", district=hoerde, quarter=quarter, **CENTRE_OF_HOERDE)
    with CaptureQueriesContext(connection) as asked:
        found = drawn.locator(venue)
    assert not asked.captured_queries
    assert found is not None
    shape = outlines.city().shapes["hoerde"]
    assert inside(shape.rings[0], found["x"], found["y"])
    page = check_page(Client().get(venue.get_absolute_url()).content.decode())
    assert (
        "Der Punkt zeigt Haus am See: im Quartier Hörde, im Norden des Stadtbezirks Hörde. Grenzen ungefähr"
        in page.text
    )
    assert [one for one in page.all("circle") if one.get("class") == "point"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [
        {"latitude": None, "longitude": None},
        {"latitude": 51.58, "longitude": 7.36},  # Mengede, says another source
        {"latitude": 0.0, "longitude": 0.0},
    ],
)
def test_no_small_map_without_coordinates_in_the_district(fields: dict):
    venue = make_venue("Haus am See", district=make_district("Hörde"), **fields)
    source = Client().get(venue.get_absolute_url()).content.decode()
    assert "Der Punkt zeigt" not in check_page(source).text
    assert 'class="point"' not in source


def test_every_district_has_a_small_map_with_its_quarters():
    city = outlines.city()
    for shape in city.shapes.values():
        names = {label.text for label in drawn.names_inside(city, shape)}
        assert names == {spot.name for spot in city.quarters if spot.district == shape.slug}
        left, top, right, bottom = drawn.frame(shape)
        for label in drawn.names_inside(city, shape):
            assert left < label.x < right and top < label.y < bottom, label
    assert 30 < drawn.kilometre(city) < 40
