import pytest
from hypothesis import given
from hypothesis import strategies as st

from seniorportal.models import Carrier
from seniorportal.text import fold, fold_street, slug


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Hörde-Süd", "hoerde-sued"),
        ("STRAßE", "strasse"),
        ("Café", "cafe"),
        ("İstanbul", "istanbul"),
        ("", ""),
    ],
)
def test_folding_knows_german(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Lütgendortmund", "luetgendortmund"),
        ("Straße für alle", "strasse-fuer-alle"),
        ("Plauderbank „Am Markt“ (neu)", "plauderbank-am-markt-neu"),
        ("???", "ohne-namen"),
    ],
)
def test_a_slug_is_what_a_german_reader_would_type(name, expected):
    assert slug(name) == expected


@given(st.text())
def test_a_slug_is_always_a_path_segment(text):
    made = slug(text)
    assert made and made.strip("-") == made and all(c.isascii() and (c.isalnum() or c == "-") for c in made)


@pytest.mark.parametrize(
    "written", ["Märkische Straße", "Märkische Str.", "MAERKISCHE STRASSE", "märkische-straße"]
)
def test_a_street_has_one_spelling(written):
    assert fold_street(written) == "maerkischestrasse"


@pytest.mark.django_db
def test_names_sort_as_in_a_german_telephone_book():
    for number, name in enumerate(["Zebra", "Öl", "Äpfel", "Apfel", "Straßenbahn", "Strasse"]):
        Carrier.objects.create(name=name, slug=f"t{number}")
    assert list(Carrier.objects.values_list("name", flat=True)) == [
        "Apfel",
        "Äpfel",
        "Öl",
        "Strasse",
        "Straßenbahn",
        "Zebra",
    ]
