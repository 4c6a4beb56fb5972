"""Every URL name x role x own and foreign objects x method; what is expected is asked of the rules, not of the views.

Nobody adds a page without a row here: a name that the tables do not know fails.
"""

import logging
from collections.abc import Callable, Iterator
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import quote

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.template.base import Template
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from seniorportal import access
from seniorportal.access import PUBLIC, Right
from seniorportal.accounts import personal
from seniorportal.models import (
    Category,
    Consultation,
    ConsultationNote,
    FactorReset,
    Feedback,
    Invitation,
    Membership,
    Offering,
    Venue,
)
from seniorportal.printing.spans import month_of, week_of
from seniorportal.public import errors
from seniorportal.staff.site import site
from tests.cast import City, make_city

pytestmark = pytest.mark.django_db

PEOPLE = (
    "koordination-awo",
    "koordination-caritas",
    "vorort-hoerde",
    "halle-hoerde",
    "hausleitung-ekh",
    "tandem-hoerde",
    "tandem-hombruch",
    "auswertung",
    "redaktion",
    "technik",
    "niemand",
    "anonym",
)
METHODS = ("get", "post")
NOTE = "admin:seniorportal_consultation_note"
NAMES = 277
MY_DATA = ("staff:my_data_json", "staff:my_data_pdf")
CELLS = {True: 682, False: 948}  # of each person who is signed in, and of the one who is not
FORM = {200, 302}  # a form shown again, or saved where nothing was required


def walk(patterns: list[Any], spaces: tuple[str, ...] = ()) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            space = (pattern.namespace,) if pattern.namespace else ()
            yield from walk(pattern.url_patterns, spaces + space)
        elif isinstance(pattern, URLPattern):
            yield ":".join([*spaces, str(pattern.name)])


# Pages for everybody: the same answer whoever asks.


def for_everybody(
    get: int = 200, arguments: Any = None
) -> tuple[int, Callable[[City], list[dict[str, Any]]]]:
    return get, arguments or (lambda city: [{}])


def offerings(city: City) -> list[dict[str, Any]]:
    return [{"pk": row.pk, "slug": row.slug} for row in city.rows(Offering)]


def halls(city: City) -> list[dict[str, Any]]:
    return [{"slug": world.hall.slug} for world in city.worlds]


def places(city: City) -> list[dict[str, Any]]:
    return [{"slug": row.slug} for row in city.rows(Venue)]


def offices(city: City) -> list[dict[str, Any]]:
    return [{"bezirk": world.office.slug.removeprefix("seniorenbuero-")} for world in city.worlds]


def districts(city: City) -> list[dict[str, Any]]:
    return [{"bezirk": world.district.slug} for world in city.worlds]


def topics(city: City) -> list[dict[str, Any]]:
    return [{"thema": row.slug} for row in city.rows(Category)[:1]]


def in_week(rows: list[dict[str, Any]], week: str = "") -> list[dict[str, Any]]:
    return [row | {"week": week or week_of(timezone.localdate())} for row in rows]


def in_month(rows: list[dict[str, Any]], month: str = "") -> list[dict[str, Any]]:
    return [row | {"month": month or month_of(timezone.localdate())} for row in rows]


PUBLIC_PAGES = {
    "public:home": for_everybody(),
    "public:offerings": for_everybody(),
    "public:offering": for_everybody(arguments=offerings),
    "public:offering_by_number": for_everybody(
        302, arguments=lambda city: [{"pk": row["pk"]} for row in offerings(city)]
    ),
    "public:calendar": for_everybody(),
    "public:calendar_day": for_everybody(arguments=lambda city: [{"day": "2026-11-23"}]),
    "public:offerings_ics": for_everybody(),
    "public:offering_ics": for_everybody(arguments=offerings),
    "public:offering_day_ics": for_everybody(
        404, arguments=lambda city: [row | {"day": "2014-01-01"} for row in offerings(city)]
    ),
    "begegnung:venue_ics": for_everybody(arguments=halls),
    "stadtteilzentrum:centre_ics": for_everybody(),
    "seniorenbuero:office_ics": for_everybody(arguments=offices),
    "public:topics": for_everybody(),
    "public:topic": for_everybody(arguments=lambda city: [{"thema": "wohnen"}]),
    "public:feedback": for_everybody(),
    "public:feedback_of_offering": for_everybody(
        arguments=lambda city: [{"pk": row["pk"]} for row in offerings(city)]
    ),
    "public:feedback_of_venue": for_everybody(arguments=places),
    "public:feedback_receipt": for_everybody(
        arguments=lambda city: [{"submission": row.submission} for row in city.rows(Feedback)]
    ),
    "public:number": for_everybody(),
    "public:number_of_offering": for_everybody(
        arguments=lambda city: [{"pk": row["pk"]} for row in offerings(city)]
    ),
    "public:number_of_venue": for_everybody(arguments=places),
    "public:noted": for_everybody(),
    "public:noted_dates": for_everybody(),
    "public:display": for_everybody(),
    "public:easy": for_everybody(),
    "public:access": for_everybody(),
    "public:barrier": for_everybody(),
    "public:imprint": for_everybody(),
    "public:privacy": for_everybody(),
    "public:news": for_everybody(),
    "public:called_off": for_everybody(),
    "public:sitemap": for_everybody(),
    "public:sitemap_section": for_everybody(arguments=lambda city: [{"section": "angebote"}]),
    "public:healthz": for_everybody(),
    "public:readyz": for_everybody(),
    "public:robots": for_everybody(),
    "begegnung:venues": for_everybody(),
    "begegnung:venue": for_everybody(arguments=halls),
    "stadtteilzentrum:centre": for_everybody(),
    "seniorenbuero:offices": for_everybody(),
    "seniorenbuero:find": for_everybody(),
    "seniorenbuero:office": for_everybody(arguments=offices),
    "report:index": for_everybody(),
    # A finished period of which there are no rows: 404 for everybody.
    "report:period": for_everybody(404, arguments=lambda city: [{"period": "2014-2017"}]),
    **{
        f"report:period_{form}": for_everybody(404, arguments=lambda city: [{"period": "2014-2017"}])
        for form in ("json", "csv", "xlsx", "pdf")
    },
    # Paper. A PDF takes a fifth of a second: here the answer to a month nobody prints; sheets have tests of their own.
    "public:print_offering": for_everybody(arguments=offerings),
    "public:programmes": for_everybody(),
    "public:week_of_district_now": for_everybody(302, arguments=districts),
    "public:week_of_district": for_everybody(arguments=lambda city: in_week(districts(city))),
    "public:week_of_district_pdf": for_everybody(
        404, arguments=lambda city: in_week(districts(city), "2026-W54")
    ),
    "public:week_of_topic_now": for_everybody(302, arguments=topics),
    "public:week_of_topic": for_everybody(arguments=lambda city: in_week(topics(city))),
    "public:week_of_topic_pdf": for_everybody(404, arguments=lambda city: in_week(topics(city), "2026-W54")),
    "seniorenbuero:print": for_everybody(arguments=offices),
    "seniorenbuero:programme_now": for_everybody(302, arguments=offices),
    "seniorenbuero:programme": for_everybody(arguments=lambda city: in_month(offices(city))),
    "seniorenbuero:programme_pdf": for_everybody(
        404, arguments=lambda city: in_month(offices(city), "2026-13")
    ),
    "seniorenbuero:tally_now": for_everybody(302, arguments=offices),
    "seniorenbuero:tally": for_everybody(arguments=lambda city: in_month(offices(city))),
    "seniorenbuero:tally_pdf": for_everybody(404, arguments=lambda city: in_month(offices(city), "2026-13")),
    "begegnung:print": for_everybody(arguments=halls),
    "begegnung:programme_now": for_everybody(302, arguments=halls),
    "begegnung:programme": for_everybody(arguments=lambda city: in_month(halls(city))),
    "begegnung:programme_pdf": for_everybody(404, arguments=lambda city: in_month(halls(city), "2026-13")),
    "begegnung:tally_now": for_everybody(302, arguments=halls),
    "begegnung:tally": for_everybody(arguments=lambda city: in_month(halls(city))),
    "begegnung:tally_pdf": for_everybody(404, arguments=lambda city: in_month(halls(city), "2026-13")),
    "stadtteilzentrum:print": for_everybody(),
    "stadtteilzentrum:programme_now": for_everybody(302),
    "stadtteilzentrum:programme": for_everybody(arguments=lambda city: in_month([{}])),
    "stadtteilzentrum:programme_pdf": for_everybody(404, arguments=lambda city: in_month([{}], "2026-13")),
    "stadtteilzentrum:tally_now": for_everybody(302),
    "stadtteilzentrum:tally": for_everybody(arguments=lambda city: in_month([{}])),
    "stadtteilzentrum:tally_pdf": for_everybody(404, arguments=lambda city: in_month([{}], "2026-13")),
    "admin:login": for_everybody(302),
    "entry:redeem": for_everybody(),
    "entry:accept": for_everybody(302),  # without a code
}

# Forms that ask the browser where they were sent from, as the client of these tests does not say.
FROM_OUR_PAGES_ONLY = {"public:noted"}

# allauth's pages: what is asked there is whether somebody is signed in, never which role.
ACCOUNT = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_reauthenticate",
    "account_email",
    "account_email_verification_sent",
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_confirm_login_code",
    "account_confirm_email",
    "account_reset_password_from_key_done",
    "account_reset_password_from_key",
    "account_reset_password_done",
}
SECOND_FACTOR = {
    "mfa_index",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_totp_picture",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
}
ACCOUNT |= SECOND_FACTOR
ONLY_SIGNED_IN = {
    *(SECOND_FACTOR - {"mfa_authenticate"}),
    "account_reauthenticate",
    "account_email",
    "account_change_password",
    "account_set_password",
}
ACCOUNT_ARGUMENTS: dict[str, dict[str, Any]] = {
    "mfa_edit_webauthn": {"pk": 1},
    "mfa_remove_webauthn": {"pk": 1},
    "account_confirm_email": {"key": "x"},
    "account_reset_password_from_key": {"uidb36": "1", "key": "x"},
}

# Pages around accounts: who works with whom, who is invited, whose factor is lost.
ENTRY = {
    "entry:sessions",
    "entry:team",
    "entry:invite",
    "entry:invitation",
    "entry:letter",
    "entry:end_membership",
    "entry:ask_for_reset",
    "entry:confirm_reset",
}

SITE_PAGES = {"admin:index", "admin:jsi18n", "admin:autocomplete", "admin:app_list"}


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
        "staff:overview",
        *MY_DATA,
        "staff:office",
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
    }  # which have pages of their own
    closed = {rule.model.__name__ for rule in register.all_rules() if not rule.grants and not rule.staff}
    missing = {model.__name__ for model in register.governed_models() if model not in reached}
    assert (
        missing
        == closed
        == {"Street", "Address", "Card", "FacetChange", "FacetCount", "FormUse", "LoginSession"}
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


def representatives(city: City, user: Any, model: Any) -> list[Any]:
    """Three rows at most: one of each answer (may change, may see, hidden), then others of both worlds."""
    rows = city.rows(model)
    of_each: dict[tuple[bool, ...], Any] = {}
    for row in rows if user else ():
        of_each.setdefault(tuple(holds(user, right, row) for right in (Right.SEE, Right.CHANGE)), row)
    chosen = list(of_each.values())
    chosen += [row for row in (rows[0], rows[-1], *rows) if row not in chosen]
    return list(dict.fromkeys(chosen))[:3]


def holds(user: Any, right: Right, row: Any) -> bool:
    return access.offers(user, right, type(row)) and access.may(user, right, row)


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
        rows = arguments(city)
        for kwargs in rows[:1] if signed_in else rows:  # who is signed in changes nothing about them
            for method in METHODS[:1] if signed_in else METHODS:
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
    for method in METHODS:
        yield reverse("staff:overview"), method, {inside[method]} if signed_in else {302}
        for name in MY_DATA:
            yield reverse(name), method, {inside[method]} if signed_in else {302}
        yield reverse("staff:office"), method, {200} if signed_in else {302}
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
def test_matrix(person: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture):
    """What pages say is tested elsewhere (tests/staff/test_leaks.py, tests/public); here only their status counts, and
    thousands of cells are quick."""
    monkeypatch.setattr(errors, "page", lambda name, status: HttpResponse(name, status=status))
    monkeypatch.setattr(Template, "_render", lambda self, context: "")
    caplog.set_level(logging.ERROR, "django.request")  # not every 403 with its traceback
    city = make_city()
    user = city.people.get(person)
    client = Client(raise_request_exception=False)
    if user:
        client.force_login(user)
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
        tested += 1
        if response.status_code not in expected:
            wrong.append(f"{method} {path}: {response.status_code} instead of {sorted(expected)}")
        closed = path.startswith(("/verwaltung/", "/uebersicht/")) and path != reverse("admin:login")
        if not user and closed and method == "get" and response["Location"] != to_login(path):
            wrong.append(f"{path}: to {response['Location']} instead of {to_login(path)}")
    assert not wrong, "\n".join(wrong)
    print(f"{person}: {tested} cells")
    assert tested == CELLS[user is not None]


def test_the_public_sees_what_its_rule_says():
    city = make_city()
    city.hoerde.hall.published = False
    city.hoerde.hall.save()
    for world, answer in ((city.hoerde, 404), (city.hombruch, 200)):
        assert access.may(PUBLIC, Right.SEE, Venue.objects.get(pk=world.hall.pk)) == (answer == 200)
        assert Client().get(reverse("begegnung:venue", args=[world.hall.slug])).status_code == answer
