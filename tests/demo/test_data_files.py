"""The collected files hold facts about places, and about no person."""

import pathlib
import re

import pytest

from seniorportal.reference import DATA

TEXTS = sorted(path for path in DATA.iterdir() if path.suffix in (".csv", ".md", ".txt", ".geojson"))


def test_the_files_are_there() -> None:
    assert len(TEXTS) >= 7


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_no_address_of_a_source_names_an_author_or_a_person(path: pathlib.Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"/(author|autor|profile?|user|people)/", text)
    assert not re.search(r"https?://\S*-\d\d-leitet-", text)  # «name-age-leitet-...», as newspapers write
    assert not re.search(r"https?://\S*(buergermeister|vorsitzende|leiterin?)-[a-z]+-[a-z]+", text)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_no_mobile_number(path: pathlib.Path) -> None:
    assert not re.search(r"\b0?1[567]\d[ /-]\d{5}", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_mail_addresses_are_of_functions(path: pathlib.Path) -> None:
    for address in re.findall(r"[\w.]+@[\w.]+", path.read_text(encoding="utf-8")):
        assert re.match(r"(seniorenbuero|begegnung|bz_|whh)", address), address
