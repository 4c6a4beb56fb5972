"""Requests from the street: what is asked, what is refused, and that nothing of it is anywhere but in its own row."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from seniorportal import concerns, limits
from seniorportal.models import Concern, Deletion, FormUse, Language, Role
from seniorportal.public import forms as public_forms
from tests.cast import make_membership, make_user
from tests.public.html import check_page
from tests.public.town import (
    make_carrier,
    make_date,
    make_district,
    make_house,
    make_offering,
    make_office,
    make_venue,
)

pytestmark = pytest.mark.django_db

CALL_BACK = {
    "es_geht": "selbst",
    "telefon": "030 23125 417",
    "name": "Erika Beispiel",
    "wann": "vormittag",
    "sprache": "",
    "text": "Es geht um den Pflegegrad",
}
POST = {"name": "Erika Beispiel", "strasse": "Beispielweg 3", "plz": "44263", "ort": "Dortmund"}


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    monkeypatch.setattr(public_forms, "QUICKEST", 0)


def staffed(office=None):
    office = office or make_office()
    carrier = make_carrier(f"Träger {office.name}")
    make_membership(make_user(f"tandem-{office.pk}"), Role.TANDEM, venue=office, employer=carrier)
    return office


def stamp_of(response) -> str:
    return re.search(r'name="stempel" value="([^"]+)"', response.content.decode()).group(1)


def send(client: Client, path: str, said: dict, **fields):
    stamp = fields.pop("stempel", None) or stamp_of(client.get(path))
    return client.post(path, {"nachricht": "", "stempel": stamp} | said | fields)


def page_of(response, status: int = 200):
    assert response.status_code == status
    return check_page(response.content.decode())


def test_a_call_back_belongs_to_the_office_and_its_receipt_says_who_calls_until_when(client):
    office = staffed()
    path = f"/anliegen/rueckruf/{office.slug}/"
    until = concerns.promised("rueckruf", timezone.localdate())
    assert "Es ruft Sie an: das Seniorenbüro Hörde, spätestens am" in page_of(client.get(path)).text
    answer = send(client, path, CALL_BACK)
    assert answer.status_code == 303
    made = Concern.objects.get()
    assert (made.kind, made.team_venue, made.team_carrier, made.answer_by) == (
        "rueckruf",
        office,
        None,
        until,
    )
    assert (made.phone, made.name, made.regards, made.wished) == (
        "030 23125 417",
        "Erika Beispiel",
        "selbst",
        "vormittag",
    )
    assert answer["Location"] == f"/anliegen/{made.pk}/"
    text = page_of(client.get(answer["Location"])).text
    assert "Es ruft Sie an: das Seniorenbüro Hörde" in text and f"{until.day}. " in text
    assert "02 31 / 5 02 33 11" in text  # whom to ring meanwhile
    assert not any(word in text for word in ("Erika", "23125", "23 12 54 17", "Pflegegrad"))


def test_every_place_and_every_offering_leads_to_its_forms(client):
    offering, house, office = make_offering(), make_house(), staffed()
    for place in (offering.venue, house, office):
        links = [link.get("href") for link in page_of(client.get(place.get_absolute_url())).all("a")]
        for form in ("rueckruf", "post"):
            assert f"/anliegen/{form}/{place.slug}/" in links
            page_of(client.get(f"/anliegen/{form}/{place.slug}/"))
    links = [link.get("href") for link in page_of(client.get(offering.get_absolute_url())).all("a")]
    assert f"/anliegen/begleitung/{offering.pk}/" in links
    assert send(client, f"/anliegen/post/{house.slug}/", POST).status_code == 303
    made = Concern.objects.get()
    assert made.address == "Beispielweg 3\n44263 Dortmund" and made.team_venue == office


def test_whoever_works_there_owns_it_and_the_office_of_the_district_stands_in(client):
    hoerde, hombruch = staffed(), staffed(make_office("Hombruch"))
    hall, house = make_venue("Halle"), make_house()
    today = timezone.localdate()

    def of(entry, kind="rueckruf"):
        team = concerns.team_of(entry, kind, today)
        return team, concerns.deputy_of(team, concerns.district_of(entry), today)

    assert of(hall) == (concerns.Team(venue=hoerde), hombruch)
    assert of(house) == (concerns.Team(venue=hoerde), hombruch)
    verband = make_carrier("Verband")
    ortsverein = make_carrier("Ortsverein", parent=verband)
    hall.carriers.add(ortsverein)
    make_membership(make_user("koordination"), Role.COORDINATION, carrier=verband)
    team, deputy = of(hall)
    assert team.carrier == ortsverein and deputy == hoerde
    make_membership(make_user("hausleitung"), Role.HOUSE, venue=house)
    assert of(house) == (concerns.Team(venue=house), hoerde)
    # Begegnung VorOrt and the editors answer feedback, but they meet no persons.
    elsewhere = make_venue("Andere Halle")
    make_membership(make_user("vorort"), Role.VORORT, district=elsewhere.district)
    make_membership(make_user("redaktion"), Role.EDITORS)
    assert of(elsewhere) == (concerns.Team(venue=hoerde), hombruch)
    assert of(hall, "begleitung")[0] == concerns.Team(venue=hoerde)
    assert of(make_office("Aplerbeck")) == (concerns.Team(venue=hombruch), hoerde)
    assert of(make_office("Mengede")) == (concerns.Team(venue=hombruch), hoerde)  # the ring goes round


def test_where_nobody_works_nothing_is_promised(client):
    office = make_office()
    path = f"/anliegen/rueckruf/{office.slug}/"
    page = page_of(client.get(path))
    assert "Im Augenblick kann das hier niemand annehmen. Bitte rufen Sie an." in page.text
    assert "02 31 / 5 02 33 11" in page.text and not page.all("form")
    answer = send(client, path, CALL_BACK, stempel=public_forms.new_stamp())
    assert answer.status_code == 200 and not Concern.objects.exists()


def test_company_is_asked_for_dates_that_leave_time_to_find_somebody(client):
    staffed()
    offering = make_offering("Tanztee")
    soon, later, off = (make_date(offering, days) for days in (1, 14, 15))
    off.status = off.Status.CANCELLED
    off.save()
    path = f"/anliegen/begleitung/{offering.pk}/"
    page = page_of(client.get(path))
    offered = [one.get("value") for one in page.all("option")]
    assert later.date.isoformat() in offered
    assert soon.date.isoformat() not in offered and off.date.isoformat() not in offered
    said = {"telefon": "030 23125 417", "wann": "egal", "termin": later.date.isoformat()}
    assert send(client, path, said).status_code == 303
    made = Concern.objects.get()
    assert (made.offering, made.for_date, made.name) == (offering, later.date, None)
    refused = send(client, path, said | {"termin": soon.date.isoformat()})
    assert "Bitte wählen Sie eine der Möglichkeiten aus." in page_of(refused).text


def test_a_language_is_asked_for_and_kept(client):
    Language.objects.create(name="Deutsch", slug="deutsch", code="de")
    turkish = Language.objects.create(name="Türkisch", slug="tuerkisch", code="tr")
    from seniorportal import vocabularies

    vocabularies.forget()
    path = f"/anliegen/rueckruf/{staffed().slug}/"
    assert send(client, path, CALL_BACK, sprache="tuerkisch").status_code == 303
    assert Concern.objects.get().language == turkish
    vocabularies.forget()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"es_geht": ""}, "Bitte wählen Sie aus."),
        ({"telefon": ""}, "Ohne sie können wir nicht anrufen."),
        ({"telefon": "ruft mich an"}, "Bitte schreiben Sie nur die Nummer"),
        ({"telefon": "0231"}, "zu kurz oder zu lang"),
        ({"telefon": "0" * 17}, "zu kurz oder zu lang"),
        ({"wann": "nachts"}, "Bitte wählen Sie eine der Möglichkeiten aus."),
        ({"sprache": "klingonisch"}, "Bitte wählen Sie eine der Möglichkeiten aus."),
        ({"text": "x" * 301}, "Bitte schreiben Sie höchstens 300 Zeichen. Es sind 301."),
        ({"name": "x\x00y"}, "Der Text enthält ein Zeichen"),
        ({"nachricht": "Kaufen Sie"}, "verborgene Felder"),
        ({"stempel": "gefälscht"}, "Das Formular war lange offen."),
    ],
)
def test_what_is_wrong_is_said_in_german_and_nothing_typed_is_lost(client, fields, sentence):
    path = f"/anliegen/rueckruf/{staffed().slug}/"
    response = send(client, path, CALL_BACK, **fields)
    page = page_of(response)
    assert sentence in page.text
    typed = {one.get("name"): one.get("value") for one in page.all("input")}
    for name in {"telefon", "name"} - set(fields):
        assert typed[name] == CALL_BACK[name]
    if "text" not in fields:
        assert "Es geht um den Pflegegrad" in response.content.decode()
    assert not Concern.objects.exists()


def test_a_letter_needs_a_whole_address(client):
    path = f"/anliegen/post/{staffed().slug}/"
    text = page_of(send(client, path, POST, name="", strasse="", plz="4426", ort="")).text
    for sentence in ("wie Sie heißen", "Straße und Hausnummer.", "fünf Ziffern", "den Ort."):
        assert sentence in text
    assert not Concern.objects.exists()


def test_whoever_is_quicker_than_reading_is_asked_again(client, monkeypatch):
    monkeypatch.setattr(public_forms, "QUICKEST", 3)
    path = f"/anliegen/rueckruf/{staffed().slug}/"
    page = send(client, path, CALL_BACK)
    assert "Das ging sehr schnell." in page.content.decode()
    monkeypatch.setattr(public_forms, "QUICKEST", 0)
    assert send(client, path, CALL_BACK, stempel=stamp_of(page)).status_code == 303


def test_sent_twice_leads_to_the_first_result_even_when_it_is_done(client):
    path = f"/anliegen/rueckruf/{staffed().slug}/"
    stamp = stamp_of(client.get(path))
    first, second = (send(client, path, CALL_BACK, stempel=stamp) for _ in range(2))
    assert first.status_code == second.status_code == 303 and first["Location"] == second["Location"]
    concerns.settle(Concern.objects.get(), timezone.localdate())
    third = send(client, path, CALL_BACK, stempel=stamp)
    assert third["Location"] == first["Location"] and not Concern.objects.exists()
    assert "Dieses Anliegen ist erledigt." in page_of(client.get(third["Location"])).text


def test_whoever_asked_can_take_it_back(client):
    answer = send(client, f"/anliegen/post/{staffed().slug}/", POST)
    assert client.post(answer["Location"], {"tun": "loeschen"}).status_code == 303
    assert not Concern.objects.exists()
    assert "gelöscht" in page_of(client.get(answer["Location"])).text
    assert client.post(answer["Location"], {"tun": "loeschen"}).status_code == 303  # twice does no harm
    assert Deletion.objects.count() == 1


def test_a_number_that_was_never_given_out_is_not_there(client):
    assert client.get("/anliegen/00000000-0000-4000-8000-000000000000/").status_code == 404


def test_one_address_and_one_form_have_a_limit(client, monkeypatch):
    path = f"/anliegen/rueckruf/{staffed().slug}/"
    monkeypatch.setattr(limits, "FROM_ONE_ADDRESS", 2)
    assert [send(client, path, CALL_BACK).status_code for _ in range(3)] == [303, 303, 429]
    page = send(client, path, CALL_BACK).content.decode()
    assert "Ihre Angaben sind noch da. Bitte rufen Sie an." in page and "030 23125 417" in page
    monkeypatch.setattr(limits, "FROM_ONE_ADDRESS", 100)
    monkeypatch.setattr(limits, "WITH_ONE_FORM", 2)
    stamp = stamp_of(client.get(path))
    assert [send(client, path, CALL_BACK, stempel=stamp).status_code for _ in range(3)] == [303, 303, 429]
    kept = list(FormUse.objects.values_list("key", flat=True))
    assert kept and not any("127.0.0.1" in key or str(stamp)[:36] in key for key in kept)


def test_the_form_asks_for_its_token(client):
    path = f"/anliegen/rueckruf/{staffed().slug}/"
    assert Client(enforce_csrf_checks=True).post(path, CALL_BACK).status_code == 403


def test_a_date_that_falls_away_puts_company_for_it_on_top(client):
    staffed()
    offering = make_offering("Tanztee")
    first, second = make_date(offering, 20), make_date(offering, 27)
    today = timezone.localdate()

    def asked(**fields):
        office = concerns.office_for(offering.venue.district, today)
        days = {"answer_by": today + dt.timedelta(days=3), "venue": offering.venue, "team_venue": office}
        return Concern.objects.create(**{"kind": "begleitung", "offering": offering} | days | fields)

    for_first, for_second, for_any = asked(for_date=first.date), asked(for_date=second.date), asked()
    other = asked(kind="rueckruf")
    assert concerns.date_cancelled([first]) == 1
    for row, due in ((for_first, True), (for_second, False), (for_any, False), (other, False)):
        row.refresh_from_db()
        assert (row.called_off_on == today) is (row.answer_by == today) is due
    assert concerns.date_cancelled([make_date(offering, 5)]) == 1  # within two weeks: whoever named no date
    for_any.refresh_from_db()
    assert for_any.called_off_on == today
    assert concerns.date_cancelled([]) == 0
    assert list(Concern.objects.most_urgent_first(today, "vm"))[-1] in (other, for_second)
    assert make_district().pk == offering.venue.district.pk
