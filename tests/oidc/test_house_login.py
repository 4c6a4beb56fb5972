"""The login of the house, with a house that only these tests know; run by tests/accounts/test_oidc.py."""

import datetime as dt
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from seniorportal.models import Role, User
from seniorportal.privacy import export
from tests.accounts.people import cheap, code, give_factor, strict  # noqa: F401
from tests.cast import make_membership, make_user
from tests.public.html import check_page

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not settings.PORTAL_HOUSE_LOGIN, reason="ohne PORTAL_OIDC_ISSUER: von test_oidc.py gestartet"
    ),
]
ISSUER = "https://anmeldung.beispiel.invalid/realms/haus"


class Answer:
    status_code = 200
    headers = {"content-type": "application/json"}

    def __init__(self, said: dict[str, Any]) -> None:
        self.said, self.text = said, ""

    def json(self) -> dict[str, Any]:
        return self.said

    def raise_for_status(self) -> None:
        pass


class House:
    """What the provider answers, and what it was asked."""

    def __init__(self) -> None:
        self.says: dict[str, Any] = {}
        self.away = False
        self.asked: list[str] = []

    def __enter__(self) -> "House":
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def get(self, url: str, **more: Any) -> Answer:
        return self.request("GET", url, **more)

    def request(self, method: str, url: str, **more: Any) -> Answer:
        import jwt
        import requests

        self.asked.append(url)
        if self.away:
            raise requests.ConnectionError("away")
        if url.endswith("/.well-known/openid-configuration"):
            paths = ("authorization", "token", "userinfo")
            return Answer(
                {f"{one}_endpoint": f"{ISSUER}/{one}" for one in paths}
                | {"issuer": ISSUER, "jwks_uri": ISSUER}
            )
        if url.endswith("/userinfo"):
            return Answer(self.says)
        now = dt.datetime.now(dt.UTC)
        token = {"iss": ISSUER, "aud": "portal", "iat": now, "exp": now + dt.timedelta(minutes=5)} | self.says
        return Answer(
            {"access_token": "geheim-4711", "id_token": jwt.encode(token, "x" * 32), "token_type": "Bearer"}
        )


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch, cheap: Any) -> House:  # noqa: F811
    from seniorportal.accounts import oidc

    made = House()
    monkeypatch.setattr(oidc.Adapter, "get_requests_session", lambda self: made)
    return made


def come(house: House, client: Client | None = None, **says: Any) -> tuple[Client, Any]:
    """Through the house and back; its answer to the browser is ours to read."""
    client = client or Client()
    there = client.post(reverse("openid_connect_login"))
    assert there.status_code == 302 and there["Location"].startswith(f"{ISSUER}/authorization?"), (
        there.status_code
    )
    asked = parse_qs(urlsplit(there["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"] and set(asked["scope"][0].split()) == {
        "openid",
        "email",
    }
    assert urlsplit(asked["redirect_uri"][0]).path == "/konto/haus/zurueck/"
    house.says = {"sub": "nr-1", "email": "anna@beispiel.invalid", "email_verified": True} | says
    return client, client.get(reverse("openid_connect_callback"), {"code": "x", "state": asked["state"][0]})


def rows() -> list[Any]:
    from allauth.socialaccount.models import SocialAccount

    return list(SocialAccount.objects.all())


@pytest.fixture
def anna() -> User:
    user = make_user("anna", name="Anna Beispiel", email="Anna@beispiel.invalid")
    make_membership(user, Role.EVALUATION)
    return user


def test_the_page_offers_it_and_lets_the_browser_go_there(client: Client, cheap: Any):  # noqa: F811
    answer = client.get("/konto/login/")
    assert "Anmelden mit Haus Beispiel" in check_page(answer.content.decode()).text
    assert "form-action 'self' https://anmeldung.beispiel.invalid;" in answer["Content-Security-Policy"] + ";"
    assert client.get(reverse("openid_connect_login")).status_code == 405, "a link alone starts nothing"
    assert client.post(reverse("openid_connect_login"), {"process": "connect"}).status_code == 404


@pytest.mark.parametrize(
    "says",
    [
        {"email": "fremd@beispiel.invalid"},
        {"email_verified": False},
        {"email_verified": "false"},
        {"email": ""},
    ],
)
def test_it_makes_no_account_and_believes_no_unverified_address(
    house: House, anna: User, says: dict[str, Any]
):
    before = User.objects.count()
    client, answer = come(house, **says)
    assert answer.status_code == 403 and "kein Konto" in check_page(answer.content.decode()).text
    assert (User.objects.count(), rows()) == (before, [])
    assert client.get("/uebersicht/").status_code == 302


def test_the_verified_address_opens_the_account_and_then_the_number_does(house: House, anna: User):
    client, answer = come(house, name="Anna Zuviel", phone="0231 4711")
    assert answer.status_code == 302 and client.get("/uebersicht/").status_code == 200
    (row,) = rows()
    assert (row.user, row.uid, row.extra_data) == (anna, "nr-1", {}), "nothing else is kept"
    told = str(export.of_account(anna))
    assert "nr-1" in told and "Zuviel" not in told and "geheim-4711" not in told
    moved, _ = come(house, email="neuer-name@beispiel.invalid")
    assert moved.get("/uebersicht/").status_code == 200 and len(rows()) == 1
    anna.refresh_from_db()
    assert (anna.name, anna.email) == ("Anna Beispiel", "Anna@beispiel.invalid")


def test_an_address_given_to_somebody_else_opens_nothing(house: House, anna: User):
    come(house)
    other, answer = come(house, sub="nr-2")
    assert answer.status_code == 403 and len(rows()) == 1
    assert other.get("/uebersicht/").status_code == 302


def test_two_accounts_with_one_address_are_not_guessed(house: House, anna: User):
    make_user("anna-zwei", email="anna@beispiel.invalid")
    assert come(house)[1].status_code == 403 and rows() == []


def test_a_closed_account_stays_closed(house: House, anna: User):
    come(house)
    User.objects.filter(pk=anna.pk).update(is_active=False)
    client, answer = come(house)
    assert client.get("/uebersicht/").status_code == 302, answer.status_code
    from seniorportal.accounts import oidc

    assert list(oidc.closed_accounts(dt.date(2026, 11, 23))) == rows()


def test_the_second_factor_is_asked_all_the_same(house: House, strict: Any):  # noqa: F811
    tandem = make_user("redaktion-zwei", email="anna@beispiel.invalid")
    make_membership(tandem, Role.EDITORS)
    client, answer = come(house)
    assert client.get("/uebersicht/")["Location"] == reverse("mfa_index"), "first one has to set one up"
    give_factor(tandem)
    client, answer = come(house)
    assert answer["Location"] == reverse("mfa_authenticate")
    assert client.get("/uebersicht/")["Location"].startswith("/konto/login/"), "not signed in by half"
    client.post(reverse("mfa_authenticate"), {"code": code()})
    assert client.get("/uebersicht/").status_code == 200


@pytest.mark.logged_errors("django.request")
def test_away_refused_or_forged_ends_on_a_page_in_german(house: House, anna: User):
    house.away = True
    answer = Client().post(reverse("openid_connect_login"))
    assert answer.status_code == 503 and "antwortet nicht" in check_page(answer.content.decode()).text
    house.away = False
    back = reverse("openid_connect_callback")
    for asked in ({"code": "x", "state": "erfunden"}, {"error": "access_denied"}, {}):
        answer = Client().get(back, asked)
        assert answer.status_code == 401, asked
        assert "nicht abgeschlossen" in check_page(answer.content.decode()).text
    client = Client()
    state = parse_qs(urlsplit(client.post(reverse("openid_connect_login"))["Location"]).query)["state"][0]
    house.away = True
    assert client.get(back, {"code": "x", "state": state}).status_code in (401, 503)
    assert rows() == []
