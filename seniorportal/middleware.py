"""Every request: closed by default, one transaction for staff and writes, history that knows who, headers."""

from collections.abc import Callable
from typing import Any

import pghistory
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from seniorportal import visitors, wall
from seniorportal.models import Conflict

GetResponse = Callable[[HttpRequest], HttpResponseBase]
SAFE = {"GET", "HEAD", "OPTIONS"}


def is_public(view: Callable[..., Any]) -> bool:
    return not getattr(view, "login_required", True)


class PermissionsPolicy:
    """Nothing on these pages needs a camera, a microphone, a position or a payment."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class KeptByTheBrowser:
    """Lets pages know what the visitor's own browser keeps. Only then is an answer hers alone.

    For everybody else nothing is read, nothing is set and nothing varies: one copy serves all.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        kept = visitors.read(request.COOKIES)
        if not kept.anything:
            return self.get_response(request)
        # A copy from before her click is no longer what she wants to see, however unchanged the page is.
        for name in ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE"):
            request.META.pop(name, None)
        before = visitors.activate(kept)
        try:
            response = self.get_response(request)
        finally:
            visitors.deactivate(before)
        if "no-store" not in response.get("Cache-Control", ""):
            response["Cache-Control"] = "private, no-cache"
        for name in ("ETag", "Last-Modified"):
            response.headers.pop(name, None)
        return response


class ClosedByDefault(LoginRequiredMiddleware):
    """Sends anonymous visitors of every view to the login, except where the view says it is public.

    Looks at the view before it touches the user, so that public pages read no session and vary on no cookie.
    """

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if is_public(view_func):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)


class OneTransaction:
    """Staff pages and every unsafe method run in one transaction, undone when the answer is a server error.

    The walled rows of a Seniorenbüro are there inside of it only: what is streamed afterwards would find none.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method in SAFE and not request.path_info.startswith(settings.STAFF_PATHS):
            return self.get_response(request)
        request.__dict__["in_one_transaction"] = True
        within_another = transaction.get_connection().in_atomic_block
        with transaction.atomic():
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        if within_another:
            wall.close(request)
        return response

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> None:
        """The wall opens once, for whom the signed-in person works; pages for everybody ask nothing about her."""
        if request.__dict__.get("in_one_transaction") and not is_public(view_func):
            wall.for_request(request)


class HistoryContext:
    """Rows of history know the account and the page by its URL name."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method in SAFE:
            return self.get_response(request)
        with pghistory.context():
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> None:
        if request.method not in SAFE:
            page = request.resolver_match.view_name if request.resolver_match else ""
            user = None if is_public(view_func) else request.user.pk
            pghistory.context(page=page, user=user)


class ConflictPage:
    """Two editors on one record: where no form could tell the second one, this page does; nothing was written."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Conflict):
            return None
        transaction.set_rollback(True)
        return render(request, "409.html", {"record": exception.record}, status=409)
