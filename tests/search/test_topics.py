"""The pages of what an office advises on."""

import pytest
from django.test import Client
from django.urls import reverse

from seniorportal import search
from seniorportal.models import Category, ConsultationTopic, EmergencyNumber, Synonym, TopicPage
from seniorportal.search import reference as words
from tests.public.town import make_date, make_offering
from tests.search.town import make_reference

pytestmark = pytest.mark.django_db


def page(client: Client, code: str, query: str = "") -> str:
    topic = ConsultationTopic.objects.get(code=code)
    response = client.get(reverse("public:topic", args=[topic.slug]) + query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_shows_fourteen_topics(client: Client):
    make_reference()
    html = client.get("/beratung/").content.decode()
    assert html.count("data-thema=") == 14
    assert "14 Themen" in html and "Rufen Sie gern an:" in html


def test_every_page_names_the_offices_says_that_it_costs_nothing_and_whom_to_ring(client: Client):
    make_reference()
    for one in TopicPage.objects.select_related("topic"):
        html = page(client, one.topic.code)
        assert html.count("<h1") == 1 and one.title.replace("&", "&amp;") in html
        assert "Das kostet nichts." in html
        assert html.count("data-seniorenbuero=") == 2  # both offices of this small town
        assert "Rufen Sie gern an:" in html
        for line in one.does_lines:
            assert line in html


def test_a_district_names_its_office(client: Client):
    make_reference()
    html = page(client, "PFL", "?bezirk=aplerbeck")
    assert html.count("data-seniorenbuero=") == 1 and "Seniorenbüro Aplerbeck" in html


def test_what_the_address_says_wrong_is_said(client: Client):
    make_reference()
    assert "data-ignoriert" in page(client, "PFL", "?bezirk=atlantis")
    assert "data-ignoriert" in page(client, "PFL", "?farbe=blau")
    assert client.get("/beratung/gibt-es-nicht/").status_code == 404


def test_numbers_for_the_moment_that_cannot_wait_come_first(client: Client):
    make_reference()
    html = page(client, "EIN")
    assert 'href="tel:112"' in html and 'href="tel:+498001110111"' in html and 'href="tel:116016"' in html
    assert html.index("tel:112") < html.index("Das tut ein Seniorenbüro")
    assert "tel:112" not in page(client, "VOR")


def test_an_unpublished_page_or_number_is_not_there(client: Client):
    make_reference()
    EmergencyNumber.objects.filter(number="110").update(published=False)
    assert "tel:110" not in page(client, "EIN")
    TopicPage.objects.filter(topic__code="EIN").update(published=False)
    topic = ConsultationTopic.objects.get(code="EIN")
    assert client.get(reverse("public:topic", args=[topic.slug])).status_code == 404


def test_fitting_dates_each_offering_once(client: Client):
    make_reference()
    offering = make_offering("Pflegetreff am Fenster")
    offering.categories.add(Category.objects.get(name="Demenz & Pflege"))
    for days in (1, 2, 3):
        make_date(offering, days)
    make_date(make_offering("Kegelabend"), 1)
    html = page(client, "PFL")
    assert html.count("data-angebot=") == 1 and "Pflegetreff am Fenster" in html
    assert "Kegelabend" not in html


@pytest.mark.parametrize("offerings", [2, 20])
def test_a_page_takes_two_statements(client: Client, offerings: int, django_assert_num_queries):
    make_reference()
    category = Category.objects.get(name="Demenz & Pflege")
    for number in range(offerings):
        offering = make_offering(f"Pflegetreff {number}")
        offering.categories.add(category)
        make_date(offering, 1)
    search.forget()
    page(client, "PFL")
    path = reverse("public:topic", args=[ConsultationTopic.objects.get(code="PFL").slug])
    with django_assert_num_queries(2):
        client.get(path)
    with django_assert_num_queries(1):
        client.get("/beratung/")


def test_loading_again_keeps_what_editors_wrote_and_brings_nothing_back():
    make_reference()
    one = TopicPage.objects.get(topic__code="PFL")
    one.title = "Rund um die Pflege"
    one.save()
    renamed = Synonym.objects.get(word="Gehirnjogging")
    renamed.word = "Denkspiele"
    renamed.save()
    EmergencyNumber.objects.get(number="110").delete()
    assert words.load_words()[1] == 0
    assert words.load_topics()[1] == 0
    assert TopicPage.objects.get(topic__code="PFL").title == "Rund um die Pflege"
    assert not Synonym.objects.filter(word="Gehirnjogging").exists()
    assert not EmergencyNumber.objects.filter(number="110").exists()
