"""The pages of the portal, each URL name once, with what it answers: the table that tests/access/test_matrix.py walks.

A page for staff that shows or changes rows stands in ``STAFF_PAGES``: its arguments and answers are computed from the
rules, for every person of the cast, by ``whoever`` and ``of_rows``.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.utils import timezone

from seniorportal import access
from seniorportal.access import Right
from seniorportal.models import Category, Concern, Consultation, Feedback, Idea, Offering, Venue, Visit
from seniorportal.printing.spans import month_of, week_of
from tests.cast import City

FORM = {200, 302, 303}  # a form shown again, or saved where nothing was required
METHODS = ("get", "post")

Answers = dict[str, set[int]]  # by method


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
    "public:call_off": for_everybody(),
    "public:call_off_dates": for_everybody(303, arguments=lambda city: [{"token": "erfunden"}]),
    "public:call_back": for_everybody(arguments=places),
    "public:by_post": for_everybody(arguments=places),
    "public:company": for_everybody(arguments=lambda city: [{"pk": row["pk"]} for row in offerings(city)]),
    "public:concern_receipt": for_everybody(
        arguments=lambda city: [{"submission": row.pk} for row in city.rows(Concern)]
    ),
    "public:number": for_everybody(),
    "public:number_of_offering": for_everybody(
        arguments=lambda city: [{"pk": row["pk"]} for row in offerings(city)]
    ),
    "public:number_of_venue": for_everybody(arguments=places),
    "public:noted": for_everybody(),
    "public:noted_dates": for_everybody(),
    "public:display": for_everybody(),
    "public:taking_part": for_everybody(),
    "public:new_idea": for_everybody(),
    # Those of the cast nobody has read yet; what is public has tests of its own.
    "public:idea": for_everybody(404, arguments=lambda city: [{"pk": row.pk} for row in city.rows(Idea)]),
    "public:join_idea": for_everybody(
        404, arguments=lambda city: [{"pk": row.pk} for row in city.rows(Idea)]
    ),
    "public:idea_receipt": for_everybody(
        arguments=lambda city: [{"submission": row.submission} for row in city.rows(Idea)]
    ),
    "public:easy": for_everybody(),
    "public:access": for_everybody(),
    "public:barrier": for_everybody(),
    "public:imprint": for_everybody(),
    "public:privacy": for_everybody(),
    "public:news": for_everybody(),
    "public:called_off": for_everybody(),
    "public:sitemap": for_everybody(),
    "public:sitemap_section": for_everybody(arguments=lambda city: [{"section": "angebote"}]),
    "begegnung_wall:enter": for_everybody(),
    "arrival:typed": for_everybody(),
    "arrival:card": for_everybody(404, arguments=lambda city: [{"code": "ACDE3467"}]),
    "begegnung_wall:count": for_everybody(404, arguments=lambda city: [{"token": "1-x"}]),
    "public:confirm_by_link": for_everybody(404, arguments=lambda city: [{"token": "1-x"}]),
    "public:healthz": for_everybody(),
    "public:readyz": for_everybody(),
    "public:robots": for_everybody(),
    "begegnung:venues": for_everybody(),
    "begegnung:venue": for_everybody(arguments=halls),
    "stadtteilzentrum:centre": for_everybody(),
    "seniorenbuero:offices": for_everybody(),
    "seniorenbuero:find": for_everybody(),
    "seniorenbuero:office": for_everybody(arguments=offices),
    "seniorenbuero:round_table": for_everybody(arguments=offices),
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


# Pages of staff beside the admin: for each person, the arguments to try and the answer to GET and POST.

Page = Callable[[City, Any], Iterator[tuple[dict[str, Any], Answers]]]


def holds(user: Any, right: Right, row: Any) -> bool:
    """Asked once for each person and row: between two cells of the matrix nothing changes."""
    if user is None:
        return False
    known: dict[Any, bool] = user.__dict__.setdefault("_held", {})
    key = (right, type(row), row.pk)
    if key not in known:
        known[key] = access.offers(user, right, type(row)) and access.may(user, right, row)
    return known[key]


def representatives(city: City, user: Any, model: Any) -> list[Any]:
    """Three rows at most: one of each answer (may change, may see, hidden), then others of both worlds."""
    rows = city.rows(model)
    of_each: dict[tuple[bool, ...], Any] = {}
    for row in rows if user else ():
        of_each.setdefault(tuple(holds(user, right, row) for right in (Right.SEE, Right.CHANGE)), row)
    chosen = list(of_each.values())
    chosen += [row for row in (rows[0], rows[-1], *rows) if row not in chosen]
    return list(dict.fromkeys(chosen))[:3]


def signed_in(get: int = 200, post: int = 405) -> Page:
    """The same for everybody who is signed in."""
    return lambda city, user: iter([({}, {"get": {get}, "post": {post}})])


def whoever(right: Right, model: Any, post: set[int] | None = None, **arguments: Any) -> Page:
    """For those whom the rules offer the right on some row of the model; 404 for others. ``post`` None: 405."""

    def page(city: City, user: Any) -> Iterator[tuple[dict[str, Any], Answers]]:
        offered = access.offers(user, right, model)
        yield arguments, {"get": {200 if offered else 404}, "post": (post or {405}) if offered else {404}}

    return page


def only_sent(right: Right, model: Any, post: set[int]) -> Page:
    """A page that takes what is sent and shows nothing by itself."""

    def page(city: City, user: Any) -> Iterator[tuple[dict[str, Any], Answers]]:
        offered = access.offers(user, right, model)
        yield {}, {"get": {405 if offered else 404}, "post": post if offered else {404}}

    return page


def of_rows_sent(model: Any, post: set[int] = FORM) -> Page:
    """The same for one row."""

    def page(city: City, user: Any) -> Iterator[tuple[dict[str, Any], Answers]]:
        offered = access.offers(user, Right.CHANGE, model)
        for row in representatives(city, user, model):
            sees, changes = holds(user, Right.SEE, row), holds(user, Right.CHANGE, row)
            sent = post if changes else {403 if sees else 404}
            yield {"pk": row.pk}, {"get": {405 if offered else 404}, "post": sent}

    return page


def of_rows(
    model: Any,
    arguments: Callable[[Any], dict[str, Any]] = lambda row: {"pk": row.pk},
    *,
    sees: Right = Right.SEE,
    changes: Right | None = Right.CHANGE,
    rows: Callable[[City], list[Any]] | None = None,
    post: set[int] = FORM,
) -> Page:
    """One row per answer: 404 for who may not see it, 403 for who may not change it. ``changes`` None: only read."""

    def page(city: City, user: Any) -> Iterator[tuple[dict[str, Any], Answers]]:
        for row in rows(city)[:4] if rows else representatives(city, user, model):
            if not holds(user, sees, row):
                yield arguments(row), {"get": {404}, "post": {404, 405} if changes is None else {404}}
            elif changes is None:
                yield arguments(row), {"get": {200}, "post": {405}}
            else:
                yield arguments(row), {"get": {200}, "post": post if holds(user, changes, row) else {403}}

    return page


def worry_sent(city: City, user: Any) -> Iterator[tuple[dict[str, Any], Answers]]:
    """For the houses in which one is; elsewhere it is not there."""
    for world in city.worlds:
        places = access.targets(user, Right.ADD, Visit, "venue") if user else Venue.objects.none()
        there = places.filter(pk=world.hall.pk).exists()
        yield {"slug": world.hall.slug}, {"get": {200 if there else 404}, "post": {405}}


CALLS: dict[str, Page] = {
    "staff:calls": whoever(Right.CHANGE, Concern),
    "staff:calls_print": whoever(Right.CHANGE, Concern),
    "staff:call": of_rows(Concern),
    "staff:pass_on": of_rows(Concern),
    "staff:call_letter": of_rows(
        Concern, changes=None, rows=lambda city: [row for row in city.rows(Concern) if row.kind == "post"]
    ),
    "staff:worries": whoever(Right.ADD, Visit, post={200}),
    "staff:worry_sent": worry_sent,
}

STAFF_PAGES: dict[str, Page] = {
    **CALLS,
    "staff:overview": signed_in(),
    "staff:my_data_json": signed_in(),
    "staff:my_data_pdf": signed_in(),
    "staff:office": signed_in(post=200),
    # The desk of an office. Its log has a session of its own: tests/seniorenbuero.
    "desk:start": whoever(Right.ADD, Consultation),
    "desk:day": whoever(Right.ADD, Consultation),
    "desk:log": whoever(Right.ADD, Consultation, post=FORM),
    "desk:shift": whoever(Right.ADD, Consultation, post=FORM),
    "desk:month": whoever(Right.ADD, Consultation, post=FORM, month="2026-11"),
    "desk:place": only_sent(Right.ADD, Consultation, post={200}),
    "desk:same": only_sent(Right.ADD, Consultation, post=FORM),
    "desk:entry": of_rows(Consultation),
    "desk:withdraw": of_rows_sent(Consultation),
}

from tests.access.counting_pages import COUNTING_PAGES  # noqa: E402
from tests.access.referring_pages import REFERRING_PAGES  # noqa: E402

STAFF_PAGES |= COUNTING_PAGES
STAFF_PAGES |= REFERRING_PAGES

from tests.access.venue_pages import VENUE_PAGES  # noqa: E402

STAFF_PAGES |= VENUE_PAGES

from tests.access.houses_pages import HOUSES_PAGES  # noqa: E402

STAFF_PAGES |= HOUSES_PAGES

from tests.access.offering_pages import OFFERING_PAGES  # noqa: E402  (it takes the helpers from here)

STAFF_PAGES |= OFFERING_PAGES

from tests.access.needs_pages import NEEDS_PAGES  # noqa: E402

STAFF_PAGES |= NEEDS_PAGES

from tests.access.office_pages import OFFICE_PAGES  # noqa: E402

STAFF_PAGES |= OFFICE_PAGES

from tests.access.helping_pages import HELPING_PAGES  # noqa: E402

STAFF_PAGES |= HELPING_PAGES

from tests.access.numbers_pages import NUMBERS_PAGES  # noqa: E402

STAFF_PAGES |= NUMBERS_PAGES

from tests.access.network_pages import NETWORK_PAGES  # noqa: E402

STAFF_PAGES |= NETWORK_PAGES

from tests.access.tables_pages import TABLES_PAGES  # noqa: E402

STAFF_PAGES |= TABLES_PAGES
