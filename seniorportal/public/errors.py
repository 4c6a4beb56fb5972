"""What people see when something went wrong: German, with a way on and a number to ring, without a database."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

LAST_RESORT = """<!DOCTYPE html>
<html lang="de"><head><meta charset="utf-8"><title>Seniorenportal Dortmund</title></head>
<body><main><h1>Bei uns ist etwas schiefgegangen</h1>
<p>Bitte versuchen Sie es in ein paar Minuten noch einmal.</p></main></body></html>
"""


def page(name: str, status: int) -> HttpResponse:
    """Rendered without the request: no context processor, no session, no query."""
    return HttpResponse(render_to_string(f"{name}.html"), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page("400", 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page("403", 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return page("403_csrf", 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page("404", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """503 when the database is away, else 500. Plain words remain when even the template cannot be rendered."""
    away = isinstance(sys.exc_info()[1], InterfaceError | OperationalError)
    try:
        response = page("503", 503) if away else page("500", 500)
    except Exception:
        response = HttpResponse(LAST_RESORT, status=503 if away else 500)
    if away:
        response["Retry-After"] = "60"
    return response
