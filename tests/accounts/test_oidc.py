"""The login of the house is off unless the environment names it; half a setting does not start."""

import os
import subprocess
import sys
from importlib.util import find_spec

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import NoReverseMatch, reverse

from seniorportal import house_login

ALL = {
    "PORTAL_OIDC_ISSUER": "https://anmeldung.beispiel.invalid/realms/haus/",
    "PORTAL_OIDC_CLIENT": "portal",
    "PORTAL_OIDC_SECRET": "nur-fuer-tests",
    "PORTAL_OIDC_NAME": "Haus Beispiel",
}
there = pytest.mark.skipif(
    any(find_spec(one) is None for one in house_login.NEEDED),
    reason="requirements/oidc.txt ist nicht installiert",
)


@pytest.mark.django_db
@pytest.mark.skipif(bool(settings.PORTAL_HOUSE_LOGIN), reason="hier ist sie eingeschaltet")
def test_it_is_off(client: Client):
    assert not apps.is_installed("allauth.socialaccount")
    with pytest.raises(NoReverseMatch):
        reverse("openid_connect_login")
    answer = client.get("/konto/login/")
    assert (
        b"Anmelden mit" not in answer.content
        and "form-action 'self';" in answer["Content-Security-Policy"] + ";"
    )
    assert client.get("/konto/haus/").status_code == 404


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"PORTAL_OIDC_SECRET": ""}, "PORTAL_OIDC_SECRET"),
        ({"PORTAL_OIDC_CLIENT": " "}, "PORTAL_OIDC_CLIENT"),
        ({"PORTAL_OIDC_ISSUER": ""}, "fehlt PORTAL_OIDC_ISSUER"),
        ({"PORTAL_OIDC_ISSUER": "http://anmeldung.beispiel.invalid"}, "https://"),
        ({"PORTAL_OIDC_ISSUER": "anmeldung.beispiel.invalid"}, "https://"),
    ],
)
def test_half_a_setting_does_not_start(changed: dict[str, str], said: str):
    with pytest.raises(ImproperlyConfigured, match=said):
        house_login.read(ALL | changed, demo=False)


def test_without_the_packages_it_says_which(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(house_login, "NEEDED", ("gibt_es_nicht",))
    with pytest.raises(ImproperlyConfigured, match="requirements/oidc.txt"):
        house_login.read(ALL, demo=False)
    assert house_login.read({}, demo=False) is None


@there
def test_what_is_read():
    found = house_login.read(ALL, demo=False)
    assert found is not None and found.origin == "https://anmeldung.beispiel.invalid"
    assert found.providers["openid_connect"]["OAUTH_PKCE_ENABLED"] is True


@there
def test_with_a_house_that_answers(tmp_path):
    """In a process of its own: the portal reads once, when it starts, which apps it has."""
    hidden = ("PYTEST_", "DATABASE_", "PORTAL_", "DJANGO_SETTINGS")
    plain = {name: value for name, value in os.environ.items() if not name.startswith(hidden)}
    kept = {"PORTAL_TEST_KEPT": str(tmp_path), "PORTAL_HOME": str(tmp_path / "home")}
    if "PORTAL_PG_BIN" in os.environ:
        kept["PORTAL_PG_BIN"] = os.environ["PORTAL_PG_BIN"]
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", "tests/oidc"]
    done = subprocess.run(
        command, env=plain | kept | ALL, cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=900
    )
    assert done.returncode == 0 and " passed" in done.stdout and "skipped" not in done.stdout, done.stdout[
        -4000:
    ]
