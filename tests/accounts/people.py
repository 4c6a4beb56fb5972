"""Signing in as people do, with cheap hashes."""

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse

from seniorportal.models import User

PASSWORD = "drei-Worte-und-ein-Komma"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
CHEAP = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def code(secret: str = SECRET, later: int = 0) -> str:
    """What the app shows now, or ``later`` steps from now: a code is taken once."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later)))


def give_factor(user: User, secret: str = SECRET) -> Authenticator:
    return TOTP.activate(user, secret).instance


def sign_in(user: User, client: Client | None = None) -> Client:
    """With the password, and with the factor where there is one."""
    client = client or Client()
    user.set_password(PASSWORD)
    user.save()
    answer: Any = client.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})
    if answer["Location"] == reverse("mfa_authenticate"):
        answer = client.post(reverse("mfa_authenticate"), {"code": code()})
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    return client


@pytest.fixture
def cheap(settings: Any) -> Any:
    settings.PASSWORD_HASHERS = CHEAP
    return settings


@pytest.fixture
def strict(cheap: Any) -> Any:
    """As in production: the second factor is demanded."""
    cheap.PORTAL_REQUIRE_MFA = True
    return cheap
