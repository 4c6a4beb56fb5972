"""What a search field in a form finds: exactly what the form would accept."""

from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.http import Http404, HttpRequest

from seniorportal import access
from seniorportal.access import Right

from .scope import Scoped


class ScopedAutocomplete(AutocompleteJsonView):
    """404 for every question that no form of this person asks."""

    source: Scoped
    admin_site: Any

    def process_request(self, request: HttpRequest) -> tuple[str, Any, Any, str]:
        asked = [request.GET.get(key, "") for key in ("app_label", "model_name", "field_name")]
        for source in self._forms_over(asked[0], asked[1]):
            writes = any(access.offers(request.user, r, source.model) for r in (Right.ADD, Right.CHANGE))
            if writes and asked[2] in source.get_autocomplete_fields(request):
                self.source = source
                field: Any = source.model._meta.get_field(asked[2])
                target = self.admin_site.get_model_admin(field.related_model)
                return request.GET.get("term", "").replace("\x00", ""), target, field, "pk"
        raise Http404("nicht gefunden")

    def _forms_over(self, app_label: str, model_name: str) -> list[Any]:
        """The admin class and the inlines over a model."""
        found: list[Any] = []
        for model_admin in self.admin_site._registry.values():
            inlines = [inline(model_admin.model, self.admin_site) for inline in model_admin.inlines]
            for one in (model_admin, *inlines):
                if (one.opts.app_label, one.opts.model_name) == (app_label, model_name):
                    found.append(one)
        return found

    def get_queryset(self) -> Any:
        rows = self.source.choices_of(self.request, self.source_field.name)
        rows, doubled = self.model_admin.get_search_results(self.request, rows, self.term)
        return rows.distinct() if doubled else rows

    def has_perm(self, request: HttpRequest, obj: Any = None) -> bool:
        return True  # asked above
