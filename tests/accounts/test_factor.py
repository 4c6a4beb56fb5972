"""The second factor: demanded of those who meet persons, set up and shown in German, never in a page's script."""

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from seniorportal import register
from seniorportal.accounts import factor
from seniorportal.models import Engagement, Feedback, Membership, Role, User, Volunteer
from tests.accounts.people import PASSWORD, SECRET, code, give_factor, sign_in
from tests.cast import make_membership
from tests.public.html import check_page

pytestmark = pytest.mark.django_db

SETTING_UP = [
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_list_webauthn",
]


@pytest.fixture
def technician(strict):
    user = User.objects.create_user("technik-beispiel", name="Tina Beispiel")
    make_membership(user, Role.TECHNICAL)
    return user


@pytest.fixture
def evaluator(strict):
    user = User.objects.create_user("auswertung-beispiel")
    make_membership(user, Role.EVALUATION)
    return user


def page_of(client, name, *args):
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200, (name, answer.status_code, answer.get("Location"))
    assert b"<script>" not in answer.content and b"style=" not in answer.content
    assert b"data:" not in answer.content
    return check_page(answer.content.decode())


def test_every_role_that_meets_persons_is_asked():
    """The one list, compared with the rules of all that is about persons."""
    about_persons = {User, Membership, Volunteer, Engagement, Feedback}
    meets = {
        role
        for rule in register.all_rules()
        for role in rule.grants
        if rule.model in about_persons or rule.model.__name__ in ("Case", "Helper")
    }
    assert meets <= factor.DEMANDED_OF
    assert set(Role) - factor.DEMANDED_OF == {Role.HALL, Role.EVALUATION}


def test_without_a_factor_one_gets_to_the_set_up_and_nowhere_else(technician):
    client = sign_in(technician)
    for path in (
        "/uebersicht/",
        "/verwaltung/",
        reverse("account_change_password"),
        reverse("account_email"),
    ):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_index")), path
    assert client.post("/verwaltung/seniorportal/user/add/").status_code == 302
    assert "Richten Sie bitte jetzt einen zweiten Faktor ein" in page_of(client, "mfa_index").text
    assert client.get("/").status_code == 200
    assert client.post(reverse("account_logout")).status_code == 302


def test_whoever_meets_nobody_is_not_asked(evaluator):
    assert sign_in(evaluator).get("/uebersicht/").status_code == 200


def test_setting_up_an_app(technician):
    client = sign_in(technician)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = page_of(client, "mfa_activate_totp")
    picture = next(i["src"] for i in page.all("img"))
    svg = client.get(picture)
    assert svg["Content-Type"] == "image/svg+xml" and "no-store" in svg["Cache-Control"]
    assert b"<svg" in svg.content and b"style" not in svg.content
    secret = client.session["mfa.totp.secret"]
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert "Dieser Code stimmt nicht" in check_page(wrong.content.decode()).text
    answer = client.post(reverse("mfa_activate_totp"), {"code": " ".join(code(secret))})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    codes = re.findall(r"<li>(\d{8})</li>", client.get(answer["Location"]).content.decode())
    assert len(codes) == 10
    assert "Zeigen können wir sie nicht mehr" in page_of(client, "mfa_view_recovery_codes").text
    assert client.get("/uebersicht/").status_code == 200  # it was shown by setting it up
    stored = Authenticator.objects.get(user=technician, type="totp").data["secret"]
    assert secret not in stored and secret not in json.dumps(stored)
    assert client.get(reverse("mfa_totp_picture")).status_code == 404  # nothing to set up any more


def test_signing_in_asks_for_the_factor_and_takes_a_code_once(technician):
    give_factor(technician)
    technician.set_password(PASSWORD)
    technician.save()
    client = Client()
    answer = client.post(reverse("account_login"), {"login": technician.username, "password": PASSWORD})
    assert answer["Location"] == reverse("mfa_authenticate")
    assert client.get("/uebersicht/").status_code == 302
    page = page_of(client, "mfa_authenticate")
    assert "Bitte noch der Code aus Ihrer App" in page.text
    wrong = client.post(reverse("mfa_authenticate"), {"code": "12"})
    assert "Dieser Code stimmt nicht" in check_page(wrong.content.decode()).text
    used = code()
    assert client.post(reverse("mfa_authenticate"), {"code": used}).status_code == 302
    assert client.get("/uebersicht/").status_code == 200
    again = Client()
    again.post(reverse("account_login"), {"login": technician.username, "password": PASSWORD})
    assert again.post(reverse("mfa_authenticate"), {"code": used}).status_code == 200


def test_a_session_that_never_showed_the_factor_is_asked_for_it(technician):
    client = sign_in(technician)
    give_factor(technician)
    answer = client.get("/uebersicht/")
    assert answer["Location"] == reverse("mfa_reauthenticate") + "?next=%2Fuebersicht%2F"
    answer = client.post(answer["Location"], {"code": code(), "next": "/uebersicht/"})
    assert (answer.status_code, answer["Location"]) == (302, "/uebersicht/")
    assert client.get("/uebersicht/").status_code == 200


def test_a_password_takes_no_factor_away(technician):
    give_factor(technician)
    client = sign_in(technician)
    answer = client.get(reverse("mfa_deactivate_totp"))
    assert answer["Location"].startswith(reverse("mfa_reauthenticate"))
    assert client.get(reverse("account_reauthenticate")).status_code == 302
    client.post(reverse("mfa_reauthenticate"), {"code": code(later=1)})
    page = page_of(client, "mfa_deactivate_totp")
    assert "Richten Sie bitte zuerst einen anderen ein" in page.text
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=technician).exists()


@pytest.mark.parametrize("name", SETTING_UP)
def test_pages_of_the_factor(technician, name):
    client = sign_in(technician)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = page_of(client, name)
    english = ("Sign", "Password ", "Please", "your", "Security", "Add ")
    assert not [word for word in english if word in page.text]


def test_the_last_passkey_stays(technician):
    key = Authenticator.objects.create(
        user=technician, type="webauthn", data={"name": "Schlüssel", "credential": {}}
    )
    assert not factor.has_another(key)
    give_factor(technician)
    assert factor.has_another(key)


def test_the_passkey_question_is_no_script(technician):
    client = sign_in(technician)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    content = client.get(reverse("mfa_add_webauthn")).content.decode()
    options = check_page(content).with_attribute("data-options")
    assert json.loads(options[0])["publicKey"]["challenge"]
    wrong = client.post(reverse("mfa_add_webauthn"), {"name": "x", "credential": '{"id": "x"}'})
    assert wrong.status_code == 200 and "stimmt nicht" in wrong.content.decode()


def test_the_demo_asks_nobody(client, cheap):
    user = User.objects.create_user("demo-beispiel")
    make_membership(user, Role.TECHNICAL)
    assert SECRET and sign_in(user, client).get("/uebersicht/").status_code == 200
