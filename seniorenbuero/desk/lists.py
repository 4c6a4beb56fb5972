"""What an office has entered: the entries of a day, the days of a month, and the month's end."""

import datetime as dt
import re
from typing import Any

from dateutil.relativedelta import relativedelta
from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods, require_safe

from seniorenbuero import months
from seniorenbuero.desk import entries
from seniorenbuero.desk.door import Desk, at_the_desk, at_the_log, sent_away
from seniorenbuero.models import ClosedMonth
from seniorportal import access
from seniorportal.access import Right
from seniorportal.answers import SeeOther
from seniorportal.models import Case

MOST = 200  # entries of one day that a page shows


@at_the_log
@require_safe
def day(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The entries of today, or of another day for somebody who is signed in. Five statements for any number of rows."""
    today = timezone.localdate()
    asked = request.GET.get("tag", "")
    shown = _day(asked) or today
    if shown != today and not desk.signed_in:
        return sent_away(request)
    rows = entries.in_words(desk).filter(date=shown).order_by("-pk")
    found = list(rows[:MOST])
    context = {
        "desk": desk,
        "day": shown,
        "today": today,
        "unreadable": asked if asked and not _day(asked) else "",
        "entries": found,
        "tally": entries.of_day(desk, shown),
        "why_not": months.why_not(desk.office, shown),
        "before": shown - dt.timedelta(days=1),
        "after": shown + dt.timedelta(days=1) if shown < today else None,
    }
    return render(request, "seniorenbuero/desk/day.html", context)


@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def month(request: HttpRequest, desk: Desk, month: str) -> HttpResponse:
    """The days of a month with their counters; a POST closes the month or opens it again."""
    first = _month(month)
    if first is None:
        raise Http404("kein Monat")
    closed = ClosedMonth.objects.filter(office=desk.office, month=first)
    if request.method == "POST":
        if "schliessen" in request.POST:
            _close(request, desk, first)
        elif "oeffnen" in request.POST:
            _open_again(request, desk, closed.first())
        return SeeOther(reverse("desk:month", args=[month]))
    last = first + relativedelta(months=1, days=-1)
    rows = entries.of_office(desk).filter(date__range=(first, last))
    days = rows.order_by("date").values("date").annotate(**_counters())
    cases = access.visible(desk.principal, Right.SEE, Case.objects.filter(office=desk.office))
    context = {
        "desk": desk,
        "today": timezone.localdate(),
        "month": first,
        "days": list(days),
        "total": entries.counted(rows),
        "cases": cases.filter(opened_on__range=(first, last)).count(),
        "closed": closed.first(),
        "over": first < months.first_open_day(timezone.localdate()),
        "may_close": may_close(first),
        "before": first - relativedelta(months=1),
        "after": first + relativedelta(months=1) if last < timezone.localdate() else None,
    }
    return render(request, "seniorenbuero/desk/month.html", context)


def may_close(first: dt.date) -> bool:
    """A month that is over, in a year that is still open."""
    today = timezone.localdate()
    return months.first_open_day(today) <= first < months.first_day_of(today)


def waiting(desk: Desk) -> list[dt.date]:
    """The months that are over and not closed yet. One statement."""
    today = timezone.localdate()
    closed = set(ClosedMonth.objects.filter(office=desk.office).values_list("month", flat=True))
    found, first = [], months.first_open_day(today)
    while first < months.first_day_of(today):
        if first not in closed:
            found.append(first)
        first += relativedelta(months=1)
    return found


def _close(request: HttpRequest, desk: Desk, first: dt.date) -> None:
    name = date_format(first, "F Y")
    if not may_close(first):
        messages.error(request, f"Der {name} kann noch nicht oder nicht mehr abgeschlossen werden.")
        return
    closed, made = ClosedMonth.objects.get_or_create(office=desk.office, month=first)
    if made:
        access.ensure(desk.principal, Right.ADD, closed)
    messages.success(request, f"Der {name} ist abgeschlossen.")


def _open_again(request: HttpRequest, desk: Desk, closed: ClosedMonth | None) -> None:
    if closed is None:
        return
    access.ensure(desk.principal, Right.CHANGE, closed)
    if not may_close(closed.month):
        messages.error(request, "Das Jahr ist abgeschlossen.")
        return
    closed.delete()
    messages.success(request, f"Der {closed} ist wieder offen.")


def _counters() -> dict[str, Any]:
    return {
        "requests": Count("pk", filter=~entries.WRONG & Q(is_first=True)),
        "consultations": Count("pk", filter=~entries.WRONG),
        "wrong": Count("pk", filter=entries.WRONG),
    }


def _day(written: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(written) if re.fullmatch(r"\d{4}-\d\d-\d\d", written) else None
    except ValueError:
        return None


def _month(written: str) -> dt.date | None:
    """Years of four digits that a calendar of the browser can turn a page from."""
    found = _day(f"{written}-01")
    return found if found and 2000 <= found.year <= timezone.localdate().year + 1 else None
