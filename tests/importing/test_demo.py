"""The demo reads the same files by the same readers, so importing them over it finds nothing to change."""

import pytest
from django.utils import timezone

from seniorportal.demo import carriers, offerings, venues
from seniorportal.models import Offering, Venue
from tests.importing.files import OFFERINGS, REAL, VENUES, load, make_reference

pytestmark = pytest.mark.django_db


def test_the_real_files_over_the_demo_change_nothing():
    make_reference()
    known, _ = carriers.load()
    places, _ = venues.load(known)
    offerings.load(places, timezone.localdate())
    before = Venue.objects.count(), Offering.objects.count()
    for kind, lines in ((VENUES, 44), (OFFERINGS, 118)):
        outcome = load(kind, REAL[kind])
        changed = [
            (row.title, [change.as_dict() for change in row.journal.changes])
            for row in outcome.rows
            if row.outcome != "unveraendert"
        ]
        assert changed == [] and outcome.counts["unveraendert"] == lines
    assert (Venue.objects.count(), Offering.objects.count()) == before
