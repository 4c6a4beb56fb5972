"""What holds for every figure."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from seniorportal import register
from seniorportal.figures.base import KEYS, every_figure_is_handed_in
from seniorportal.figures.evidence import years_with_data
from seniorportal.models import District
from tests.figures.rows import (
    TODAY,
    invite,
    make_case,
    make_consultations,
    make_date,
    make_district,
    make_engagement,
    make_helper,
    make_hours,
    make_house,
    make_meeting,
    make_offering,
    make_office,
    make_partner,
    make_return,
    make_venue,
    make_visit,
    make_volunteer,
    read,
)

pytestmark = pytest.mark.django_db
WALLED = ("casefile", "note", "participant", "consent", "goal", "task", "contact")


def test_the_fourteen_figures_are_handed_in_in_the_order_of_the_report():
    assert len(KEYS) == 14
    assert tuple(register.all_figures()) == KEYS
    assert every_figure_is_handed_in(None) == []


def test_a_missing_figure_is_noticed(monkeypatch):
    left = {key: figure for key, figure in register.all_figures().items() if key != "besuche"}
    monkeypatch.setattr(register, "_figures", left)
    assert [error.id for error in every_figure_is_handed_in(None)] == ["portal.E010"]


def test_every_figure_says_in_german_what_it_counts():
    for figure in register.all_figures().values():
        assert (
            figure.title and figure.unit and len(figure.definition) > 60 and figure.definition.endswith(".")
        )


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("written", ["2017", "2014-2017", "2025-2026"])
def test_a_figure_is_one_select_on_statistical_tables(key, written, django_assert_num_queries):
    with CaptureQueriesContext(connection) as caught:
        with django_assert_num_queries(1):
            read(key, written)
    statement = caught.captured_queries[0]["sql"].lower()
    assert statement.lstrip().startswith("with")
    assert not [word for word in WALLED if f"_{word}" in statement]


@pytest.mark.parametrize("key", KEYS)
def test_without_rows_a_figure_is_zero_in_every_year_and_district(key):
    make_district("Eving")
    found = read(key, "2016-2017")
    assert (found.value, found.total, found.rounded) == (0, 0, "0")
    assert found.by_year == {"2016": 0, "2017": 0}
    assert found.by_district == {"eving": 0}
    assert (found.estimated_share, found.coverage) == (None, None)


def test_districts_stand_in_german_order():
    for name in ("Innenstadt-West", "Hörde", "Hombruch", "Eving"):
        make_district(name)
    expected = list(District.objects.values_list("slug", flat=True))
    assert (
        list(read("besuche", "2017").by_district)
        == expected
        == ["eving", "hombruch", "hoerde", "innenstadt-west"]
    )


def test_small_cells_about_persons_are_hidden_with_a_companion():
    for district, number in (("Hörde", 3), ("Eving", 9), ("Brackel", 20), ("Mengede", 0)):
        make_consultations(make_office(district=district), "2017-05-05", number)
    found = read("beratungen", "2017")
    assert found.by_district == {"brackel": 20, "eving": None, "hoerde": None, "mengede": 0}
    assert found.below_five == {"hoerde"}
    assert found.value == 32, "the city's own number is never hidden"


def test_a_table_of_years_does_not_tell_what_one_year_hides():
    hoerde, eving, brackel = (make_office(district=name) for name in ("Hörde", "Eving", "Brackel"))
    for year, number in ((2016, 3), (2017, 21)):
        make_consultations(hoerde, f"{year}-05-05", number)
        make_consultations(eving, f"{year}-05-05", 30)
        make_consultations(brackel, f"{year}-05-05", 40)
    assert read("beratungen", "2016").by_district == {"brackel": 40, "eving": None, "hoerde": None}
    assert read("beratungen", "2017").by_district == {"brackel": 40, "eving": 30, "hoerde": 21}
    found = read("beratungen", "2016-2017")
    assert found.by_district == {"brackel": 40, "eving": None, "hoerde": None}, (
        "12 on average, but 2 * 12 - 21 = 3"
    )
    assert found.below_five == set()


def test_somebody_on_average_below_a_half_is_hidden_too():
    hoerde, eving = make_office(), make_office(district="Eving")
    make_consultations(hoerde, "2014-05-05", 1)
    make_consultations(eving, "2015-05-05", 40)
    assert read("beratungen", "2014-2016").by_district == {"eving": None, "hoerde": None}


def test_visits_and_organisations_are_no_persons():
    make_visit(make_venue(), "jahr", "2017-01-01", 3)
    assert read("besuche", "2017").by_district == {"hoerde": 3}


@pytest.mark.parametrize(
    "record",
    [
        lambda: make_visit(make_venue(), "monat", "2017-05-01", 0),
        lambda: make_return(make_venue(), 2017, volunteers=3),
        lambda: make_return(make_venue(), 2017, opening_hours=3, state="geprueft"),
        lambda: make_consultations(make_office(), "2017-12-31"),
        lambda: make_case(make_office(), "2017-01-01"),
        lambda: make_date(make_offering(make_house()), "2017-05-01"),
        lambda: invite(make_partner(), make_meeting(make_office(), "2017-05-01")),
    ],
)
def test_a_year_has_data_when_something_dated_was_recorded(record, django_assert_num_queries):
    record()
    with django_assert_num_queries(1):
        assert years_with_data(TODAY) == [2017]


def test_standing_facts_alone_prove_no_year():
    venue, office = make_venue(), make_office()
    make_hours(venue, 1, "14:00", "16:00")
    make_engagement(make_volunteer(), venue, None)
    make_helper(office, "2010-01-01")
    make_return(venue, 2017, visits=5, state="entwurf")
    make_return(venue, 2016, state="gemeldet")
    make_consultations(office, "2017-05-05", outcome="fehl")
    make_date(make_offering(make_house()), "2017-05-01", "geplant")
    make_date(make_offering(venue), "2017-05-01")
    make_visit(venue, "tag", str(TODAY), 5)
    assert years_with_data(TODAY) == []
