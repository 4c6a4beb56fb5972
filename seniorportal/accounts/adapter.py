"""How allauth is used here: nobody signs up, an account is called by its name, a second factor is worth more."""

import base64
import functools
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.encoding import force_bytes

from seniorportal.models import User

from . import factor, post, sessions

SERVICE = "Seniorenportal Dortmund"


class Adapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": (
            "Zu viele Versuche. Bitte warten Sie mindestens fünf Minuten und probieren Sie es dann noch einmal. "
            "Eilt es, hilft Ihnen die Person weiter, die Ihnen das Konto eingerichtet hat."
        ),
        "username_password_mismatch": (
            "Anmeldename und Passwort passen nicht zusammen. Bitte prüfen Sie beides, auch Groß- und Kleinschreibung."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Whoever has a second factor proves herself with it: a password that somebody knows opens nothing."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        stronger = [method for method in methods if method["id"] != "reauthenticate"]
        return stronger or methods

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Beside the request: whether an address has an account must not show in how long an answer takes."""
        post.beside(self.render_mail(template_prefix, email, context))

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        super().login(request, user)
        sessions.begin(request)

    def set_password(self, user: Any, password: str) -> None:
        """A new one ends what the old one opened: sessions elsewhere, and the open logs of her shifts."""
        super().set_password(user, password)
        sessions.end(user, but=self.request.session.session_key if self.request else None)

    def add_message(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """None: every page says itself where one stands."""


class FactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "Dieser Code stimmt nicht oder ist abgelaufen. Bitte nehmen Sie den neuesten.",
        "cannot_delete_authenticator": (
            "Ihre Aufgabe im Portal braucht einen zweiten Faktor. Richten Sie bitte zuerst einen anderen ein."
        ),
    }

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        return user.get_username()

    def get_totp_issuer(self) -> str:
        return SERVICE

    def _get_site_name(self) -> str:
        return SERVICE

    def _get_user_identifier(self, user: AbstractBaseUser) -> str:
        return user.get_username()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Any) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return "Mein Gerät" if number == 1 else f"Gerät {number}"

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last one stays as long as the person's tasks ask for one."""
        user = authenticator.user
        return not (isinstance(user, User) and factor.is_demanded(user)) or factor.has_another(authenticator)

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()


@functools.cache
def _box() -> MultiFernet:
    """Keys of the secrets behind the codes, from SECRET_KEY; earlier ones still open what they closed."""
    return MultiFernet([Fernet(_key(key)) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str | bytes) -> bytes:
    made = HKDF(SHA256(), 32, salt=None, info=b"seniorportal second factor").derive(force_bytes(secret))
    return base64.urlsafe_b64encode(made)


def display(user: User) -> str:
    return str(user)
