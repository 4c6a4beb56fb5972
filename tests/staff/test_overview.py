"""The page after the login tells what waits."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from seniorportal.models import Feedback
from tests.cast import make_city
from tests.public.html import check_page

pytestmark = pytest.mark.django_db


def overview(person) -> str:
    client = Client()
    client.force_login(person)
    return check_page(client.get("/uebersicht/").content.decode()).text


def test_waiting_feedback_is_counted_for_those_who_may_answer_it():
    city = make_city()
    mine = Feedback.objects.still_open().count()
    assert f"{mine} Rückmeldungen warten auf Ihre Antwort, die erste bis zum" in overview(
        city.people["redaktion"]
    )
    assert "auf Ihre Antwort" in overview(city.people["koordination-awo"])
    assert "auf Ihre Antwort" not in overview(city.people["technik"])
    task = Feedback.objects.filter(venue=city.hoerde.hall).get()
    Feedback.objects.exclude(pk=task.pk).update(outcome="stimmt", done_on=timezone.localdate())
    Feedback.objects.update(answer_by=timezone.localdate() - dt.timedelta(days=1))
    assert "Eine Rückmeldung wartet auf Ihre Antwort, die erste schon seit dem" in overview(
        city.people["koordination-awo"]
    )
    assert "auf Ihre Antwort" not in overview(city.people["koordination-caritas"])
