"""The pages of the network: found, entered once, spoken with, merged; whoever asks, within their statements."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from seniorportal.models import Partner, PartnerContact, PartnerMerge, PartnersApart
from tests.cast import City
from tests.network.rows import signed_in, store
from tests.public.html import check_page

pytestmark = pytest.mark.django_db
LIST = "desk:network"
MOST_STATEMENTS = {LIST: 14, "desk:network_on_paper": 13, "desk:doubles": 15}


def partner(name: str, **fields) -> Partner:
    return Partner.objects.create(name=name, **fields)


def read(client, name: str, *args, **query) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    check_page(response.content.decode())
    return str(response.content.decode())


def sent(client, url: str, **data):
    return client.post(url, data)


def whole(**more) -> dict:
    return {"name": "Treff Quitte", "kind": "verein", "submission": str(uuid.uuid4())} | more


def test_lists_cost_the_same_for_any_number(city: City):
    client = signed_in(city)
    cost: dict[str, int] = {}
    for name in ("Treff Mandel", "Treff Mandel e.V."):
        partner(name)
    for only in (0, 200):
        if only:
            store([city.hoerde.office], only=only)
        for name, most in MOST_STATEMENTS.items():
            with CaptureQueriesContext(connection) as caught:
                read(client, name)
            assert cost.setdefault(name, len(caught)) == len(caught) <= most, name


def test_found_by_name_number_kind_district_and_last_contact(city: City):
    client, today = signed_in(city), timezone.localdate()
    pharmacy = partner("Löwen-Apotheke", kind="apotheke", phone="0231 / 77 88 99")
    pharmacy.districts.add(city.hoerde.district)
    waiting = partner("Hospizdienst Ulme")
    long_ago = today - dt.timedelta(days=500)
    PartnerContact.objects.create(
        partner=waiting, venue=city.hombruch.office, date=long_ago, occasion="Anruf"
    )
    for query in (
        {"q": "loewen"},
        {"q": "LÖWEN apo"},
        {"q": "0231778899"},
        {"q": "0231 77 88"},
        {"q": "+49 (0)231 778899"},
        {"art": "apotheke"},
        {"bezirk": city.hoerde.district.slug, "art": "apotheke"},
    ):
        page = read(client, LIST, **query)
        assert "Löwen-Apotheke" in page and "Hospizdienst" not in page, query
    page = read(client, LIST, kontakt="laenger")
    assert "Hospizdienst Ulme" in page and city.hombruch.office.name in page and "Löwen-Apotheke" not in page
    assert "Hospizdienst" not in read(client, LIST, kontakt="nie")
    assert "Hospizdienst" not in read(client, LIST, kontakt="halbjahr")


def test_searched_in_vain_it_asks_did_you_mean(city: City):
    partner("Seniorenheim St. Barbara")
    page = read(signed_in(city), LIST, q="Seniorenhiem Barbara")
    assert "Meinten Sie" in page and "Seniorenheim St. Barbara" in page


def test_nonsense_in_the_address_is_answered(city: City):
    client = signed_in(city)
    for query in (
        {"art": "x"},
        {"seite": "99"},
        {"seite": "a"},
        {"q": "\0'%_" * 40},
        {"bezirk": "1"},
        {"zzz": "1"},
    ):
        read(client, LIST, **query)


def test_whoever_closed_is_not_in_the_list(city: City):
    partner("Alte Post", active_until=timezone.localdate() - dt.timedelta(days=1))
    client = signed_in(city)
    assert "Alte Post" not in read(client, LIST)
    assert "Alte Post" in read(client, LIST, stand="frueher") and "Alte Post" in read(
        client, LIST, stand="alle"
    )


def test_the_house_keeps_partners_too_and_the_district_reads_its_own(city: City):
    mine = partner("Treff Hasel")
    mine.districts.add(city.hoerde.district)
    assert "Neuer Partner" in read(signed_in(city, "hausleitung-ekh"), LIST)
    page = read(signed_in(city, "vorort-hoerde"), LIST)
    assert "Treff Hasel" in page and "Neuer Partner" not in page and "Doppelte" not in page
    read(signed_in(city, "vorort-hoerde"), "desk:partner", mine.pk)
    assert signed_in(city, "vorort-hoerde").post(reverse("desk:partner_new"), whole()).status_code == 404
    assert signed_in(city, "koordination-awo").get(reverse(LIST)).status_code == 404


def test_a_new_partner_is_entered_once_however_often_it_is_sent(city: City):
    client, data = signed_in(city), whole()
    for _ in range(2):
        response = client.post(reverse("desk:partner_new"), data)
        assert response.status_code == 303
    made = Partner.objects.get(name="Treff Quitte")
    assert response["Location"] == reverse("desk:partner", args=[made.pk])


def test_a_likely_double_asks_in_a_second_step_and_keeps_what_was_typed(city: City):
    there = partner("Treff Quitte e.V.", phone="0231 123456")
    client, data = signed_in(city), whole(phone="0231 999999", website="quitte.example")
    page = client.post(reverse("desk:partner_new"), data).content.decode()
    assert "Diesen Partner gibt es vielleicht schon" in page and "Treff Quitte e.V." in page
    assert 'value="0231 999999"' in page and f'name="andere" value="{there.pk}"' in page
    assert Partner.objects.filter(name="Treff Quitte").count() == 0
    assert client.post(reverse("desk:partner_new"), data | {"andere": [str(there.pk)]}).status_code == 303
    made = Partner.objects.get(name="Treff Quitte")
    assert made.website == "https://quitte.example"
    assert PartnersApart.objects.get(one=there, other=made)
    read(client, "desk:partner", made.pk)  # and what the last step said
    assert "Treff Quitte" not in read(client, "desk:doubles").split("gemerkt")[0]


def test_wrong_answers_stand_at_their_fields(city: City):
    client = signed_in(city)
    page = client.post(
        reverse("desk:partner_new"),
        whole(
            name=" ", website="kein link", postal_code="4413", email="x", may_be_published="on", consent_on=""
        ),
    ).content.decode()
    for text in (
        "Bitte schreiben Sie den Namen.",
        "Das ist keine Internetadresse",
        "Eine Postleitzahl hat fünf Ziffern.",
        "Das ist keine E-Mail-Adresse",
        "Ohne den Tag der Zustimmung wird nichts veröffentlicht",
    ):
        assert text in page
    assert 'value="4413"' in page
    same = partner("Treff Mispel")
    page = client.post(reverse("desk:partner_new"), whole(name=same.name)).content.decode()
    assert (
        "So heißt schon ein Partner im Netzwerk." in page and reverse("desk:partner", args=[same.pk]) in page
    )


def test_two_who_change_one_partner_see_both_values(city: City):
    row, client = partner("Treff Tanne"), signed_in(city)
    url = reverse("desk:partner_edit", args=[row.pk])
    assert client.post(url, whole(name="Treff Tanne", phone="0231 111111", version="1")).status_code == 303
    page = client.post(url, whole(name="Treff Tanne", phone="0231 222222", version="1")).content.decode()
    assert "Inzwischen gespeichert: «0231 111111»" in page and 'value="0231 222222"' in page


def test_a_contact_of_any_office_is_the_last_one(city: City):
    row, client = partner("Treff Linde"), signed_in(city)
    url = reverse("desk:partner_contact", args=[row.pk])
    data = {
        "venue": city.hoerde.office.pk,
        "date": timezone.localdate().isoformat(),
        "occasion": "Runder Tisch vorbereitet",
        "submission": str(uuid.uuid4()),
    }
    for _ in range(2):
        assert client.post(url, data).status_code == 303
    made = PartnerContact.objects.get(partner=row)
    page = read(signed_in(city, "tandem-hombruch"), "desk:partner", row.pk)
    assert (
        "Runder Tisch vorbereitet" in page and city.hoerde.office.name in page and "berichtigen" not in page
    )
    foreign = data | {"venue": city.hombruch.office.pk, "submission": str(uuid.uuid4())}
    assert "Bitte wählen Sie aus der Liste." in client.post(url, foreign).content.decode()
    named = data | {"occasion": "Frau Beispiel angerufen", "submission": str(uuid.uuid4())}
    assert "sieht nach dem Namen eines Menschen aus" in client.post(url, named).content.decode()
    later = (timezone.localdate() + dt.timedelta(days=1)).isoformat()
    future = data | {"date": later, "submission": str(uuid.uuid4())}
    assert "Dieser Tag liegt in der Zukunft" in client.post(url, future).content.decode()
    change = reverse("desk:contact", args=[made.pk])
    assert signed_in(city, "tandem-hombruch").get(change).status_code == 404
    assert client.post(change, {"date": "2026-01-05", "occasion": "Flyer", "version": "1"}).status_code == 303
    made.refresh_from_db()
    assert made.occasion == "Flyer"
    assert client.post(change, {"zurueck": "1"}).status_code == 303
    assert not PartnerContact.objects.filter(partner=row).exists()


def test_merged_on_the_page_and_the_old_number_leads_on(city: City):
    one = partner("Treff Erle", phone="0231 123456")
    two = partner("Treff Erle e.V.", website="https://erle.example", kind="verein")
    two.districts.add(city.hoerde.district)
    client = signed_in(city)
    assert "Treff Erle e.V." in read(client, "desk:doubles")
    page = read(client, "desk:merge", one.pk, two.pk)
    assert "gleicher Name in anderer Schreibweise" in page
    url = reverse("desk:merge", args=[one.pk, two.pk])
    data = {
        "fassung1": "1",
        "fassung2": "1",
        "bleibt": "1",
        "name": "2",
        "kind": "2",
        "phone": "1",
        "website": "2",
    }
    response = client.post(url, data | {"districts": "beide"})
    assert response.status_code == 303
    one.refresh_from_db()
    assert (one.name, one.phone, one.website) == ("Treff Erle e.V.", "0231 123456", "https://erle.example")
    assert [d.pk for d in one.districts.all()] == [city.hoerde.district.pk]
    old = client.get(reverse("desk:partner", args=[two.pk]))
    assert old.status_code == 302 and old["Location"] == reverse("desk:partner", args=[one.pk])
    assert "ist jetzt" in read(client, "desk:partner", one.pk)
    again = signed_in(city, "tandem-hombruch").post(url, data)
    assert again.status_code == 303 and again["Location"] == reverse("desk:partner", args=[one.pk])
    page = read(signed_in(city), "desk:partner", one.pk)
    assert (
        "Zusammengeführt" in page
        and PartnerMerge.objects.get(gone_key=two.pk).by == city.people["tandem-hoerde"]
    )


def test_whoever_comes_second_hears_it_in_one_sentence(city: City):
    one, two = partner("Treff Erle"), partner("Treff Erle e.V.")
    url, data = (
        reverse("desk:merge", args=[one.pk, two.pk]),
        {"fassung1": "1", "fassung2": "1", "bleibt": "1"},
    )
    assert signed_in(city).post(url, data).status_code == 303
    second = signed_in(city, "tandem-hombruch")
    page = second.post(url, data, follow=True).content.decode()
    assert "wurde schon zusammengeführt: heute um" in page and "nichts ist verloren" in page
    assert PartnerMerge.objects.filter(kept=one).count() == 1


def test_changed_meanwhile_nothing_is_merged(city: City):
    one, two = partner("Treff Erle"), partner("Treff Erle e.V.")
    two.phone = "0231 5"
    two.save()
    page = signed_in(city).post(
        reverse("desk:merge", args=[one.pk, two.pk]), {"fassung1": "1", "fassung2": "1", "phone": "1"}
    )
    assert page.status_code == 200 and "hat inzwischen jemand geändert" in page.content.decode()
    assert Partner.objects.filter(pk=two.pk).exists()


def test_no_double_is_remembered_and_can_be_taken_back(city: City):
    one, two = partner("Treff Erle"), partner("Treff Erle e.V.")
    client = signed_in(city)
    for _ in range(2):
        assert client.post(reverse("desk:apart"), {"partner": [one.pk, two.pk]}).status_code == 303
    said = PartnersApart.objects.get(one=one)
    assert "Zusammenführen …" not in read(client, "desk:doubles")
    assert client.post(reverse("desk:not_apart", args=[said.pk])).status_code == 303
    assert "Zusammenführen …" in read(client, "desk:doubles")
    assert client.post(reverse("desk:apart"), {"partner": ["x", ""]}).status_code == 303


def test_chosen_by_hand_where_nothing_is_alike(city: City):
    one, two = partner("Alte Post"), partner("Café Sanddorn")
    client = signed_in(city)
    page = read(client, "desk:merge_with", one.pk, q="sanddorn")
    assert reverse("desk:merge", args=[one.pk, two.pk]) in page
    assert "ähneln einander nicht" in read(client, "desk:merge", one.pk, two.pk)
    assert client.get(reverse("desk:merge", args=[one.pk, one.pk])).status_code == 404


def test_no_partner_is_public(city: City):
    partner("Treff Sehr Geheim", may_be_published=True, consent_on=dt.date(2026, 1, 1))
    from django.test import Client

    assert Client().get(reverse(LIST)).status_code == 302
    assert b"Sehr Geheim" not in Client().get("/angebote/?q=geheim").content
