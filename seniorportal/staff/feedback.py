"""Rückmeldungen from outside: each is a task that ends with one public sentence."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from seniorportal import feedback
from seniorportal.access import Right
from seniorportal.models import Feedback

from .admin import ScopedAdmin
from .scope import holds
from .site import site


class Settled(admin.SimpleListFilter):
    """The open ones, unless something else is asked for."""

    title = "Stand"
    parameter_name = "stand"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("erledigt", "erledigt"), ("alle", "alle")]

    def choices(self, changelist: Any) -> Any:
        for index, choice in enumerate(super().choices(changelist)):
            yield choice | {"display": "offen"} if index == 0 else choice

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        if self.value() == "erledigt":
            return queryset.filter(done_on__isnull=False)
        if self.value() == "alle" or "all" in request.GET:
            return queryset
        return queryset.filter(done_on__isnull=True)


@admin.register(Feedback, site=site)
class FeedbackAdmin(ScopedAdmin):
    list_display = ("topic", "about", "reported_on", "answer_until", "responsible", "state")
    list_filter = (Settled, "topic")
    list_select_related = ("offering__venue", "venue", "carrier", "district")
    search_fields = ("offering__title", "offering__venue__name", "venue__name")
    search_help_text = "Angebot oder Ort"
    actions = ("stands",)
    readonly_fields = (
        "topic",
        "text",
        "reported_on",
        "answer_until",
        "about",
        "where",
        "responsible",
        "state",
    )
    fieldsets = (
        (
            "Der Hinweis",
            {"fields": ("about", "topic", "text", "reported_on", "answer_until", "responsible", "state")},
        ),
        (
            "Prüfen und antworten",
            {
                "fields": ("where", "outcome", "answer"),
                "description": "Stimmt der Eintrag nicht, ändern Sie ihn zuerst über den Link. Wählen Sie dann, wie es "
                "ausging. Bei «Stimmt noch» und «Berichtigt» gilt der Eintrag als heute geprüft. Ohne eigene "
                "Antwort steht dort ein kurzer Satz von uns.",
            },
        ),
    )
    formfield_overrides: ClassVar[dict[Any, Any]] = {}

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "outcome" and field is not None:
            field.choices = [("", "noch offen"), *Feedback.Outcome.choices]
            field.widget = forms.RadioSelect(choices=field.choices)
        return field

    @admin.display(description="Es geht um")
    def about(self, task: Feedback) -> str:
        if task.offering:
            return f"{task.offering} ({task.offering.place})"
        return str(task.venue) if task.venue else "das Portal als Ganzes"

    @admin.display(description="Der Eintrag")
    def where(self, task: Feedback) -> Any:
        if not task.entry:
            return "–"
        kind = "offering" if task.offering else "venue"
        path = reverse(f"admin:seniorportal_{kind}_change", args=[task.entry.pk])
        return format_html('<a href="{}">Eintrag ansehen und ändern</a>', path)

    @admin.display(description="Antwort bis", ordering="answer_by")
    def answer_until(self, task: Feedback) -> str:
        late = task.done_on is None and task.answer_by < timezone.localdate()
        return f"{task.answer_by:%d.%m.%Y}" + (" – bitte heute antworten" if late else "")

    @admin.display(description="Zuständig")
    def responsible(self, task: Feedback) -> str:
        return task.owner

    @admin.display(description="Stand", ordering="done_on")
    def state(self, task: Feedback) -> str:
        return f"erledigt am {task.done_on:%d.%m.%Y}" if task.done_on else "offen"

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not obj.outcome:
            obj.done_on = obj.done_by = None
        elif "outcome" in form.changed_data or "answer" in form.changed_data:
            self._settle(request, obj)
        super().save_model(request, obj, form, change)

    def _settle(self, request: HttpRequest, task: Any) -> None:
        checked = feedback.settle(task, request.user, timezone.localdate())  # type: ignore[arg-type]
        if checked:
            self.message_user(request, "Danke. Der Eintrag gilt als heute geprüft.")
        elif task.entry and not holds(request, Right.CHANGE, task.entry):
            self.message_user(
                request,
                "Die Antwort steht auf der Seite. Als geprüft gilt der Eintrag erst, wenn der Träger ihn bestätigt.",
                messages.WARNING,
            )

    @admin.action(description="Stimmt noch: heute geprüft, Hinweis erledigt", permissions=["change"])
    def stands(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        tasks = list(queryset.filter(done_on__isnull=True).select_related("offering", "venue"))
        for task in tasks:
            task.outcome = Feedback.Outcome.STANDS
            self._settle(request, task)
            task.save()
        many = "Ein Hinweis ist" if len(tasks) == 1 else f"{len(tasks)} Hinweise sind"
        self.message_user(request, f"{many} erledigt.")
