"""The list of a model: it looks at the parameters that its filters know and at no others."""

from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest


class ScopedChangeList(ChangeList):
    """A parameter that no filter of the list knows is ignored: nobody can ask about columns that the list hides."""

    model_admin: Any

    def __init__(self, request: HttpRequest, *args: Any) -> None:
        self.request = request
        super().__init__(request, *args)

    def get_filters_params(self, params: Any = None) -> dict[str, Any]:
        return {
            key: values
            for key, values in super().get_filters_params(params).items()
            if self.model_admin.lookup_allowed(key, values, self.request)
            and not any("\x00" in value for value in values)
        }

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> Any:
        self.root_queryset = self.model_admin.for_list(self.model_admin.get_queryset(request), request)
        return super().get_queryset(request, exclude_parameters)
