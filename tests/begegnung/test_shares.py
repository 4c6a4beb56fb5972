"""Joint offerings: once for the city, by agreed shares for those who carry them. Counted by hand."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from begegnung.figures import register
from seniorportal.figures import carriers
from seniorportal.figures.period import Period
from seniorportal.models import Carrier, OfferingShare, Role
from tests.cast import make_membership, make_user
from tests.figures.rows import (
    TODAY,
    make_carrier,
    make_date,
    make_hours,
    make_house,
    make_offering,
    make_return,
    make_venue,
    make_visit,
    read,
)

pytestmark = pytest.mark.django_db


def parts(key: str, written: str = "2017") -> dict[str, float]:
    """What each carrier has, by its short name; nobody's under an empty one."""
    found = carriers.parts(register.all_figures()[key], Period.parse(written, TODAY))
    names = dict(Carrier.objects.values_list("pk", "short_name"))
    return {
        names[pk] if pk else "": float(round(sum(years.values(), Decimal()), 6))
        for pk, years in found.items()
    }


def named(short: str, **fields: object) -> Carrier:
    return make_carrier(short_name=short, **fields)


def venue_of(*kept_by: Carrier, house: bool = False):
    venue = make_house() if house else make_venue()
    venue.carriers.set(kept_by)
    return venue


def joint(venue, *carried_by: Carrier, shares: tuple[int, ...] = ()):
    offering = make_offering(venue)
    offering.carriers.set(carried_by)
    for carrier, percent in zip(carried_by, shares, strict=False):
        OfferingShare.objects.create(offering=offering, carrier=carrier, percent=percent)
    return offering


def counted(offering, day: str, number: int):
    date = make_date(offering, day)
    return make_visit(None, "termin", day, number, occurrence=date)


def test_a_joint_date_counts_once_for_the_city_and_by_agreed_shares_for_the_carriers():
    awo, caritas = named("AWO"), named("Caritas")
    hall = venue_of(awo)
    counted(joint(hall, awo, caritas, shares=(70, 30)), "2017-03-07", 20)
    assert read("besuche", "2017").value == 20
    assert parts("besuche") == {"AWO": 14, "Caritas": 6}


def test_without_an_agreement_all_count_the_same():
    one, two, three = named("A"), named("B"), named("C")
    counted(joint(venue_of(one), one, two, three), "2017-03-07", 30)
    assert parts("besuche") == {"A": 10, "B": 10, "C": 10}


@pytest.mark.parametrize("shares", [(70,), (70, 20), (70, 70), (0, 0)])
def test_an_agreement_that_is_no_whole_counts_as_none(shares: tuple[int, ...]):
    one, two = named("A"), named("B")
    counted(joint(venue_of(one), one, two, shares=shares), "2017-03-07", 10)
    assert parts("besuche") == {"A": 5, "B": 5}


def test_a_share_of_somebody_who_left_counts_no_more():
    one, two, gone = named("A"), named("B"), named("C")
    offering = joint(venue_of(one), one, two, gone, shares=(50, 25, 25))
    offering.carriers.remove(gone)
    counted(offering, "2017-03-07", 10)
    assert parts("besuche") == {"A": 5, "B": 5}


def test_a_carrier_may_have_no_part_in_the_visits():
    one, two = named("A"), named("B")
    counted(joint(venue_of(one), one, two, shares=(100, 0)), "2017-03-07", 10)
    assert parts("besuche") == {"A": 10, "B": 0}


def test_date_over_door_over_month_over_year_is_the_same_for_each_carrier():
    """The joint date replaces the door of its day; what the door alone counted is the hall's own."""
    awo, caritas = named("AWO"), named("Caritas")
    hall = venue_of(awo)
    counted(joint(hall, awo, caritas, shares=(50, 50)), "2017-03-07", 20)
    make_visit(hall, "tag", "2017-03-07", 100)  # gives way to the date
    make_visit(hall, "tag", "2017-03-08", 40)
    make_visit(hall, "monat", "2017-03-01", 500)  # gives way to both
    make_visit(hall, "monat", "2017-04-01", 60)
    make_visit(hall, "jahr", "2017-01-01", 9000)  # gives way to all
    assert read("besuche", "2017").value == 20 + 40 + 60
    assert parts("besuche") == {"AWO": 10 + 40 + 60, "Caritas": 10}


def test_a_joint_date_in_the_house_counts_there_and_not_at_the_halls():
    """The door of the EKH: a hall's carrier has its part in the house, and nothing twice."""
    city, awo = named("Stadt"), named("AWO")
    house, hall = venue_of(city, house=True), venue_of(awo)
    counted(joint(house, city, awo, shares=(60, 40)), "2017-03-07", 50)
    make_visit(house, "tag", "2017-03-07", 80)  # the door of that day gives way
    make_visit(house, "tag", "2017-03-09", 30)
    make_visit(hall, "tag", "2017-03-07", 12)
    assert read("ekh_besuche", "2017").value == 50 + 30
    assert parts("ekh_besuche") == {"Stadt": 30 + 30, "AWO": 20}
    assert read("besuche", "2017").value == 12
    assert parts("besuche") == {"AWO": 12}
    assert read("ekh_angebote", "2017").value == 1
    assert parts("ekh_angebote") == {"Stadt": 0.6, "AWO": 0.4}


def test_hours_doors_and_estimates_are_shared_by_those_who_keep_the_venue():
    one, two, other = named("A"), named("B"), named("C")
    both, alone = venue_of(one, two), venue_of(other)
    make_hours(both, 1, "14:00", "16:00")  # 52 Tuesdays
    make_return(alone, 2017, visits=90, opening_hours=100)
    make_visit(both, "monat", "2017-05-01", 31)
    assert parts("oeffnungsstunden") == {"A": 52, "B": 52, "C": 100}
    assert parts("besuche") == {"A": 15.5, "B": 15.5, "C": 90}
    assert read("besuche", "2017").value == 121


def test_what_nobody_carries_counts_for_the_city_alone():
    make_visit(make_venue(), "tag", "2017-03-08", 40)
    assert parts("besuche") == {"": 40}
    assert read("besuche", "2017").value == 40


def test_a_venue_that_its_offerings_leave_to_others_keeps_only_its_door():
    """An offering with carriers of its own is theirs, not the venue's."""
    hall, guest = named("Halle"), named("Gast")
    venue = venue_of(hall)
    counted(joint(venue, guest), "2017-03-07", 20)
    make_visit(venue, "tag", "2017-03-08", 5)
    assert parts("besuche") == {"Gast": 20, "Halle": 5}


def test_only_sums_of_venues_are_told_per_carrier():
    carried = {key for key, one in register.all_figures().items() if one.carried}
    assert carried == {"oeffnungsstunden", "besuche", "ekh_oeffnungsstunden", "ekh_angebote", "ekh_besuche"}
    with pytest.raises(ValueError, match="beratungen"):
        carriers.parts(register.all_figures()["beratungen"], Period.parse("2017", TODAY))


@given(
    st.lists(
        st.tuples(
            st.integers(0, 60),
            st.lists(st.integers(0, 3), min_size=1, max_size=4, unique=True),
            st.one_of(st.none(), st.lists(st.integers(0, 100), min_size=4, max_size=4)),
        ),
        min_size=1,
        max_size=6,
    )
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_parts_of_all_carriers_are_the_figure_of_the_city(dates):
    """Whatever was agreed, sensible or not: nothing is lost and nothing counted twice."""
    from django.db import transaction

    with transaction.atomic():
        people = [named(name) for name in "ABCD"]
        hall = venue_of(people[0])
        wanted = dict.fromkeys("ABCD", Fraction(0))
        for number, (count, who, shares) in enumerate(dates, start=1):
            given_shares = tuple(shares[: len(who)]) if shares else ()
            offering = joint(hall, *(people[one] for one in who), shares=given_shares)
            counted(offering, f"2017-03-{number:02}", count)
            whole = len(given_shares) == len(who) and sum(given_shares) == 100
            for place, one in enumerate(who):
                part = Fraction(given_shares[place], 100) if whole else Fraction(1, len(who))
                wanted["ABCD"[one]] += count * part
        found = parts("besuche")
        assert round(sum(found.values()), 4) == read("besuche", "2017").value == sum(d[0] for d in dates)
        for name, number in wanted.items():
            assert abs(found.get(name, 0) - float(number)) < 0.001
        transaction.set_rollback(True)


def test_a_figure_per_carrier_takes_one_statement_however_many_there_are():
    for size in (2, 20):
        for _ in range(size):
            one, two = make_carrier(), make_carrier()
            counted(joint(venue_of(one), one, two, shares=(40, 60)), "2017-03-07", 10)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            carriers.parts(register.all_figures()["besuche"], Period.parse("2017", TODAY))
        assert len(seen) == 1


# The page


def page_of(role: Role, carrier: Carrier | None) -> str:
    user = make_user(f"person-{role}-{carrier}"[:60])
    make_membership(user, role, **({"carrier": carrier} if carrier else {}))
    client = Client()
    client.force_login(user)
    response = client.get("/begegnung/verwalten/anteile/")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("role", [Role.COORDINATION, Role.EVALUATION])
def test_a_carrier_sees_its_own_part_and_the_city_once(role: Role):
    awo = named("AWO", name="Beispielverband Rot")
    below = named("OV", name="Beispielverein Nord", parent=awo)
    caritas = named("Caritas", name="Beispielverband Blau")
    last_year = timezone.localdate().year - 1
    counted(joint(venue_of(below), below, caritas, shares=(75, 25)), f"{last_year}-03-07", 400)
    page = page_of(role, awo)
    assert "Beispielverband Rot mit Ortsvereinen" in page and "davon Beispielverein Nord" in page
    assert "Beispielverband Blau" not in page
    assert '<td class="number">300</td>' in page and '<td class="number">400</td>' in page
    assert '<td class="number">100</td>' not in page, "the other carrier's part"
    other = page_of(role, caritas)
    assert '<td class="number">100</td>' in other and '<td class="number">300</td>' not in other


def test_the_page_takes_the_same_number_of_statements_for_many_carriers():
    awo = named("AWO")
    user = make_user("viele")
    make_membership(user, Role.COORDINATION, carrier=awo)
    client = Client()
    client.force_login(user)
    found = []
    for size in (2, 20):
        for _ in range(size):
            branch = make_carrier(parent=awo)
            counted(joint(venue_of(branch), branch, awo), f"{timezone.localdate().year - 1}-03-07", 10)
        with CaptureQueriesContext(connection) as seen:
            client.get("/begegnung/verwalten/anteile/")
        found.append(len(seen))
    assert found[0] == found[1], found


@pytest.mark.parametrize("role", [Role.VORORT, Role.EDITORS])
def test_nobody_else_sees_the_parts_of_carriers(role: Role):
    from tests.figures.rows import make_district

    user = make_user("andere")
    make_membership(user, role, **({"district": make_district()} if role == Role.VORORT else {}))
    client = Client()
    client.force_login(user)
    assert client.get("/begegnung/verwalten/anteile/").status_code == 404
