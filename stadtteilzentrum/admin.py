"""Admin pages of the Stadtteilzentrum."""

from django.contrib import admin

from seniorportal.models import ReportArea
from seniorportal.staff.admin import ScopedAdmin, ScopedInline
from seniorportal.staff.site import site
from seniorportal.staff.venue import Companion, VenueAdmin
from stadtteilzentrum.models import Centre, HouseService


class CentreInline(Companion):
    model = Centre
    area = ReportArea.CENTRE
    fields = ("opened_year", "motto")


VenueAdmin.companions.append(CentreInline)


class HouseServiceInline(ScopedInline):
    model = HouseService
    removable = True
    fields = ("name", "note", "position")


@admin.register(Centre, site=site)
class CentreAdmin(ScopedAdmin):
    list_display = ("venue", "opened_year", "motto")
    list_select_related = ("venue",)
    search_fields = ("venue__name",)
    ordering = ("venue__sort", "pk")
    autocomplete_fields = ("venue",)
    fixed_later = ("venue",)
    fieldsets = ((None, {"fields": ("venue", "opened_year", "motto")}),)
    inlines = (HouseServiceInline,)
