"""Angebote and their Termine."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.db.models import F, OuterRef, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from seniorportal import concerns, programme
from seniorportal.models import Occurrence, Offering, OfferingTranslation

from .admin import ScopedAdmin, StackedScopedInline
from .forms import RecordForm
from .site import site
from .words import ActiveToday, Confirming, Review, day


class OfferingTranslationInline(StackedScopedInline):
    model = OfferingTranslation
    fields = ("language", "title", "summary", "description", "reviewed")
    classes = ("collapse",)


@admin.register(Offering, site=site)
class OfferingAdmin(Confirming, ScopedAdmin):
    list_display = ("title", "venue", "form", "rhythm", "next_date", "review", "published")
    list_filter = (Review, ActiveToday, "form", "categories", "venue__district", "specialist", "published")
    list_select_related = ("venue",)
    search_fields = ("title", "venue__name", "summary")
    search_help_text = "Titel, Ort oder Kurzbeschreibung"
    actions = ("confirm",)
    autocomplete_fields = ("venue", "carriers")
    preset = ("venue",)
    readonly_fields = ("dates", "review")
    formfield_overrides: ClassVar[dict[Any, Any]] = {
        models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple}
    }
    fieldsets = (
        (None, {"fields": ("title", "venue", "form", "summary", "description", "published")}),
        (
            "Wann",
            {
                "fields": ("first_date", ("start", "minutes"), "rule", "rhythm_note", "dates"),
                "description": "Ein einzelner Termin braucht nur Tag und Beginn. Für Wiederholungen eine Regel, "
                "zum Beispiel FREQ=WEEKLY;BYDAY=TU (jeden Dienstag), FREQ=WEEKLY;INTERVAL=2;BYDAY=TU (alle zwei "
                "Wochen) oder FREQ=MONTHLY;BYDAY=1TU (jeden ersten Dienstag im Monat). Beim Sichern "
                "entstehen die Termine der nächsten 18 Monate; von Hand geänderte bleiben.",
            },
        ),
        (None, {"fields": (("skip_public_holidays", "skip_school_holidays"),)}),
        (
            "Für wen",
            {
                "fields": (
                    "categories",
                    "target_groups",
                    "languages",
                    "open_to_all",
                    "greeted_by",
                    "care_meanwhile",
                )
            },
        ),
        (
            "Kosten und Anmeldung",
            {
                "fields": (
                    ("is_free", "cost_note"),
                    "first_time_free",
                    ("needs_registration", "registration_note"),
                    "phone",
                )
            },
        ),
        (
            "Ohne festen Ort, mit anderen Trägern",
            {
                "fields": ("meeting_point", "district", "carriers"),
                "description": "Nur für Spaziergänge, Plauderbänke und gemeinsame Angebote.",
            },
        ),
        ("Zählt im Bericht als", {"fields": ("specialist",)}),
        (
            "Prüfung, Quelle und Zeitraum",
            {
                "fields": (
                    "review",
                    "review_interval",
                    "source_url",
                    "source_year",
                    ("active_from", "active_until"),
                )
            },
        ),
    )
    inlines = (OfferingTranslationInline,)

    def for_list(self, rows: models.QuerySet[Any], request: HttpRequest) -> models.QuerySet[Any]:
        coming = (
            Occurrence.objects.filter(offering=OuterRef("pk"), date__gte=timezone.localdate())
            .exclude(status=Occurrence.Status.CANCELLED)
            .order_by("date")
        )
        return rows.annotate(next_day=Subquery(coming.values("date")[:1]))

    @admin.display(description="nächster Termin", ordering="next_day")
    def next_date(self, offering: Any) -> str:
        return day(offering.next_day)

    @admin.display(description="Rhythmus")
    def rhythm(self, offering: Offering) -> str:
        start = f", {offering.start:%H:%M} Uhr" if offering.start else ""
        return (offering.rhythm_note or offering.rule or day(offering.first_date)) + start

    @admin.display(description="Nächste Termine")
    def dates(self, offering: Offering) -> Any:
        if not offering.pk:
            return "Entstehen beim Sichern."
        rows = list(offering.occurrences.upcoming(timezone.localdate())[:8])
        if not rows:
            return "Keine."
        listed = format_html_join(
            "",
            '<li><a href="{}">{}</a> {}</li>',
            (
                (
                    reverse("admin:seniorportal_occurrence_change", args=[row.pk]),
                    str(row),
                    row.get_status_display(),
                )
                for row in rows
            ),
        )
        every = f"{reverse('admin:seniorportal_occurrence_changelist')}?offering__id__exact={offering.pk}"
        return format_html('<ul class="dates">{}</ul><a href="{}">Alle Termine</a>', listed, every)

    def after_save(self, request: HttpRequest, obj: Offering, change: bool) -> None:
        programme.regenerate([obj], timezone.localdate())


class When(admin.SimpleListFilter):
    """From today on, unless something else is asked for; ``?all=`` asks for everything."""

    title = "Zeit"
    parameter_name = "zeit"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("vergangen", "vergangene"), ("alle", "alle")]

    def choices(self, changelist: Any) -> Any:
        for index, choice in enumerate(super().choices(changelist)):
            yield choice | {"display": "ab heute"} if index == 0 else choice

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        today = timezone.localdate()
        if self.value() == "vergangen":
            return queryset.filter(date__lt=today)
        if self.value() == "alle" or "all" in request.GET or any("date__" in key for key in request.GET):
            return queryset
        return queryset.filter(date__gte=today)


class OccurrenceForm(RecordForm):
    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end <= start:
            self.add_error("end", "Das Ende liegt nicht nach dem Beginn.")
        held = cleaned.get("status") == Occurrence.Status.HELD
        if held and cleaned.get("date") and cleaned["date"] > timezone.localdate():
            self.add_error("status", "Ein Termin in der Zukunft kann noch nicht stattgefunden haben.")
        return cleaned


@admin.register(Occurrence, site=site)
class OccurrenceAdmin(ScopedAdmin):
    form = OccurrenceForm
    list_display = ("when", "offering", "place", "status", "note", "touched")
    list_filter = (When, "status", "date")
    list_select_related = ("offering__venue",)
    search_fields = ("offering__title", "offering__venue__name")
    search_help_text = "Angebot oder Ort"
    ordering = ("date", F("start").asc(nulls_last=True), "pk")
    more_lookups = ("offering__id__exact",)
    autocomplete_fields = ("offering",)
    fixed_later = ("offering",)
    actions = ("cancel", "took_place")
    fieldsets = ((None, {"fields": ("offering", "date", ("start", "end"), "status", "note")}),)

    @admin.display(description="Wann", ordering="date")
    def when(self, occurrence: Occurrence) -> str:
        return str(occurrence)

    @admin.display(description="Ort")
    def place(self, occurrence: Occurrence) -> str:
        return occurrence.offering.place

    def save_model(self, request: HttpRequest, obj: Occurrence, form: Any, change: bool) -> None:
        obj.touched = True
        super().save_model(request, obj, form, change)
        if "status" in form.changed_data and obj.status == Occurrence.Status.CANCELLED:
            concerns.date_cancelled([obj])

    @admin.action(description="Fällt aus", permissions=["change"])
    def cancel(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        self._mark(request, queryset, Occurrence.Status.CANCELLED)

    @admin.action(description="Hat stattgefunden", permissions=["change"])
    def took_place(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        if queryset.filter(date__gt=timezone.localdate()).exists():
            self.message_user(
                request,
                "Ein Termin in der Zukunft kann noch nicht stattgefunden haben. Es wurde nichts geändert.",
                messages.WARNING,
            )
            return
        self._mark(request, queryset, Occurrence.Status.HELD)

    def _mark(self, request: HttpRequest, queryset: models.QuerySet[Any], status: Occurrence.Status) -> None:
        """Counts the version up, so that a form that is open elsewhere notices."""
        rows = Occurrence.objects.filter(pk__in=queryset.order_by().values("pk"))
        count = rows.update(status=status, touched=True, version=F("version") + 1)
        if status == Occurrence.Status.CANCELLED:
            concerns.date_cancelled(rows)
        self.message_user(request, f"{count} {'Termin' if count == 1 else 'Termine'}: {status.label}.")
