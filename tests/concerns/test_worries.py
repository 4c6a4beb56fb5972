"""«Wir machen uns Gedanken»: with the person's yes a call, without it nothing about her."""

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from seniorportal import concerns
from seniorportal.models import Concern, Role
from tests.cast import make_membership, make_user
from tests.public.html import check_page
from tests.public.town import make_carrier, make_venue

from .people import PLANTED, WORDS, asked, signed_in, team

pytestmark = pytest.mark.django_db
PAGE = "/uebersicht/gedanken/"


@pytest.fixture
def hall():
    return make_venue("Halle")


@pytest.fixture
def client(hall):
    user = make_user("halle")
    make_membership(user, Role.HALL, venue=hall)
    return signed_in(user, unlocked=False)


def said(hall, **fields):
    return {
        "ort": hall.pk,
        "beobachtung": "fehlt",
        "einverstanden": "nein",
        "absendung": uuid.uuid4(),
    } | fields


def test_without_a_yes_only_house_half_day_and_topic_are_kept(client, hall):
    office, (anna,) = team()
    page = check_page(client.get(PAGE).content.decode())
    assert "112" in page.text
    answer = client.post(PAGE, said(hall))
    assert answer.status_code == 303 and answer["Location"] == f"{PAGE}{hall.slug}/"
    row = Concern.objects.get()
    assert (row.kind, row.venue, row.team_venue, row.topic, row.agreed) == (
        "sorge",
        hall,
        office,
        "fehlt",
        False,
    )
    assert not any((row.name, row.phone, row.address, row.remark, row.claimed_by))
    assert row.half_day == concerns.half_of(timezone.localtime())
    thanks = check_page(client.get(answer["Location"]).content.decode()).text
    assert "Seniorenbüro Hörde kümmert sich, spätestens am" in thanks and "02 31 / 5 02 33 11" in thanks
    listed = check_page(signed_in(anna).get("/uebersicht/anrufe/").content.decode()).text
    assert "Jemand kommt seit einiger Zeit nicht mehr. Ohne Namen gemeldet" in listed and "Halle" in listed


def test_without_a_yes_nothing_personal_is_taken(client, hall):
    team()
    for field, value in (
        ("name", PLANTED["name"]),
        ("telefon", PLANTED["phone"]),
        ("text", PLANTED["remark"]),
    ):
        page = client.post(PAGE, said(hall, **{field: value})).content.decode()
        assert "Ohne das Ja der Person dürfen wir nichts über sie aufschreiben." in page
    assert not Concern.objects.exists()


def test_the_database_itself_refuses_a_name_without_a_yes(hall):
    office, _ = team()
    with pytest.raises(IntegrityError), transaction.atomic():
        asked(office, kind="sorge", venue=hall, agreed=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        asked(office, agreed=False, name=None, phone=None)  # who asks for a call has agreed


def test_with_a_yes_the_office_calls_and_the_hall_reads_nothing_again(client, hall):
    _, (anna,) = team()
    refused = client.post(PAGE, said(hall, einverstanden="ja")).content.decode()
    assert "unter der sie angerufen werden möchte" in refused
    yes = said(
        hall, einverstanden="ja", name=PLANTED["name"], telefon=PLANTED["phone"], text=PLANTED["remark"]
    )
    for _ in range(2):  # a double click
        answer = client.post(PAGE, yes)
        assert answer.status_code == 303
    row = Concern.objects.get()
    assert row.name == PLANTED["name"] and row.agreed
    for path in (answer["Location"], PAGE, "/uebersicht/"):
        page = client.get(path).content.decode()
        assert not any(word in page for word in WORDS), path
    assert client.get(f"/anliegen/{row.pk}/").status_code == 404  # worries have no receipt outside
    assert PLANTED["name"] in signed_in(anna).get("/uebersicht/anrufe/").content.decode()


def test_only_houses_of_ones_own_and_only_for_who_is_there(hall):
    team()
    foreign = make_venue("Fremde Halle")
    coordinator = make_user("koordination")
    carrier = make_carrier("Verband")
    hall.carriers.add(carrier)
    make_membership(coordinator, Role.COORDINATION, carrier=carrier)
    client = signed_in(coordinator, unlocked=False)
    page = check_page(client.get(PAGE).content.decode())
    assert "Halle" in page.text and "Fremde Halle" not in page.text
    assert "Bitte wählen Sie eine der Möglichkeiten aus." in client.post(PAGE, said(foreign)).content.decode()
    assert client.get(f"{PAGE}{foreign.slug}/").status_code == 404
    editor = make_user("redaktion")
    make_membership(editor, Role.EDITORS)
    assert signed_in(editor).get(PAGE).status_code == 404
    assert not Concern.objects.exists()


def test_where_no_office_has_people_it_says_so(client, hall):
    page = client.post(PAGE, said(hall)).content.decode()
    assert "Im Augenblick ist kein Seniorenbüro besetzt." in page and not Concern.objects.exists()
