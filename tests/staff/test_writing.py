"""What a tampered form meets: 403 or an error, and nothing written."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from begegnung.models import MeetingPlace
from seniorportal.models import (
    Consultation,
    Engagement,
    Membership,
    Occurrence,
    Offering,
    OpeningHours,
    User,
    Venue,
    Visit,
    Volunteer,
)
from tests.cast import City, make_user
from tests.staff.forms import opened

pytestmark = pytest.mark.django_db


def signed_in(city: City, person: str) -> Client:
    client = Client()
    client.force_login(city.people[person])
    return client


def change(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def add(model: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")


def state(row: Any) -> dict[str, Any]:
    return type(row).objects.filter(pk=row.pk).values().get()


@pytest.mark.parametrize(
    ("model", "field", "target"),
    [(Offering, "venue", Venue), (Visit, "venue", Venue), (Visit, "occurrence", Occurrence)],
)
def test_a_foreign_parent_is_no_choice(city: City, model: Any, field: str, target: Any):
    client = signed_in(city, "koordination-awo")
    row = city.hoerde.one(model)
    before = state(row)
    form = opened(client, change(row), f"{model._meta.model_name}_form")
    foreign = city.hombruch.one(target).pk
    for path in (change(row), add(model)):
        response = client.post(path, form | {field: [str(foreign)]})
        assert response.status_code == 200 and field in response.context_data["adminform"].form.errors
    assert state(row) == before


def test_foreign_carriers_are_no_choice(city: City):
    client = signed_in(city, "koordination-awo")
    for row, form in ((city.hoerde.hall, "venue_form"), (city.hoerde.one(Offering), "offering_form")):
        data = opened(client, change(row), form)
        own = data.get("carriers", [])
        response = client.post(change(row), data | {"carriers": [*own, str(city.hombruch.carrier.pk)]})
        assert response.status_code == 200
        assert "carriers" in response.context_data["adminform"].form.errors
        assert city.hombruch.carrier not in row.carriers.all()


def test_a_shared_venue_keeps_its_other_carrier(city: City):
    """The coordinator of one carrier saves; the other carrier, which she sees nowhere else, stays."""
    hall = city.hoerde.hall
    hall.carriers.add(city.hombruch.carrier)
    client = signed_in(city, "koordination-awo")
    data = opened(client, change(hall), "venue_form")
    assert client.post(change(hall), data | {"stop": ["Clarenberg"]}).status_code == 302
    assert set(hall.carriers.all()) == {city.hoerde.branch, city.hombruch.carrier}


def test_nobody_gives_a_record_away(city: City):
    """Without the own carrier the right is gone after the write, so the write is undone."""
    hall = city.hoerde.hall
    hall.carriers.add(city.hombruch.carrier)
    client = signed_in(city, "koordination-awo")
    data = opened(client, change(hall), "venue_form")
    data |= {"carriers": [str(city.hombruch.carrier.pk)], "stop": ["Clarenberg"]}
    assert client.post(change(hall), data).status_code == 403
    assert city.hoerde.branch in hall.carriers.all()
    assert state(hall)["stop"] == ""


def test_a_new_record_without_an_owner_is_refused(city: City):
    client = signed_in(city, "koordination-awo")
    data = opened(client, add(Venue), "venue_form") | {"name": ["Herrenlos"]}
    assert client.post(add(Venue), data).status_code == 403
    assert not Venue.objects.filter(name="Herrenlos").exists()


def test_a_new_venue_is_a_meeting_place_with_its_companion(city: City):
    client = signed_in(city, "koordination-awo")
    data = opened(client, add(Venue), "venue_form")
    data |= {"name": ["Neuer Treff"], "carriers": [str(city.hoerde.branch.pk)], "street": ["Straße Hoerde 1"]}
    data |= {"report_area": ["seniorenbuero"], "meeting_place-0-kind": ["Gemeindehaus"]}
    assert client.post(add(Venue), data).status_code == 302
    made = Venue.objects.get(name="Neuer Treff")
    assert made.report_area == "begegnung"
    assert MeetingPlace.objects.get(venue=made).kind == "Gemeindehaus"
    assert (made.district, made.latitude) == (city.hoerde.district, 51.5)


@pytest.mark.parametrize(
    ("person", "where"),
    [("koordination-awo", "hall"), ("hausleitung-ekh", "centre"), ("tandem-hoerde", "office")],
)
def test_the_report_area_of_a_venue_is_no_field(city: City, person: str, where: str):
    client = signed_in(city, person)
    venue = getattr(city.hoerde, where)
    data = opened(client, change(venue), "venue_form")
    for area in ("begegnung", "stadtteilzentrum", "seniorenbuero"):
        client.post(change(venue), data | {"report_area": [area]})
        assert state(venue)["report_area"] == venue.report_area


@pytest.mark.parametrize(("person", "where"), [("hausleitung-ekh", "centre"), ("tandem-hoerde", "office")])
def test_whoever_may_only_change_moves_nothing(city: City, person: str, where: str):
    client = signed_in(city, person)
    venue = getattr(city.hoerde, where)
    data = opened(client, change(venue), "venue_form") | {"stop": ["Clarenberg"]}
    data |= {"carriers": [str(city.hombruch.carrier.pk)], "district": [str(city.hombruch.district.pk)]}
    assert client.post(change(venue), data).status_code == 302
    assert state(venue)["district_id"] == city.hoerde.district.pk
    assert list(venue.carriers.all()) == [city.hoerde.carrier]


def test_rows_of_a_foreign_venue_cannot_be_smuggled_in(city: City):
    client = signed_in(city, "koordination-awo")
    foreign = OpeningHours.objects.get(venue=city.hombruch.hall)
    before = state(foreign)
    data = opened(client, change(city.hoerde.hall), "venue_form")
    data |= {"opening_hours-0-id": [str(foreign.pk)], "opening_hours-0-closes": ["23:00"]}
    assert client.post(change(city.hoerde.hall), data).status_code == 200
    data |= {"opening_hours-0-DELETE": ["on"]}
    assert client.post(change(city.hoerde.hall), data).status_code == 200
    assert state(foreign) == before


def test_an_engagement_goes_to_own_venues_only(city: City):
    client = signed_in(city, "koordination-awo")
    volunteer = city.hoerde.one(Volunteer)
    data = opened(client, change(volunteer), "volunteer_form")
    data |= {"engagements-0-venue": [str(city.hombruch.hall.pk)]}
    assert client.post(change(volunteer), data).status_code == 200
    assert Engagement.objects.get(volunteer=volunteer).venue == city.hoerde.hall


@pytest.mark.parametrize("action", ["cancel", "took_place"])
def test_an_action_on_one_foreign_row_does_nothing_at_all(city: City, action: str):
    client = signed_in(city, "koordination-awo")
    own, foreign = city.hoerde.one(Occurrence), city.hombruch.one(Occurrence)
    path = reverse("admin:seniorportal_occurrence_changelist")
    for chosen in ([own.pk, foreign.pk], [foreign.pk], ["abc"], [999_999]):
        data = {"action": action, "_selected_action": chosen, "index": "0"}
        assert client.post(path, data).status_code == 403
    assert set(Occurrence.objects.values_list("status", flat=True)) == {"geplant"}


def test_an_action_on_everything_ends_at_the_own_rows(city: City):
    client = signed_in(city, "koordination-awo")
    own = city.hoerde.one(Occurrence)
    data = {"action": "cancel", "_selected_action": [own.pk], "index": "0", "select_across": "1"}
    path = reverse("admin:seniorportal_occurrence_changelist")
    assert client.post(path, data).status_code == 302
    foreign = [row.pk for row in city.hombruch.objects[Occurrence]]
    assert set(Occurrence.objects.filter(pk__in=foreign).values_list("status", flat=True)) == {"geplant"}
    assert state(own)["status"] == "ausgefallen"


def test_still_true_is_one_click_and_knows_who(city: City):
    client = signed_in(city, "koordination-awo")
    data = {"action": "confirm", "_selected_action": [city.hoerde.hall.pk], "index": "0"}
    assert client.post(reverse("admin:seniorportal_venue_changelist"), data).status_code == 302
    hall = Venue.objects.get(pk=city.hoerde.hall.pk)
    assert hall.confirmed_at == timezone.localdate()
    assert hall.confirmed_by == city.people["koordination-awo"]


@pytest.mark.parametrize(
    "dates",
    [
        {"active_until": timezone.localdate() - dt.timedelta(days=1)},
        {"active_from": timezone.localdate() + dt.timedelta(days=1)},
    ],
)
def test_a_membership_counts_from_its_first_to_its_last_day(city: City, dates: dict[str, dt.date]):
    user = make_user("neu")
    membership = Membership.objects.create(
        user=user, role="koordination", carrier=city.hoerde.carrier, **dates
    )
    client = Client()
    client.force_login(user)
    paths = [reverse("admin:index"), add(Venue), change(city.hoerde.hall)]
    assert [client.get(path).status_code for path in paths] == [404, 404, 404]
    assert "Ihr Konto hat heute keine Aufgabe" in client.get(reverse("staff:overview")).content.decode()
    Membership.objects.filter(pk=membership.pk).update(
        active_from=timezone.localdate(), active_until=timezone.localdate()
    )
    assert [client.get(path).status_code for path in paths] == [200, 200, 200]


def membership_form(user: User, role: str, **bound: Any) -> dict[str, Any]:
    data = {"user": user.pk, "role": role, "carrier": "", "district": "", "venue": "", "employer": ""}
    return data | {"active_from": "", "active_until": ""} | bound


def test_technicians_grant_nothing_to_themselves_and_no_office(city: City):
    client = signed_in(city, "technik")
    before = Membership.objects.count()
    response = client.post(add(Membership), membership_form(city.people["technik"], "redaktion"))
    assert response.status_code == 200 and "user" in response.context_data["adminform"].form.errors
    other = make_user("neu")
    office = {"venue": city.hoerde.office.pk, "employer": city.hoerde.carrier.pk}
    assert client.post(add(Membership), membership_form(other, "tandem", **office)).status_code == 403
    assert Membership.objects.count() == before
    assert client.post(add(Membership), membership_form(other, "auswertung")).status_code == 302
    made = Membership.objects.get(user=other)
    data = opened(client, change(made), "membership_form") | {"role": ["tandem"]}
    data |= {name: [str(value)] for name, value in office.items()}
    assert (
        client.post(change(made), data).status_code == 302
    )  # another role is another membership: not looked at
    assert (state(made)["role"], state(made)["venue_id"]) == ("auswertung", None)
    for role, person in (("tandem", "tandem-hoerde"), ("technik", "technik")):
        row = Membership.objects.get(user=city.people[person], role=role)
        assert client.get(change(row)).status_code == 200
        assert client.post(change(row), {}).status_code == 403


def test_a_new_account_gets_a_password_that_the_rules_accept(city: City):
    client = signed_in(city, "technik")
    data = {"username": "neu.konto", "name": "Neu", "email": ""}
    for weak in ("kurz", "123456789012345", "neu.konto-neu"):
        assert client.post(add(User), data | {"initial_password": weak}).status_code == 200
    assert not User.objects.filter(username="neu.konto").exists()
    good = "Birnbaum-Kutsche-47"
    assert client.post(add(User), data | {"initial_password": good}).status_code == 302
    made = User.objects.get(username="neu.konto")
    assert made.check_password(good)
    page = client.get(change(made)).content.decode()
    assert made.password not in page and "argon2" not in page
    tampered = opened(client, change(made), "user_form")
    tampered |= {"password": ["x"], "email": ["fremd@example.org"], "username": ["anders"], "name": ["Neuer"]}
    assert client.post(change(made), tampered).status_code == 302
    after = User.objects.get(pk=made.pk)
    assert (after.username, after.email, after.name) == ("neu.konto", "", "Neuer")
    assert after.check_password(good)


def test_a_consultation_starts_as_the_last_one_and_a_double_click_counts_once(city: City):
    client = signed_in(city, "tandem-hoerde")
    Consultation.objects.filter(office=city.hoerde.office).update(channel="haus", half_day="nm")
    data = opened(client, add(Consultation), "consultation_form")
    assert data["office"] == [str(city.hoerde.office.pk)]
    assert (data["channel"], data["half_day"]) == (["haus"], ["nm"])
    assert data["date"] == [f"{timezone.localdate():%d.%m.%Y}"]
    data |= {"topics": [str(Consultation.objects.first().topics.first().pk)]}
    before = Consultation.objects.count()
    assert client.post(add(Consultation), data).status_code == 302
    again = client.post(add(Consultation), data)
    made = Consultation.objects.get(submission=data["submission"][0])
    assert (again.status_code, again["Location"]) == (303, change(made))
    assert Consultation.objects.count() == before + 1
    stranger = signed_in(city, "tandem-hombruch")
    theirs = opened(stranger, add(Consultation), "consultation_form") | {"topics": data["topics"]}
    assert stranger.post(add(Consultation), theirs | {"submission": data["submission"]}).status_code == 403
    assert Consultation.objects.count() == before + 1


def test_django_keeps_no_log_of_who_did_what(city: City):
    from django.contrib.admin.models import LogEntry

    client = signed_in(city, "tandem-hoerde")
    data = opened(client, add(Consultation), "consultation_form")
    data |= {"topics": [str(Consultation.objects.first().topics.first().pk)]}
    assert client.post(add(Consultation), data).status_code == 302
    assert not LogEntry.objects.exists()


def test_nothing_is_deleted_but_details(city: City):
    client = signed_in(city, "koordination-awo")
    hall = city.hoerde.hall
    assert (
        client.post(f"/verwaltung/seniorportal/venue/{hall.pk}/delete/", {"post": "yes"}).status_code == 404
    )
    data = {"action": "delete_selected", "_selected_action": [hall.pk], "index": "0", "post": "yes"}
    client.post(reverse("admin:seniorportal_venue_changelist"), data)
    assert Venue.objects.filter(pk=hall.pk).exists()
    form = opened(client, change(hall), "venue_form") | {"opening_hours-0-DELETE": ["on"]}
    assert client.post(change(hall), form).status_code == 302
    assert not OpeningHours.objects.filter(venue=hall).exists()
    volunteer = city.hoerde.one(Volunteer)
    form = opened(client, change(volunteer), "volunteer_form") | {"engagements-0-DELETE": ["on"]}
    client.post(change(volunteer), form)
    assert Engagement.objects.filter(volunteer=volunteer).exists()


def test_history_tells_who_only_to_those_who_may_know(city: City):
    client = signed_in(city, "koordination-awo")
    hall = city.hoerde.hall
    data = opened(client, change(hall), "venue_form") | {"stop": ["Clarenberg"]}
    assert client.post(change(hall), data).status_code == 302
    path = reverse("admin:seniorportal_venue_history", args=[hall.pk])
    page = client.get(path).content.decode()
    assert "Sie selbst" in page and "«Clarenberg»" in page
    page = signed_in(city, "vorort-hoerde").get(path).content.decode()
    assert "jemand anderes mit Zugang" in page and city.people["koordination-awo"].name not in page
    page = signed_in(city, "technik").get(path).content.decode()
    assert city.people["koordination-awo"].name in page
