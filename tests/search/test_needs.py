"""Needs find people: first the responsible Seniorenbüro and the page that says how it helps."""

import pytest
from django.template.loader import render_to_string

from seniorportal import search
from seniorportal.models import ConsultationTopic, EmergencyNumber, Need, TopicPage
from tests.search.town import make_reference

pytestmark = pytest.mark.django_db

TYPED = {
    "allein": "EIN",
    "einsam": "EIN",
    "Einsamkeit": "EIN",
    "ich bin so allein": "EIN",
    "keine Freunde": "EIN",
    "eimsam": "EIN",
    "mein Mann ist gestorben": "GES",
    "meine Frau ist verstorben": "GES",
    "Trauer": "GES",
    "Witwe": "GES",
    "hingefallen": "HAU",
    "ich bin gestürzt": "HAU",
    "Sturz": "HAU",
    "Pflegegrad": "PFL",
    "Pflegestufe": "PFL",
    "Plegegrad beantragen": "PFL",
    "pflegende Angehörige": "PFL",
    "Heimplatz": "PFL",
    "Demenz": "DEM",
    "demens": "DEM",
    "Mutter ist vergesslich": "DEM",
    "Alzheimer": "DEM",
    "kein Geld": "FIN",
    "das Geld reicht nicht": "FIN",
    "Grundsicherung": "FIN",
    "Wohngeld": "FIN",
    "Vorsorgevollmacht": "VOR",
    "Patientenverfügung": "VOR",
    "Treppenlift": "WOH",
    "betreutes Wohnen": "WOH",
    "Haushaltshilfe": "HAU",
    "Schwerbehindertenausweis": "RSB",
    "Enkeltrick": "DIG",
    "ich werde geschlagen": "EIN",
    "ich will nicht mehr leben": "EIN",
    "Krankenhaus Entlassung": "GES",
    "ehrenamtlich": "EHR",
}


def test_a_need_is_answered_with_people():
    make_reference()
    slugs = dict(ConsultationTopic.objects.values_list("code", "slug"))
    for typed, code in TYPED.items():
        answer = search.answer(search.expand(typed))
        assert answer and answer.page and answer.sentence, typed
        assert answer.page.slug == slugs[code], typed
        assert answer.office is None and len(answer.offices) == 2


def test_who_looks_for_company_gets_no_advice():
    make_reference()
    for typed in ("Tanztee", "Kaffee", "Gedächtnistraining", "Skat", "Hörde", "Rommé", "Englisch", ""):
        assert search.answer(search.expand(typed)) is None, typed


def test_the_district_of_the_filter_names_the_office():
    make_reference()
    answer = search.answer(search.expand("einsam"), ["aplerbeck"])
    assert answer and answer.office
    assert answer.office.name == "Seniorenbüro Aplerbeck" and answer.office.number


def test_so_does_a_village_in_the_same_breath():
    make_reference()
    answer = search.answer(search.expand("einsam in Hacheney"))
    assert answer and answer.office and answer.office.slug == "hoerde"


def test_two_districts_leave_the_choice():
    make_reference()
    answer = search.answer(search.expand("einsam"), ["aplerbeck", "hoerde"])
    assert answer and answer.office is None and len(answer.offices) == 2


def test_crisis_pages_bring_their_numbers():
    make_reference()
    answer = search.answer(search.expand("einsam"))
    assert answer and answer.page
    numbers = {phone.number for phone in answer.page.phones}
    assert {"112", "110", "0800 111 0 111"} <= numbers


def test_who_is_in_danger_sees_the_numbers_first():
    make_reference()
    urgent, other = (search.answer(search.expand(q)) for q in ("ich will nicht mehr leben", "Pflegegrad"))
    assert urgent and urgent.urgent and other and not other.urgent
    page = render_to_string("public/_need.html", {"answer": urgent})
    assert page.index("tel:112") < page.index("so helfen wir")
    assert "<details>" in render_to_string("public/_need.html", {"answer": other}).split("tel:112")[0]


def test_every_topic_but_the_rest_has_a_page_and_every_need_a_topic_with_one():
    make_reference()
    codes = set(ConsultationTopic.objects.filter(parent=None).values_list("code", flat=True))
    assert set(TopicPage.objects.values_list("topic__code", flat=True)) == codes - {"SON"}
    assert not Need.objects.filter(topic__page=None).exists()


def test_numbers_name_their_source_and_wait_to_be_checked():
    make_reference()
    assert set(EmergencyNumber.objects.values_list("number", flat=True)) == {
        "112",
        "110",
        "116 117",
        "0800 111 0 111",
        "0800 4 70 80 90",
        "116 123",
        "116 016",
        "030 20179131",
        "0228 19240",
    }
    assert not EmergencyNumber.objects.filter(source="").exists()
    assert not EmergencyNumber.objects.filter(checked_on__isnull=False).exists()
