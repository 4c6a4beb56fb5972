"""Filters beside the lists: their choices are what the person may see, never the whole table."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.filters import FieldListFilter
from django.contrib.admin.utils import get_model_from_relation
from django.db import models
from django.http import HttpRequest

from seniorportal import access

MOST = 200


class ScopedRelatedFilter(admin.RelatedFieldListFilter):
    """Django's filter asks the field for all its rows; this one asks the door. Past ``MOST`` rows it is left out."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[Any]:
        related: Any = get_model_from_relation(field)
        rows = access.visible(request.user, access.Right.SEE, related._default_manager.all())
        rows = rows.complex_filter(getattr(field, "get_limit_choices_to", dict)())
        found = [(row.pk, str(row)) for row in rows[: MOST + 1]]
        return found if len(found) <= MOST else []

    def has_output(self) -> bool:
        return len(self.lookup_choices) > 1


def scoped(model: type[models.Model], path: str) -> Any:
    """A ``list_filter`` entry by the kind of the field at the end of the path; other kinds are refused."""
    field = admin.utils.get_fields_from_path(model, path)[-1]
    if field.remote_field:
        return path, ScopedRelatedFilter
    kinds: tuple[type[FieldListFilter], ...] = (
        admin.BooleanFieldListFilter,
        admin.ChoicesFieldListFilter,
        admin.DateFieldListFilter,
    )
    if field.choices:
        return path, kinds[1]
    if isinstance(field, models.BooleanField):
        return path, kinds[0]
    if isinstance(field, models.DateField):
        return path, kinds[2]
    raise TypeError(f"{model._meta.label}: a filter over {path} would list every stored value")
