"""Two editors on one record: the second is told, sees both values, keeps every word, and may insist."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from seniorportal.models import Closure, Occurrence, Offering, OpeningHours, Venue
from tests.cast import City
from tests.staff.forms import fields, opened

pytestmark = pytest.mark.django_db


def signed_in(city: City, person: str) -> Client:
    client = Client()
    client.force_login(city.people[person])
    return client


def test_the_second_editor_sees_both_values_and_may_insist(city: City):
    venue = city.hoerde.hall
    path = reverse("admin:seniorportal_venue_change", args=[venue.pk])
    anna, berta = signed_in(city, "koordination-awo"), signed_in(city, "koordination-awo")
    hers, theirs = opened(anna, path, "venue_form"), opened(berta, path, "venue_form")

    assert anna.post(path, hers | {"stop": ["Clarenberg"]}).status_code == 302
    second = berta.post(path, theirs | {"stop": ["Hörde Bahnhof"], "place_note": ["Im Hof"]})

    assert second.status_code == 200
    page = second.content.decode()
    assert "Diesen Eintrag hat inzwischen jemand anderes gespeichert." in page
    assert "Inzwischen gespeichert: «Clarenberg». Ihre Eingabe steht im Feld." in page
    kept = fields(second, "venue_form")
    assert kept["stop"] == ["Hörde Bahnhof"] and kept["place_note"] == ["Im Hof"]
    assert Venue.objects.get(pk=venue.pk).stop == "Clarenberg"

    assert berta.post(path, kept).status_code == 302
    saved = Venue.objects.get(pk=venue.pk)
    assert (saved.stop, saved.place_note) == ("Hörde Bahnhof", "Im Hof")


@pytest.mark.parametrize("version", [None, "", "0", "abc", "999"])
def test_a_form_without_its_version_overwrites_nothing(city: City, version: str | None):
    offering = city.hoerde.one(Offering)
    path = reverse("admin:seniorportal_offering_change", args=[offering.pk])
    client = signed_in(city, "koordination-awo")
    data = opened(client, path, "offering_form") | {"summary": ["Neu"]}
    del data["version"]
    if version is not None:
        data["version"] = [version]
    response = client.post(path, data)
    assert response.status_code == 200 and "Inzwischen gespeichert" in response.content.decode()
    assert Offering.objects.get(pk=offering.pk).summary == ""


def test_nothing_is_asked_when_both_wrote_the_same(city: City):
    path = reverse("admin:seniorportal_venue_change", args=[city.hoerde.hall.pk])
    anna, berta = signed_in(city, "koordination-awo"), signed_in(city, "koordination-awo")
    hers, theirs = opened(anna, path, "venue_form"), opened(berta, path, "venue_form")
    for client, data in ((anna, hers), (berta, theirs)):
        assert client.post(path, data | {"stop": ["Clarenberg"]}).status_code == 302


def row(prefix: str, number: int, **values: Any) -> dict[str, list[str]]:
    return {f"{prefix}-{number}-{name}": [value] for name, value in values.items()}


def test_a_row_below_the_record_is_not_overwritten_either(city: City):
    venue = city.hoerde.hall
    hours = OpeningHours.objects.get(venue=venue)
    path = reverse("admin:seniorportal_venue_change", args=[venue.pk])
    berta = signed_in(city, "koordination-awo")
    theirs = opened(berta, path, "venue_form")
    hours.closes = dt.time(18)
    hours.save()

    second = berta.post(path, theirs | row("opening_hours", 0, closes="13:00"))
    assert second.status_code == 200
    assert "Inzwischen gespeichert: «18:00" in second.content.decode()
    assert OpeningHours.objects.get(pk=hours.pk).closes == dt.time(18)
    assert berta.post(path, fields(second, "venue_form")).status_code == 302
    assert OpeningHours.objects.get(pk=hours.pk).closes == dt.time(13)


def test_a_row_that_somebody_removed_leaves_the_form_with_a_sentence(city: City):
    venue = city.hoerde.hall
    path = reverse("admin:seniorportal_venue_change", args=[venue.pk])
    berta = signed_in(city, "koordination-awo")
    theirs = opened(berta, path, "venue_form")
    OpeningHours.objects.filter(venue=venue).delete()
    second = berta.post(path, theirs | {"stop": ["Clarenberg"]})
    assert second.status_code == 200
    assert "Eine Zeile hat inzwischen jemand anderes entfernt" in second.content.decode()
    kept = fields(second, "venue_form")
    assert kept["opening_hours-TOTAL_FORMS"] == ["0"] and kept["stop"] == ["Clarenberg"]
    assert berta.post(path, kept).status_code == 302


def test_removing_a_row_that_somebody_changed_asks_once(city: City):
    venue = city.hoerde.hall
    hours = OpeningHours.objects.get(venue=venue)
    path = reverse("admin:seniorportal_venue_change", args=[venue.pk])
    berta = signed_in(city, "koordination-awo")
    theirs = opened(berta, path, "venue_form") | row("opening_hours", 0, DELETE="on")
    hours.closes = dt.time(18)
    hours.save()
    second = berta.post(path, theirs)
    assert second.status_code == 200 and "inzwischen jemand anderes geändert" in second.content.decode()
    assert berta.post(path, fields(second, "venue_form")).status_code == 302
    assert not OpeningHours.objects.filter(pk=hours.pk).exists()


def test_an_action_counts_the_version_up(city: City):
    occurrence = city.hoerde.one(Occurrence)
    path = reverse("admin:seniorportal_occurrence_change", args=[occurrence.pk])
    berta = signed_in(city, "koordination-awo")
    theirs = opened(berta, path, "occurrence_form") | {"note": ["Im Garten"]}
    anna = signed_in(city, "koordination-awo")
    chosen = {"action": "cancel", "_selected_action": [occurrence.pk], "index": "0"}
    assert anna.post(reverse("admin:seniorportal_occurrence_changelist"), chosen).status_code == 302
    saved = Occurrence.objects.get(pk=occurrence.pk)
    assert (saved.status, saved.touched) == ("ausgefallen", True)
    second = berta.post(path, theirs)
    assert second.status_code == 200 and "«fällt aus»" in second.content.decode()


def test_a_closure_takes_dates_out_of_the_programme(city: City):
    offering = city.hoerde.one(Offering)
    client = signed_in(city, "koordination-awo")
    path = reverse("admin:seniorportal_offering_change", args=[offering.pk])
    data = opened(client, path, "offering_form")
    data |= {"rule": ["FREQ=DAILY"], "first_date": ["01.01.2026"], "start": ["15:00"]}
    data |= {"skip_public_holidays": []}
    assert client.post(path, data).status_code == 302
    day = dt.date.today() + dt.timedelta(days=30)  # noqa: DTZ011
    assert offering.occurrences.filter(date=day).exists()
    path = reverse("admin:seniorportal_venue_change", args=[city.hoerde.hall.pk])
    data = opened(client, path, "venue_form")
    data |= row("closures", 0, first_day=f"{day:%d.%m.%Y}", last_day=f"{day:%d.%m.%Y}")
    assert client.post(path, data).status_code == 302
    assert Closure.objects.filter(first_day=day).exists()
    assert not offering.occurrences.filter(date=day).exists()
