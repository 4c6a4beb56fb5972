"""Both files of data/ into an empty database: how many written, warned, refused; a second run changes nothing."""

import pytest
from django.db.models import Sum

from seniorportal.models import Carrier, Occurrence, Offering, ReportArea, Venue
from tests.importing.files import OFFERINGS, REAL, VENUES, load, make_reference

pytestmark = pytest.mark.django_db


def versions() -> tuple[int, ...]:
    models = (Venue, Carrier, Offering, Occurrence)
    return tuple(model._default_manager.aggregate(n=Sum("version"))["n"] for model in models)


def test_both_files_of_the_portal_are_imported_and_a_second_run_changes_nothing():
    make_reference()
    assert load(VENUES, REAL[VENUES]).counts == {
        "neu": 44,
        "geaendert": 0,
        "unveraendert": 0,
        "abgelehnt": 0,
        "gewarnt": 35,
    }
    assert load(OFFERINGS, REAL[OFFERINGS]).counts == {
        "neu": 118,
        "geaendert": 0,
        "unveraendert": 0,
        "abgelehnt": 0,
        "gewarnt": 85,
    }
    assert Offering.objects.count() == 118
    assert not Offering.objects.filter(confirmed_at__isnull=False).exists()
    assert Offering.objects.exclude(source_url="").count() == 118
    assert Offering.objects.exclude(rule="").filter(occurrences__isnull=False).exists()
    assert Venue.objects.get(slug="eugen-krautscheid-haus").report_area == ReportArea.CENTRE
    offices = Venue.objects.filter(report_area=ReportArea.OFFICES)  # places of offerings, by their name
    assert offices.count() == 11

    before = versions()
    again = load(VENUES, REAL[VENUES])
    assert (again.counts["unveraendert"], again.counts["neu"], again.counts["geaendert"]) == (44, 0, 0)
    again = load(OFFERINGS, REAL[OFFERINGS])
    assert (again.counts["unveraendert"], again.counts["neu"], again.counts["geaendert"]) == (118, 0, 0)
    assert versions() == before
