"""A thousand wrong logins: slowed down, and the answer never says whether the name exists."""

import re

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from seniorportal.models import User
from tests.accounts.people import PASSWORD

pytestmark = pytest.mark.django_db
AS_IN_PRODUCTION = {"login": "100000/m/ip", "login_failed": "10/m/ip,5/5m/key,50/d/key"}
LOCKED = "Zu viele Versuche"
WRONG = "passen nicht zusammen"


@pytest.fixture(autouse=True)
def nobody_failed_yet():
    cache.clear()


def attempt(client, name, password="falsch", address="192.0.2.1"):
    answer = client.post(reverse("account_login"), {"login": name, "password": password}, REMOTE_ADDR=address)
    return answer.content.decode() if answer.status_code != 302 else "drin"


def bare(content):
    """Without what differs by itself: the token of the form and the name that was typed."""
    return re.sub(r'(name="csrfmiddlewaretoken" value|name="login" value)="[^"]*"', "", content)


def test_a_thousand_wrong_logins(cheap):
    cheap.ACCOUNT_RATE_LIMITS = AS_IN_PRODUCTION
    User.objects.create_user("es-gibt-mich", password=PASSWORD)
    seen = {}
    for name in ("es-gibt-mich", "mich-nicht"):
        client = Client()
        answers = [attempt(client, name, address=f"192.0.{i // 250}.{i % 250}") for i in range(500)]
        tried = sum(WRONG in answer for answer in answers)
        assert tried == 5 and sum(LOCKED in answer for answer in answers) == 495
        seen[name] = [bare(answers[0]), bare(answers[-1])]
        assert LOCKED in attempt(
            client, name, PASSWORD, "203.0.113.9"
        )  # not even with the right one, from anywhere
    assert seen["es-gibt-mich"] == seen["mich-nicht"]
    assert "die Ihnen das Konto eingerichtet hat" in seen["mich-nicht"][1]


def test_one_address_trying_many_names(cheap):
    cheap.ACCOUNT_RATE_LIMITS = AS_IN_PRODUCTION
    User.objects.create_user("es-gibt-mich", password=PASSWORD)
    client = Client()
    answers = [attempt(client, f"name-{i}") for i in range(120)]
    assert sum(WRONG in answer for answer in answers) == 10
    assert (
        attempt(client, "es-gibt-mich", PASSWORD, "203.0.113.9") == "drin"
    )  # others are not locked out with it


def test_counters_survive_many_names(cheap):
    """More names than Django's cache would keep: nobody is thrown out of the count by others."""
    cheap.ACCOUNT_RATE_LIMITS = AS_IN_PRODUCTION
    client = Client()
    for i in range(6):
        attempt(client, "opfer", address=f"198.51.100.{i}")
    for i in range(320):
        cache.set(f"anderes-{i}", 1)
    assert LOCKED in attempt(client, "opfer", address="198.51.100.77")


def test_the_demo_locks_nobody_out_below_twenty_failures_a_minute(cheap):
    User.objects.create_user("demo", password=PASSWORD)
    client = Client()
    assert all(WRONG in attempt(client, "demo") for _ in range(20))
    assert attempt(client, "demo", PASSWORD) == "drin"


def test_an_unknown_name_costs_one_hash_like_a_known_one(monkeypatch):
    """Argon2 takes the time of an answer; it runs once whether the name exists or not."""
    work = []
    for name in ("encode", "verify"):
        real = getattr(Argon2PasswordHasher, name)

        def counted(self, *args, real=real, name=name, **kwargs):
            work.append(name)
            return real(self, *args, **kwargs)

        monkeypatch.setattr(Argon2PasswordHasher, name, counted)
    monkeypatch.setattr(Argon2PasswordHasher, "memory_cost", 8 * 1024)
    User.objects.create_user("es-gibt-mich", password=PASSWORD)
    costs = {}
    for name in ("es-gibt-mich", "mich-nicht"):
        work.clear()
        attempt(Client(), name)
        costs[name] = len(work)
    assert costs == {"es-gibt-mich": 1, "mich-nicht": 1}


def test_asking_for_a_new_password_says_nothing_about_who_has_an_account(
    cheap, django_capture_on_commit_callbacks
):
    User.objects.create_user("mit-post", email="da@example.org", password=PASSWORD)
    answers = []
    for address in ("da@example.org", "niemand@example.org"):
        answer = Client().post(reverse("account_reset_password"), {"email": address})
        answers.append((answer.status_code, answer["Location"]))
    assert answers[0] == answers[1] == (302, reverse("account_reset_password_done"))
    assert not mail.outbox  # sent beside the answer, after the commit


def test_too_many_requests_are_answered_in_german(cheap):
    cheap.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip", "login_failed": "100/m/ip"}
    client = Client()
    attempt(client, "x")
    answer = client.post(reverse("account_login"), {"login": "x", "password": "y"}, REMOTE_ADDR="192.0.2.1")
    assert answer.status_code == 429 and "Bitte einen Augenblick" in answer.content.decode()
