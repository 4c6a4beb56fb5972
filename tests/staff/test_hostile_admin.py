"""Forms and pages of staff under values that no browser would send: never an error of ours, always an answer."""

import pytest
from django.test import Client
from django.urls import reverse

from seniorenbuero.models import RoundTable
from seniorportal import access
from seniorportal.access import Right
from seniorportal.models import Offering
from seniorportal.staff.site import site
from tests.cast import City
from tests.staff.forms import opened

pytestmark = pytest.mark.django_db

HOSTILE = ("Erika Beispiel", "a\x00b", "[1]", "²", "9" * 40)
CARRIED = ("csrfmiddlewaretoken", "_FORMS", "version", "submission")


@pytest.mark.parametrize("person", ["koordination-awo", "tandem-hoerde"])
def test_a_form_that_cannot_be_read_is_shown_again(city: City, person: str):
    client, tried = Client(), 0
    client.force_login(city.people[person])
    for model in site._registry:
        if not access.offers(city.people[person], Right.ADD, model):
            continue
        path = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
        if f'id="{model._meta.model_name}_form"' not in client.get(path).content.decode():
            continue  # it has pages of its own
        typed = opened(client, path, f"{model._meta.model_name}_form")
        # A search field without a choice is no field of the page yet; a stranger names it all the same.
        names = {*typed, *getattr(site._registry[model], "autocomplete_fields", ())}
        for value in HOSTILE:
            sent = {name: typed[name] if name.endswith(CARRIED) else [value] for name in names}
            assert client.post(path, sent).status_code in (200, 302, 403), (path, value)
            tried += 1
    assert tried


def test_a_digit_that_is_no_number_chooses_nothing(city: City):
    client = Client()
    client.force_login(city.people["koordination-awo"])
    assert client.get(reverse("admin:seniorportal_offering_add"), {"venue": "²"}).status_code == 200
    new = reverse("begegnung:manage:offering_new", args=[city.hoerde.hall.slug])
    assert client.get(new, {"vorlage": "²"}).status_code == 404


def test_a_row_with_a_number_that_is_none_is_left_out(city: City):
    client, offering = Client(), city.hoerde.one(Offering)
    client.force_login(city.people["koordination-awo"])
    path = reverse("admin:seniorportal_offering_change", args=[offering.pk])
    typed = opened(client, path, "offering_form")
    prefixes = [name.removesuffix("-TOTAL_FORMS") for name in typed if name.endswith("-TOTAL_FORMS")]
    gone = {f"{prefix}-0-id": ["999999"] for prefix in prefixes}
    counted = {f"{prefix}-{word}_FORMS": ["1"] for prefix in prefixes for word in ("TOTAL", "INITIAL")}
    odd = {f"{prefix}-²-id": ["1"] for prefix in prefixes}
    assert prefixes and client.post(path, typed | gone | counted | odd).status_code in (200, 302)


def test_a_text_that_no_column_holds_finds_nothing(city: City):
    nul, desk, houses = "a\x00b", Client(), Client()
    desk.force_login(city.people["tandem-hoerde"])
    houses.force_login(city.people["koordination-awo"])
    for name in ("quartier", "bezirk", "thema", "rubrik"):
        assert desk.get(reverse("desk:referring"), {name: nul}).status_code == 200
    log = reverse("desk:log")
    assert desk.post(log, {"wahl": nul, "ort": "Hafenstraße", "quartier": nul}).status_code == 200
    table = reverse("desk:meeting_new", args=[city.hoerde.one(RoundTable).pk])
    assert desk.post(table, {"topic": nul, "date": "2100-01-04"}).status_code == 200
    assert houses.get(reverse("begegnung:manage:closings"), {"ort": nul}).status_code == 200
    assert houses.get(reverse("begegnung:manage:confirm"), {"haus": nul}).status_code in (200, 404)
    assert houses.post(reverse("begegnung:manage:confirm"), {"links": nul}).status_code in (200, 303)
