"""«Was passt?»: what fits a topic, a district and what the person can manage; in the log and on a page of its own."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from seniorenbuero.models import Referral, UnmetNeed
from seniorenbuero.referring import fitting, mapping
from seniorportal import vocabularies
from seniorportal.models import (
    AccessibilityFact,
    Category,
    Consultation,
    ConsultationTopic,
    Occurrence,
    Offering,
    Partner,
    TargetGroup,
    Venue,
)
from seniorportal.reference import CATEGORIES, TARGET_GROUPS, TOPICS
from seniorportal.text import slug
from tests.public.html import check_page
from tests.seniorenbuero.log import SHORT_STREET, fields, make_office, only_the_log, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    """Both halls have a group for carers, tomorrow, so that no hour of today matters; topics have the file's codes."""
    city = make_office()
    care = Category.objects.create(name="Demenz & Pflege", slug="demenz-pflege")
    for world in city.worlds:
        offering = Offering.objects.get(pk=world.one(Offering).pk)
        offering.categories.add(care)
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    Occurrence.objects.update(date=tomorrow, planned_date=tomorrow)
    vocabularies.forget()
    return city


@pytest.fixture
def client(city):
    return signed_in(city)


def group_of(world) -> Offering:
    found: Offering = world.one(Offering)
    return found


def asked(client, **more):
    """«Was passt?» pressed in the log."""
    answer = client.post(reverse("desk:log"), fields(passend="1", **more))
    assert answer.status_code == 200
    return answer.content.decode()


# --- the vocabulary ---------------------------------------------------------------------------------------------------


def test_every_main_topic_leads_somewhere_and_every_word_of_the_file_exists():
    codes = {code for code, _, _ in TOPICS}
    numbered = {f"{code}{at:02}" for code, _, parts in TOPICS for at, _ in enumerate(parts, start=1)}
    lines = mapping.lines()
    assert codes <= set(lines) <= codes | numbered
    categories, groups = {slug(one) for one in CATEGORIES}, {slug(one) for one in TARGET_GROUPS}
    for code, way in lines.items():
        assert set(way.categories) <= categories, code
        assert set(way.groups) <= groups, code
        assert set(way.partners) <= set(Partner.Kind.values), code
        assert way.categories, code


def test_a_part_has_its_own_line_or_that_of_its_main_topic(city):
    part = ConsultationTopic.objects.select_related("parent").get(code="PFL01")
    assert mapping.of([part]).categories == ("demenz-pflege", "beratung-information")
    assert mapping.of([ConsultationTopic(code="HAU03", parent=None)]).categories == (
        "mittagstisch-fruehstueck",
    )
    assert not mapping.of([ConsultationTopic(code="w")])


# --- the list ---------------------------------------------------------------------------------------------------------


def test_in_the_log_one_button_shows_what_fits_and_stores_nothing(city, client):
    text = asked(client)
    page = check_page(text)
    assert group_of(city.hoerde).title in text
    assert city.hoerde.hall.name in text and city.hoerde.one(Partner).name not in text  # of another kind
    assert f"Was passt in {city.hoerde.district}?" in page.text
    assert 'value="PFL01"' in text
    # The other district comes after the own one, and is named.
    assert text.index(group_of(city.hoerde).title) < text.index(group_of(city.hombruch).title)
    assert f"Stadtbezirk {city.hombruch.district}" in page.text
    assert not Consultation.objects.exclude(pk__in=[c.pk for c in city.rows(Consultation)]).exists()
    assert not Referral.objects.exclude(pk__in=[r.pk for r in city.rows(Referral)]).exists()


def test_partners_of_the_kinds_that_help_with_their_number(city, client):
    partner = city.hoerde.one(Partner)
    Partner.objects.filter(pk=partner.pk).update(kind="pflegedienst", phone="0231 5550100")
    other = city.hombruch.one(Partner)
    Partner.objects.filter(pk=other.pk).update(kind="pflegedienst")
    text = asked(client)
    assert partner.name in text and "0231 5550100" in text and other.name not in text
    left = only_the_log(client)
    client.post(reverse("desk:shift"))
    left = only_the_log(client)
    text = asked(left)
    assert partner.name not in text and group_of(city.hoerde).title in text
    assert "wenn Sie angemeldet sind" in text


def test_what_the_person_can_manage_takes_places_out(city, client):
    AccessibilityFact.objects.filter(venue=city.hoerde.hall).update(value="nein")
    text = asked(client, barrierefrei=["stufenlos"])
    assert group_of(city.hoerde).title not in text
    assert f"v-ort-{city.hoerde.hall.pk}" not in text
    assert group_of(city.hombruch).title in text  # its hall has no steps
    assert 'value="stufenlos" checked' in text


def test_the_place_of_the_person_counts_and_the_street_is_forgotten(city, client):
    text = asked(client, ort=SHORT_STREET)
    assert "Was passt in Wickede?" in check_page(text).text and SHORT_STREET not in text


def test_a_target_group_fits_as_well_as_a_theme(city, client):
    group = TargetGroup.objects.create(name="Pflegende Angehörige", slug="pflegende-angehoerige")
    centre = city.hoerde.objects[Offering][1]
    centre.target_groups.add(group)
    assert centre.title in asked(client)


def test_nothing_is_proposed_before_there_is_a_topic(city, client):
    text = asked(client, thema=["", "", ""])
    assert "Bitte geben Sie oben ein Thema an" in text and 'name="vermittelt"' not in text


# --- saved with the entry ---------------------------------------------------------------------------------------------


def test_ticked_places_are_counted_with_the_entry_once_however_often_it_is_sent(city, client):
    offering, hall = group_of(city.hoerde), city.hoerde.hall
    sent = fields(gezeigt="1", vermittelt=[f"angebot-{offering.pk}", f"ort-{hall.pk}"], outcome="vermittlung")
    first = client.post(reverse("desk:log"), sent)
    assert first.status_code == 303 and "karten=" in first["Location"]
    again = client.post(reverse("desk:log"), sent)
    assert again["Location"] == first["Location"]
    made = Referral.objects.filter(office=city.hoerde.office, date=timezone.localdate()).exclude(
        pk__in=[row.pk for row in city.rows(Referral)]
    )
    assert {(row.offering, row.venue, row.direction) for row in made} == {
        (offering, hall, "hin"),
        (None, hall, "hin"),
    }
    page = client.get(first["Location"]).content.decode()
    for row in made:
        assert reverse("desk:card", args=[row.pk]) in page
    kept = {field.name for field in Referral._meta.get_fields() if field.concrete}
    assert not kept & {"consultation", "topic", "topics", "district", "by", "user", "half_day", "age_group"}


def test_a_mistake_in_the_form_keeps_the_list_and_what_was_ticked(city, client):
    key = f"angebot-{group_of(city.hoerde).pk}"
    answer = client.post(
        reverse("desk:log"), fields(gezeigt="1", vermittelt=[key], outcome="unsinn", fehlte="zeit")
    )
    text = answer.content.decode()
    assert answer.status_code == 200 and f'value="{key}" checked' in text
    assert '<option value="zeit" selected>' in text
    assert Referral.objects.count() == len(city.rows(Referral))


def test_without_the_list_an_entry_counts_no_referral(city, client):
    client.post(reverse("desk:log"), fields(vermittelt=[f"ort-{city.hoerde.hall.pk}"]))
    client.post(
        reverse("desk:log"), fields(gezeigt="1", outcome="fehl", vermittelt=[f"ort-{city.hoerde.hall.pk}"])
    )
    assert Referral.objects.count() == len(city.rows(Referral))


def test_what_was_lacking_goes_with_topic_and_district_and_without_the_entry(city, client):
    answer = client.post(reverse("desk:log"), fields(gezeigt="1", fehlte="stufen", ort=SHORT_STREET))
    assert "notiert=fehlt" in answer["Location"]
    need = UnmetNeed.objects.latest("pk")
    assert (need.topic.code, need.district.slug, need.lack) == ("PFL01", "brackel", "stufen")
    assert "Bedarfskarte" in client.get(answer["Location"]).content.decode()


def test_the_open_log_refers_as_well(city, client):
    client.post(reverse("desk:shift"))
    left = only_the_log(client)
    sent = fields(gezeigt="1", vermittelt=[f"ort-{city.hoerde.hall.pk}"])
    answer = left.post(reverse("desk:log"), sent)
    made = Referral.objects.latest("pk")
    assert made.venue == city.hoerde.hall and f"karten={made.pk}" in answer["Location"]
    assert left.get(reverse("desk:card", args=[made.pk])).status_code == 200
    assert left.get(reverse("desk:referring")).status_code == 302


def test_nobody_refers_to_what_is_hidden(city, client):
    Venue.objects.filter(pk=city.hoerde.hall.pk).update(published=False)
    sent = fields(gezeigt="1", vermittelt=[f"ort-{city.hoerde.hall.pk}", "ort-x", "ort-99999999", "unsinn-1"])
    assert client.post(reverse("desk:log"), sent)["Location"] == reverse("desk:log")
    assert Referral.objects.count() == len(city.rows(Referral))


# --- the page ---------------------------------------------------------------------------------------------------------


def test_the_page_finds_counts_and_offers_the_card(city, client):
    here = reverse("desk:referring")
    text = client.get(here, {"thema": "Antrag auf Pfl", "bezirk": city.hoerde.district.slug}).content.decode()
    check_page(text)
    assert group_of(city.hoerde).title in text
    sent = {
        "submission": fields()["submission"],
        "thema": "PFL01",
        "vermittelt": f"ort-{city.hoerde.hall.pk}",
    }
    answer = client.post(here, sent)
    assert answer.status_code == 303 and client.post(here, sent)["Location"] == answer["Location"]
    made = Referral.objects.latest("pk")
    text = client.get(answer["Location"]).content.decode()
    assert reverse("desk:card", args=[made.pk]) in text and "eine Karte liegt bereit" in text
    assert client.post(reverse("desk:withdraw_referral", args=[made.pk])).status_code == 303
    assert not Referral.objects.filter(pk=made.pk).exists()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"thema": "PFL01"}, "kreuzen Sie an"),
        ({"fehlte": "zeit"}, "wonach gesucht wurde"),
        ({"her": "1", "haus": ""}, "wählen Sie das Haus"),
        ({"her": "1", "haus": "ort-77777777"}, "wählen Sie das Haus"),
    ],
)
def test_what_is_missing_is_said(city, client, sent, said):
    answer = client.post(reverse("desk:referring"), sent)
    assert answer.status_code == 200 and said in answer.content.decode()


def test_a_house_that_sent_somebody_counts_the_other_way(city, client):
    sent = {"her": "1", "haus": f"ort-{city.hoerde.hall.pk}", "submission": fields()["submission"]}
    for _ in range(2):
        assert client.post(reverse("desk:referring"), sent)["Location"].endswith("notiert=her")
    made = Referral.objects.filter(direction="her", venue=city.hoerde.hall).get()
    assert (made.code, made.arrived_on) == ("", None)


def test_broken_values_are_said_or_left_out(city, client):
    for query in (
        {"thema": "Quantenphysik"},
        {"bezirk": "atlantis"},
        {"karten": "1-x"},
        {"rubrik": "nichts"},
    ):
        answer = client.get(reverse("desk:referring"), query)
        assert answer.status_code == 200
    assert (
        "Zu «Quantenphysik» gibt es kein Thema."
        in client.get(reverse("desk:referring"), {"thema": "Quantenphysik"}).content.decode()
    )
    several = client.get(reverse("desk:referring"), {"thema": "pfle"}).content.decode()
    assert "mehreren Themen" in several and "thema=PFL&amp;" in several


def test_the_statements_do_not_grow_with_the_city(city):
    user = city.people["tandem-hoerde"]
    topic = ConsultationTopic.objects.get(code="PFL")
    wish = fitting.Wish(topics=(topic,), district=city.hoerde.district)
    fitting.find(user, wish, timezone.localtime())

    def counted() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            fitting.find(user, wish, timezone.localtime())
        return len(seen)

    before = counted()
    for number in range(20):
        hall = Venue.objects.create(
            name=f"Beispielhalle {number}", report_area="begegnung", district=city.hoerde.district
        )
        made = Offering.objects.create(title=f"Beispielkreis {number}", venue=hall)
        made.categories.add(Category.objects.get(slug="demenz-pflege"))
        partner = Partner.objects.create(name=f"Beispieldienst {number}", kind="pflegedienst")
        partner.districts.add(city.hoerde.district)
    found = fitting.find(user, wish, timezone.localtime())
    assert (len(found.offerings), len(found.venues), len(found.partners)) == (6, 4, 4)
    assert counted() <= before <= 6


def test_one_partner_of_each_kind_comes_before_the_second_of_any(city):
    for number in range(5):
        Partner.objects.create(name=f"Beispielpflege {number}", kind="pflegedienst")
    Partner.objects.create(name="Beispielheim", kind="heim")
    Partner.objects.create(name="Beispielheim von früher", kind="heim", active_until="2020-01-01")
    topic = ConsultationTopic.objects.get(code="PFL")
    found = fitting.find(
        city.people["tandem-hoerde"],
        fitting.Wish((topic,), district=city.hoerde.district),
        timezone.localtime(),
    )
    assert [one.name for one in found.partners] == [
        "Beispielpflege 0",
        "Beispielheim",
        "Beispielpflege 1",
        "Beispielpflege 2",
    ]


def test_what_nobody_knows_of_the_way_in_is_said(city, client):
    AccessibilityFact.objects.all().delete()
    assert fitting.ASK in asked(client)
