"""What the portal does by itself, for those who keep it running: when each job last ran, and the mails that wait."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from seniorportal import access, jobs, outbox
from seniorportal.access import Right
from seniorportal.models import JobRun, OutgoingMail

from .admin import ScopedAdmin
from .site import site

TITLES = {key: job.title for key, job in jobs.JOBS.items()}


class Which(admin.SimpleListFilter):
    title = "Aufgabe"
    parameter_name = "aufgabe"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(TITLES.items())

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(job=self.value()) if self.value() in TITLES else queryset


@admin.register(JobRun, site=site)
class JobRunAdmin(ScopedAdmin):
    """Above the list of runs: every job with its last one, also those that never ran."""

    change_list_template = "staff/jobs.html"
    list_display = ("title", "started_at", "finished_at", "outcome", "said")
    list_display_links = ("started_at",)
    list_filter = (Which, "outcome")
    fieldsets = ((None, {"fields": ("title", "started_at", "finished_at", "outcome", "said")}),)
    readonly_fields = ("title",)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        user, now = request.user, timezone.now()
        latest = access.visible(user, Right.SEE, JobRun.objects.latest_of_each())
        last = {row.job: row for row in latest}
        mails = access.visible(user, Right.SEE, OutgoingMail.objects.waiting())
        more: dict[str, Any] = {
            "title": "Aufgaben des Portals",
            "jobs": [
                {"job": job, "last": last.get(key), "overdue": job.overdue(last.get(key), now)}
                for key, job in jobs.JOBS.items()
            ],
            "mails": mails.count(),
            "mail_server": outbox.ready(),
        }
        return super().changelist_view(request, {**more, **(extra_context or {})})

    @admin.display(description="Aufgabe", ordering="job")
    def title(self, row: JobRun) -> str:
        return TITLES.get(row.job, row.job)


@admin.register(OutgoingMail, site=site)
class OutgoingMailAdmin(ScopedAdmin):
    list_display = ("kind", "to", "partner", "written_at", "state")
    list_display_links = ("kind",)
    list_filter = ("kind", "given_up")
    list_select_related = ("to", "partner")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "kind",
                    "to",
                    "partner",
                    "written_at",
                    "state",
                    "attempts",
                    "next_try_at",
                    "problem",
                )
            },
        ),
    )
    readonly_fields = ("state",)

    @admin.display(description="Stand")
    def state(self, mail: OutgoingMail) -> str:
        if mail.sent_at:
            return f"abgeschickt am {timezone.localtime(mail.sent_at):%d.%m.%Y um %H.%M Uhr}"
        return "aufgegeben" if mail.given_up else "wartet"
