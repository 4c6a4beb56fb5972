import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seniorportal.models import CalendarDay, Closure, District, Occurrence, Offering, Venue, Visit
from seniorportal.programme import dates, end_of, regenerate, rule_error, state

TODAY = dt.date(2026, 11, 23)  # a Monday


def tuesday(**fields):
    return Offering(
        title="Beispielrunde",
        rule="FREQ=WEEKLY;BYDAY=TU",
        first_date=dt.date(2026, 1, 6),
        start=dt.time(15),
        minutes=90,
        **fields,
    )


def stored(**fields):
    district = District.objects.get_or_create(name="Hörde", slug="hoerde")[0]
    venue = Venue.objects.create(name="Beispielhalle", report_area="begegnung", district=district)
    offering = tuesday(venue=venue, **fields)
    offering.save()
    return offering


def test_every_second_and_fourth_tuesday():
    offering = Offering(title="x", rule="FREQ=MONTHLY;BYDAY=2TU,4TU", first_date=dt.date(2026, 1, 1))
    found = dates(offering, dt.date(2026, 11, 1), dt.date(2026, 12, 31), {})
    assert found == [
        dt.date(2026, 11, 10),
        dt.date(2026, 11, 24),
        dt.date(2026, 12, 8),
        dt.date(2026, 12, 22),
    ]


def test_holidays_drop_out_only_where_wanted():
    day = dt.date(2026, 12, 22)
    calendar = {day: CalendarDay(date=day, public_holiday="Beispieltag", school_holiday="")}
    assert day not in dates(tuesday(), TODAY, dt.date(2026, 12, 31), calendar)
    assert day in dates(tuesday(skip_public_holidays=False), TODAY, dt.date(2026, 12, 31), calendar)
    school = {day: CalendarDay(date=day, public_holiday="", school_holiday="Weihnachtsferien")}
    assert day in dates(tuesday(), TODAY, dt.date(2026, 12, 31), school)
    assert day not in dates(tuesday(skip_school_holidays=True), TODAY, dt.date(2026, 12, 31), school)


def test_closures_and_the_last_day_are_inclusive():
    closed = [(dt.date(2026, 12, 1), dt.date(2026, 12, 8))]
    offering = tuesday(active_until=dt.date(2026, 12, 22))
    assert dates(offering, TODAY, dt.date(2027, 3, 1), {}, closed) == [
        dt.date(2026, 11, 24),
        dt.date(2026, 12, 15),
        dt.date(2026, 12, 22),
    ]


@given(st.dates(dt.date(2020, 1, 1), dt.date(2029, 12, 31)), st.integers(0, 400))
def test_dates_stay_in_their_window_and_on_their_weekday(first, length):
    last = first + dt.timedelta(days=length)
    found = dates(tuesday(), first, last, {})
    assert found == sorted(set(found))
    assert all(first <= day <= last and day.weekday() == 1 and day >= dt.date(2026, 1, 6) for day in found)


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        (dt.time(15), 90, dt.time(16, 30)),
        (dt.time(23), 120, dt.time(23, 59)),
        (None, 90, None),
        (dt.time(9), None, None),
    ],
)
def test_the_end_is_known_only_when_start_and_duration_are(start, minutes, end):
    assert end_of(start, minutes) == end


@pytest.mark.parametrize(
    "rule",
    ["Quatsch", "FREQ=HOURLY", "FREQ=WEEKLY;INTERVAL=0", "FREQ=DAILY;BYHOUR=3", "FREQ=WEEKLY\nFREQ=DAILY"],
)
def test_a_bad_rule_is_refused_in_german(rule):
    assert rule_error(rule).endswith((".", "TU"))


@given(st.text(max_size=40))
def test_rubbish_never_breaks_the_rule_check(rule):
    assert isinstance(rule_error(rule), str)


@pytest.mark.django_db
def test_regenerating_twice_changes_nothing():
    offering = stored()
    made, removed = regenerate([offering], TODAY)
    assert (made, removed) == (79, 0)  # 24.11.2026 to 23.5.2028
    assert regenerate([offering], TODAY) == (0, 0)


@pytest.mark.django_db
def test_a_cancelled_date_survives_a_new_rhythm_and_is_not_doubled():
    offering = stored()
    regenerate([offering], TODAY)
    date = offering.occurrences.get(date=dt.date(2026, 11, 24))
    date.status, date.touched = Occurrence.Status.CANCELLED, True
    date.save()
    offering.start = dt.time(16)
    offering.save()
    regenerate([offering], TODAY)
    on_the_day = offering.occurrences.filter(date=dt.date(2026, 11, 24))
    assert [(o.status, o.start) for o in on_the_day] == [("ausgefallen", dt.time(15))]
    assert set(offering.occurrences.exclude(pk=date.pk).values_list("start", flat=True)) == {dt.time(16)}


@pytest.mark.django_db
def test_the_past_and_what_was_counted_stay():
    offering = stored()
    past = Occurrence.objects.create(offering=offering, date=dt.date(2026, 11, 17), start=dt.time(10))
    counted = Occurrence.objects.create(offering=offering, date=TODAY, start=dt.time(10))
    Visit.objects.create(occurrence=counted, venue=offering.venue, scope="termin", first_day=TODAY, count=7)
    regenerate([offering], TODAY)
    assert set(offering.occurrences.values_list("pk", flat=True)) >= {past.pk, counted.pk}


@pytest.mark.django_db
def test_a_closure_takes_dates_out_and_its_end_brings_them_back():
    offering = stored()
    closure = Closure.objects.create(
        venue=offering.venue, first_day=dt.date(2026, 12, 1), last_day=dt.date(2026, 12, 31)
    )
    regenerate([offering], TODAY)
    assert not offering.occurrences.filter(date__month=12, date__year=2026).exists()
    closure.delete()
    regenerate([offering], TODAY)
    assert offering.occurrences.filter(date__month=12, date__year=2026).count() == 5


@pytest.mark.django_db
def test_regenerating_costs_the_same_for_one_and_for_twenty(django_assert_num_queries):
    offerings = [stored() for _ in range(20)]
    with django_assert_num_queries(7):  # four reads and one insert inside a savepoint
        regenerate(offerings[:1], TODAY)
    with django_assert_num_queries(7):
        regenerate(offerings[1:], TODAY)


@pytest.mark.parametrize(
    ("status", "confirmed", "expected"),
    [
        ("geplant", TODAY - dt.timedelta(days=180), "on"),
        ("geplant", TODAY - dt.timedelta(days=181), "planned"),
        ("geplant", None, "planned"),
        ("ausgefallen", TODAY, "cancelled"),
        ("verlegt", TODAY, "moved"),
    ],
)
def test_only_a_confirmed_entry_promises_a_date(status, confirmed, expected):
    assert state(Occurrence(offering=tuesday(confirmed_at=confirmed), status=status), TODAY) == expected
