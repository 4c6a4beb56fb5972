"""«noch n gleiche»: what cannot be repeated is said beside the field, and nothing is counted."""

import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from seniorportal.models import Consultation
from tests.cast import City
from tests.public.html import check_page
from tests.seniorenbuero.log import enter, only_the_log, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(office_city: City) -> Client:
    return signed_in(office_city)


def repeat(client: Client, number: str, submission: str = "") -> str:
    """The page that follows."""
    sent = {"anzahl": number, "submission": submission or str(uuid.uuid4())}
    answer = client.post(reverse("desk:same"), sent)
    assert answer.status_code == 303 and answer["Location"] == reverse("desk:log")
    text: str = client.get(reverse("desk:log")).content.decode()
    return text


@pytest.mark.parametrize("number", ["0", "21", "-1", "viele", "", "1,5", "２", "99999999999999999999"])
def test_a_number_that_does_not_go_is_answered_with_a_sentence(client, number):
    enter(client)
    before = Consultation.objects.count()
    for device in (client, only_the_log(client)):
        text = repeat(device, number)
        check_page(text)
        assert "Nichts eingetragen: Bitte geben Sie eine Zahl von 1 bis 20 ein." in text
        assert 'aria-describedby="fehler-anzahl"' in text and 'id="fehler-anzahl" role="alert"' in text
    assert Consultation.objects.count() == before


def test_what_was_typed_stands_in_the_field_and_the_next_try_counts(client):
    enter(client)
    before = Consultation.objects.count()
    assert re.search(r'id="anzahl"[^>]* value="21"', repeat(client, "21"))
    assert "Noch 2 gleiche eingetragen" in repeat(client, " 2 ")
    assert Consultation.objects.count() == before + 2


def test_a_form_without_its_number_asks_for_another_press(client):
    enter(client)
    before = Consultation.objects.count()
    text = repeat(client, "2", "unlesbar")
    assert "Bitte drücken Sie noch einmal" in text and re.search(r'id="anzahl"[^>]* value="2"', text)
    assert Consultation.objects.count() == before


def test_without_a_last_entry_there_is_nothing_to_repeat(client):
    before = Consultation.objects.count()
    assert "keinen letzten Eintrag, der sich wiederholen ließe" in repeat(client, "2")
    assert Consultation.objects.count() == before
