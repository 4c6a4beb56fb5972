"""Nachbarschaftshilfe: who helps. Numbers without names, people sealed, for both employers of one office alone."""

import datetime as dt
import json

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from seniorenbuero.figures import HELPERS
from seniorenbuero.models import Helper, HelperRecord, Milestone
from seniorportal import parameters
from seniorportal.models import Deletion, Parameter
from tests.seniorenbuero.neighbours import NEAR, Office, helper_fields, read, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office()


def test_somebody_wants_to_help(office):
    client = office.client()
    answer = send(client, "helper_new", **helper_fields())
    assert answer.status_code == 303
    helper = Helper.objects.get()
    assert (helper.number, helper.office, helper.offers) == ("1", office.venue, ["einkauf"])
    assert helper.active_from == timezone.localdate()  # active means: from today
    assert helper.quarter == office.quarter  # from the street
    assert (helper.record.name, helper.record.position) == ("Hilde Helferin", "51.491,7.5")
    page = read(client, "helper", helper.pk)
    assert "Hilde Helferin" in page.text and "Eingetragen: Nummer 1." in page.text


def test_the_database_knows_neither_name_nor_house(office):
    office.helper(name="Hilde Geheim", phone="0231 777", street="Geheimgasse 1", position="51.491,7.500")
    with connection.cursor() as cursor:
        for table in ("seniorenbuero_helperrecord", "seniorenbuero_helper", "seniorenbuero_helperevent"):
            cursor.execute(f"SELECT string_agg(t::text, ' ') FROM {table} t")
            stored = cursor.fetchone()[0]
            for word in ("Geheim", "777", "51.491", b"Geheim".hex()):
                assert word not in stored


def test_sent_twice_is_one_person(office):
    client, fields = office.client(), helper_fields()
    assert [send(client, "helper_new", **fields).status_code for _ in range(2)] == [303, 303]
    assert Helper.objects.count() == HelperRecord.objects.count() == 1


def test_two_offices_may_have_the_same_number(office):
    other = Office("Hombruch")
    one, two = office.helper(number="7"), other.helper(number="7")
    assert one.number == two.number
    with pytest.raises(IntegrityError):
        Helper.objects.create(office=office.venue, number="7")


def test_both_employers_of_the_office_see_the_person_and_no_other_office(office):
    helper = office.helper(name="Hilde Helferin")
    assert "Hilde Helferin" in read(office.client(office.colleague), "helpers").text
    other = Office("Hombruch").client()
    read(other, "helper", helper.pk, status=404)
    assert send(other, "helper", helper.pk, was="person-weg").status_code == 404
    assert "Hilde" not in read(other, "helpers").text
    assert HelperRecord.objects.count() == 1


def test_names_are_behind_the_second_door(office):
    client = office.client()
    session = client.session
    session["personal_seen"] = 0
    session["account_authentication_methods"] = []
    session.save()
    helper = office.helper(name="Hilde Helferin")
    for path in (
        reverse("desk:helpers"),
        reverse("desk:helpers_print"),
        reverse("desk:helper", args=[helper.pk]),
    ):
        answer = client.get(path)
        assert answer.status_code == 401 and "Hilde" not in answer.content.decode()
    overview = client.get(reverse("desk:helping"))
    assert overview.status_code == 200 and "Hilde" not in overview.content.decode()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"f-state": "interesse", "f-active_from": "2026-01-05"},
            "noch nicht aktiv ist, hat noch keinen ersten Tag",
        ),
        ({"f-minutes_on_foot": "500"}, "Mehr als 120 Minuten zu Fuß? Bitte prüfen."),
        ({"f-minutes_on_foot": "viel"}, "Bitte eine ganze Zahl"),
        ({"f-active_from": "31.2.2026"}, "Das ist kein Tag, den es gibt"),
        ({"f-state": "aktiv", "f-active_until": "2020-01-01"}, "Dieser Tag ist vorbei."),
        ({"p-street": "Gibtesnichtallee 5"}, "Diese Straße kennen wir in Dortmund nicht."),
        ({"p-name": ""}, "Zu wem gehören diese Angaben?"),
        ({"f-offers": ["zaubern"]}, "Diese Hilfe gibt es nicht auf der Liste."),
    ],
)
def test_bad_input_is_answered_at_the_field_with_everything_typed(office, fields, sentence):
    answer = send(office.client(), "helper_new", **helper_fields(**fields))
    text = answer.content.decode()
    assert answer.status_code == 200 and sentence in text
    assert "0231 5550102" in text and Helper.objects.count() == 0


def test_somebody_may_live_beyond_the_city(office):
    answer = send(
        office.client(),
        "helper_new",
        **helper_fields(**{"p-street": "Ruhrallee 5", "p-town": "58239 Schwerte"}),
    )
    assert answer.status_code == 303 and HelperRecord.objects.get().position is None


def test_a_number_is_given_once_an_office(office):
    office.helper(number="3")
    answer = send(office.client(), "helper_new", **helper_fields(**{"f-number": "3"}))
    assert "Diese Nummer hat das Büro schon vergeben." in answer.content.decode()


def facts(helper: Helper, **more) -> dict:
    helper.refresh_from_db()
    return {
        "was": "angaben",
        "f-version": str(helper.version),
        "f-number": helper.number,
        "f-kind": helper.kind,
        "f-state": helper.state,
        "f-active_from": helper.active_from and helper.active_from.isoformat() or "",
        "f-active_until": helper.active_until and helper.active_until.isoformat() or "",
    } | more


def test_who_leaves_gets_a_last_day_and_counts_until_then(office):
    helper, client = office.helper(), office.client()
    assert (
        send(client, "helper", helper.pk, **facts(helper, **{"f-state": "ausgeschieden"})).status_code == 303
    )
    helper.refresh_from_db()
    assert (helper.state, helper.active_until) == ("ausgeschieden", timezone.localdate())


def test_two_who_save_at_once_see_both_values(office):
    helper, client = office.helper(), office.client()
    old = facts(helper, **{"f-hours_per_month": "8"})
    send(client, "helper", helper.pk, **facts(helper, **{"f-hours_per_month": "4"}))
    text = send(client, "helper", helper.pk, **old).content.decode()
    assert "Inzwischen gespeichert: «4». Ihre Eingabe steht im Feld." in text
    helper.refresh_from_db()
    assert helper.hours_per_month == 4


def test_talks_and_courses_with_their_days(office):
    helper, client = office.helper(), office.client()
    today = timezone.localdate()
    soon = (today + dt.timedelta(days=20)).isoformat()
    sent = {"was": "ereignis", "e-kind": "pflegekurs", "e-day": today.isoformat(), "e-again_on": soon}
    assert send(client, "helper", helper.pk, **sent).status_code == 303
    one = Milestone.objects.get()
    assert (one.kind, one.by, one.helper) == ("pflegekurs", office.user, helper)
    assert "Nummer 1: Pflegekurs nach § 45 SGB XI" in read(client, "helping").text
    send(client, "helper", helper.pk, was="ereignis-weg", ereignis=str(one.pk))
    assert not Milestone.objects.exists()
    assert Deletion.objects.get().label == "seniorenbuero.Milestone"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"e-kind": "fuehrungszeugnis"}, "Das Datum steht oben auf dem Zeugnis."),
        ({"e-kind": "demenz", "e-issued_on": "2026-01-01"}, "Das gehört nur zum Führungszeugnis."),
        ({"e-kind": "demenz", "e-day": "2099-01-01"}, "Dieser Tag liegt in der Zukunft."),
        ({"e-kind": "demenz", "e-again_on": "2020-01-01"}, "Dieser Tag liegt nicht nach dem ersten."),
        ({"e-kind": ""}, "Bitte wählen Sie, was es war."),
    ],
)
def test_what_was_not_is_not_entered(office, fields, sentence):
    helper = office.helper()
    sent = {"was": "ereignis", "e-day": "2026-02-02"} | fields
    assert sentence in send(office.client(), "helper", helper.pk, **sent).content.decode()
    assert not Milestone.objects.exists()


def test_a_renewed_course_is_no_longer_due(office):
    helper, today = office.helper(), timezone.localdate()
    office.learned(helper, "pflegekurs", today - dt.timedelta(days=700), today - dt.timedelta(days=1))
    assert (
        "Pflegekurs"
        in read(office.client(), "helping").text.split("Wieder fällig")[1].split("Gut zu wissen")[0]
    )
    office.learned(helper, "pflegekurs", today)
    assert "In den nächsten vier Wochen nichts." in read(office.client(), "helping").text


def test_everything_on_one_person_as_a_file(office):
    helper = office.helper(name="Hilde Helferin", phone="0231 777", offers=["technik"])
    office.learned(helper, "reflexion", dt.date(2026, 2, 2))
    answer = office.client().get(reverse("desk:helper_information", args=[helper.pk]))
    said = json.loads(answer.content)
    assert "attachment" in answer["Content-Disposition"]
    assert (said["name"], said["telefon"]) == ("Hilde Helferin", "0231 777")
    assert said["bietet_an"] == ["Telefon, Fernseher, Computer"]
    assert said["gespraeche_schulungen_nachweise"][0]["was"] == "Reflexionsgespräch"


def test_name_and_address_can_go_alone(office):
    helper = office.helper(name="Hilde Helferin")
    send(office.client(), "helper", helper.pk, was="person-weg")
    assert not HelperRecord.objects.exists() and Helper.objects.count() == 1
    assert Deletion.objects.get().label == "seniorenbuero.HelperRecord"


def test_the_two_kinds_are_told_apart_and_counted_once_together(office):
    for kind in ("buero", "buero", "anerkannt"):
        office.helper(kind=kind)
    office.helper(state="interesse", active_from=None)
    page = read(office.client(), "helping").text
    assert "2 Menschen helfen in diesem Jahr" in page and "1 Mensch hilft in diesem Jahr" in page
    year = timezone.localdate().year
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    assert (
        HELPERS.active_within(first, last).count() == 3
    )  # what the report counts: both kinds, each head once


def test_what_the_law_says_stands_there_with_its_day(office):
    parameters.load()
    text = read(office.client(), "helping").text
    assert "131 Euro im Monat, gilt seit 1. Januar 2025 (§ 45b SGB XI)" in text
    assert "2 Menschen, gilt seit 25. März 2024" in text
    Parameter.objects.filter(key=parameters.RELIEF).delete()
    assert "131" not in read(office.client(), "helping").text


@pytest.mark.parametrize("name", ["helpers", "helpers_print", "helping"])
def test_as_many_statements_for_twenty_as_for_two(office, name):
    client = office.client()
    counts = []
    for number in (2, 18):
        for at in range(number):
            helper = office.helper(name=f"Person {at}", street=f"{NEAR} 1")
            office.learned(helper, "reflexion", dt.date(2026, 2, 2), dt.date(2026, 3, 3))
        client.get(reverse(f"desk:{name}"))
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse(f"desk:{name}")).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
