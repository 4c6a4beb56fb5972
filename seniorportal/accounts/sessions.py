"""Where sessions lie, which ones a person has, and how they end."""

import datetime as dt
import re
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

DEVICE = "device"
BEGAN = "began"
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


class SessionStore(DatabaseStore):
    """Django's store, with a row that knows whose it is."""

    @classmethod
    def get_model_class(cls) -> Any:
        from seniorportal.models import LoginSession

        return LoginSession

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row: Any = super().create_model_instance(data)
        row.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.device = data.get(DEVICE, "")
        row.began_at = dt.datetime.fromisoformat(data[BEGAN]) if BEGAN in data else None
        return row


def begin(request: HttpRequest) -> None:
    """Notes the kind of device at the login; the rest of what a browser says about itself is forgotten."""
    request.session[DEVICE] = device(request.META.get("HTTP_USER_AGENT", ""))
    request.session[BEGAN] = timezone.now().isoformat()


def device(agent: str) -> str:
    """ "Firefox, Windows": enough to know one's own again, too little to follow somebody."""
    browser = next((name for mark, name in BROWSERS if re.search(rf"\b{mark}/", agent)), "")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return ", ".join(part for part in (browser, system) if part) or "Unbekanntes Gerät"


def of(user: Any) -> Any:
    """Her sessions that still run, the youngest first."""
    rows = user.sessions.filter(expire_date__gt=timezone.now())
    return rows.order_by("-began_at", "session_key")


def logs_of(user: Any) -> Any:
    """The logs of a shift that she opened and that are still open, on whatever device."""
    from seniorportal.models import Link

    rows = Link.objects.open_on(timezone.now()).filter(kind=Link.Kind.LOG, made_for=user)
    return rows.select_related("venue").order_by("-pk")


def last_used(row: Any) -> dt.datetime:
    """To the minute at best: the row is written when something in it changes."""
    used: dt.datetime = row.expire_date - dt.timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return used


def end(user: Any, but: str | None = None) -> int:
    """Ends her sessions on every device, but for the one with this key, and the logs she opened; how many sessions."""
    rows = user.sessions.all()
    if but:
        rows = rows.exclude(session_key=but)
    logs_of(user).update(revoked_at=timezone.now(), version=F("version") + 1)
    number: int = rows.delete()[0]
    return number


def mark(row: Any) -> str:
    """Names a session in a form without giving its key away."""
    return salted_hmac("seniorportal.session", row.session_key).hexdigest()[:20]
