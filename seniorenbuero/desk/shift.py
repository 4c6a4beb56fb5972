"""The log of a shift on one device: a signed link of its office in a cookie of its own, for twelve hours at most.

It is opened by somebody who is signed in, and says nothing about her in any entry. It is over when she ends it here,
among her devices or with her work at the office.
"""

import datetime as dt

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from seniorportal import links
from seniorportal.models import Link, User, Venue

COOKIE = "protokoll"
LAST = "protokoll-zuletzt"  # what was done last on this device: a verb, the number of the entry, how many
PATH = "/seniorenbuero/beratung/"
LONGEST = dt.timedelta(hours=12)


def held(request: HttpRequest) -> Link | None:
    """The log that this device holds open, whoever sits in front of it. One statement where there is a cookie."""
    written = request.COOKIES.get(COOKIE, "")
    link = links.read(written, Link.Kind.LOG) if written else None
    return link if link and link.is_open(timezone.now()) else None


def begin(user: User, office: Venue) -> Link:
    return links.issue(Link.Kind.LOG, office, user, to=user, until=timezone.now() + LONGEST)


def hand_over(response: HttpResponseBase, link: Link) -> None:
    _keep(response, COOKIE, links.token(link))


def end(response: HttpResponseBase, link: Link | None) -> None:
    """Whoever holds the log may end it, as the person who opened it."""
    if link and link.made_for:
        links.revoke(link, link.made_for)
    for name in (COOKIE, LAST):
        response.delete_cookie(name, path=PATH, samesite="Strict")


def remember(response: HttpResponseBase, verb: str, pk: int = 0, number: int = 1) -> None:
    _keep(response, LAST, f"{verb}.{pk}.{number}")


def last(request: HttpRequest) -> tuple[str, int, int]:
    """Verb, key and number of what was done last; empty where the cookie says nothing that can be read."""
    verb, _, rest = request.COOKIES.get(LAST, "").partition(".")
    pk, _, number = rest.partition(".")
    if not (pk.isascii() and pk.isdigit() and number.isascii() and number.isdigit()):
        return "", 0, 0
    return (verb, int(pk), int(number)) if len(pk) < 19 and len(number) < 4 else ("", 0, 0)


def _keep(response: HttpResponseBase, name: str, value: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=LONGEST,
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
