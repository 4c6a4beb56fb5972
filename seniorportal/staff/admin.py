"""Base classes of every admin page: scoped rows, no lost updates, nothing deleted but details.

Answers: not visible -> 404, visible but not changeable -> a page to read on GET and 403 on everything else.
"""

from collections.abc import Callable, Set
from functools import update_wrapper
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString, mark_safe

from seniorportal import access, register
from seniorportal.access import Right
from seniorportal.answers import SeeOther

from . import history
from .changelist import ScopedChangeList
from .filters import scoped
from .forms import RecordForm, RecordFormSet, RowForm
from .scope import SAFE, Scoped, holds, seen


class ScopedAdmin(Scoped, admin.ModelAdmin):
    form = RecordForm
    show_full_result_count = False  # it would be the count of a list without its filters: one statement more
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    list_max_show_all = 2000
    more_lookups: ClassVar[tuple[str, ...]] = ()  # that links of ours use, beside those of the filters
    fixed_later: ClassVar[tuple[str, ...]] = ()  # fields that are chosen once, when the record is added
    preset: ClassVar[tuple[str, ...]] = ()  # optional fields filled in all the same where there is one choice

    # Who may what

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._allows(request, Right.SEE, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._allows(request, Right.ADD)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._allows(request, Right.CHANGE, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # retire, do not delete

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whether the menus name the model: vocabularies only to those who keep them; the others may look them up."""
        rule = register.rule_for(self.model)
        keeps = any(self._allows(request, right) for right in (Right.ADD, Right.CHANGE))
        return self._allows(request, Right.SEE) and (keeps or rule is None or not rule.staff)

    def _allows(self, request: HttpRequest, right: Right, obj: Any = None) -> bool:
        if obj is None or obj.pk is None:
            return access.offers(request.user, right, self.model)
        return holds(request, right, obj)

    def right_of_form(self, request: HttpRequest) -> Right:
        return getattr(request, "_right_of_form", None) or super().right_of_form(request)

    # The way in

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("", self._door(self.changelist_view), name=f"{name}_changelist"),
            path("add/", self._door(self.add_view), name=f"{name}_add"),
            path(
                "<str:object_id>/history/",
                self._door(self.history_view, methods=SAFE),
                name=f"{name}_history",
            ),
            path("<str:object_id>/change/", self._door(self.change_view), name=f"{name}_change"),
        ]

    def _door(
        self, view: Callable[..., HttpResponse], methods: Set[str] = SAFE | {"POST"}
    ) -> Callable[..., HttpResponse]:
        """A model of which the person may see nothing does not exist for her."""

        def inside(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not self.has_view_permission(request):
                raise Http404("nicht gefunden")
            if request.method not in methods:
                return HttpResponseNotAllowed(sorted(methods))
            return view(request, *args, **kwargs)

        return update_wrapper(self.admin_site.admin_view(inside), view)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The visible row or 404; locked where it is going to be written."""
        rows = self.get_queryset(request)
        if request.method not in SAFE:
            rows = rows.select_for_update(of=("self",))
        try:
            found = rows.get(pk=self.opts.pk.to_python(object_id))
        except (ObjectDoesNotExist, ValidationError, ValueError, OverflowError):
            raise Http404("nicht gefunden") from None
        if not self.has_change_permission(
            request, found
        ):  # nothing is written, so nothing is lost by showing less
            models.prefetch_related_objects(
                [found], *(seen(request, self.model, field.name) for field in self.opts.many_to_many)
            )
        return found

    def to_field_allowed(self, request: HttpRequest, to_field: str) -> bool:
        if to_field != self.opts.pk.name:
            raise Http404("nicht gefunden")
        return True

    # The list

    def for_list(self, rows: models.QuerySet[Any], request: HttpRequest) -> models.QuerySet[Any]:
        """What the columns need beside ``list_select_related``, in a fixed number of statements."""
        return rows

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ScopedChangeList]:
        return ScopedChangeList

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        return [scoped(self.model, one) if isinstance(one, str) else one for one in self.list_filter]

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        known = set(self.more_lookups)
        filters: Any = self.list_filter
        for one in filters:
            if isinstance(one, str):
                field: Any = admin.utils.get_fields_from_path(self.model, one)[-1]
                ends = [field.target_field.name + "__exact"] if field.remote_field else ["exact", "gte", "lt"]
                known |= {f"{one}__{end}" for end in (*ends, "isnull")}
            else:
                known.add(one.parameter_name)
        if self.date_hierarchy:
            known |= {f"{self.date_hierarchy}__{end}" for end in ("year", "month", "day")}
        return lookup in known

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if request.method not in SAFE and not self.get_actions(request):
            raise PermissionDenied("keine Aktion")
        return super().changelist_view(request, extra_context)

    def response_action(
        self, request: HttpRequest, queryset: models.QuerySet[Any], *args: Any, **kwargs: Any
    ) -> HttpResponse | None:
        """An action acts on rows that the person may change; one row more, and nothing is done at all."""
        try:
            chosen = {self.opts.pk.to_python(key) for key in request.POST.getlist(ACTION_CHECKBOX_NAME)}
        except ValidationError:
            raise PermissionDenied("unlesbare Auswahl") from None
        rows = self.model._default_manager.filter(pk__in=chosen)
        if access.visible(request.user, Right.CHANGE, rows).count() != len(chosen):
            raise PermissionDenied("fremde Auswahl")
        mine = access.visible(request.user, Right.CHANGE, queryset)
        return super().response_action(request, mine, *args, **kwargs)

    # The form

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[Any, ...]:
        """Whoever may change but not add never moves a record: what it hangs on stays as it is."""
        fixed: tuple[Any, ...] = tuple(super().get_readonly_fields(request, obj))
        if obj is not None:
            fixed += self.fixed_later
            if not access.offers(request.user, Right.ADD, self.model):
                fixed += tuple(access.anchors(self.model))
        return fixed

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        request.__dict__["_right_of_form"] = Right.CHANGE if change else Right.ADD
        return super().get_form(request, obj, change, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Of the address only rows pointed to; where there is one choice, that one."""
        initial: dict[str, Any] = {}
        for name in admin.utils.flatten_fieldsets(self.get_fieldsets(request)):
            field = self._foreign_key(name)
            if field is None:
                continue
            if request.GET.get(name, "").isdecimal():
                initial[name] = request.GET[name]
            elif not field.null or name in self.preset:
                choices = list(self.choices_of(request, name).order_by()[:2])
                if len(choices) == 1:
                    initial[name] = choices[0].pk
        return initial

    def _foreign_key(self, name: Any) -> models.ForeignKey | None:
        found = next((field for field in self.opts.fields if field.name == name), None)
        return found if isinstance(found, models.ForeignKey) else None

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        if "_saveasnew" in request.POST:
            raise PermissionDenied("kein Sichern als neu")
        again = object_id is None and request.method == "POST" and "submission" in request.POST
        if not again or not any(field.name == "submission" for field in self.opts.fields):
            return super().changeform_view(request, object_id, form_url, extra_context)
        if first := self._first_result(request):
            return first
        try:
            with transaction.atomic():
                return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:  # the other click was quicker by an instant
            if first := self._first_result(request):
                return first
            raise PermissionDenied("Absendung") from None

    def _first_result(self, request: HttpRequest) -> HttpResponse | None:
        """Where the first POST of this form led to, when there was one."""
        try:
            field: Any = self.opts.get_field("submission")
            number = field.to_python(request.POST["submission"])
        except ValidationError:
            return None
        found = self.get_queryset(request).filter(submission=number).first() if number else None
        if found is None or not self.has_add_permission(request):
            return None
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return SeeOther(reverse(name, args=[found.pk]))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change and form.cleaned_data.get("submission"):
            obj.submission = form.cleaned_data["submission"]
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The last step of a write, so the place where the right is tested again: 403 undoes everything."""
        super().save_related(request, form, formsets, change)
        self.after_save(request, form.instance, change)
        access.ensure(request.user, Right.CHANGE if change else Right.ADD, form.instance)

    def after_save(self, request: HttpRequest, obj: Any, change: bool) -> None:
        """What follows from a record and its rows being saved."""

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        formset.save(commit=False)
        for row in formset.deleted_objects:
            access.ensure(request.user, Right.CHANGE, row)
            row.delete()
        for row, _fields in formset.changed_objects:
            access.ensure(request.user, Right.CHANGE, row)
            row.save()
            access.ensure(request.user, Right.CHANGE, row)
        for row in formset.new_objects:
            row.save()
            access.ensure(request.user, Right.ADD, row)
        formset.save_m2m()

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """The public page, where everybody may see it."""
        if obj is None or not hasattr(obj, "get_absolute_url"):
            return None
        return obj.get_absolute_url() if access.may(access.PUBLIC, Right.SEE, obj) else None

    # What was done

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        return history.page(self, request, self.get_object(request, object_id))

    def construct_change_message(self, *args: Any, **kwargs: Any) -> list[Any]:
        return []

    def log_addition(self, *args: Any, **kwargs: Any) -> Any:
        """Django's log would keep who entered which consultation at which second. The history is kept by triggers."""

    log_change = log_deletions = log_addition

    def message_user(self, request: HttpRequest, message: Any, *args: Any, **kwargs: Any) -> None:
        plain = str(message).replace(" erfolgreich", "")
        shown = mark_safe(plain) if isinstance(message, SafeString) else plain
        super().message_user(request, shown, *args, **kwargs)


class ScopedInline(Scoped, admin.TabularInline):
    """Rows below a record. ``removable`` only for details, which may go without anybody missing them later."""

    form = RowForm
    formset = RecordFormSet
    extra = 0
    removable = False

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        rows = super().get_queryset(request)
        return rows if request.method in SAFE else rows.select_for_update(of=("self",))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._offers(request, Right.SEE)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._offers(request, Right.ADD)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._offers(request, Right.CHANGE)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.removable and self._offers(request, Right.CHANGE)

    def _offers(self, request: HttpRequest, right: Right) -> bool:
        return not self.opts.auto_created and access.offers(request.user, right, self.model)

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        return None

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """In a table only the head of the column names a field; whoever does not see it hears the name."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            field.widget.attrs.setdefault("aria-label", str(field.label))
        return field


class StackedScopedInline(ScopedInline):
    template = "admin/edit_inline/stacked.html"
