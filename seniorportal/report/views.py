"""The public report. A period without data does not exist."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from seniorportal.figures.evidence import years_with_data
from seniorportal.report import document, periods


@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    offered = periods.offered(years_with_data(today), today)
    return render(request, "report/index.html", {"periods": offered, **frame()})


@login_not_required
@require_safe
def period(request: HttpRequest, period: str) -> HttpResponse:
    found, offered = periods.find(period, timezone.localdate())
    return render(
        request, "report/period.html", {"report": document.read(found), "periods": offered, **frame()}
    )


@login_not_required
@require_safe
def period_json(request: HttpRequest, period: str) -> HttpResponse:
    found, _ = periods.find(period, timezone.localdate())
    return JsonResponse(document.as_data(document.read(found)), json_dumps_params={"ensure_ascii": False})


def frame() -> dict[str, str]:
    """Who writes the report, and for whom."""
    return {
        "title": settings.PORTAL_REPORT_TITLE,
        "publisher": settings.PORTAL_REPORT_PUBLISHER,
        "committee": settings.PORTAL_REPORT_COMMITTEE,
    }
