"""Chapter 2, counted by hand."""

import pytest

from tests.figures.rows import (
    make_closure,
    make_date,
    make_engagement,
    make_hours,
    make_house,
    make_offering,
    make_venue,
    make_visit,
    make_volunteer,
    read,
)

pytestmark = pytest.mark.django_db


def test_the_house_has_its_own_hours():
    house = make_house(district="Innenstadt-West")
    make_hours(house, 0, "09:00", "17:00")
    make_closure(house, "2017-12-25", "2018-01-01")
    make_hours(make_venue(), 0, "09:00", "17:00")
    found = read("ekh_oeffnungsstunden", "2017")
    assert found.value == 51 * 8
    assert found.by_district == {"hoerde": 0, "innenstadt-west": 408}
    assert (found.estimated_share, found.coverage) == (None, None)


def test_every_date_that_took_place_is_one_offer():
    course = make_offering(make_house())
    for date in ("2016-12-31", "2017-01-01", "2017-06-01", "2017-12-31"):
        make_date(course, date)
    for date, status in (("2017-02-01", "geplant"), ("2017-02-02", "ausgefallen"), ("2017-02-03", "verlegt")):
        make_date(course, date, status)
    make_date(make_offering(make_venue()), "2017-06-01")
    found = read("ekh_angebote", "2016-2017")
    assert (found.by_year, found.total, found.value) == ({"2016": 1, "2017": 3}, 4, 2)


def test_a_moved_date_counts_on_the_day_it_took_place():
    make_date(make_offering(make_house()), "2018-01-02", planned_date="2017-12-30")
    assert read("ekh_angebote", "2017").value == 0
    assert read("ekh_angebote", "2018").value == 1


def test_visits_of_the_house_follow_the_same_precedence():
    house = make_house()
    date = make_date(make_offering(house), "2017-03-07")
    make_visit(None, "termin", "2017-03-07", 12, occurrence=date)
    make_visit(house, "monat", "2017-03-01", 90)
    make_visit(house, "monat", "2017-04-01", 36, method="geschaetzt")
    found = read("ekh_besuche", "2017")
    assert (found.value, found.estimated_share) == (48, 0.75)


def test_volunteers_of_the_house_are_heads():
    house = make_house()
    bert = make_volunteer()
    make_engagement(bert, house, "2014-01-01", "2014-12-31")
    make_engagement(bert, house, "2017-01-01")
    make_engagement(make_volunteer(), house, "2017-06-01")
    found = read("ekh_ehrenamtliche", "2014-2017")
    assert found.by_year == {"2014": 1, "2015": 0, "2016": 0, "2017": 2}
    assert (found.total, found.value, found.rounded) == (2, 1, "1"), "3 / 4 is rounded to 1"
