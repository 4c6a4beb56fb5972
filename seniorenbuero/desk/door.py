"""Who stands at the log: somebody of the office who is signed in, or whoever holds the open log of a shift.

The open log reaches its own pages and nothing else; what it may there, the rules say. The wall stays closed on all of
them, for signed-in people too: no page of the log shows anything personal.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from seniorenbuero.desk import shift
from seniorportal import links, wall
from seniorportal.access import Bearer
from seniorportal.accounts.middleware import SecondFactor
from seniorportal.models import Link, Membership, User, Venue

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Desk:
    """``link`` is the log that is open on this device for this office."""

    principal: User | Bearer
    office: Venue
    link: Link | None

    @property
    def signed_in(self) -> bool:
        return isinstance(self.principal, User)


def at_the_log(view: View) -> View:
    """Hands the view its ``Desk`` behind the request; everybody else is sent where a page for staff sends her."""

    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        link = shift.held(request)
        if desk := of_person(request, link):
            return view(request, desk, *args, **kwargs)
        bearer = links.of(link) if link else None
        if link and bearer:
            return view(request, Desk(bearer, link.venue, link), *args, **kwargs)
        return sent_away(request)

    return login_not_required(never_cache(door))


def at_the_desk(view: View) -> View:
    """The other pages of the desk: for signed-in people only, one office at a time."""

    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        desk = of_person(request, None)
        return view(request, desk, *args, **kwargs) if desk else sent_away(request)

    return never_cache(door)


def of_person(request: HttpRequest, link: Link | None) -> Desk | None:
    """The desk of somebody who is signed in with all that her account asks for, and knows for which office."""
    if not isinstance(request.user, User) or _asks_for_factor(request):
        return None
    mine = wall.memberships(request.user)
    held = link.venue_id if link else None
    chosen: Membership | None = mine[0] if len({m.venue_id for m in mine}) == 1 else None
    if chosen is None:
        chosen = wall.active(request) or next((m for m in mine if m.venue_id == held), None)
    if chosen is None:
        return None
    if link and chosen.venue_id == held:
        return Desk(request.user, link.venue, link)
    assert chosen.venue is not None
    return Desk(request.user, chosen.venue, None)


def sent_away(request: HttpRequest) -> HttpResponse:
    """To the login, to the second factor, to the choice of an office; 404 for whoever has none."""
    back = request.get_full_path() if request.method in ("GET", "HEAD") else reverse("desk:log")
    if not isinstance(request.user, User):
        return redirect_to_login(back)
    if asked := _asks_for_factor(request):
        return asked
    if wall.memberships(request.user):
        return HttpResponseRedirect(f"{reverse('staff:office')}?{urlencode({'next': back})}")
    raise Http404("kein Seniorenbüro")


def _asks_for_factor(request: HttpRequest) -> Any:
    """What the middleware answers on every page that is not for everybody."""
    return SecondFactor(lambda request: HttpResponse()).process_view(request, _page_of_staff, (), {})


def _page_of_staff(request: HttpRequest) -> HttpResponse:
    """Stands for any page that asks for a login."""
    return HttpResponse()
