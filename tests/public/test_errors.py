"""Error pages: German, with a way on, without a database; headers on every answer."""

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from seniorportal.public import errors
from tests.public.html import check_page

PAGES = ["400", "403", "403_csrf", "404", "409", "500", "503"]


@pytest.fixture
def client(settings):
    settings.ROOT_URLCONF = "tests.public.broken_urls"
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("name", PAGES)
def test_every_error_page_stands_without_database_and_request(name):
    """No database mark: a statement would fail the test."""
    response = errors.page(name, 418)
    page = check_page(response.content.decode())
    assert any(attrs.get("href") == "/" for attrs in page.all("a"))
    assert "Rufen Sie gern an:" in page.text


@pytest.mark.logged_errors("django.request", "django.security")
@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("400", "Das hat nicht geklappt"),
        ("500", "Bei uns ist etwas schiefgegangen"),
        ("503", "Das Portal macht gerade eine Pause"),
    ],
)
def test_what_goes_wrong_is_said_in_german_and_keeps_its_details(client, code, words):
    response = client.get(f"/kaputt/{code}/")
    assert response.status_code == int(code)
    text = check_page(response.content.decode()).text
    assert words in text
    assert "Beispielfehler" not in text and "Traceback" not in text


def test_a_forbidden_act_names_the_way_on(client):
    response = client.get("/kaputt/403/")
    assert response.status_code == 403
    assert "Für diesen Schritt ist jemand anderes zuständig." in check_page(response.content.decode()).text


@pytest.mark.logged_errors("django.request")
def test_a_database_that_is_away_asks_to_come_back(client):
    assert client.get("/kaputt/503/")["Retry-After"] == "60"


@pytest.mark.logged_errors("django.request")
def test_plain_words_remain_when_no_template_can_be_rendered(client, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("no templates")

    monkeypatch.setattr(errors, "render_to_string", broken)
    response = client.get("/kaputt/500/")
    assert response.status_code == 500
    assert "Bei uns ist etwas schiefgegangen" in response.content.decode()


@pytest.mark.django_db
def test_a_form_without_its_token_is_explained(settings):
    settings.CSRF_FAILURE_VIEW = "seniorportal.public.errors.csrf_failure"
    response = Client(enforce_csrf_checks=True).post(
        reverse("account_login"), {"login": "x", "password": "y"}
    )
    assert response.status_code == 403
    assert "Bitte senden Sie es noch einmal ab" in check_page(response.content.decode()).text


@pytest.mark.logged_errors("django.request", "django.security")
@pytest.mark.django_db
def test_headers_are_on_every_answer(client):
    for path in (
        "/",
        "/gibt-es-nicht/",
        "/kaputt/400/",
        "/kaputt/403/",
        "/kaputt/500/",
        "/healthz",
        "/konto/login/",
    ):
        response = client.get(path)
        policy = {
            name: values
            for name, *values in (part.split() for part in response["Content-Security-Policy"].split(";"))
        }
        assert policy["default-src"] == ["'none'"], path
        assert policy["frame-ancestors"] == ["'none'"] and policy["base-uri"] == ["'none'"]
        assert policy["script-src"] == policy["style-src"] == policy["form-action"] == ["'self'"]
        assert "unsafe" not in response["Content-Security-Policy"]
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Referrer-Policy"] == "same-origin"
        assert response["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "camera=()" in response["Permissions-Policy"]


def test_health_needs_no_database(client):
    assert client.get("/healthz").content == b"ok\n"


@pytest.mark.logged_errors("django.request")
@pytest.mark.django_db
def test_ready_means_database_and_migrations(client, monkeypatch):
    assert client.get("/readyz").status_code == 200
    monkeypatch.setattr("seniorportal.public.health.MigrationExecutor.migration_plan", lambda *args: ["0002"])
    assert client.get("/readyz").status_code == 503


@pytest.mark.logged_errors("django.request")
def test_ready_is_no_when_the_database_is_away(client, monkeypatch):
    def gone(*args, **kwargs):
        raise OperationalError("away")

    monkeypatch.setattr("seniorportal.public.health.MigrationExecutor", gone)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert "Datenbank nicht erreichbar" in response.content.decode()


def test_robots_stay_out_of_the_staff_side(client):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /verwaltung/" in text and "Disallow: /konto/" in text
