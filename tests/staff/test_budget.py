"""Lists of the admin cost the same number of statements at 2 and at 20 rows."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from begegnung.models import AnnualReturn
from seniorenbuero.models import Attendance, Helper, RoundTable, RoundTableMeeting
from seniorportal import access
from seniorportal.models import (
    Case,
    Consultation,
    ContactPoint,
    Engagement,
    Membership,
    Occurrence,
    Offering,
    Partner,
    User,
    Venue,
    Visit,
    Volunteer,
)
from tests.cast import City, World

pytestmark = pytest.mark.django_db
BUDGET = {
    Venue: 8,
    Offering: 8,
    Occurrence: 5,
    ContactPoint: 5,
    Visit: 5,
    Volunteer: 8,
    AnnualReturn: 7,
    Consultation: 9,
    Case: 6,
    Partner: 7,
    RoundTable: 5,
    RoundTableMeeting: 5,
    Helper: 5,
    User: 6,
    Membership: 5,
}


def grow(city: City, numbers: range) -> None:
    """A row of everything for each number, each with a parent of its own where it has one."""
    world: World = city.hoerde
    for number in numbers:
        day = dt.date(2031, 1, 1) + dt.timedelta(days=number)
        venue = Venue.objects.create(name=f"Halle {number}", report_area="begegnung", district=world.district)
        venue.carriers.add(world.branch)
        ContactPoint.objects.create(venue=venue, value=f"0231 {number}")
        offering = Offering.objects.create(title=f"Angebot {number}", venue=venue)
        Occurrence.objects.create(offering=offering, date=day)
        Visit.objects.create(venue=venue, scope="tag", first_day=day, count=number)
        AnnualReturn.objects.create(venue=venue, year=2020)
        volunteer = Volunteer.objects.create(carrier=world.branch, number=f"E{number}")
        Engagement.objects.create(volunteer=volunteer, venue=venue)
        Consultation.objects.create(office=world.office, date=day)
        Case.objects.create(office=world.office, body=world.carrier, number=f"F{number}", opened_on=day)
        partner = Partner.objects.create(name=f"Partner {number}")
        partner.districts.add(world.district)
        table = RoundTable.objects.create(office=world.office, title=f"Tisch {number}")
        meeting = RoundTableMeeting.objects.create(round_table=table, date=day)
        Attendance.objects.create(meeting=meeting, partner=partner)
        Helper.objects.create(office=world.office, number=f"H{number}")
        user = User.objects.create(username=f"konto{number}", password="!")
        Membership.objects.create(user=user, role="vorort", district=world.district)


def statements(client: Client, model: type) -> tuple[int, int]:
    path = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(path)
    assert response.status_code == 200
    asked = [q["sql"] for q in queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "ROLLBACK"))]
    return len(asked), len(response.context_data["cl"].result_list)


@pytest.mark.parametrize(
    ("person", "models"),
    [
        (
            "koordination-awo",
            [Venue, Offering, Occurrence, ContactPoint, Visit, Volunteer, AnnualReturn],
        ),
        ("tandem-hoerde", [Consultation, Case, Partner, RoundTable, RoundTableMeeting, Helper]),
        ("technik", [User, Membership]),
    ],
)
def test_statements_of_lists_do_not_grow(client: Client, person: str, models: list[type], city: City):
    grow(city, range(2))
    client.force_login(city.people[person])
    few = {model: statements(client, model) for model in models}
    grow(city, range(2, 20))
    many = {model: statements(client, model) for model in models}
    for model in models:
        assert many[model][1] >= few[model][1] + 18, model
        assert many[model][0] == few[model][0], model
        assert many[model][0] <= BUDGET[model], (model, many[model][0])
        print(f"{model.__name__}: {many[model][0]}")


def test_a_list_shows_everything_up_to_2000_rows(client: Client, city: City):
    Occurrence.objects.bulk_create(
        Occurrence(offering=city.hoerde.one(Offering), date=day, planned_date=day)
        for day in (dt.date(2020, 1, 1) + dt.timedelta(days=n) for n in range(120))
    )
    client.force_login(city.people["koordination-awo"])
    listed = client.get(reverse("admin:seniorportal_occurrence_changelist") + "?all=").context_data["cl"]
    own = access.visible(city.people["koordination-awo"], access.Right.SEE, Occurrence.objects.all())
    assert len(listed.result_list) == listed.result_count == own.count() > 120
    assert listed.list_max_show_all == 2000
