"""Planted words of rows that a person may not see occur on no page of the admin that she can open."""

import json
import re
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from seniorportal import access
from seniorportal.access import Right
from seniorportal.staff.site import site
from tests.cast import STAFF, City

pytestmark = pytest.mark.django_db
WORD = re.compile(r"[a-z]*(?:hoerde|hombruch)qx\d{4,}x|400000\d\d", re.IGNORECASE)


def unseen(city: City, user: Any) -> set[str]:
    return {
        word.lower()
        for word, row in city.words().items()
        if row != user and not access.may(user, Right.SEE, row)
    }


def found_in(response: Any) -> set[str]:
    return {word.lower() for word in WORD.findall(response.content.decode())}


def pages(city: City, user: Any) -> list[str]:
    """Every list and form that the person may open, a history of each kind, and every way to ask a list for more."""
    found = [reverse("admin:index"), reverse("staff:overview")]
    for model in site._registry:
        if not access.offers(user, Right.SEE, model):
            continue
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        listed = reverse(f"{name}_changelist")
        found += [listed, f"{listed}?all=&zeit=alle&o=1.2.3&_facets=True", f"{listed}?q=Qx&_popup=1"]
        if access.offers(user, Right.ADD, model):
            found.append(reverse(f"{name}_add"))
        shown = [row for row in city.rows(model) if access.may(user, Right.SEE, row)]
        found += [reverse(f"{name}_change", args=[row.pk]) for row in shown]
        found += [reverse(f"{name}_history", args=[row.pk]) for row in shown[:1]]  # one page for all rows
    return found


@pytest.mark.parametrize("person", STAFF)
def test_no_foreign_word_on_any_page(client: Client, person: str, city: City):
    user = city.people[person]
    client.force_login(user)
    forbidden = unseen(city, user)
    shown: set[str] = set()
    opened = 0
    for path in pages(city, user):
        response = client.get(path)
        assert response.status_code == 200, path
        leaked = found_in(response) & forbidden
        assert not leaked, f"{person} reads {sorted(leaked)} on {path}"
        shown |= found_in(response)
        opened += 1
        list_of = getattr(response, "context_data", None) or {}
        if "cl" in list_of and "zeit=alle" in path:
            model = list_of["cl"].model
            rows = access.visible(user, Right.SEE, model._default_manager.all())
            assert list_of["cl"].result_count == rows.count(), path
    assert opened > 20
    assert shown, "the pages of a person show at least her own words"


def test_autocompletes_find_only_what_the_form_would_accept(client: Client, city: City):
    asked = answered = 0
    for user in city.people.values():
        client.force_login(user)
        forbidden = unseen(city, user)
        sources = [(one, one.model) for one in site._registry.values()]
        sources += [
            (inline(one.model, site), inline.model)
            for one in site._registry.values()
            for inline in one.inlines
        ]
        for source, model in sources:
            request = RequestFactory().get("/")
            request.user = user
            may_write = any(access.offers(user, right, model) for right in (Right.ADD, Right.CHANGE))
            for field in source.autocomplete_fields:
                writes = may_write and field in source.get_autocomplete_fields(request)
                query = {
                    "app_label": model._meta.app_label,
                    "model_name": model._meta.model_name,
                    "field_name": field,
                    "term": "",
                }
                response = client.get(reverse("admin:autocomplete"), query)
                asked += 1
                assert response.status_code == (200 if writes else 404), (user, query)
                if not writes:
                    continue
                answered += 1
                assert not found_in(response) & forbidden, (user, query)
                right = Right.ADD if access.offers(user, Right.ADD, model) else Right.CHANGE
                limit = model._meta.get_field(field).get_limit_choices_to()
                rows = access.targets(user, right, model, field).complex_filter(limit)
                ids = {int(row["id"]) for row in json.loads(response.content)["results"]}
                assert ids == set(rows.values_list("pk", flat=True)), (user, query)
    print(f"{asked} questions, {answered} answered")
    assert asked > 150 and answered > 20


@pytest.mark.parametrize(
    "query",
    [
        {"app_label": "seniorportal", "model_name": "venueevent", "field_name": "pgh_obj"},
        {"app_label": "seniorportal", "model_name": "membership", "field_name": "user"},
        {"app_label": "seniorportal", "model_name": "venue", "field_name": "confirmed_by"},
        {"app_label": "seniorportal", "model_name": "offering", "field_name": "district"},
        {"app_label": "nichts", "model_name": "nichts", "field_name": "nichts"},
        {},
    ],
)
def test_autocomplete_answers_no_question_that_no_form_asks(
    client: Client, query: dict[str, str], city: City
):
    client.force_login(city.people["koordination-awo"])
    assert client.get(reverse("admin:autocomplete"), query).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "password__startswith=argon2",
        "password__contains=a",
        "memberships__role=technik",
        "email__startswith=a",
        "last_login__gte=2020-01-01",
    ],
)
def test_a_list_cannot_be_asked_about_columns_it_hides(client: Client, query: str, city: City):
    client.force_login(city.people["technik"])
    listed = reverse("admin:seniorportal_user_changelist")
    every = client.get(listed).context_data["cl"].result_count
    response = client.get(f"{listed}?{query}")
    assert response.status_code == 200
    assert response.context_data["cl"].result_count == every


@pytest.mark.parametrize("query", ["_to_field=slug", "_to_field=name", "_to_field=nichts"])
def test_a_row_is_found_by_its_number_and_nothing_else(client: Client, query: str, city: City):
    client.force_login(city.people["koordination-awo"])
    for path in (
        reverse("admin:seniorportal_venue_changelist"),
        reverse("admin:seniorportal_venue_change", args=[city.hoerde.hall.slug]),
        reverse("admin:seniorportal_venue_change", args=[city.hoerde.hall.pk]),
    ):
        assert client.get(f"{path}?{query}").status_code == 404


@pytest.mark.parametrize(
    "number", ["0", "99999999999999999999", "abc", "1%00", "1_2F", "-1", "%C3%A4", "1' OR 1=1"]
)
def test_broken_numbers_are_not_found(client: Client, number: str, city: City):
    client.force_login(city.people["koordination-awo"])
    for page in ("change", "history"):
        assert client.get(f"/verwaltung/seniorportal/venue/{number}/{page}/").status_code == 404


@pytest.mark.parametrize(
    "query",
    ["p=abc", "p=99999", "o=99.-abc", "report_area__exact=x", "district__id__exact=abc", "q=%00", "e=1&p=999",
     "pruefung=x", "carriers__id__exact=999999999999999999999", "report_area__exact=%00", "all=&all=", "nichts=1"],
)  # fmt: skip
def test_broken_questions_to_a_list_never_break_it(client: Client, query: str, city: City):
    client.force_login(city.people["koordination-awo"])
    response = client.get(f"{reverse('admin:seniorportal_venue_changelist')}?{query}", follow=True)
    assert response.status_code == 200
