"""The portal's paths and a few that go wrong."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import path

from seniorportal.urls import handler400, handler403, handler404, handler500
from seniorportal.urls import urlpatterns as real

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

ERRORS = {
    "400": SuspiciousOperation("nein"),
    "403": PermissionDenied("nein"),
    "500": RuntimeError("Beispielfehler mit Namen"),
    "503": OperationalError("server closed the connection"),
}


@login_not_required
def fail(request: HttpRequest, code: str) -> HttpResponse:
    raise ERRORS[code]


urlpatterns = [path("kaputt/<str:code>/", fail), *real]
