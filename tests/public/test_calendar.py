"""The calendar: month, week and day, seen as a visitor without cookies sees it."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from seniorportal import agenda
from seniorportal.models import CalendarDay, Category, Occurrence
from tests.public.html import Page, check_page
from tests.public.town import make_date, make_district, make_offering, make_venue

pytestmark = pytest.mark.django_db

MONDAY = dt.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    """Monday, 23 November 2026, twelve o'clock."""
    moment = timezone.make_aware(dt.datetime.combine(MONDAY, dt.time(12)))
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


def read(client: Client, path: str, data: dict | None = None) -> Page:
    response = client.get(path, data)
    assert response.status_code == 200, path
    assert not response.cookies and "Cookie" not in response.get("Vary", ""), path
    return check_page(response.content.decode())


def test_today_shows_what_is_still_to_come(client):
    hall = make_venue()
    make_date(make_offering("Frühstück", venue=hall), 0, dt.time(8), end=dt.time(10))
    make_date(make_offering("Singkreis", venue=hall), 0, dt.time(15))
    make_date(make_offering("Morgen", venue=hall), 1)
    page = read(client, "/kalender/")
    assert "Heute, Montag, 23. November 2026" in page.text
    assert "Singkreis" in page.text and "Frühstück" not in page.text
    assert page.with_attribute("data-anzahl") == [None] and " 1 Termin " in page.text
    assert len(page.with_attribute("data-angebot")) == 1
