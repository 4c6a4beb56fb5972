"""The public report. A period without data does not exist."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from seniorportal import register
from seniorportal.figures.evidence import years_with_data
from seniorportal.printing import press
from seniorportal.report import document, export, periods


@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    offered = periods.offered(years_with_data(today), today)
    return render(request, "report/index.html", {"periods": offered, **frame()})


@login_not_required
@require_safe
def period(request: HttpRequest, period: str) -> HttpResponse:
    """In a draft, whoever may see them reads what offices noted for it; nobody else, and no file has them."""
    found, offered = periods.find(period, timezone.localdate())
    report = document.read(found)
    # Who is signed in is asked only where somebody may be: the page of everybody else varies by nothing.
    asks = report.state == document.DRAFT and settings.SESSION_COOKIE_NAME in request.COOKIES
    noted = register.all_remarks(request.user, found.first, found.last) if asks else []
    chapters = [(part, [one for one in noted if one.area == part.chapter.area]) for part in report.parts]
    return render(
        request,
        "report/period.html",
        {"report": report, "chapters": chapters, "periods": offered, **frame()},
    )


@login_not_required
@require_safe
def period_json(request: HttpRequest, period: str) -> HttpResponse:
    found, _ = periods.find(period, timezone.localdate())
    return JsonResponse(document.as_data(document.read(found)), json_dumps_params={"ensure_ascii": False})


@login_not_required
@require_safe
def period_file(request: HttpRequest, period: str, form: str) -> HttpResponse:
    """CSV, XLSX or PDF, made from the same readings as the page."""
    found, _ = periods.find(period, timezone.localdate())
    report = document.read(found)
    try:
        content = export.FORMATS[form].write(report)
    except (press.Missing, press.Busy):
        return render(request, "report/no_pdf.html", {"period": found, **frame()}, status=503)
    response = HttpResponse(content, content_type=export.FORMATS[form].content_type)
    response["Content-Disposition"] = f'attachment; filename="kurzbericht-{found}.{form}"'
    return response


def frame() -> dict[str, str]:
    """Who writes the report, and for whom."""
    return {
        "title": settings.PORTAL_REPORT_TITLE,
        "publisher": settings.PORTAL_REPORT_PUBLISHER,
        "committee": settings.PORTAL_REPORT_COMMITTEE,
    }
