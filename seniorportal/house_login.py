"""The login that a house already has (OpenID Connect), as the environment names it. Imports nothing of ours."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

APPS = ["allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"]
PROVIDER = "haus"
NEEDED = ("jwt", "requests", "oauthlib")


@dataclass(frozen=True)
class HouseLogin:
    issuer: str
    client: str
    secret: str
    name: str

    @property
    def origin(self) -> str:
        """Where the form of the login page leads to; browsers ask whether they may follow it there."""
        parts = urlsplit(self.issuer)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def providers(self) -> dict[str, Any]:
        app = {
            "provider_id": PROVIDER,
            "name": self.name,
            "client_id": self.client,
            "secret": self.secret,
            "settings": {"server_url": self.issuer},
        }
        return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True, "SCOPE": ["openid", "email"]}}


def read(environment: Mapping[str, str], *, demo: bool) -> HouseLogin | None:
    """None where no issuer is named; half a setting is refused, for it would be a door that does not open."""
    issuer, client, secret, name = (
        environment.get(f"PORTAL_OIDC_{part}", "").strip() for part in ("ISSUER", "CLIENT", "SECRET", "NAME")
    )
    if not issuer:
        if client or secret:
            raise ImproperlyConfigured("Für die Anmeldung des Hauses fehlt PORTAL_OIDC_ISSUER.")
        return None
    if not client or not secret:
        raise ImproperlyConfigured(
            "Zu PORTAL_OIDC_ISSUER gehören PORTAL_OIDC_CLIENT und PORTAL_OIDC_SECRET; sonst startet das Portal nicht."
        )
    parts = urlsplit(issuer)
    if not parts.netloc or not (parts.scheme == "https" or (demo and parts.scheme == "http")):
        raise ImproperlyConfigured("PORTAL_OIDC_ISSUER muss eine Adresse mit https:// sein.")
    if any(find_spec(package) is None for package in NEEDED):
        raise ImproperlyConfigured(
            "Für die Anmeldung des Hauses fehlen Pakete: pip install --require-hashes -r requirements/oidc.txt"
        )
    return HouseLogin(issuer.rstrip("/"), client, secret, name or "dem Konto Ihres Hauses")
