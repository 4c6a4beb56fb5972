"""Every URL name x role x own and foreign objects x method; what is expected is asked of the rules, not of the views.

Nobody adds a page without a row here: a name that the tables do not know fails.
"""

import logging
from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import quote

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.template.base import Template
from django.test import Client
from django.urls import get_resolver, reverse

from begegnung.models import VenueNote
from seniorenbuero.models import ClosedMonth, ConsultationCount, Referral, UnmetNeed, WorkingWeek
from seniorenbuero.models.helping import HelperRecord, HelpRequest, Match, Milestone
from seniorportal import access
from seniorportal.access import PUBLIC, Right
from seniorportal.accounts import personal
from seniorportal.models import (
    Absence,
    CallAttempt,
    Certificate,
    Companion,
    Concern,
    Consultation,
    ConsultationNote,
    FactorReset,
    HandOver,
    Idea,
    Invitation,
    Link,
    Membership,
    Notice,
    OfferingShare,
    OfferingTemplate,
    PartnerContact,
    PartnerMerge,
    PartnersApart,
    Room,
    Venue,
    VolunteerName,
)
from seniorportal.public import errors
from seniorportal.staff.site import site
from tests.access.pages import (
    ACCOUNT,
    ACCOUNT_ARGUMENTS,
    ENTRY,
    FORM,
    FROM_OUR_PAGES_ONLY,
    METHODS,
    ONLY_SIGNED_IN,
    PUBLIC_PAGES,
    SITE_PAGES,
    STAFF_PAGES,
    holds,
    representatives,
)
from tests.cast import STAFF, City
from tests.names import walk

pytestmark = pytest.mark.django_db

PEOPLE = (*STAFF, "niemand", "anonym")
# Public pages that ask for the session; all others answer whoever is signed in as they answer nobody.
LOOKS_AT_WHO_ASKS = {"entry:accept"}
NOTE = "admin:seniorportal_consultation_note"
NAMES = 463
CELLS = {True: 1224, False: 1682}  # of each person who is signed in, and of the one who is not


def admin_pages() -> set[str]:
    return {
        f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"
        for model in site._registry
        for page in ("changelist", "add", "change", "history")
    }


def test_every_name_of_the_project_is_in_the_matrix():
    names = list(walk(get_resolver().url_patterns))
    listed = {
        *PUBLIC_PAGES,
        *ACCOUNT,
        *ENTRY,
        *SITE_PAGES,
        *admin_pages(),
        *STAFF_PAGES,
        NOTE,
    }
    assert set(names) - listed == set(), "pages without a row in the matrix"
    assert listed - set(names) == set(), "rows without a page"
    assert len(names) == len(set(names)) == NAMES


def test_every_governed_model_with_a_grant_is_reached_by_the_admin():
    from seniorportal import register

    inlines = {inline.model for one in site._registry.values() for inline in one.inlines}
    reached = {
        *site._registry,
        *inlines,
        ConsultationNote,
        Invitation,
        FactorReset,
        VolunteerName,
        Certificate,
        Idea,
        Companion,
        VenueNote,
        Link,
        Notice,
        Referral,
        UnmetNeed,
        ConsultationCount,
        Concern,
        CallAttempt,
        ClosedMonth,
        PartnerContact,  # on the pages of the network
        PartnerMerge,
        PartnersApart,
        HelperRecord,
        HelpRequest,
        Match,
        Milestone,
        OfferingShare,
        OfferingTemplate,
        Room,
        Absence,
        HandOver,
        WorkingWeek,
    }  # which have pages of their own
    closed = {rule.model.__name__ for rule in register.all_rules() if not rule.grants and not rule.staff}
    missing = {model.__name__ for model in register.governed_models() if model not in reached}
    assert (
        missing
        == closed
        == {"Street", "Address", "Card", "FacetChange", "FacetCount", "FormUse", "LoginSession", "NoticeDate"}
    )


# The answers, computed from the rules alone.


def admin_answer(user: Any, page: str, model: Any, row: Any, method: str) -> set[int]:
    model_admin = site._registry[model]
    sees = access.offers(user, Right.SEE, model)
    if page == "changelist":
        if not sees:
            return {404}
        acts = access.offers(user, Right.CHANGE, model) and bool(model_admin.actions)
        return {200} if acts or method == "get" else {403}
    if page == "add":
        if not sees:
            return {404}
        return {200} if access.offers(user, Right.ADD, model) else {403}
    if not holds(user, Right.SEE, row):
        return {404, 405} if sees and (method == "delete" or page == "history") else {404}
    if method == "get":
        return {200}
    if page == "history" or method == "delete":
        return {405}
    return FORM if holds(user, Right.CHANGE, row) else {403}


def entry_cells(city: City, user: Any) -> Iterator[tuple[str, str, set[int]]]:
    def answers(name: str, get: int, post: int, pk: int | None = None) -> Iterator[tuple[str, str, set[int]]]:
        path = reverse(f"entry:{name}", args=[pk] if pk else [])
        for method, answer in (("get", get), ("post", post)):
            yield path, method, {answer} if user else {302}

    def right(right: Right, row: Any) -> bool:
        return bool(user) and holds(user, right, row)

    invites = bool(user) and access.offers(user, Right.ADD, Invitation)
    yield from answers("sessions", 200, 404)  # none was named
    yield from answers("team", 200, 405)
    yield from answers("invite", *((200, 200) if invites else (404, 404)))
    for row in city.rows(Invitation):
        sees, ready = right(Right.SEE, row), right(Right.CHANGE, row) and not row.needs_a_second()
        yield from answers("invitation", *((200, 302) if sees else (404, 404)), pk=row.pk)
        yield from answers("letter", 405, 200 if ready else 403 if sees else 404, pk=row.pk)
    for row in representatives(city, user, Membership):
        sees = right(Right.SEE, row)
        ends = 200 if right(Right.CHANGE, row) else 403 if sees else 404
        yield from answers("end_membership", 405, ends, pk=row.pk)
        yield from answers("ask_for_reset", 405, 200 if sees else 404, pk=row.pk)
    for row in city.rows(FactorReset):
        agrees = 302 if right(Right.RELEASE, row) else 403 if right(Right.SEE, row) else 404
        yield from answers("confirm_reset", 405, agrees, pk=row.pk)


def cells(city: City, user: Any) -> Iterator[tuple[str, str, set[int]]]:
    """Address, method and the answers that the rules allow."""
    signed_in = user is not None
    works = signed_in and bool(access.memberships(user))
    inside = {"get": 200, "post": 405}
    for name, (answer, arguments) in PUBLIC_PAGES.items():
        if signed_in and name not in LOOKS_AT_WHO_ASKS:
            continue  # what does not know who asks answers everybody as it answers an anonymous visitor
        for kwargs in arguments(city)[:1] if signed_in else arguments(city):
            for method in METHODS:
                refused = 403 if name in FROM_OUR_PAGES_ONLY else 405
                yield reverse(name, kwargs=kwargs), method, {answer} if method == "get" else {answer, refused}
    for name in sorted(ACCOUNT):
        for method in METHODS:
            asks = not signed_in and name in ONLY_SIGNED_IN
            yield (
                reverse(name, kwargs=ACCOUNT_ARGUMENTS.get(name)),
                method,
                {302} if asks else {200, 302, 403, 404, 405},
            )
    yield from entry_cells(city, user)
    for name, page in STAFF_PAGES.items():
        for kwargs, answers in page(city, user):
            for method in METHODS:
                yield reverse(name, kwargs=kwargs), method, answers[method] if signed_in else {302}
    for method in METHODS:
        for row in city.rows(Consultation):
            answer = {200} if works and holds(user, Right.SEE, row) else {404}
            yield reverse(NOTE, args=[row.pk]), method, answer if signed_in else {302}
    for path in (reverse("admin:index"), reverse("admin:jsi18n")):
        for method in METHODS:
            yield path, method, {302} if not signed_in else {inside[method]} if works else {404}
    for method in METHODS:
        answer = {302} if not signed_in else {404} if not works or method == "get" else {405}
        yield reverse("admin:autocomplete"), method, answer
    for label in ("seniorportal", "begegnung", "stadtteilzentrum", "seniorenbuero"):
        offered = signed_in and any(
            access.offers(user, Right.SEE, model)
            for model in site._registry
            if model._meta.app_label == label
        )
        for method in METHODS:
            answer = {302} if not signed_in else {404} if not works else {200 if offered else 404}
            if works and method != "get":
                answer = {405}
            yield reverse("admin:app_list", args=[label]), method, answer
    for model in site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        for page in ("changelist", "add"):
            for method in METHODS:
                answer = admin_answer(user, page, model, None, method) if works else {404}
                yield reverse(f"{name}_{page}"), method, answer if signed_in else {302}
        for number, row in enumerate(representatives(city, user, model)):
            for page in ("change", "history"):
                for method in (*METHODS, "delete") if page == "change" and number == 0 else METHODS:
                    answer = admin_answer(user, page, model, row, method) if works else {404}
                    path = reverse(f"{name}_{page}", args=[row.pk])
                    yield path, method, answer if signed_in else {302}


def to_login(path: str) -> str:
    return f"/konto/login/?next={quote(path)}"


@pytest.mark.parametrize("person", PEOPLE)
def test_matrix(person: str, city: City, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture):
    """What pages say is tested elsewhere (tests/staff/test_leaks.py, tests/public); here only their status counts, and
    thousands of cells are quick. Of public pages it is shown that they ask for no session: nobody can be told apart.
    """
    monkeypatch.setattr(errors, "page", lambda name, status: HttpResponse(name, status=status))
    monkeypatch.setattr(Template, "_render", lambda self, context: "")
    caplog.set_level(logging.ERROR, "django.request")  # not every 403 with its traceback
    user = city.people.get(person)
    client = Client(raise_request_exception=False)
    for_all = {
        reverse(name, kwargs=kwargs)
        for name, (_, arguments) in PUBLIC_PAGES.items()
        for kwargs in arguments(city)
        if name not in LOOKS_AT_WHO_ASKS
    }
    if user:
        client.force_login(user)
        access.memberships(user)
        monkeypatch.setattr("django.contrib.auth.middleware.get_user", lambda request: user)
        session = client.session
        personal.unlock(session)
        session.save()
    cookies = client.cookies.output(header="", sep=";")
    wrong, tested = [], 0
    for path, method, expected in cells(city, user):
        with transaction.atomic():
            response = getattr(client, method)(path)
            transaction.set_rollback(True)
        client.cookies = SimpleCookie(cookies)
        if path in for_all and response.wsgi_request.session.accessed:
            wrong.append(f"{method} {path}: asks for the session, so it may answer one person as no other")
        tested += 1
        if response.status_code not in expected:
            wrong.append(f"{method} {path}: {response.status_code} instead of {sorted(expected)}")
        closed = path.startswith(("/verwaltung/", "/uebersicht/")) and path != reverse("admin:login")
        if not user and closed and method == "get" and response["Location"] != to_login(path):
            wrong.append(f"{path}: to {response['Location']} instead of {to_login(path)}")
    assert not wrong, "\n".join(wrong)
    print(f"{person}: {tested} cells")
    assert tested == CELLS[user is not None]


def test_the_public_sees_what_its_rule_says(city: City):
    city.hoerde.hall.published = False
    city.hoerde.hall.save()
    for world, answer in ((city.hoerde, 404), (city.hombruch, 200)):
        assert access.may(PUBLIC, Right.SEE, Venue.objects.get(pk=world.hall.pk)) == (answer == 200)
        assert Client().get(reverse("begegnung:venue", args=[world.hall.slug])).status_code == answer
