"""Beratungen, anonymous, and the statistical heads of Fälle."""

import datetime as dt
from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters

from seniorportal import access
from seniorportal.access import Right
from seniorportal.models import Case, Consultation

from . import note
from .admin import ScopedAdmin
from .forms import RecordForm
from .site import site
from .words import joined


class ConsultationForm(RecordForm):
    """``why_not`` is handed in by the app that closes months: a sentence against an office's day, or nothing."""

    why_not: ClassVar[list[Callable[[Any, dt.date], str]]] = []

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        day, office = cleaned.get("date"), cleaned.get("office") or self.instance.office_id
        if day and day > timezone.localdate():
            self.add_error("date", "Dieser Tag liegt in der Zukunft.")
        elif day and office:
            for said in filter(None, (ask(office, day) for ask in self.why_not)):
                self.add_error("date", said)
        return cleaned


@admin.register(Consultation, site=site)
class ConsultationAdmin(ScopedAdmin):
    form = ConsultationForm
    fixed_later = ("office",)  # where a note would not follow
    list_display = ("date", "half_day", "channel", "about", "outcome", "duration", "office")
    list_filter = ("date", "channel", "outcome", "topics", "is_first")
    list_select_related = ("office",)
    date_hierarchy = "date"
    formfield_overrides: ClassVar[dict[Any, Any]] = {
        models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple}
    }
    fieldsets = (
        (
            None,
            {
                "fields": ("office", ("date", "half_day"), ("channel", "asker")),
                "description": "Keine Namen, keine Straße, kein Geburtsdatum.",
            },
        ),
        ("Worum ging es", {"fields": ("topics", ("outcome", "duration"))}),
        (
            "Über die Person, soweit bekannt",
            {
                "fields": (
                    "is_first",
                    ("age_group", "gender"),
                    ("lives_alone", "care_grade"),
                    ("district", "quarter"),
                )
            },
        ),
    )

    def for_list(self, rows: models.QuerySet[Any], request: HttpRequest) -> models.QuerySet[Any]:
        return rows.prefetch_related("topics")

    def get_urls(self) -> list[URLPattern]:
        return [
            path(
                "<int:object_id>/notiz/",
                self._door(self.note_view),
                name="seniorportal_consultation_note",
            ),
            *super().get_urls(),
        ]

    @method_decorator(sensitive_post_parameters("text"))
    def note_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """The one personal text; this form and the lists stay without any."""
        consultation = access.fetch(request.user, Consultation.objects.select_related("office"), pk=object_id)
        return note.page(self, request, consultation)

    @admin.display(description="Themen")
    def about(self, consultation: Consultation) -> str:
        return joined(consultation.topics.all())

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """As the last entry of the office: today, the half day of the clock, the same channel."""
        now = timezone.localtime()
        half = Consultation.HalfDay.MORNING if now.hour < 13 else Consultation.HalfDay.AFTERNOON
        initial: dict[str, Any] = {"date": now.date(), "half_day": half}
        last = (
            access.visible(request.user, Right.CHANGE, Consultation.objects.all())
            .order_by("-pk")
            .values("date", "half_day", "channel")
            .first()
        )
        if last:
            initial["channel"] = last["channel"]
            if last["date"] == now.date():
                initial["half_day"] = last["half_day"]
        return initial | super().get_changeform_initial_data(request)


@admin.register(Case, site=site)
class CaseAdmin(ScopedAdmin):
    list_display = ("number", "opened_on", "phase", "criteria", "closed_on", "body", "office")
    list_filter = ("phase", "opened_on", "closing_reason", "body")
    list_select_related = ("body", "office")
    search_fields = ("number",)
    search_help_text = "Nummer"
    fieldsets = (
        (
            None,
            {
                "fields": ("office", "body", "number", "opened_on", "phase", "criteria"),
                "description": "Nur der statistische Kopf. Keine Namen, auch nicht in der Nummer.",
            },
        ),
        ("Über die Person, soweit bekannt", {"fields": (("age_group", "care_grade"),)}),
        ("Abschluss", {"fields": (("closed_on", "closing_reason"),)}),
    )

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"opened_on": timezone.localdate()} | super().get_changeform_initial_data(request)
