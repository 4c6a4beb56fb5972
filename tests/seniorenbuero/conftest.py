"""An office with streets and topics to log calls in, made once for all tests of a module."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from seniorportal import finder
from tests.cast import City
from tests.seniorenbuero.log import make_office


@pytest.fixture(scope="module")
def made_office(lasting: Callable[[Callable[[], Any]], Any]) -> City:
    made: City = lasting(make_office)
    return made


@pytest.fixture
def office_city(made_office: City) -> City:
    """The cast and what ``make_office()`` adds to it."""
    finder.forget()
    return copy.deepcopy(made_office)
