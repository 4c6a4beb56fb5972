"""The admin at /verwaltung/: Django's own, behind the portal's login, with nothing on it that is not ours.

Dropped from Django's site: its login and password forms (allauth's are used), the redirect ``r/`` to any object of any
content type, the log of actions, and deleting in bulk.
"""

from functools import update_wrapper
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver, include, path, re_path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_safe

from seniorportal import access
from seniorportal.models import User

from .autocomplete import ScopedAutocomplete


@login_not_required
def to_the_login(request: HttpRequest) -> HttpResponseBase:
    return redirect_to_login(reverse("admin:index"))


class PortalAdminSite(AdminSite):
    site_title = "Seniorenportal Dortmund: Verwaltung"
    site_header = "Seniorenportal Dortmund: Verwaltung"
    index_title = "Verwaltung"
    enable_nav_sidebar = True
    empty_value_display = "–"

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.disable_action("delete_selected")

    def has_permission(self, request: HttpRequest) -> bool:
        """Signed in and with a membership that counts today."""
        return isinstance(request.user, User) and bool(access.memberships(request.user))

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Anonymous to the login; whoever is signed in without a membership finds nothing here."""

        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not self.has_permission(request):
                raise Http404("keine Mitgliedschaft")
            return view(request, *args, **kwargs)

        return update_wrapper(csrf_protect(inner if cacheable else never_cache(inner)), view)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        patterns: list[URLPattern | URLResolver] = [
            path("", self.admin_view(require_safe(self.index)), name="index"),
            path("login/", to_the_login, name="login"),
            path("autocomplete/", self.admin_view(require_safe(self.autocomplete_view)), name="autocomplete"),
            path(
                "jsi18n/", self.admin_view(require_safe(self.i18n_javascript), cacheable=True), name="jsi18n"
            ),
        ]
        labels: dict[str, None] = {}
        for model, model_admin in self._registry.items():
            options = model._meta
            labels[options.app_label] = None
            patterns.append(path(f"{options.app_label}/{options.model_name}/", include(model_admin.urls)))
        if labels:
            apps = "|".join(labels)
            patterns.append(
                re_path(
                    rf"^(?P<app_label>{apps})/$",
                    self.admin_view(require_safe(self.app_index)),
                    name="app_list",
                )
            )
        return patterns

    def get_log_entries(self, request: HttpRequest) -> Any:
        """None: who did what stands in the history of each record, for those who may see the record."""
        return []

    def autocomplete_view(self, request: HttpRequest) -> Any:
        return ScopedAutocomplete.as_view(admin_site=self)(request)


site = PortalAdminSite()
