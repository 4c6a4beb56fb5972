"""The card for the way, the tick in the hall, the counters each way, and what was lacking on the Bedarfskarte."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from seniorenbuero.models import ClosedMonth, Referral, UnmetNeed
from seniorenbuero.models.referral import CODE_LENGTH, LETTERS, new_code
from seniorenbuero.referring import arriving, numbers, writing
from seniorportal import access, concerns, links, vocabularies
from seniorportal.access import Right
from seniorportal.models import Category, Concern, Link, Offering, Partner
from tests.cast import City
from tests.public.html import check_page
from tests.seniorenbuero.log import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(city: City) -> City:
    vocabularies.forget()
    return city


def card_of(world) -> Referral:
    found: Referral = world.one(Referral)
    return found


def page_of(code: str) -> str:
    return reverse("arrival:card", args=[code])


# --- the card -------------------------------------------------------------------------------------------------------


def test_the_card_says_where_when_how_and_whom_to_ring_and_no_name(city):
    hall = city.hoerde.hall
    hall.stop, hall.way, hall.street = "Clarenberg", "Fünf Minuten geradeaus.", "Beispielstraße 4"
    hall.save()
    text = signed_in(city).get(reverse("desk:card", args=[card_of(city.hoerde).pk])).content.decode()
    page = check_card(text)
    offering = card_of(city.hoerde).offering
    for words in (
        offering.title,
        hall.name,
        "Beispielstraße 4",
        "Haltestelle Clarenberg",
        "Fünf Minuten geradeaus.",
    ):
        assert words in text, words
    assert "stufenloser Eingang" in text and "Rufen Sie gern an" in text
    assert card_of(city.hoerde).spoken_code in text and "<svg" in text
    assert city.people["tandem-hoerde"].name not in text
    assert page.count("<h1>") == 1


def check_card(text: str) -> str:
    assert 'lang="de"' in text and "style=" not in text and "<script" not in text
    return text


def test_a_place_where_nothing_is_known_says_so(city):
    hall = city.hoerde.hall
    hall.accessibility.all().delete()
    made = Referral.objects.create(office=city.hoerde.office, venue=hall, code=new_code())
    text = signed_in(city).get(reverse("desk:card", args=[made.pk])).content.decode()
    assert "nicht bekannt" in text and hall.name in text


def test_a_partner_gets_a_card_that_no_hall_ticks(city):
    partner = city.hoerde.one(Partner)
    made = Referral.objects.create(office=city.hoerde.office, partner=partner, code=new_code())
    text = signed_in(city).get(reverse("desk:card", args=[made.pk])).content.decode()
    assert partner.name in text and "<svg" not in text
    assert Client().get(page_of(made.code)).status_code == 404


def test_the_pdf_is_one_page_a5_and_accessible(city):
    pytest.importorskip("typst")
    pikepdf = pytest.importorskip("pypdf")
    import io

    answer = signed_in(city).get(reverse("desk:card_pdf", args=[card_of(city.hoerde).pk]))
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
    pages = pikepdf.PdfReader(io.BytesIO(answer.content)).pages
    assert len(pages) == 1
    assert (round(pages[0].mediabox.width), round(pages[0].mediabox.height)) == (420, 595)


def test_codes_are_eight_signs_that_nobody_mistakes():
    assert not set(LETTERS) & set("BGIOQSZ01258")
    assert len({new_code() for _ in range(200)}) == 200
    code = new_code()
    assert writing.read_code(f" {code[:4].lower()}-{code[4:]} ") == code
    for wrong in ("", code[:7], f"{code}A", "0000 0000", "ACDE 346Ö"):
        assert writing.read_code(wrong) == ""
    assert len(code) == CODE_LENGTH


# --- ticked in the hall ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "reaches"),
    [
        ("koordination-awo", True),
        ("vorort-hoerde", True),
        ("halle-hoerde", True),
        ("tandem-hoerde", True),
        ("hausleitung-ekh", False),
        ("koordination-caritas", False),
        ("tandem-hombruch", False),
    ],
)
def test_the_people_of_the_house_tick_it_and_no_others(city, who, reaches):
    card, client = card_of(city.hoerde), signed_in(city, who)
    answer = client.post(reverse("arrival:hall"), {"code": card.spoken_code.lower()})
    card.refresh_from_db()
    if not reaches:
        assert "Diese Karte gilt nicht" in answer.content.decode() and card.arrived_on is None
        return
    assert answer.status_code == 303 and card.arrived_on == timezone.localdate()
    text = client.get(answer["Location"]).content.decode()
    assert "Angekommen:" in text and card.offering.title in text
    again = client.post(reverse("arrival:hall"), {"code": card.code})
    assert "schon=1" in again["Location"]
    client.post(reverse("arrival:hall"), {"code": card.code, "was": "zurueck"})
    card.refresh_from_db()
    assert card.arrived_on is None


def test_the_page_of_the_hall_is_not_there_for_others(city):
    for who in ("auswertung", "redaktion", "technik"):
        assert signed_in(city, who).get(reverse("arrival:hall")).status_code == 404
    assert Client().get(reverse("arrival:hall")).status_code == 302


def test_without_a_login_a_code_of_the_house_ticks_it(city):
    card = card_of(city.hoerde)
    own = links.issue(Link.Kind.WALL, city.hoerde.hall)
    drawer = links.issue(Link.Kind.CANCEL, city.hoerde.hall)
    foreign = links.issue(Link.Kind.WALL, city.hombruch.hall)
    client, here = Client(), page_of(card.code)
    text = client.get(here).content.decode()
    check_page(text)
    assert card.offering.title in text and "Code des Hauses" in text
    card.refresh_from_db()
    assert card.arrived_on is None  # a scanner of mails follows links
    for wrong in ("", "12345678", links.code(foreign), "abc"):
        answer = client.post(here, {"haus": wrong, "was": "da"})
        assert answer.status_code == 200 and "gehört nicht zu dem Haus" in answer.content.decode()
    code = links.code(own)
    answer = client.post(here, {"haus": f"{code[:4]} {code[4:]}", "was": "da"})
    card.refresh_from_db()
    assert answer.status_code == 303 and card.arrived_on == timezone.localdate()
    client.post(here, {"haus": links.code(drawer), "was": "zurueck"})
    card.refresh_from_db()
    assert card.arrived_on is None
    own.revoked_at = timezone.now()
    own.save()
    assert client.post(here, {"haus": code}).status_code == 200


def test_guesses_are_counted(city, monkeypatch):
    monkeypatch.setattr(arriving, "KEYS_A_DAY", 12)
    card, client = card_of(city.hoerde), Client()
    answers = [client.post(page_of(card.code), {"haus": f"{n:08}"}).status_code for n in range(12 + 3)]
    assert answers[0] == 200 and answers[-1] == 429
    own = links.issue(Link.Kind.WALL, city.hoerde.hall)
    assert client.post(page_of(card.code), {"haus": links.code(own)}).status_code == 429
    card.refresh_from_db()
    assert card.arrived_on is None


def test_typing_the_code_leads_to_the_card(city):
    client, card = Client(), card_of(city.hoerde)
    answer = client.post(reverse("arrival:typed"), {"code": card.spoken_code})
    assert answer.status_code == 303 and answer["Location"] == page_of(card.code)
    assert "acht Zeichen" in client.post(reverse("arrival:typed"), {"code": "12"}).content.decode()
    assert "gilt nicht" in client.post(reverse("arrival:typed"), {"code": "ACDE3467"}).content.decode()


def test_a_card_is_over_after_ninety_days_and_the_day_after_it_arrived(city):
    card, today = card_of(city.hoerde), timezone.localdate()
    hall = city.people["halle-hoerde"]
    assert access.may(hall, Right.CHANGE, card)
    for date, arrived in (
        (today - dt.timedelta(days=91), None),
        (today - dt.timedelta(days=5), today - dt.timedelta(days=1)),
    ):
        Referral.objects.filter(pk=card.pk).update(date=date, arrived_on=arrived)
        assert not access.may(hall, Right.SEE, card)
        assert Client().get(page_of(card.code)).status_code == 404


def test_the_database_takes_no_card_for_two_places_and_no_arrival_before(city):
    for wrong in (
        {"partner": city.hoerde.one(Partner), "venue": city.hoerde.hall},
        {"venue": city.hoerde.hall, "arrived_on": dt.date(2020, 1, 1)},
        {"venue": city.hoerde.hall, "direction": "her", "arrived_on": timezone.localdate()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Referral.objects.create(office=city.hoerde.office, **wrong)


def test_a_card_outlives_its_offering(city):
    card = card_of(city.hoerde)
    Offering.objects.filter(pk=card.offering_id).delete()
    card.refresh_from_db()
    assert card.offering is None and card.target == city.hoerde.hall.name
    assert signed_in(city).get(reverse("desk:card", args=[card.pk])).status_code == 200


def test_a_closed_month_is_not_changed_and_foreign_cards_are_not_there(city):
    card, client = card_of(city.hoerde), signed_in(city)
    month = timezone.localdate().replace(day=1)
    ClosedMonth.objects.create(office=city.hoerde.office, month=month)
    assert client.post(reverse("desk:withdraw_referral", args=[card.pk])).status_code == 403
    foreign = card_of(city.hombruch)
    assert client.post(reverse("desk:withdraw_referral", args=[foreign.pk])).status_code == 404
    assert client.get(reverse("desk:card", args=[foreign.pk])).status_code == 404


# --- the other way --------------------------------------------------------------------------------------------------


def test_a_worry_of_a_hall_counts_as_a_referral_to_the_office(city):
    before = Referral.objects.count()
    made = concerns.ask(
        Concern.Kind.WORRY, city.hoerde.hall, uuid.uuid4(), timezone.now(), agreed=False, topic="allein"
    )
    counted = Referral.objects.latest("pk")
    assert Referral.objects.count() == before + 1
    assert (counted.direction, counted.venue, counted.office) == ("her", city.hoerde.hall, made.team_venue)
    assert str(made.pk) not in str(counted.submission)
    concerns.ask(Concern.Kind.CALL_BACK, city.hoerde.hall, uuid.uuid4(), timezone.now())
    assert Referral.objects.count() == before + 1


# --- counted --------------------------------------------------------------------------------------------------------


def plant(city: City, number: int, arrived: int, **more) -> None:
    today = timezone.localdate()
    for at in range(number):
        Referral.objects.create(
            office=city.hoerde.office,
            venue=city.hoerde.hall,
            date=today,
            code=new_code(),
            arrived_on=today if at < arrived else None,
            **more,
        )


def test_months_are_counted_each_way_and_small_numbers_are_not_shown(city):
    Referral.objects.all().delete()
    plant(city, 20, 12)
    for _ in range(3):
        Referral.objects.create(office=city.hoerde.office, venue=city.hoerde.hall, direction="her")
    counted = numbers.by_month(city.hoerde.office, timezone.localdate())
    month = counted.months[0]
    assert (month.to_houses, month.arrived, counted.share) == (20, 12, 60)
    assert (month.from_houses, counted.total.from_houses) == (None, None)
    assert (counted.total.to_partners, len(counted.months)) == (0, 12)
    text = signed_in(city).get(reverse("desk:referring")).content.decode()
    assert "60 von 100" in check_page(text).text
    assert numbers.by_month(city.hombruch.office, timezone.localdate()).total.to_houses == 0


@pytest.mark.parametrize(("number", "arrived"), [(4, 4), (20, 17), (20, 2)])
def test_no_share_that_speaks_of_a_few(city, number, arrived):
    Referral.objects.all().delete()
    plant(city, number, arrived)
    counted = numbers.by_month(city.hoerde.office, timezone.localdate())
    assert counted.share is None and counted.total.arrived is None
    assert all(month.arrived is None for month in counted.months)


CELLS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=12, max_size=12)


@given(CELLS)
@settings(max_examples=150, deadline=None)
def test_nothing_small_is_shown_nor_can_be_subtracted(pairs):
    firsts = [dt.date(2026, month, 1) for month in range(1, 13)]
    sent = {str(first): max(pair) for first, pair in zip(firsts, pairs, strict=True)}
    came = {str(first): min(pair) for first, pair in zip(firsts, pairs, strict=True)}
    nothing = dict.fromkeys(sent, 0)
    shown = numbers._shown(
        firsts, {"to_houses": sent, "to_partners": nothing, "from_houses": nothing, "arrived": came}
    )
    for name, cells in (("to_houses", sent), ("arrived", came)):
        seen = {str(month.first): getattr(month, name) for month in shown.months}
        assert all(
            value is None or value == cells[key] and value not in range(1, 5) for key, value in seen.items()
        )
        total = getattr(shown.total, name)
        away = [key for key, value in seen.items() if value is None]
        if total is not None and any(cells[key] in range(1, 5) for key in away):
            assert len(away) >= 2
    for month in shown.months:
        if month.arrived is not None:
            assert month.to_houses is not None
            assert month.to_houses - month.arrived not in range(1, 5)
    if shown.total.arrived is not None:
        assert shown.total.to_houses - shown.total.arrived not in range(1, 5)


# --- the Bedarfskarte -----------------------------------------------------------------------------------------------


def test_what_was_lacking_stands_on_the_map_of_needs_by_theme_and_district(city):
    UnmetNeed.objects.all().delete()
    theme = Category.objects.create(name="Mittagstisch & Frühstück", slug="mittagstisch-fruehstueck")
    for world, times in ((city.hoerde, 7), (city.hombruch, 6)):
        for _ in range(times):
            UnmetNeed.objects.create(
                office=world.office, category=theme, district=world.district, lack="nichts"
            )
    few = Category.objects.create(name="Digital & Medien", slug="digital-medien")
    UnmetNeed.objects.create(
        office=city.hoerde.office, category=few, district=city.hoerde.district, lack="zeit"
    )
    vocabularies.forget()
    _, told = numbers.unmet(timezone.localdate())
    lines = {line.name: line for line in told["lines"]}
    # The few are hidden, and with them what they could be computed from.
    assert lines["Digital & Medien"].total is None
    assert lines["Mittagstisch & Frühstück"].total is None
    UnmetNeed.objects.filter(category=few).delete()
    _, told = numbers.unmet(timezone.localdate())
    (line,) = told["lines"]
    assert line.total == 13 and line.cells[city.hoerde.district.slug] == 7
    text = signed_in(city, "koordination-awo").get(reverse("begegnung:manage:needs")).content.decode()
    assert "Was die Seniorenbüros nicht fanden" in text and "Mittagstisch &amp; Frühstück" in text
    assert "gibt es im Stadtbezirk nicht (13)" in check_page(text).text
