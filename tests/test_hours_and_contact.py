import datetime as dt

import pytest

from seniorportal import contact
from seniorportal.hours import clock, today_text, week
from seniorportal.models import (
    CalendarDay,
    Carrier,
    Closure,
    ContactHours,
    ContactPoint,
    District,
    Offering,
    OpeningHours,
    Venue,
)

MONDAY = dt.datetime(2026, 11, 23, 10, 0)
pytestmark = pytest.mark.django_db


@pytest.fixture
def hall():
    district = District.objects.create(name="Hörde", slug="hoerde")
    venue = Venue.objects.create(name="Beispielhalle", report_area="begegnung", district=district)
    OpeningHours.objects.create(venue=venue, weekday=0, opens=dt.time(9), closes=dt.time(12, 30))
    OpeningHours.objects.create(venue=venue, weekday=0, opens=dt.time(14), closes=dt.time(16))
    return venue


def loaded(venue):
    return Venue.objects.get(pk=venue.pk)


@pytest.mark.parametrize(
    ("hour", "text"),
    [
        (8, "Heute von 9 bis 12.30 Uhr geöffnet."),
        (10, "Heute bis 12.30 Uhr geöffnet."),
        (13, "Heute von 14 bis 16 Uhr geöffnet."),
        (16, "Heute nicht mehr geöffnet."),
    ],
)
def test_today_in_one_sentence(hall, hour, text):
    assert today_text(loaded(hall), MONDAY.replace(hour=hour)) == text


def test_a_day_without_hours_a_holiday_and_a_closure_are_closed(hall):
    assert today_text(loaded(hall), MONDAY + dt.timedelta(days=1)) == "Heute geschlossen."
    CalendarDay.objects.create(date=MONDAY.date(), public_holiday="Beispieltag")
    assert today_text(loaded(hall), MONDAY) == "Heute geschlossen."
    OpeningHours.objects.update(on_public_holidays=True)
    assert today_text(loaded(hall), MONDAY) == "Heute bis 12.30 Uhr geöffnet."
    Closure.objects.create(venue=hall, first_day=MONDAY.date(), last_day=MONDAY.date())
    assert today_text(loaded(hall), MONDAY) == "Heute geschlossen."


def test_unknown_hours_say_nothing(hall):
    OpeningHours.objects.all().delete()
    assert today_text(loaded(hall), MONDAY) == ""


def test_the_week_shows_only_what_is_valid_now(hall):
    OpeningHours.objects.create(
        venue=hall, weekday=1, opens=dt.time(9), closes=dt.time(10), valid_until=dt.date(2026, 11, 22)
    )
    assert week(loaded(hall).opening_hours.all(), MONDAY.date()) == [
        ("Montag", [(dt.time(9), dt.time(12, 30), ""), (dt.time(14), dt.time(16), "")])
    ]


def test_the_clock_reads_as_germans_write():
    assert (clock(dt.time(9)), clock(dt.time(14, 5)), clock(dt.time(9), unit=False)) == (
        "9 Uhr",
        "14.05 Uhr",
        "9",
    )


def phone(venue, number, *hours):
    point = ContactPoint.objects.create(venue=venue, value=number)
    for weekday, opens, closes in hours:
        ContactHours.objects.create(
            contact_point=point, weekday=weekday, opens=dt.time(opens), closes=dt.time(closes)
        )


def office_of(hall, *hours):
    office = Venue.objects.create(
        name="Seniorenbüro Hörde",
        slug="seniorenbuero-hoerde",
        report_area="seniorenbuero",
        district=hall.district,
    )
    phone(office, "030 23125 002", *hours)


def test_the_own_number_goes_first(hall):
    phone(hall, "030 23125 001", (0, 9, 12))
    found = contact.for_venue(loaded(hall), MONDAY)
    assert (found.number, found.answers) == ("030 23125 001", "Heute bis 12 Uhr geht jemand ans Telefon.")


def test_a_number_that_is_silent_now_gives_way_to_one_that_answers(hall):
    phone(hall, "030 23125 001", (2, 9, 12))
    office_of(hall, (0, 9, 17))
    assert contact.for_venue(loaded(hall), MONDAY).number == "030 23125 002"


def test_without_any_number_the_city_answers(hall):
    assert contact.for_venue(loaded(hall), MONDAY) == contact.city()
    assert contact.city().number


def test_an_offering_without_a_venue_reaches_its_carrier_then_its_office(hall):
    walk = Offering.objects.create(title="Spaziergang", meeting_point="Brunnen", district=hall.district)
    office_of(hall)
    assert contact.for_offering(Offering.objects.get(pk=walk.pk), MONDAY).number == "030 23125 002"
    carrier = Carrier.objects.create(name="Beispielträger", slug="beispiel", phone="030 23125 003")
    walk.carriers.add(carrier)
    assert contact.for_offering(Offering.objects.get(pk=walk.pk), MONDAY).number == "030 23125 003"


@pytest.mark.parametrize(
    ("hours", "sentence"),
    [
        ([(0, 11, 12)], "Heute ab 11 Uhr geht jemand ans Telefon."),
        ([(1, 9, 12)], "Morgen ab 9 Uhr geht jemand ans Telefon."),
        ([(4, 9, 12), (3, 14, 15)], "Am Donnerstag ab 14 Uhr geht jemand ans Telefon."),
        ([(0, 8, 9)], "Am Montag ab 8 Uhr geht jemand ans Telefon."),
        ([], ""),
    ],
)
def test_when_somebody_answers_is_a_sentence(hall, hours, sentence):
    ContactPoint.objects.all().delete()
    phone(hall, "030 23125 001", *hours)
    # the city's number has unknown hours and would go first while the own number is silent
    chain = list(contact._of_venue(loaded(hall), MONDAY))
    assert chain[0].answers == sentence
