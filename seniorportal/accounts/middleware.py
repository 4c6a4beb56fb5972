"""Whose tasks are about persons gets no further without a second factor."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from seniorportal.models import User

from . import factor

# What one needs to set a factor up, to show it, or to leave.
ON_THE_WAY = frozenset({"account_logout", "account_reauthenticate"})


def is_on_the_way(name: str) -> bool:
    return name in ON_THE_WAY or name.startswith("mfa_")


class SecondFactor:
    """Nobody to the page that sets one up, or to the one that asks for it; never a dead end, never a half-open door.

    Looks at the view first, as the door before it does: public pages stay the same for everybody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if not settings.PORTAL_REQUIRE_MFA or not getattr(view_func, "login_required", True):
            return None
        user, match = request.user, request.resolver_match
        if not isinstance(user, User) or (match and is_on_the_way(match.view_name)):
            return None
        if not factor.is_demanded(user) or factor.is_shown(request):
            return None
        if not factor.of(user).exists():
            return redirect("mfa_index")
        way = next(m["url"] for m in get_adapter().get_reauthentication_methods(user))
        wanted = request.get_full_path() if request.method == "GET" else reverse("staff:overview")
        return HttpResponseRedirect(f"{way}?{urlencode({'next': wanted})}")
