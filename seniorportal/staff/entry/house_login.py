"""The way to the login of the house and back; these paths exist only where it is set (docs/anmeldung-oidc.md)."""

from collections.abc import Callable
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.providers.openid_connect import views
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from requests import RequestException

from seniorportal.accounts.oidc import refused
from seniorportal.house_login import PROVIDER


@login_not_required
@never_cache
@require_POST
def there(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    if request.POST.get("process", "login") != "login" or request.GET:
        raise Http404("nur zum Anmelden")  # allauth would also tie an identity to whoever is signed in
    return _answer(views.login, request, provider_id)


@login_not_required
@never_cache
@require_GET
def back(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    return _answer(views.callback, request, provider_id)


def _answer(view: Callable[..., Any], request: HttpRequest, provider_id: str) -> HttpResponseBase:
    try:
        answer: HttpResponseBase = view(request, provider_id)
    except (RequestException, KeyError, ValueError):  # away, or it says what no login says
        answer = refused(request, "away", 503).response
    except ImmediateHttpResponse as found:
        answer = found.response
    return answer


@login_not_required
def elsewhere(request: HttpRequest) -> HttpResponseBase:
    """Pages that allauth names and this portal does not have."""
    return redirect("account_login")


HOUSE = {"provider_id": PROVIDER}
urlpatterns = [
    path("haus/", there, HOUSE, name="openid_connect_login"),
    path("haus/zurueck/", back, HOUSE, name="openid_connect_callback"),
    path("haus/abgebrochen/", elsewhere, name="socialaccount_login_cancelled"),
    path("haus/fehler/", elsewhere, name="socialaccount_login_error"),
    path("haus/neu/", elsewhere, name="socialaccount_signup"),
    path("haus/verbindungen/", elsewhere, name="socialaccount_connections"),
]
