"""Paper is looked at on a Monday in November 2026; vocabularies start anew."""

import datetime as dt

import pytest
from django.utils import timezone

from seniorportal import search, vocabularies
from tests.printing.hall import TODAY


@pytest.fixture(autouse=True)
def a_monday_in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    noon = timezone.make_aware(dt.datetime.combine(TODAY, dt.time(12)))
    monkeypatch.setattr(timezone, "now", lambda: noon)


@pytest.fixture(autouse=True)
def fresh_vocabularies() -> None:
    vocabularies.forget()
    search.forget()
