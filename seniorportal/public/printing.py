"""Programmes and wall sheets, as pages for printing and as PDF. Each is at most four statements."""

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response

from seniorportal import contact, vocabularies
from seniorportal.models import Venue
from seniorportal.printing import forms, labels, press, qr, scopes, spans
from seniorportal.printing.sheet import Sheet, sheet
from seniorportal.printing.spans import Span
from seniorportal.printing.tally import tally as tally_of
from seniorportal.public import leaves
from seniorportal.public.leaves import place_of
from seniorportal.public.parameters import Parameters

log = logging.getLogger(__name__)


# --- programmes -------------------------------------------------------------------------------------------------------


@login_not_required
def programme_now(request: HttpRequest, **where: str) -> HttpResponse:
    return redirect(_name(request, "programme"), **_path(where), month=spans.month_of(timezone.localdate()))


@login_not_required
def programme(
    request: HttpRequest, area: str, month: str, slug: str = "", bezirk: str = ""
) -> HttpResponseBase:
    """The month of a place. Four statements: it, its dates, what has no known time, the calendar."""
    today = timezone.localdate()
    span = spans.month(month, today)
    if span is None:
        return _no_such_span(request, "programme", "month", spans.month_of(today))
    found = place_of(area, slug, bezirk)
    made = sheet(scopes.of_venue(found, span), span, today, _absolute(request, found))
    return _programme(request, made, "month", found.get_absolute_url())


@login_not_required
def tally_now(request: HttpRequest, **where: str) -> HttpResponse:
    return redirect(_name(request, "tally"), **_path(where), month=spans.month_of(timezone.localdate()))


@login_not_required
def tally(request: HttpRequest, area: str, month: str, slug: str = "", bezirk: str = "") -> HttpResponseBase:
    """The wall sheet of a month. Four statements, as for the programme."""
    today = timezone.localdate()
    span = spans.month(month, today)
    if span is None:
        return _no_such_span(request, "tally", "month", spans.month_of(today))
    found = place_of(area, slug, bezirk)
    made = tally_of(found, sheet(scopes.of_venue(found, span), span, today, _absolute(request, found)))
    if _wants_pdf(request):
        return answer_pdf(request, "tally", labels.of_tally(made), f"strichliste-{found.slug}-{month}")
    context = _around(request, span, "month", found.get_absolute_url()) | {
        "sheet": made,
        "numbers": made.numbers,
        "narrow": len(made.days) > 22,
        "qr": qr.svg(made.address),
        "shown": qr.short(made.address),
        "stand": labels.stand(today),
        "ignored": Parameters(request).ignored,
    }
    return render(request, "public/print_tally.html", context)


@login_not_required
def week_now(request: HttpRequest, **where: str) -> HttpResponse:
    kind = "week_of_topic" if "thema" in where else "week_of_district"
    now = {"week": spans.week_of(timezone.localdate())}
    return redirect(reverse(_name(request, kind), kwargs=where | now))


@login_not_required
def week_of_district(request: HttpRequest, bezirk: str, week: str) -> HttpResponseBase:
    """Four statements: the Seniorenbüro, the dates, what has no known time, the calendar."""
    names = vocabularies.current().districts
    return _week(request, names, bezirk, week, scopes.of_district, "week_of_district", "bezirk")


@login_not_required
def week_of_topic(request: HttpRequest, thema: str, week: str) -> HttpResponseBase:
    """Three statements."""
    names = vocabularies.current().topics
    return _week(request, names, thema, week, scopes.of_topic, "week_of_topic", "thema")


def _week(
    request: HttpRequest,
    names: dict[str, str],
    slug: str,
    week: str,
    scope_of: Callable[[str, str], scopes.Scope],
    name: str,
    parameter: str,
) -> HttpResponseBase:
    if slug not in names:
        raise Http404("unbekannt")
    today = timezone.localdate()
    span = spans.week(week, today)
    if span is None:
        return _no_such_span(request, name, "week", spans.week_of(today))
    living = f"{reverse('public:offerings')}?{parameter}={slug}"
    made = sheet(scope_of(slug, names[slug]), span, today, request.build_absolute_uri(living))
    return _programme(request, made, "week", living)


@login_not_required
def programmes(request: HttpRequest) -> HttpResponse:
    """Where the printed programmes are. No statement but for the vocabularies."""
    today = timezone.localdate()
    weeks = [spans.week(spans.week_of(today + dt.timedelta(days=days)), today) for days in (0, 7)]
    words = vocabularies.current()
    context = {
        "districts": words.districts.items(),
        "topics": words.topics.items(),
        "weeks": weeks,
        "month": spans.month(spans.month_of(today), today),
        "pdf": press.available(),
        "ignored": Parameters(request).ignored,
        "contact": contact.city(),
    }
    return render(request, "public/print_choose.html", context)


# --- the answers ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Choice:
    """A form of the programme on offer."""

    form: forms.Form
    page: str
    pdf: str
    chosen: bool


def _programme(request: HttpRequest, made: Sheet, parameter: str, living: str) -> HttpResponseBase:
    parameters = Parameters(request, "form")
    form = forms.asked(parameters)
    if _wants_pdf(request):
        name = "-".join(
            ("programm", living.partition("=")[2] or living.strip("/").rpartition("/")[2], made.span.key)
        )
        return answer_pdf(request, "programme", labels.of_programme(made, form), f"{name}-{form.key}")
    around = _around(request, made.span, parameter, living)
    page, pdf = around["page"], around["pdf"]
    context = around | {
        "sheet": made,
        "form": form,
        "choices": [
            Choice(one, f"{page}?form={one.key}", pdf and f"{pdf}?form={one.key}", one == form)
            for one in forms.FORMS.values()
        ],
        "qr": qr.svg(made.address),
        "shown": qr.short(made.address),
        "stand": labels.stand(made.printed),
        "ignored": parameters.ignored,
    }
    return render(request, "public/print_programme.html", context)


def _around(request: HttpRequest, span: Span, parameter: str, living: str) -> dict[str, Any]:
    """The ways on from a sheet: itself, its PDF, the one before and after, the page it tells about."""
    assert request.resolver_match is not None
    name, where = request.resolver_match.view_name, _path(request.resolver_match.kwargs)

    def page_of(key: str, name: str = name) -> str:
        return reverse(name, kwargs=where | {parameter: key}) if key else ""

    return {
        "page": page_of(span.key),
        "pdf": page_of(span.key, f"{name}_pdf") if press.available() else "",
        "previous": page_of(span.previous),
        "following": page_of(span.following),
        "living": living,
    }


def answer_pdf(request: HttpRequest, template: str, data: dict[str, Any], name: str) -> HttpResponseBase:
    """The PDF, or a German page that says why there is none and leads to the page for printing."""
    if not press.available():
        return _no_pdf(request, "missing", 404)
    mark = press.mark(template, data)
    known = get_conditional_response(request, etag=mark)
    if known is not None:
        return known
    try:
        made = press.printed(template, data)
    except press.Busy as error:
        log.error("PDF %s: %s", name, error)
        response = _no_pdf(request, "busy", 503)
        response["Retry-After"] = "60"
        return response
    except press.Broken as error:
        log.error("PDF %s was refused: %s", name, error)
        return _no_pdf(request, "broken", 500)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["ETag"] = mark
    return response


def _no_pdf(request: HttpRequest, why: str, status: int) -> HttpResponse:
    page = f"{request.path.removesuffix('.pdf')}/"
    return render(request, "public/print_no_pdf.html", {"why": why, "page": page}, status=status)


def _no_such_span(request: HttpRequest, name: str, parameter: str, key: str) -> HttpResponse:
    """404 with the way to the sheet of today."""
    assert request.resolver_match is not None
    page = reverse(_name(request, name), kwargs=_path(request.resolver_match.kwargs) | {parameter: key})
    context = {"is_week": parameter == "week", "page": page}
    return render(request, "public/print_no_span.html", context, status=404)


def _name(request: HttpRequest, name: str) -> str:
    assert request.resolver_match is not None
    return f"{request.resolver_match.namespace}:{name}"


def _path(where: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in where.items() if name != "area"}


def _wants_pdf(request: HttpRequest) -> bool:
    return request.path.endswith(".pdf")


def _absolute(request: HttpRequest, found: Venue) -> str:
    return request.build_absolute_uri(found.get_absolute_url())


def paths_of_place(area: str, prefix: str = "") -> list[URLPattern]:
    """The printed pages of a place, below its own: its leaf, its programmes, its wall sheets."""
    given = {"area": area}
    return [
        path(f"{prefix}drucken/", leaves.place, given, name="print"),
        path(f"{prefix}programm/", programme_now, given, name="programme_now"),
        path(f"{prefix}programm/<str:month>/", programme, given, name="programme"),
        path(f"{prefix}programm/<str:month>.pdf", programme, given, name="programme_pdf"),
        path(f"{prefix}aushang/", tally_now, given, name="tally_now"),
        path(f"{prefix}aushang/<str:month>/", tally, given, name="tally"),
        path(f"{prefix}aushang/<str:month>.pdf", tally, given, name="tally_pdf"),
    ]
