"""«Meine Häuser»: whose houses stand there, and what each of them needs."""

import pytest
from django.urls import reverse

from seniorportal.models import ReportArea, Venue

pytestmark = pytest.mark.django_db


def test_no_venue_takes_the_word_of_the_pages_of_staff():
    named = Venue.objects.create(name="Verwalten", report_area=ReportArea.MEETING_PLACES)
    given = Venue.objects.create(name="Haus", slug="verwalten", report_area=ReportArea.MEETING_PLACES)
    assert [named.slug, given.slug] == ["verwalten-2", "haus"]
    assert reverse("begegnung:manage:houses") == "/begegnung/verwalten/"
