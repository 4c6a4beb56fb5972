"""Vocabularies live in the process for a minute; every test starts with its own."""

import pytest

from seniorportal import search, vocabularies


@pytest.fixture(autouse=True)
def fresh_vocabularies() -> None:
    vocabularies.forget()
    search.forget()
