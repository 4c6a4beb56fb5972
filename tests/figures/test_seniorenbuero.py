"""Chapter 3, counted by hand."""

import pytest

from tests.figures.rows import (
    invite,
    make_case,
    make_consultations,
    make_date,
    make_district,
    make_helper,
    make_house,
    make_language,
    make_meeting,
    make_offering,
    make_office,
    make_partner,
    read,
)

pytestmark = pytest.mark.django_db


def test_consultations_count_contacts_without_wrong_numbers():
    hoerde, eving = make_office(), make_office(district="Eving")
    make_office(district="Brackel")
    make_consultations(hoerde, "2016-12-31", 1)
    make_consultations(hoerde, "2017-01-01", 6)
    make_consultations(hoerde, "2017-12-31", 2, is_first=False, district=make_district("Eving"))
    make_consultations(hoerde, "2017-12-31", 3, outcome="fehl")
    make_consultations(eving, "2017-05-05", 5)
    found = read("beratungen", "2017")
    assert (found.value, found.total) == (13, 13)
    assert found.by_district == {"brackel": 0, "eving": 5, "hoerde": 8}, "the district is the office's"
    assert found.coverage == {"reported": 2, "active": 3}
    assert found.estimated_share is None


def test_cases_are_new_and_complex_and_came_to_an_assessment():
    office = make_office()
    make_case(office, "2017-01-01")
    make_case(office, "2017-12-31", phase=6, criteria=5)
    make_case(office, "2017-06-01", phase=1)
    make_case(office, "2017-06-01", criteria=2)
    make_case(office, "2016-12-31")
    assert read("einzelfallhilfen", "2017").value == 2


def test_a_partner_counts_once_in_the_city():
    hoerde, eving = make_office(), make_office(district="Eving")
    spring, autumn, other = (
        make_meeting(hoerde, "2016-04-01"),
        make_meeting(hoerde, "2017-09-01"),
        make_meeting(eving, "2017-10-01"),
    )
    pharmacy, parish, police = make_partner(), make_partner(), make_partner()
    invite(pharmacy, spring)
    invite(pharmacy, autumn, "dabei")
    invite(pharmacy, other, "dabei")
    invite(parish, autumn, "entschuldigt")
    invite(police, make_meeting(hoerde, "2018-01-01"))
    found = read("netzwerkpartner", "2016-2017")
    assert found.by_year == {"2016": 1, "2017": 2}
    assert (found.total, found.value) == (2, 2), "1.5 is rounded up"
    assert read("netzwerkpartner", "2017").by_district == {"eving": 1, "hoerde": 2}, (
        "organisations are never hidden"
    )


def test_specialist_events_are_dates_held_at_offices():
    office = make_office()
    symposium = make_offering(office, specialist="fachveranstaltung")
    action_day = make_offering(office, specialist="aktionstag")
    make_date(symposium, "2017-03-01")
    make_date(symposium, "2017-11-01")
    make_date(symposium, "2017-12-01", "ausgefallen")
    make_date(action_day, "2017-05-01")
    make_date(make_offering(office), "2017-05-01")
    make_date(make_offering(make_house(), specialist="aktionstag"), "2017-05-01")
    assert read("fachveranstaltungen", "2017").value == 3


def test_helpers_count_while_they_are_active():
    office = make_office()
    make_helper(office, "2010-01-01")
    make_helper(office, "2017-12-31")
    make_helper(office, "2015-01-01", "2016-12-31", "ausgeschieden")
    make_helper(office, "2018-01-01")
    make_helper(office, None, state="interesse")
    make_helper(office, None, state="aktiv")
    found = read("nachbarschaftshelfer", "2016-2017")
    assert found.by_year == {"2016": 3, "2017": 3}
    assert (found.value, found.total) == (3, 4)


def test_turkish_care_courses_count_once_a_year():
    office = make_office()
    courses = [make_offering(office, specialist="pflegekurs") for _ in range(3)]
    for course in courses[:2]:
        course.languages.add(make_language(), make_language("de", "Deutsch"))
    for date in ("2016-05-01", "2017-05-01", "2017-05-08"):
        make_date(courses[0], date)
    make_date(courses[1], "2017-05-01", "geplant")
    make_date(courses[2], "2017-05-01")
    found = read("pflegekurse_tuerkisch", "2016-2017")
    assert found.by_year == {"2016": 1, "2017": 1}
    assert (found.value, found.total) == (1, 1)
