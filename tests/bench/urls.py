"""``/grenze/<page>/`` renders what the page rendered, without asking anybody: the limit it is measured against."""

import threading
from typing import Any
from unittest import mock

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test.utils import CaptureQueriesContext
from django.urls import include, path, resolve

from seniorportal.urls import handler400, handler403, handler404, handler500  # noqa: F401

_one_at_a_time = threading.Lock()
_constant: dict[str, tuple[str, dict[str, Any]]] = {}


@login_not_required
def limit(request: HttpRequest, page: str) -> HttpResponse:
    address = request.GET["seite"]
    with _one_at_a_time:
        if address not in _constant:
            _constant[address] = _capture(request, address)
    template, context = _constant[address]
    return render(request, template, context)


def _capture(request: HttpRequest, address: str) -> tuple[str, dict[str, Any]]:
    """Template and context of the real page, every row loaded: rendering them again asks no database."""
    match = resolve(address)
    caught: list[tuple[str, dict[str, Any]]] = []

    def catch(request: HttpRequest, template: str, context: dict[str, Any], **more: Any) -> HttpResponse:
        caught.append((template, context))
        return render(request, template, context)

    request.GET = request.GET.copy()
    request.GET.clear()
    with mock.patch(f"{match.func.__module__}.render", catch):
        match.func(request, *match.args, **match.kwargs)
    with CaptureQueriesContext(connection) as statements:
        render(request, *caught[0])
    if len(statements):
        raise RuntimeError(
            f"{address} still asks the database: {statements.captured_queries[0]['sql'][:200]}"
        )
    return caught[0]


urlpatterns = [path("grenze/<slug:page>/", limit), path("", include("seniorportal.urls"))]
