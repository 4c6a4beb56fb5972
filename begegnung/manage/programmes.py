"""The printed programmes of all her houses for one month: one press of a link each."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from begegnung import houses as verbs
from seniorportal.models import ReportArea
from seniorportal.printing import forms, press, spans
from seniorportal.public.parameters import Parameters

AREAS = {ReportArea.MEETING_PLACES: "begegnung", ReportArea.CENTRE: "stadtteilzentrum"}


@require_safe
def now(request: HttpRequest) -> HttpResponse:
    """The month that follows: a programme is printed before it begins."""
    if not verbs.offered(request.user):
        raise Http404("kein Programm")
    today = timezone.localdate()
    this = spans.month(spans.month_of(today), today)
    return redirect("begegnung:manage:programmes", month=(this and this.following) or spans.month_of(today))


@require_safe
def programmes(request: HttpRequest, month: str) -> HttpResponse:
    """Two statements beside those of the account."""
    user: Any = request.user
    today = timezone.localdate()
    span = spans.month(month, today)
    if not verbs.offered(user) or span is None:
        raise Http404("kein Programm")
    parameters = Parameters(request, "form")
    form = forms.asked(parameters)
    rows: Any = verbs.mine(user).filter(published=True).select_related("district")
    houses = list(rows.active_within(span.first, span.last))
    for house in houses:
        house.sheet = address_of(house, month, "programme", form.key)
        house.pdf = address_of(house, month, "programme_pdf", form.key) if press.available() else ""
    context = {
        "houses": houses,
        "span": span,
        "form": form,
        "forms": forms.FORMS.values(),
        "ignored": parameters.ignored,
    }
    return render(request, "begegnung/manage/programmes.html", context)


def address_of(house: Any, month: str, name: str, form: str) -> str:
    """The house of a centre has paths without a name of its own."""
    space = AREAS[ReportArea(house.report_area)]
    where = {"month": month} | ({"slug": house.slug} if space == "begegnung" else {})
    return f"{reverse(f'{space}:{name}', kwargs=where)}?form={form}"
