"""Admin pages of the Seniorenbüros: offices, round tables, Nachbarschaftshelfer."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.http import HttpRequest
from django.utils import timezone

from seniorenbuero import months
from seniorenbuero.models import (
    AgendaItem,
    Attendance,
    Helper,
    Office,
    ReportRemark,
    RoundTable,
    RoundTableMeeting,
    TableDecision,
    TableTask,
)
from seniorportal import access
from seniorportal.access import Right
from seniorportal.models import ReportArea
from seniorportal.staff.admin import ScopedAdmin, ScopedInline
from seniorportal.staff.consultation import ConsultationForm
from seniorportal.staff.site import site
from seniorportal.staff.venue import Companion, VenueAdmin
from seniorportal.staff.words import ActiveToday


class OfficeInline(Companion):
    model = Office
    area = ReportArea.OFFICES
    fields = ("hours_note", "home_visits", "home_visits_note")


VenueAdmin.companions.append(OfficeInline)
ConsultationForm.why_not.append(months.why_not)


@admin.register(Office, site=site)
class OfficeAdmin(ScopedAdmin):
    list_display = ("venue", "hours_note", "home_visits")
    list_select_related = ("venue",)
    search_fields = ("venue__name",)
    ordering = ("venue__sort", "pk")
    autocomplete_fields = ("venue",)
    fixed_later = ("venue",)
    fieldsets = ((None, {"fields": ("venue", "hours_note", "home_visits", "home_visits_note")}),)


@admin.register(RoundTable, site=site)
class RoundTableAdmin(ScopedAdmin):
    list_display = ("title", "office", "last_meeting")
    list_select_related = ("office",)
    search_fields = ("title", "office__name")
    search_help_text = "Titel oder Seniorenbüro"
    fieldsets = ((None, {"fields": ("office", "title", "rhythm", "usual_time", "usual_place")}),)

    def for_list(self, rows: models.QuerySet[Any], request: HttpRequest) -> models.QuerySet[Any]:
        meetings = RoundTableMeeting.objects.filter(round_table=OuterRef("pk")).order_by("-date")
        return rows.annotate(last_day=Subquery(meetings.values("date")[:1]))

    @admin.display(description="letztes Treffen", ordering="last_day")
    def last_meeting(self, table: Any) -> Any:
        return table.last_day


class AttendanceInline(ScopedInline):
    model = Attendance
    fields = ("partner", "state")
    autocomplete_fields = ("partner",)


class AgendaInline(ScopedInline):
    model = AgendaItem
    fields = ("position", "title", "said")
    extra = 0


class DecisionInline(ScopedInline):
    model = TableDecision
    fields = ("text", "public")
    extra = 0


class TaskInline(ScopedInline):
    model = TableTask
    fields = ("text", "partner", "due", "done_on")
    autocomplete_fields = ("partner",)
    extra = 0


@admin.register(ReportRemark, site=site)
class ReportRemarkAdmin(ScopedAdmin):
    """Mostly written on the page of the meeting or the event."""

    list_display = ("day", "office", "sentence")
    list_select_related = ("office",)
    search_fields = ("sentence", "office__name")
    ordering = ("-day", "pk")
    autocomplete_fields = ("meeting", "offering")
    fixed_later = ("office", "meeting", "offering")
    fieldsets = ((None, {"fields": ("office", "meeting", "offering", "day", "sentence")}),)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The name of a meeting is for those who see meetings; whoever edits the report reads the sentence."""
        if access.offers(request.user, Right.SEE, RoundTableMeeting):
            return super().get_fieldsets(request, obj)
        return ((None, {"fields": ("office", "day", "sentence")}),)


@admin.register(RoundTableMeeting, site=site)
class RoundTableMeetingAdmin(ScopedAdmin):
    list_display = ("date", "round_table", "topic", "state", "partners")
    list_filter = ("date", "state")
    list_select_related = ("round_table",)
    search_fields = ("round_table__title", "topic")
    search_help_text = "Runder Tisch oder Thema"
    fieldsets = (
        (
            None,
            {"fields": ("round_table", "date", ("start", "end"), "place", "topic", "state", "published")},
        ),
    )
    inlines = (AgendaInline, AttendanceInline, DecisionInline, TaskInline)

    def for_list(self, rows: models.QuerySet[Any], request: HttpRequest) -> models.QuerySet[Any]:
        came = Attendance.objects.filter(meeting=OuterRef("pk")).order_by().values("meeting")
        return rows.annotate(came=Subquery(came.annotate(n=Count("pk")).values("n")))

    @admin.display(description="Netzwerkpartner", ordering="came")
    def partners(self, meeting: Any) -> int:
        return meeting.came or 0

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"date": timezone.localdate()} | super().get_changeform_initial_data(request)


@admin.register(Helper, site=site)
class HelperAdmin(ScopedAdmin):
    list_display = ("number", "kind", "state", "quarter", "active_from", "active_until")
    list_filter = (ActiveToday, "kind", "state")
    list_select_related = ("quarter",)
    search_fields = ("number",)
    search_help_text = "Nummer"
    formfield_overrides: ClassVar[dict[Any, Any]] = {
        models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple}
    }
    fieldsets = (
        (
            None,
            {
                "fields": ("office", "number", "kind", "state", "quarter", "languages"),
                "description": "Keine Namen. Im Bericht zählt die Zeit von «aktiv ab» bis «aktiv bis».",
            },
        ),
        ("Aktiv", {"fields": (("active_from", "active_until"),)}),
    )
