"""What admin classes and their inlines have in common: every answer comes from the door, none is decided here."""

from typing import Any

from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AutocompleteMixin, AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest

from seniorportal import access
from seniorportal.access import Right

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def holds(request: HttpRequest, right: Right, record: models.Model) -> bool:
    """``access.may``, asked once a request and record; after a write ask ``access.ensure`` instead."""
    kept: dict[tuple[Right, type[models.Model], Any], bool] = request.__dict__.setdefault("_held_rights", {})
    key = (right, type(record), record.pk)
    if key not in kept:
        kept[key] = access.may(request.user, right, record)
    return kept[key]


def seen(request: HttpRequest, model: type[models.Model], name: str) -> models.Prefetch:
    """The rows behind a many-to-many field that the person may see: for columns and pages to read, never for a form."""
    related: Any = model._meta.get_field(name).related_model
    return models.Prefetch(name, access.visible(request.user, Right.SEE, related._default_manager.all()))


class _Readable(AutocompleteMixin):
    """Shows a form again in which something stands that is no number of a row; Django's own would fail on it."""

    field: Any

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        return super().optgroups(name, [one for one in value if self._is_number(one)], attr)

    def _is_number(self, value: Any) -> bool:
        try:
            self.field.remote_field.model._meta.pk.to_python(value)
        except ValidationError:
            return False
        return True


class SearchedOne(_Readable, AutocompleteSelect):
    pass


class SearchedSeveral(_Readable, AutocompleteSelectMultiple):
    pass


class Scoped(BaseModelAdmin):
    """Rows, dropdowns and autocompletes of one person."""

    model: type[models.Model]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return access.visible(request.user, Right.SEE, super().get_queryset(request))

    def right_of_form(self, request: HttpRequest) -> Right:
        """The right that a row written through this form will need."""
        return Right.ADD if access.offers(request.user, Right.ADD, self.model) else Right.CHANGE

    def choices_of(self, request: HttpRequest, name: str) -> models.QuerySet[Any]:
        """What a field may point to; the form and the autocomplete offer exactly this.

        A model whose rows come to an end says with ``offered()`` which of them a new entry may name.
        """
        rows = access.targets(request.user, self.right_of_form(request), self.model, name)
        field: Any = self.model._meta.get_field(name)
        offered = getattr(rows, "offered", None)
        return (offered() if offered else rows).complex_filter(field.get_limit_choices_to())

    def get_field_queryset(self, db: Any, db_field: Any, request: HttpRequest) -> models.QuerySet[Any]:
        return self.choices_of(request, db_field.name)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Without Django's pop-up links beside dropdowns: fewer stops for the keyboard, fewer ways around the door."""
        if not db_field.choices and isinstance(db_field, models.ForeignKey | models.ManyToManyField):
            if db_field.name not in self.get_autocomplete_fields(request):
                kwargs = {**self.formfield_overrides.get(type(db_field), {}), **kwargs}
            else:
                searched = SearchedOne if isinstance(db_field, models.ForeignKey) else SearchedSeveral
                kwargs.setdefault("widget", searched(db_field, self.admin_site))
            if isinstance(db_field, models.ForeignKey):
                return self.formfield_for_foreignkey(db_field, request, **kwargs)
            return self.formfield_for_manytomany(db_field, request, **kwargs)
        return super().formfield_for_dbfield(db_field, request, **kwargs)
