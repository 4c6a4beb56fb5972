"""Ehrenamtliche: numbers, never names."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from seniorportal.models import Engagement, Volunteer

from .admin import ScopedAdmin, ScopedInline
from .site import site
from .words import joined


class EngagementInline(ScopedInline):
    model = Engagement
    fields = ("venue", "task", "hours_per_month", "active_from", "active_until")
    autocomplete_fields = ("venue",)


@admin.register(Volunteer, site=site)
class VolunteerAdmin(ScopedAdmin):
    list_display = ("number", "carrier", "engaged_at")
    list_filter = ("carrier",)
    list_select_related = ("carrier",)
    search_fields = ("number", "engagements__venue__name")
    search_help_text = "Nummer oder Ort"
    fieldsets = ((None, {"fields": ("carrier", "number")}),)
    inlines = (EngagementInline,)

    def for_list(self, rows: models.QuerySet[Any], request: HttpRequest) -> models.QuerySet[Any]:
        return rows.prefetch_related("engagements__venue")

    @admin.display(description="tätig in")
    def engaged_at(self, volunteer: Volunteer) -> str:
        return joined(engagement.venue for engagement in volunteer.engagements.all())
