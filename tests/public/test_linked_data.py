"""The same facts for machines: nothing invented, nothing escaped wrongly, nothing asked of the database."""

import datetime as dt
import json
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from seniorportal.models import (
    AccessibilityFact,
    Closure,
    ConsultationTopic,
    Occurrence,
    OpeningHours,
    TopicPage,
)
from seniorportal.public import linked_data
from tests.public.html import check_page
from tests.public.town import make_carrier, make_date, make_house, make_offering, make_office, make_venue

pytestmark = pytest.mark.django_db


def data_of(client: Client, path: str) -> list[dict[str, Any]]:
    source = client.get(path).content.decode()
    check_page(source)
    return [
        json.loads(block)
        for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', source)
    ]


def test_an_offering_is_an_event_with_its_dates(client):
    hall = make_venue("Haus", street="Weg 1", postal_code="44263", latitude=51.5, longitude=7.5)
    hall.carriers.add(make_carrier("Verband"))
    choir = make_offering(
        "Chor",
        venue=hall,
        rule="FREQ=WEEKLY;BYDAY=TU",
        first_date=dt.date(2026, 1, 6),
        start=dt.time(15),
        minutes=90,
        is_free=True,
    )
    summer = Occurrence.objects.create(
        offering=choir, date=dt.date(2030, 7, 2), start=dt.time(15), end=dt.time(16, 30)
    )
    Occurrence.objects.create(
        offering=choir, date=dt.date(2030, 12, 3), start=dt.time(15), status=Occurrence.Status.CANCELLED
    )
    Occurrence.objects.create(
        offering=choir,
        date=dt.date(2030, 12, 11),
        start=dt.time(16),
        status=Occurrence.Status.MOVED,
        planned_date=dt.date(2030, 12, 10),
        planned_start=dt.time(15),
    )
    (event,) = data_of(client, choir.get_absolute_url())
    assert event["@type"] == "Event" and event["name"] == "Chor" and event["isAccessibleForFree"] is True
    assert (
        event["startDate"] == "2030-07-02T15:00:00+02:00" and event["endDate"] == "2030-07-02T16:30:00+02:00"
    )
    assert event["eventStatus"] == "https://schema.org/EventScheduled"
    cancelled, moved = event["subEvent"]
    assert cancelled["startDate"] == "2030-12-03T15:00:00+01:00"
    assert cancelled["eventStatus"].endswith("EventCancelled")
    assert moved["eventStatus"].endswith("EventRescheduled")
    assert moved["previousStartDate"] == "2030-12-10T15:00:00+01:00"
    assert event["eventSchedule"]["byDay"] == ["TU"] and event["eventSchedule"]["repeatFrequency"] == "P1W"
    assert event["eventSchedule"]["duration"] == "PT90M"
    assert event["location"]["address"]["postalCode"] == "44263"
    assert event["location"]["geo"] == {"@type": "GeoCoordinates", "latitude": 51.5, "longitude": 7.5}
    assert event["organizer"] == [{"@type": "Organization", "name": "Verband"}]
    assert event["url"] == f"http://testserver{choir.get_absolute_url()}"
    assert summer.pk


def test_what_nobody_told_us_is_left_out(client):
    walk = make_offering("Gang", meeting_point="Brunnen")
    assert data_of(client, walk.get_absolute_url()) == []  # no date, no event
    make_date(walk, start=None)
    (event,) = data_of(client, walk.get_absolute_url())
    assert event["startDate"] == (timezone.localdate() + dt.timedelta(days=1)).isoformat()
    assert not {
        "isAccessibleForFree",
        "endDate",
        "eventSchedule",
        "organizer",
        "description",
        "subEvent",
    } & set(event)
    assert event["location"]["name"] == "Brunnen"


def test_examples_and_what_is_over_are_no_news_for_machines(client):
    for fields in ({"example": True}, {"active_until": dt.date(2020, 1, 1)}):
        offering = make_offering(**fields)
        make_date(offering)
        assert data_of(client, offering.get_absolute_url()) == []
        assert data_of(client, make_venue(**fields).get_absolute_url()) == []


def test_a_place_tells_its_hours_and_its_access(client):
    hall = make_venue("Haus", phone="0231 12-345", website="https://haus.example/")
    OpeningHours.objects.create(venue=hall, weekday=1, opens=dt.time(10), closes=dt.time(12))
    Closure.objects.create(venue=hall, first_day=dt.date(2030, 1, 1), last_day=dt.date(2030, 1, 6))
    for feature, value in (("stufenlos", "ja"), ("wc", "nein"), ("rampe", "teilweise")):
        AccessibilityFact.objects.create(venue=hall, feature=feature, value=value)
    (place,) = data_of(client, hall.get_absolute_url())
    assert place["@type"] == "Place" and place["telephone"] == ["+4923112345"]
    assert place["openingHoursSpecification"] == [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": "https://schema.org/Tuesday",
            "opens": "10:00",
            "closes": "12:00",
        }
    ]
    assert place["specialOpeningHoursSpecification"][0]["validThrough"] == "2030-01-06"
    access = {fact["name"]: fact["value"] for fact in place["amenityFeature"]}
    assert access == {"stufenloser Eingang": True, "Rollstuhl-WC": False, "Rampe": "teilweise"}
    assert [one["@type"] for one in data_of(client, make_house().get_absolute_url())] == ["Place"]


def test_offices_and_topics_are_services(client):
    (office,) = data_of(client, make_office("Hörde").get_absolute_url())
    assert (
        office["@type"] == "GovernmentService"
        and office["areaServed"]["name"] == "Dortmund, Stadtbezirk Hörde"
    )
    assert office["availableChannel"]["servicePhone"] == [
        {"@type": "ContactPoint", "telephone": "+492315023311"}
    ]
    assert office["availableChannel"]["serviceLocation"]["@type"] == "Place"
    topic = ConsultationTopic.objects.create(name="Wohnen", slug="wohnen", code="w")
    TopicPage.objects.create(topic=topic, title="Gut wohnen", lead="Rat.", does="Wir beraten.")
    (page,) = data_of(client, "/beratung/wohnen/")
    assert (page["@type"], page["name"], page["serviceType"]) == ("GovernmentService", "Gut wohnen", "Wohnen")


def test_no_text_leaves_its_block(client):
    nasty = "</script><script>alert(1)</script><!-- & \u2028"
    offering = make_offering(nasty, summary=nasty, venue=make_venue(nasty))
    make_date(offering)
    source = client.get(offering.get_absolute_url()).content.decode()
    check_page(source)
    assert "<script>alert" not in source and source.count("</script>") == source.count("<script")
    (event,) = data_of(client, offering.get_absolute_url())
    assert event["name"] == nasty


@pytest.mark.parametrize(
    "rule", ["", "FREQ=MONTHLY;BYDAY=2TU", "FREQ=WEEKLY;INTERVAL=2", "Unsinn", "FREQ=SECONDLY"]
)
def test_any_rule_is_told_or_left_out(rule):
    offering = make_offering(rule=rule, first_date=dt.date(2026, 1, 6))
    made = linked_data.known(linked_data.schedule(offering))
    assert bool(made) == rule.startswith(("FREQ=MONTHLY", "FREQ=WEEKLY"))
