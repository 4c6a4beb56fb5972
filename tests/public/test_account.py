"""Signing in and out: German, in our frame, field names that scripts rely on."""

import pytest
from django.test import Client
from django.urls import reverse

from seniorportal.models import User
from tests.public.html import check_page

pytestmark = pytest.mark.django_db
PASSWORD = "drei-Worte-und-ein-Komma"


@pytest.fixture
def worker():
    return User.objects.create_user("tandem-beispiel", password=PASSWORD)


def test_the_login_page(client):
    page = check_page(client.get(reverse("account_login")).content.decode())
    names = {attrs["name"]: attrs["type"] for attrs in page.all("input") if "name" in attrs}
    assert names["login"] == "text" and names["password"] == "password"
    assert "remember" not in names
    assert "Anmelden für Mitarbeitende" in page.text


def test_signing_in_leads_on_and_out_leads_back(client, worker):
    response = client.post(
        reverse("account_login"), {"login": worker.username, "password": PASSWORD, "next": "/"}
    )
    assert (response.status_code, response["Location"]) == (302, "/")
    page = check_page(client.get(reverse("account_logout")).content.decode())
    assert "Möchten Sie sich abmelden?" in page.text
    assert client.get("/konto/password/change/").status_code == 200  # asking alone signs nobody out
    assert client.post(reverse("account_logout")).status_code == 302
    assert client.get("/konto/password/change/").status_code == 302


def test_a_wrong_password_is_said_in_german(client, worker):
    response = client.post(reverse("account_login"), {"login": worker.username, "password": "falsch"})
    page = check_page(response.content.decode())
    assert "Anmeldename und Passwort passen nicht zusammen" in page.text
    assert response.status_code == 200


@pytest.mark.parametrize(
    "name", ["account_signup", "account_reset_password", "account_reset_password_done", "account_inactive"]
)
def test_pages_for_the_signed_out(client, name):
    page = check_page(client.get(reverse(name)).content.decode())
    english = ("Sign", "Password ", "Please", "your", "account is")
    assert not [word for word in english if word in page.text]


@pytest.mark.parametrize(
    "name", ["account_change_password", "account_email", "account_reauthenticate", "account_logout"]
)
def test_pages_for_the_signed_in(client, worker, name):
    client.post(reverse("account_login"), {"login": worker.username, "password": PASSWORD})
    response = client.get(reverse(name))
    assert response.status_code == 200
    page = check_page(response.content.decode())
    english = ("Sign", "Password ", "Please", "your", "Email")
    assert not [word for word in english if word in page.text]


def test_nobody_signs_up(client):
    response = client.post(
        reverse("account_signup"), {"username": "neu", "password1": PASSWORD, "password2": PASSWORD}
    )
    assert "Sie brauchen hier kein Konto" in response.content.decode()
    assert not User.objects.filter(username="neu").exists()


def test_a_used_link_for_a_new_password(client):
    page = check_page(client.get("/konto/password/reset/key/1-falsch/").content.decode())
    assert "Dieser Link gilt nicht mehr" in page.text


def test_public_pages_stay_the_same_for_the_signed_in(worker):
    client = Client()
    client.force_login(worker)
    response = client.get("/")
    assert "Cookie" not in response.get("Vary", "")
    assert response.content == Client().get("/").content
