"""Ehrenamt: who helps where, counted once; what was seen, never the paper; openings, and ideas in their hands."""

import datetime as dt
import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from begegnung.figures import PLACES
from seniorportal import parameters, vocabularies
from seniorportal.models import (
    Carrier,
    Certificate,
    Companion,
    Deletion,
    Engagement,
    Idea,
    Opening,
    Parameter,
    Role,
    Venue,
    Volunteer,
    VolunteerName,
)
from seniorportal.privacy import retention
from tests.cast import make_membership, make_user
from tests.public.html import check_page
from tests.public.town import make_carrier, make_district, make_venue

pytestmark = pytest.mark.django_db
BASE = "/begegnung/verwalten/ehrenamt/"
PART = "/begegnung/verwalten/mitmachen/"


@pytest.fixture
def own(client):
    """A coordinator with two halls, and a hall of somebody else."""
    carrier, foreign = make_carrier("Eigener Verband"), make_carrier("Fremder Verband")
    halls = [make_venue(name) for name in ("Haus Eins", "Haus Zwei", "Fremdes Haus")]
    for hall, whose in zip(halls, (carrier, carrier, foreign), strict=True):
        hall.carriers.add(whose)
    user = make_user("koordination", name="Kora Koordination")
    make_membership(user, Role.COORDINATION, carrier=carrier)
    enter(client, user)
    return {"user": user, "carrier": carrier, "foreign": foreign, "halls": halls}


def enter(client: Client, user) -> None:
    """Signed in, and the second door open."""
    import time

    from seniorportal.accounts.personal import SEEN

    client.force_login(user)
    session = client.session
    session[SEEN] = time.time()
    session.save()


def read(client: Client, path: str, status: int = 200):
    response = client.get(path)
    assert response.status_code == status, path
    return check_page(response.content.decode())


def engage(client: Client, hall: Venue, **fields):
    return client.post(f"{BASE}{hall.slug}/", {"task": "Café", "active_from": "2026-01-05"} | fields)


def counted(year: int) -> int:
    """Heads of the figure «ehrenamtliche», as its facts give them."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    rows = Engagement.objects.active_within(first, last).filter(venue__in=PLACES.values("pk"))
    return rows.values("volunteer").distinct().count()


# Heads


def test_somebody_new_gets_the_next_number_and_is_counted(client, own):
    answer = engage(client, own["halls"][0], hours_per_month="8")
    assert answer.status_code == 303
    engagement = Engagement.objects.select_related("volunteer").get()
    assert (engagement.volunteer.number, engagement.volunteer.carrier) == ("1", own["carrier"])
    assert (engagement.task, engagement.hours_per_month, engagement.active_until) == ("Café", 8, None)
    engage(client, own["halls"][0])
    assert sorted(Volunteer.objects.values_list("number", flat=True)) == ["1", "2"]
    page = read(client, BASE)
    assert "2 Menschen helfen heute in Ihren Häusern mit." in page.text and "2 Häuser" in page.text
    assert "Fremdes Haus" not in page.text


def test_a_known_number_is_the_same_head_in_another_hall(client, own):
    engage(client, own["halls"][0], number="17")
    answer = engage(client, own["halls"][1], number="17")
    assert Volunteer.objects.count() == 1 and Engagement.objects.count() == 2
    text = read(client, answer["Location"]).text
    assert "Nummer 17 gibt es schon. Sie hilft jetzt auch hier und zählt einmal." in text
    assert "Eine Person hilft heute in Ihren Häusern mit." in read(client, BASE).text
    assert counted(timezone.localdate().year) == 1


def test_the_same_number_of_another_carrier_is_somebody_else(client, own):
    Volunteer.objects.create(carrier=own["foreign"], number="1")
    engage(client, own["halls"][0], number="1")
    assert Volunteer.objects.filter(number="1").count() == 2


def test_sent_twice_is_one_person(client, own):
    number = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
    answers = [engage(client, own["halls"][0], submission=number) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert Volunteer.objects.count() == Engagement.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"active_from": "gestern"}, "Das ist kein Tag, den es gibt."),
        ({"active_from": "2026-02-01", "active_until": "2026-01-01"}, "Der letzte Tag liegt vor dem ersten."),
        ({"hours_per_month": "viele"}, "Bitte eine ganze Zahl, zum Beispiel 8."),
        ({"hours_per_month": "-1"}, "Bitte 0 oder mehr."),
        ({"hours_per_month": "301"}, "Mehr als 300 Stunden im Monat sind kein Ehrenamt mehr."),
        ({"task": "x" * 81}, "Bitte schreiben Sie höchstens 80 Zeichen. Es sind 81."),
    ],
)
def test_what_is_wrong_is_said_in_german_and_nothing_typed_is_lost(client, own, fields, sentence):
    answer = engage(client, own["halls"][0], **{"number": "A-7", "name": "Adlerauge"} | fields)
    assert answer.status_code == 200
    page = check_page(answer.content.decode())
    assert sentence in page.text
    values = [one.get("value") for one in page.all("input")]
    assert "A-7" in values and "Adlerauge" in values
    assert not Volunteer.objects.exists()


def test_whoever_stops_gets_a_last_day_and_stays_in_the_years_before(client, own):
    engage(client, own["halls"][0], active_from="2024-03-01")
    engagement = Engagement.objects.get()
    form = {
        "task": "Café",
        "active_from": "2024-03-01",
        "active_until": "2025-06-30",
        "version": engagement.version,
    }
    assert client.post(f"{BASE}einsatz/{engagement.pk}/", form).status_code == 303
    assert (counted(2024), counted(2025), counted(2026)) == (1, 1, 0)
    page = read(client, f"{BASE}{own['halls'][0].slug}/")
    assert "0 Einsätze laufen" in page.text and "Früher geholfen (1)" in page.text


def test_two_coordinators_on_one_engagement_see_both_values(client, own):
    engage(client, own["halls"][0])
    engagement = Engagement.objects.get()
    stale = engagement.version
    engagement.task = "Küche"
    engagement.save()
    form = {"task": "Büro", "active_from": "2026-01-05", "version": stale}
    answer = client.post(f"{BASE}einsatz/{engagement.pk}/", form)
    assert "Inzwischen gespeichert: «Küche»." in check_page(answer.content.decode()).text
    assert Engagement.objects.get().task == "Küche"


def test_a_foreign_hall_person_and_engagement_are_not_there(client, own):
    other = Volunteer.objects.create(carrier=own["foreign"], number="geheim-9")
    engagement = Engagement.objects.create(volunteer=other, venue=own["halls"][0], task="Geheim")
    for path in (
        f"{BASE}{own['halls'][2].slug}/",
        f"{BASE}person/{other.pk}/",
        f"{BASE}person/{other.pk}/auskunft/",
        f"{BASE}einsatz/{engagement.pk}/",
    ):
        read(client, path, 404)
        assert client.post(path, {"was": "weg"}).status_code in (404, 405), path
    page = read(client, f"{BASE}{own['halls'][0].slug}/")  # a hall of two carriers: each sees its own
    assert "geheim-9" not in page.text and "0 Einsätze laufen" in page.text


def test_a_branch_below_the_carrier_belongs_to_it(client, own):
    branch = Carrier.objects.create(name="Ortsverein", slug="ortsverein", parent=own["carrier"])
    hall = make_venue("Haus des Ortsvereins")
    hall.carriers.add(branch)
    engage(client, hall)
    assert Volunteer.objects.get().carrier == branch


def test_pages_of_persons_are_behind_the_second_door(client, own):
    engage(client, own["halls"][0])
    person = Volunteer.objects.get()
    session = client.session
    session["personal_seen"] = 0
    session["account_authentication_methods"] = []
    session.save()
    for path in (
        f"{BASE}{own['halls'][0].slug}/",
        f"{BASE}person/{person.pk}/",
        f"{BASE}person/{person.pk}/auskunft/",
    ):
        assert client.get(path).status_code == 401, path
    assert client.get(BASE).status_code == 200  # numbers only


# Names and certificates


def test_a_name_is_sealed_shown_to_the_carrier_and_deleted_when_emptied(client, own):
    engage(client, own["halls"][0], name="Planterich Zwölfender")
    person = Volunteer.objects.get()
    assert "Nummer 1, Planterich Zwölfender" in read(client, f"{BASE}{own['halls'][0].slug}/").text
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM seniorportal_volunteername t")
        assert "Planterich" not in str(cursor.fetchall())
    key = str(VolunteerName.objects.get().pk)
    form = {"was": "person", "p-number": "1", "p-name": "", "p-version": person.version}
    assert client.post(f"{BASE}person/{person.pk}/", form).status_code == 303
    assert not VolunteerName.objects.exists()
    assert Deletion.objects.filter(label="seniorportal.VolunteerName", number=key).exists()


def test_a_number_that_is_taken_is_refused(client, own):
    engage(client, own["halls"][0])
    engage(client, own["halls"][0])
    first = Volunteer.objects.get(number="1")
    form = {"was": "person", "p-number": "2", "p-name": "", "p-version": first.version}
    answer = client.post(f"{BASE}person/{first.pk}/", form)
    assert "Diese Nummer hat der Träger schon vergeben." in check_page(answer.content.decode()).text


def test_of_a_certificate_only_days_are_kept_and_who_saw_it(client, own):
    engage(client, own["halls"][0])
    person = Volunteer.objects.get()
    path = f"{BASE}person/{person.pk}/"
    day = timezone.localdate()
    soon = day + dt.timedelta(days=20)
    form = {
        "was": "zeugnis",
        "z-issued_on": "2026-01-10",
        "z-seen_on": "2026-02-01",
        "z-again_on": soon.isoformat(),
    }
    assert client.post(path, form).status_code == 303
    seen = Certificate.objects.get()
    assert (seen.seen_by, seen.issued_on, seen.seen_on) == (
        own["user"],
        dt.date(2026, 1, 10),
        dt.date(2026, 2, 1),
    )
    page = read(client, path)
    assert "Eingesehen am 1. Februar 2026 von Kora Koordination." in page.text
    assert not [one for one in page.all("input") if one.get("type") == "file"]
    assert "Ein Führungszeugnis ist in den nächsten 30 Tagen wieder vorzulegen" in read(client, BASE).text
    columns = {field.name for field in Certificate._meta.fields}
    assert columns == {"id", "version", "example", "volunteer", "seen_on", "seen_by", "issued_on", "again_on"}
    assert client.post(path, {"was": "weg"}).status_code == 303
    assert not Certificate.objects.exists()


@pytest.mark.parametrize(
    ("issued", "seen", "again", "sentence"),
    [
        ("", "2026-02-01", "", "Das Datum steht oben auf dem Zeugnis."),
        ("2026-02-02", "2026-02-01", "", "Eingesehen wurde es nach dem Datum des Zeugnisses."),
        ("2026-01-01", "2999-01-01", "", "Dieser Tag liegt in der Zukunft."),
        ("2026-01-01", "2026-02-01", "2026-02-01", "Die Wiedervorlage liegt nach der Einsicht."),
    ],
)
def test_days_that_cannot_be_are_refused(client, own, issued, seen, again, sentence):
    engage(client, own["halls"][0])
    person = Volunteer.objects.get()
    form = {"was": "zeugnis", "z-issued_on": issued, "z-seen_on": seen, "z-again_on": again}
    answer = client.post(f"{BASE}person/{person.pk}/", form)
    assert answer.status_code == 200 and sentence in check_page(answer.content.decode()).text
    assert not Certificate.objects.exists()


@pytest.mark.parametrize(("days", "due"), [(-1, 1), (0, 0)])
def test_after_the_last_engagement_the_certificate_goes(own, days, due):
    day = timezone.localdate()
    person = Volunteer.objects.create(carrier=own["carrier"], number="1")
    Certificate.objects.create(volunteer=person, seen_on=day, issued_on=day, seen_by=own["user"])
    Engagement.objects.create(
        volunteer=person, venue=own["halls"][0], active_until=day + dt.timedelta(days=days)
    )
    planned = {declared.label: number for declared, _, number in retention.plan(day)}
    assert planned["seniorportal.Certificate"] == due


def test_everything_about_a_person_is_handed_out(client, own):
    engage(client, own["halls"][0], name="Planterich Zwölfender", hours_per_month="4")
    person = Volunteer.objects.get()
    answer = client.get(f"{BASE}person/{person.pk}/auskunft/")
    assert answer["Content-Disposition"].startswith("attachment")
    said = json.loads(answer.content)
    assert (said["nummer"], said["name"], said["traeger"]) == (
        "1",
        "Planterich Zwölfender",
        "Eigener Verband",
    )
    assert said["einsaetze"] == [
        {"ort": "Haus Eins", "aufgabe": "Café", "stunden_im_monat": 4, "von": "05.01.2026", "bis": None}
    ]


def test_the_list_takes_the_same_statements_for_two_halls_and_for_twenty(client, own):
    numbers = []
    for more in (1, 18):
        for one in range(more):
            hall = make_venue(f"Haus {more} {one}")
            hall.carriers.add(own["carrier"])
            person = Volunteer.objects.create(carrier=own["carrier"], number=f"{more}-{one}")
            Engagement.objects.create(volunteer=person, venue=hall)
        client.get(BASE)
        with CaptureQueriesContext(connection) as seen:
            client.get(BASE)
        numbers.append(len([one for one in seen if "SAVEPOINT" not in one["sql"]]))
    assert numbers[0] == numbers[1] <= 9, numbers


# Amounts of the law


def test_the_amount_that_holds_today_is_shown_with_its_day(client, own):
    assert parameters.load() == (6, 6) and parameters.load() == (6, 0)
    on = {
        day: {row.key: int(row.amount) for row in Parameter.objects.on(day) if "pauschale" in row.key}
        for day in (dt.date(2025, 12, 31), dt.date(2026, 1, 1))
    }
    assert list(on.values()) == [
        {"ehrenamtspauschale": 840, "uebungsleiterpauschale": 3000},
        {"ehrenamtspauschale": 960, "uebungsleiterpauschale": 3300},
    ]
    text = read(client, BASE).text
    assert "960 Euro im Jahr, gilt seit 1. Januar 2026 (§ 3 Nr. 26a EStG)" in text
    assert "keine Entscheidung und keine Beratung" in text


# Who is looked for, and ideas


def test_an_opening_is_written_for_an_own_hall_and_ended(client, own):
    hall = own["halls"][0]
    form = {
        "venue": hall.pk,
        "title": "jemand für das Café",
        "hours": "zwei Stunden",
        "active_until": "2026-12-31",
    }
    day = timezone.localdate() + dt.timedelta(days=30)
    form |= {
        "active_until": day.isoformat(),
        "published": "on",
        "submission": "7c9e6679-7425-40de-944b-e07fc1f90ae7",
    }
    for _ in range(2):
        assert client.post(f"{PART}gesuch/neu/", form).status_code == 303
    opening = Opening.objects.get()
    assert "jemand für das Café" in read(Client(), "/mitmachen/").text
    assert client.post(f"{PART}gesuch/{opening.pk}/", {"schluss": "1"}).status_code == 303
    assert "jemand für das Café" not in read(Client(), "/mitmachen/").text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": ""}, "Bitte schreiben Sie, wen Sie suchen."),
        ({"hours": ""}, "Bitte schreiben Sie, wie viel Zeit es braucht."),
        ({"active_until": "2020-01-01"}, "Dieser Tag ist schon vorbei."),
        ({"active_until": "2999-01-01"}, "Höchstens gut ein Jahr voraus"),
        ({"active_until": ""}, "Bis wann soll es dastehen?"),
        ({"venue": "fremd"}, "Bitte wählen Sie einen Ort der Liste."),
    ],
)
def test_an_opening_that_lacks_something_is_not_written(client, own, fields, sentence):
    day = timezone.localdate() + dt.timedelta(days=30)
    form = {"venue": own["halls"][0].pk, "title": "jemand", "hours": "zwei", "active_until": day.isoformat()}
    answer = client.post(f"{PART}gesuch/neu/", form | fields)
    assert sentence in check_page(answer.content.decode()).text and not Opening.objects.exists()


def test_a_foreign_hall_is_no_choice(client, own):
    page = read(client, f"{PART}gesuch/neu/")
    assert "Haus Eins" in page.text and "Fremdes Haus" not in page.text
    day = timezone.localdate() + dt.timedelta(days=30)
    form = {"venue": own["halls"][2].pk, "title": "jemand", "hours": "zwei", "active_until": day.isoformat()}
    assert client.post(f"{PART}gesuch/neu/", form).status_code == 200 and not Opening.objects.exists()


@pytest.fixture
def idea(own):
    vocabularies.forget()
    day = timezone.localdate()
    found = Idea.objects.create(
        title="Boule",
        text="Wir brauchen Kugeln.",
        owner_role=Role.VORORT,
        district=make_district("Hörde"),
        posted_on=day,
        answer_by=day,
        until=day,
    )
    Companion.objects.create(
        idea=found, started=True, name="Planterich", phone="0231 77665", message="", joined_on=day
    )
    return found


def vorort(client: Client, district: str = "Hörde", name: str = "vorort") -> None:
    user = make_user(name)
    make_membership(user, Role.VORORT, district=make_district(district))
    enter(client, user)


def act(client: Client, idea: Idea, was: str, **fields):
    said = {
        "title": idea.title,
        "text": idea.text,
        "district": idea.district_id or "",
        "version": idea.version,
    }
    return client.post(f"{PART}idee/{idea.pk}/", {"was": was} | said | fields)


def test_the_one_in_charge_reads_corrects_and_publishes(client, idea):
    vorort(client)
    assert "1 Idee wartet" in read(client, PART).text
    page = read(client, f"{PART}idee/{idea.pk}/")
    assert "Planterich" in page.text and "0231 77665" in page.text
    assert act(client, idea, "zeigen", text="Kugeln sind da.").status_code == 303
    page = read(Client(), f"/mitmachen/idee/{idea.pk}/")
    assert "Kugeln sind da." in page.text and "Planterich" not in page.text
    assert "Begegnung VorOrt im Stadtbezirk Hörde" in page.text


def test_a_name_in_the_text_is_asked_about_before_everybody_reads_it(client, idea):
    vorort(client)
    answer = act(client, idea, "zeigen", text="Anmelden bei Frau Mustermann.")
    assert "Hier könnte eine Person gemeint sein: Frau Mustermann" in check_page(answer.content.decode()).text
    idea.refresh_from_db()
    assert idea.state == Idea.State.NEW
    assert act(client, idea, "zeigen", text="Anmelden bei Frau Holle.", trotzdem="1").status_code == 303


def test_another_district_and_other_roles_do_not_see_it(client, idea):
    vorort(client, "Eving", "vorort-eving")
    read(client, f"{PART}idee/{idea.pk}/", 404)
    assert act(client, idea, "zeigen").status_code == 404
    user = make_user("technik")
    make_membership(user, Role.TECHNICAL)
    enter(client, user)
    read(client, f"{PART}idee/{idea.pk}/", 404)


def test_the_editors_may_publish_but_do_not_see_who_it_is(client, idea):
    user = make_user("redaktion")
    make_membership(user, Role.EDITORS)
    enter(client, user)
    page = read(client, f"{PART}idee/{idea.pk}/")
    assert "Planterich" not in page.text and "77665" not in page.text
    assert "Die Namen sieht nur, wer sich kümmert: Begegnung VorOrt im Stadtbezirk Hörde." in page.text
    person = Companion.objects.get()
    assert act(client, idea, "vergessen", person=str(person.pk)).status_code == 404


def test_handed_over_the_carrier_sees_them_and_the_district_no_longer(client, own, idea):
    other = Client()
    vorort(other)
    assert act(other, idea, "uebergeben", traeger=str(own["carrier"].pk)).status_code == 303
    assert "Planterich" in read(client, f"{PART}idee/{idea.pk}/").text
    assert "Planterich" not in read(other, f"{PART}idee/{idea.pk}/").text


def test_the_end_needs_a_yes_and_deletes_every_name(client, idea):
    vorort(client)
    answer = act(client, idea, "beenden")
    assert "Bitte bestätigen Sie mit dem Häkchen" in check_page(answer.content.decode()).text
    assert Companion.objects.count() == 1
    assert act(client, idea, "beenden", ja="1").status_code == 303
    idea.refresh_from_db()
    assert idea.state == Idea.State.REFUSED and not Companion.objects.exists()
    read(client, f"{PART}idee/{idea.pk}/", 404)


def test_called_and_forgotten_one_by_one(client, idea):
    vorort(client)
    person = Companion.objects.get()
    assert act(client, idea, "angerufen", person=str(person.pk)).status_code == 303
    assert Companion.objects.get().called_on == timezone.localdate()
    assert act(client, idea, "vergessen", person="unsinn").status_code == 404
    assert act(client, idea, "vergessen", person=str(person.pk)).status_code == 303
    assert not Companion.objects.exists()
