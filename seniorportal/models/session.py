"""Sitzung: one signed-in browser. Known by its account and its kind of device; no address is kept."""

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from .account import User


class LoginSession(AbstractBaseSession):
    """The session store's own row, so that a list of sessions is never another truth than the sessions themselves."""

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, related_name="sessions", verbose_name="Konto"
    )
    device = models.CharField("Gerät", max_length=60, blank=True)
    began_at = models.DateTimeField("angemeldet seit", null=True)

    class Meta(AbstractBaseSession.Meta):
        verbose_name = "Sitzung"
        verbose_name_plural = "Sitzungen"

    @classmethod
    def get_session_store_class(cls) -> type:
        from seniorportal.accounts.sessions import SessionStore

        return SessionStore
