"""/mitmachen/: who is looked for, ideas from the first word to the people who join, and nobody's data in public."""

import datetime as dt
import re
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from seniorportal import taking_part, vocabularies
from seniorportal.models import Companion, Deletion, Idea, Membership, Opening, Role
from seniorportal.privacy import retention
from seniorportal.public import forms as form_room
from seniorportal.sealed import Sealed
from tests.cast import make_user
from tests.public.html import check_page
from tests.public.town import make_carrier, make_district, make_office, make_venue

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate

PLANTED = {"name": "Planterich Zwölfender", "telefon": "0231 7766554"}


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """Nobody waits in a test; the vocabularies are those of this test."""
    monkeypatch.setattr(form_room, "QUICKEST", 0)
    vocabularies.forget()
    yield
    vocabularies.forget()


def read(client: Client, path: str, status: int = 200):
    response = client.get(path)
    assert response.status_code == status, path
    return check_page(response.content.decode())


def stamp_of(response) -> str:
    return re.search(r'name="stempel" value="([^"]+)"', response.content.decode()).group(1)


def send(client: Client, path: str, **fields):
    stamp = fields.pop("stempel", None) or stamp_of(client.get(path))
    return client.post(path, {"nachricht": "", "stempel": stamp} | PLANTED | fields)


def post_idea(client: Client, **fields):
    said = {
        "titel": "Boule im Westpark",
        "text": "Wir brauchen nur Kugeln.",
        "wo": "",
        "wann": "",
        "bezirk": "",
    }
    return send(client, "/mitmachen/eigene-idee/", **said | fields)


def make_opening(title: str = "jemand für das Sonntagscafé", **fields) -> Opening:
    if "venue" not in fields:
        fields["venue"] = make_venue(f"Haus {title}", phone="0231 50-0")
    return Opening.objects.create(title=title, hours="zwei Stunden", **fields)


def make_idea(title: str = "Boule im Westpark", **fields) -> Idea:
    day = TODAY()
    return Idea.objects.create(
        title=title,
        **{
            "text": "Wir brauchen nur Kugeln.",
            "owner_role": Role.EDITORS,
            "state": Idea.State.PUBLIC,
            "posted_on": day,
            "answer_by": day,
            "published_on": day,
            "until": day,
        }
        | fields,
    )


# Who is looked for


def test_an_opening_says_what_how_long_and_whom_to_ring(client):
    make_opening(
        text="Kuchen schneiden.", thanks="Fahrgeld", phone="0231 123-45", phone_label="Büro des Hauses"
    )
    page = read(client, "/mitmachen/")
    for said in (
        "jemand für das Sonntagscafé",
        "zwei Stunden",
        "Fahrgeld",
        "Kuchen schneiden.",
        "Büro des Hauses",
    ):
        assert said in page.text
    assert "1 Gesuch, 0 Ideen" in page.text
    assert "tel:+4923112345" in [link.get("href") for link in page.all("a")]


def test_without_a_number_of_its_own_the_house_answers_then_the_office(client):
    make_office("Hörde", phone="0231 50-23311")
    make_opening("mit Telefon")
    make_opening("ohne Telefon", venue=make_venue("Haus ohne Telefon"))
    text = read(client, "/mitmachen/").text
    assert "Haus mit Telefon" in text and "Seniorenbüro Hörde" in text


def test_what_is_over_hidden_or_not_yet_is_not_there(client):
    day = TODAY()
    make_opening("von gestern", active_until=day - dt.timedelta(days=1))
    make_opening("von morgen", active_from=day + dt.timedelta(days=1))
    make_opening("verborgen", published=False)
    make_opening("verborgenes Haus", venue=make_venue("Geheim", published=False))
    make_opening("geschlossenes Haus", venue=make_venue("Zu", active_until=day - dt.timedelta(days=1)))
    make_opening("von heute", active_until=day)
    page = read(client, "/mitmachen/")
    assert "von heute" in page.text
    for hidden in ("von gestern", "von morgen", "verborgen", "geschlossenes Haus"):
        assert hidden not in page.text
    assert "1 Gesuch, 0 Ideen" in page.text


def test_a_district_is_chosen_by_a_link_and_broken_values_are_said(client):
    make_opening("in Hörde")
    make_opening("in Eving", venue=make_venue("Haus Eving", district=make_district("Eving")))
    make_idea("Chor", district=make_district("Eving"), owner_role=Role.VORORT)
    page = read(client, "/mitmachen/")
    assert "Eving (2)" in page.text and "Hörde (1)" in page.text
    page = read(client, "/mitmachen/?bezirk=eving")
    assert "1 Gesuch, 1 Idee in Eving" in page.text
    assert "in Hörde" not in page.text
    page = read(client, "/mitmachen/?bezirk=atlantis&farbe=rot&seite=99")
    assert "2 Gesuche, 1 Idee" in page.text
    assert "Ein Wert für „bezirk“" in page.text and "Die Angabe „farbe“" in page.text


def test_an_empty_page_says_whom_to_ring_and_what_to_try(client):
    make_office("Hörde", phone="0231 50-23311")
    text = read(client, "/mitmachen/?bezirk=hoerde").text
    assert "0 Gesuche, 0 Ideen in Hörde" in text
    assert "Gebraucht werden Sie trotzdem" in text and "Vielleicht ist Ihre die erste." in text
    assert "02 31 / 5 02 33 11" in text


def test_the_list_takes_the_same_statements_for_two_rows_and_for_twenty(client):
    client.get("/mitmachen/")
    numbers = []
    for more in (2, 18):
        for one in range(more):
            district = make_district(("Hörde", "Eving")[one % 2])
            venue = make_venue(f"Haus {more} {one}", phone="0231 50-0", district=district)
            make_opening(f"Gesuch {more} {one}", venue=venue)
            make_idea(f"Idee {more} {one}", district=district, owner_role=Role.VORORT)
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/mitmachen/").status_code == 200
        numbers.append(len(seen))
    assert numbers[0] == numbers[1] <= 13, numbers


def test_the_list_asks_for_no_cookie(client):
    make_idea()
    response = client.get("/mitmachen/")
    assert "Cookie" not in response.get("Vary", "") and not response.cookies


def test_it_is_found_from_every_page_from_home_and_by_search_engines(client):
    for path in ("/", "/angebote/"):
        assert "/mitmachen/" in [link.get("href") for link in read(client, path).all("a")], path
    assert "/mitmachen/</loc>" in client.get("/sitemap-seiten.xml").content.decode()


# From an idea to the people


def test_an_idea_waits_until_somebody_has_read_it(client):
    answer = post_idea(client)
    assert answer.status_code == 303
    idea, person = Idea.objects.get(), Companion.objects.get()
    assert (idea.title, idea.state, idea.owner_role) == ("Boule im Westpark", "neu", Role.EDITORS)
    assert (person.name, person.phone, person.started) == (PLANTED["name"], PLANTED["telefon"], True)
    receipt = read(client, answer["Location"])
    assert "Darum kümmert sich jetzt die Redaktion des Portals." in receipt.text
    assert "Boule" not in receipt.text and PLANTED["name"] not in receipt.text
    assert "0 Gesuche, 0 Ideen" in read(client, "/mitmachen/").text
    read(client, f"/mitmachen/idee/{idea.pk}/", 404)
    read(client, f"/mitmachen/idee/{idea.pk}/dabei/", 404)


def test_the_district_decides_who_is_in_charge(client):
    hoerde, eving = make_district("Hörde"), make_district("Eving")
    user = make_user("vorort")
    Membership.objects.create(user=user, role=Role.VORORT, district=hoerde)
    post_idea(client, titel="eins", bezirk=hoerde.slug)
    post_idea(client, titel="zwei", bezirk=eving.slug)
    assert dict(Idea.objects.values_list("title", "owner_role")) == {"eins": "vorort", "zwei": "redaktion"}
    assert Idea.objects.get(title="eins").owner == "Begegnung VorOrt im Stadtbezirk Hörde"


def test_nothing_of_a_person_lies_open_in_the_database(client):
    post_idea(client)
    raw = Companion.objects.values("name", "phone", "message").get()
    assert all(isinstance(value, Sealed) for value in raw.values())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t::text FROM seniorportal_companion t UNION ALL SELECT t::text FROM seniorportal_idea t"
        )
        rows = " ".join(row for (row,) in cursor.fetchall())
    assert PLANTED["name"] not in rows and PLANTED["telefon"] not in rows


def test_what_is_published_names_nobody_and_can_be_joined(client):
    post_idea(client, wo="Westpark", wann="mittwochs")
    idea = Idea.objects.get()
    taking_part.publish(idea, TODAY())
    idea.save()
    page = read(client, f"/mitmachen/idee/{idea.pk}/")
    for said in (
        "Boule im Westpark",
        "mittwochs",
        "die Redaktion des Portals",
        "Wer die Idee hatte, steht hier nicht.",
    ):
        assert said in page.text
    answer = send(
        client, f"/mitmachen/idee/{idea.pk}/dabei/", name="Mitmacherin Adlerauge", nachricht_an="Nur früh"
    )
    assert answer.status_code == 303
    joined = idea.companions.get(started=False)
    assert (joined.name, joined.message) == ("Mitmacherin Adlerauge", "Nur früh")
    assert "Es ruft Sie an: die Redaktion des Portals" in read(client, answer["Location"]).text
    for path in ("/", "/mitmachen/", f"/mitmachen/idee/{idea.pk}/", f"/mitmachen/idee/{idea.pk}/dabei/"):
        html = client.get(path).content.decode()
        for secret in (*PLANTED.values(), "Mitmacherin", "Adlerauge", "Nur früh"):
            assert secret not in html, path


def test_a_carrier_in_charge_is_shown_by_function_and_its_own_number(client):
    carrier = make_carrier("Beispielverband", phone="0231 99-1")
    idea = make_idea(owner_role=Role.COORDINATION, carrier=carrier)
    page = read(client, idea.get_absolute_url())
    assert "die Koordination (Beispielverband)" in page.text
    assert "Es meldet sich: Beispielverband" in page.text


def test_an_idea_past_its_last_day_is_gone(client):
    idea = make_idea(until=TODAY() - dt.timedelta(days=1), posted_on=TODAY() - dt.timedelta(days=200))
    read(client, idea.get_absolute_url(), 404)
    assert "Boule" not in read(client, "/mitmachen/").text


# Forms that forgive


def test_a_second_post_leads_to_the_first_result(client):
    idea = make_idea()
    for path, said in (
        ("/mitmachen/eigene-idee/", {"titel": "Chor", "text": "Singen."}),
        (f"/mitmachen/idee/{idea.pk}/dabei/", {}),
    ):
        stamp = stamp_of(client.get(path))
        first, second = send(client, path, stempel=stamp, **said), send(client, path, stempel=stamp, **said)
        assert first.status_code == second.status_code == 303
        assert first["Location"] == second["Location"]
    assert Idea.objects.count() == 2 and Companion.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"titel": " "}, "Bitte geben Sie Ihrer Idee einen Namen."),
        ({"titel": "x" * 81}, "Bitte schreiben Sie höchstens 80 Zeichen. Es sind 81."),
        ({"text": ""}, "Bitte erzählen Sie kurz, was Sie vorhaben."),
        ({"text": "x" * 601}, "Bitte schreiben Sie höchstens 600 Zeichen. Es sind 601."),
        ({"text": "a\x00b"}, "Der Text enthält ein Zeichen, das wir nicht lesen können."),
        ({"bezirk": "atlantis"}, "Bitte wählen Sie einen Stadtbezirk aus der Liste."),
        ({"name": ""}, "Bitte schreiben Sie, wie wir Sie am Telefon ansprechen dürfen."),
        ({"telefon": ""}, "Bitte schreiben Sie, unter welcher Nummer wir Sie erreichen."),
        ({"telefon": "abends"}, "Diese Nummer können wir nicht wählen."),
        ({"telefon": "12"}, "Diese Nummer können wir nicht wählen."),
        ({"nachricht": "Kaufen Sie"}, "ohne verborgene Felder auszufüllen"),
        ({"stempel": "gefälscht"}, "Das Formular war lange offen."),
    ],
)
def test_what_is_wrong_is_said_in_german_and_nothing_typed_is_lost(client, fields, sentence):
    make_district("Hörde")
    said = {"titel": "Singkreis", "text": "Volkslieder am Klavier", "wo": "Aula", "wann": "freitags"}
    response = post_idea(client, **said | fields)
    assert response.status_code == 200
    page = check_page(response.content.decode())
    assert sentence in page.text
    kept = {**said, **PLANTED}
    values = {one.get("name"): one.get("value") for one in page.all("input")}
    for name in ("titel", "wo", "wann", "name", "telefon"):
        if name not in fields:
            assert values[name] == kept[name], name
    if "text" not in fields:
        assert "Volkslieder am Klavier" in page.text
    assert not Idea.objects.exists() and not Companion.objects.exists()


def test_a_quick_robot_is_asked_to_look_again(client, monkeypatch):
    monkeypatch.setattr(form_room, "QUICKEST", 3)
    response = post_idea(client)
    assert response.status_code == 200 and "Das ging sehr schnell." in response.content.decode()
    assert not Idea.objects.exists()


def test_from_one_place_come_only_so_many_a_day(client, monkeypatch):
    from seniorportal import limits

    monkeypatch.setattr(limits, "FROM_ONE_ADDRESS", 2)
    assert [post_idea(client).status_code for _ in range(3)] == [303, 303, 429]
    assert Idea.objects.count() == 2


def test_a_receipt_that_nobody_has_leads_nowhere(client):
    read(client, f"/mitmachen/eingang/{uuid.uuid4()}/", 404)


# The end


def test_with_the_end_every_name_goes_at_once_and_no_backup_brings_it_back(client):
    post_idea(client)
    idea = Idea.objects.get()
    key = str(Companion.objects.get().pk)
    user = make_user("redaktion")
    assert taking_part.finish(idea, user, Idea.State.DONE, TODAY()) == 1
    assert not Companion.objects.exists()
    assert Deletion.objects.filter(label="seniorportal.Companion", number=key).exists()
    idea.refresh_from_db()
    assert (idea.state, idea.done_by) == (Idea.State.DONE, user)


@pytest.mark.parametrize(("days", "there"), [(30, True), (31, False)])
def test_an_idea_that_ran_out_loses_its_people_a_month_later(client, days, there):
    idea = make_idea(until=TODAY() - dt.timedelta(days=days), posted_on=TODAY() - dt.timedelta(days=300))
    Companion.objects.create(idea=idea, name="A", phone="1", message="", joined_on=TODAY())
    due = {declared.label: number for declared, _, number in retention.plan(TODAY())}
    assert (due["seniorportal.Companion"], due["seniorportal.Idea"]) == ((0, 0) if there else (1, 1))
