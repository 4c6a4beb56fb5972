"""Chapter 1, counted by hand."""

import pytest

from tests.figures.rows import (
    make_carrier,
    make_closure,
    make_date,
    make_district,
    make_engagement,
    make_holiday,
    make_hours,
    make_house,
    make_offering,
    make_office,
    make_return,
    make_venue,
    make_visit,
    make_volunteer,
    read,
)

pytestmark = pytest.mark.django_db


# --- begegnungsstaetten: a stock ----------------------------------------------------------------------


def test_meeting_places_are_those_of_the_last_day():
    make_venue()
    make_venue(active_from=None, active_until=None, district="Eving")
    make_venue(active_from="2015-07-01")
    make_venue(active_until="2017-12-30")
    make_venue(active_until="2017-12-31")
    make_venue(active_from="2018-01-01")
    make_house()
    make_office()
    found = read("begegnungsstaetten", "2014-2017")
    assert found.value == 4
    assert found.total == 5, "one more was there until the last day but one"
    assert found.by_year == {"2014": 4, "2015": 5, "2016": 5, "2017": 4}
    assert found.by_district == {"eving": 1, "hoerde": 3}
    assert (found.estimated_share, found.coverage, found.rounded) == (None, None, "4")


def test_a_running_year_has_the_stock_of_yesterday():
    make_venue(active_until="2026-11-21")
    make_venue(active_until="2026-11-22")
    make_venue(active_from="2026-11-23")
    assert read("begegnungsstaetten", "2026").value == 1


def test_a_place_of_unknown_district_counts_for_the_city_alone():
    make_district("Eving")
    make_venue(district=None)
    found = read("begegnungsstaetten", "2017")
    assert (found.value, found.by_district) == (1, {"eving": 0})


# --- oeffnungsstunden ---------------------------------------------------------------------------------


def test_weekly_hours_are_expanded_over_the_calendar():
    make_hours(make_venue(), 1, "14:00", "17:30")  # 52 Tuesdays
    make_hours(make_venue(district="Eving"), 6, "10:00", "12:00")  # 2017 has 53 Sundays
    found = read("oeffnungsstunden", "2017")
    assert (found.value, found.total) == (52 * 3.5 + 53 * 2, 288)
    assert found.by_district == {"eving": 106, "hoerde": 182}
    assert found.estimated_share == 0
    assert found.coverage == {"reported": 2, "active": 2}


def test_holidays_count_only_where_the_line_says_so():
    for date in ("2017-10-03", "2017-10-31", "2017-12-25"):  # Tuesday, Tuesday, Monday
        make_holiday(date)
    make_hours(make_venue(), 1, "14:00", "16:00")
    assert read("oeffnungsstunden", "2017").value == 50 * 2
    make_hours(make_venue(), 1, "14:00", "16:00", on_public_holidays=True)
    assert read("oeffnungsstunden", "2017").value == 50 * 2 + 52 * 2


def test_closures_are_taken_out_once_even_where_they_overlap():
    venue = make_venue()
    make_hours(venue, 1, "14:00", "16:00")
    make_holiday("2017-08-01")  # a Tuesday inside the closure
    make_closure(venue, "2017-08-01", "2017-08-15")  # Tuesdays 1, 8, 15
    make_closure(venue, "2017-08-15", "2017-08-22")  # Tuesdays 15, 22
    make_closure(make_venue(), "2017-01-01", "2017-12-31")  # somebody else's
    assert read("oeffnungsstunden", "2017").value == 48 * 2


def test_validity_and_active_period_bound_the_hours():
    venue = make_venue(active_from="2017-01-10", active_until="2017-12-19")
    make_hours(venue, 1, "14:00", "16:00", valid_until="2017-06-27")  # 25 Tuesdays from 10 January
    make_hours(venue, 1, "14:00", "17:00", valid_from="2017-06-28")  # 25 Tuesdays until 19 December
    assert read("oeffnungsstunden", "2017").value == 25 * 2 + 25 * 3
    assert read("oeffnungsstunden", "2016").value == 0


def test_overlapping_lines_count_an_hour_once():
    make_holiday("2017-10-03")
    venue = make_venue()
    make_hours(venue, 1, "09:00", "12:00")
    make_hours(venue, 1, "11:00", "14:00")
    make_hours(venue, 1, "09:00", "12:00", valid_from="2017-07-01")
    make_hours(venue, 1, "13:00", "14:00", on_public_holidays=True)
    assert read("oeffnungsstunden", "2017").value == 51 * 5 + 1


def test_the_change_of_the_clocks_changes_no_hour():
    make_hours(make_venue(), 6, "01:00", "04:00")  # Sundays, over both changes
    assert read("oeffnungsstunden", "2017").value == 53 * 3


def test_a_leap_year_has_its_extra_day():
    make_hours(make_venue(), 0, "10:00", "11:00")  # 29 February 2016 was a Monday
    assert read("oeffnungsstunden", "2016").value == 52
    make_hours(make_venue(), 4, "10:00", "11:00")  # 1 January 2016 was a Friday, so there were 53
    assert read("oeffnungsstunden", "2016").value == 52 + 53


def test_declared_hours_go_over_expanded_ones_and_are_an_estimate():
    one, two = make_venue(), make_venue()
    for venue in (one, two):
        make_hours(venue, 1, "14:00", "16:00")
    make_return(one, 2017, opening_hours=312)
    make_return(one, 2016, opening_hours=9999, state="entwurf")
    make_return(two, 2017, visits=5)
    found = read("oeffnungsstunden", "2017")
    assert found.value == 312 + 104
    assert found.estimated_share == 0.75
    assert read("oeffnungsstunden", "2016").value == 208, "a draft does not count"


def test_zero_declared_hours_are_a_report():
    venue = make_venue()
    make_hours(venue, 1, "14:00", "16:00")
    make_return(venue, 2017, opening_hours=0, state="geprueft")
    make_venue()
    found = read("oeffnungsstunden", "2017")
    assert (found.value, found.coverage) == (0, {"reported": 1, "active": 2})


def test_hours_of_a_running_year_end_yesterday():
    make_hours(make_venue(), 0, "10:00", "12:00")  # today is a Monday
    assert read("oeffnungsstunden", "2026").value == 46 * 2


def test_several_years_give_their_average_and_their_sum():
    venue = make_venue(active_from="2016-01-01")
    make_hours(venue, 1, "14:00", "15:30")
    make_hours(venue, 6, "14:00", "15:00")
    found = read("oeffnungsstunden", "2014-2017")
    assert found.by_year == {"2014": 0, "2015": 0, "2016": 130, "2017": 131}
    assert (found.total, found.value) == (261, 65)
    assert found.coverage == {"reported": 1, "active": 1}, "half a place on average is rounded up"


# --- besuche ------------------------------------------------------------------------------------------


def test_finer_counts_go_over_coarser_ones_and_are_never_added():
    venue = make_venue()
    date = make_date(make_offering(venue), "2017-03-07")
    make_visit(None, "termin", "2017-03-07", 12, occurrence=date)
    make_visit(venue, "tag", "2017-03-07", 30)  # gives way to the date
    make_visit(venue, "tag", "2017-03-08", 20)
    make_visit(venue, "monat", "2017-03-01", 500)  # gives way to both
    make_visit(venue, "monat", "2017-04-01", 100)
    make_visit(venue, "jahr", "2017-01-01", 9000)  # gives way to all
    make_visit(venue, "jahr", "2016-01-01", 800)
    make_return(venue, 2017, visits=7000)  # somebody counted
    found = read("besuche", "2016-2017")
    assert found.by_year == {"2016": 800, "2017": 12 + 20 + 100}
    assert (found.total, found.value) == (932, 466)


def test_two_dates_on_one_day_are_two_counts():
    venue = make_venue()
    offering = make_offering(venue)
    for start, number in (("10:00", 7), ("14:00", 9)):
        date = make_date(offering, "2017-03-07", start=start)
        make_visit(venue, "termin", "2017-03-07", number, occurrence=date)
    assert read("besuche", "2017").value == 16


def test_each_place_has_its_own_precedence():
    make_visit(make_venue(), "tag", "2017-03-07", 20)
    make_visit(make_venue(), "monat", "2017-03-01", 300)
    assert read("besuche", "2017").value == 320


def test_zero_closed_and_missing_are_three_values():
    nobody_came, closed, silent, estimated = (make_venue() for _ in range(4))
    make_visit(nobody_came, "jahr", "2017-01-01", 0)
    make_visit(closed, "jahr", "2017-01-01", None)
    make_return(nobody_came, 2017, visits=50)  # 0 is a count
    make_return(estimated, 2017, visits=70)
    found = read("besuche", "2017")
    assert found.value == 70
    assert found.coverage == {"reported": 3, "active": 4}
    assert silent.visits.count() == 0


def test_closed_displaces_no_count():
    venue = make_venue()
    make_visit(venue, "tag", "2017-07-04", None)
    make_visit(venue, "monat", "2017-07-01", 120)
    assert read("besuche", "2017").value == 120


def test_method_and_return_make_the_estimated_share():
    make_visit(make_venue(), "monat", "2017-01-01", 50)
    make_visit(make_venue(), "monat", "2017-01-01", 20, method="geschaetzt")
    make_return(make_venue(), 2017, visits=30)
    make_return(make_venue(), 2017, visits=1000, state="entwurf")
    found = read("besuche", "2017")
    assert (found.value, found.estimated_share) == (100, 0.5)


def test_visits_of_other_areas_and_of_walks_are_not_counted_here():
    make_visit(make_house(), "jahr", "2017-01-01", 100)
    walk = make_offering(None, meeting_point="Am Brunnen")
    make_visit(None, "termin", "2017-05-02", 8, occurrence=make_date(walk, "2017-05-02"))
    assert read("besuche", "2017").value == 0


def test_years_begin_and_end_at_their_local_days():
    venue = make_venue()
    for date, number in (("2013-12-31", 1), ("2014-01-01", 10), ("2017-12-31", 100), ("2018-01-01", 1000)):
        make_visit(venue, "tag", date, number)
    found = read("besuche", "2014-2017")
    assert (found.by_year["2014"], found.by_year["2017"], found.total) == (10, 100, 110)


def test_a_running_year_counts_up_to_yesterday():
    venue = make_venue()
    make_visit(venue, "tag", "2026-11-22", 10)
    make_visit(venue, "tag", "2026-11-23", 100)
    assert read("besuche", "2026").value == 10


def test_a_running_year_does_not_spoil_the_average():
    venue = make_venue()
    make_visit(venue, "jahr", "2025-01-01", 400)
    make_visit(venue, "tag", "2026-11-22", 10)
    found = read("besuche", "2025-2026")
    assert (found.value, found.total, found.by_year) == (400, 410, {"2025": 400, "2026": 10})


# --- ehrenamtliche ------------------------------------------------------------------------------------


def test_a_volunteer_counts_once_however_many_places_and_years():
    hall, parish = make_venue(), make_venue(district="Eving")
    anna = make_volunteer()
    make_engagement(anna, hall, "2010-01-01")
    make_engagement(anna, hall, "2017-02-01", "2017-03-01")
    make_engagement(anna, parish, None)
    make_engagement(make_volunteer(), hall, "2016-12-31", "2017-01-01")
    make_engagement(make_volunteer(), hall, "2018-01-01")
    make_engagement(make_volunteer(), make_house(), "2010-01-01")
    found = read("ehrenamtliche", "2016-2017")
    assert found.by_year == {"2016": 2, "2017": 2}
    assert (found.value, found.total) == (2, 2)


def test_a_place_without_engagements_gives_its_declared_heads():
    hall, parish, silent = make_venue(), make_venue(), make_venue()
    make_engagement(make_volunteer(), hall, "2017-05-01", "2017-05-31")
    make_return(hall, 2017, volunteers=40)  # its volunteers are known one by one
    make_return(hall, 2016, volunteers=3)
    make_return(parish, 2016, volunteers=5)
    make_return(parish, 2017, volunteers=7)
    make_return(silent, 2017, volunteers=0)
    found = read("ehrenamtliche", "2016-2017")
    assert found.by_year == {"2016": 8, "2017": 8}
    assert found.total == 1 + 3 + 7, "the heads of a declared place are the same ones every year"
    assert found.estimated_share == 15 / 16
    assert found.coverage == {"reported": 3, "active": 3}, "2 and 3 of 3, 2.5 on average"


def test_carriers_number_their_volunteers_for_themselves():
    hall = make_venue()
    for name in ("Eins", "Zwei"):
        make_carrier(name=name)
        make_engagement(make_volunteer(), hall, "2017-01-01")
    assert read("ehrenamtliche", "2017").value == 2
