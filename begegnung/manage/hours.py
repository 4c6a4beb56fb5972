"""Zeiten: what holds, what is closed, which day is a special one; the way to change each."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from begegnung.manage.reach import person
from begegnung.manage.week import held
from seniorportal import access, hours, programme, timetable
from seniorportal.access import Right
from seniorportal.answers import SeeOther
from seniorportal.models import Closure, Notice, User, Venue

AHEAD = dt.timedelta(days=400)


@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """A POST takes a special day or an old closure out again."""
    user, today = person(request), timezone.localdate()
    venue = held(request, slug)
    if request.method == "POST":
        _take_out(request, venue, user, today)
        return SeeOther(reverse("begegnung:manage:hours", args=[slug]))
    rows = list(venue.opening_hours.all())
    closures = list(venue.closures.filter(last_day__gte=today).select_related("notice").order_by("first_day"))
    acts = access.visible(user, Right.SEE, Notice.objects.filter(closures__in=closures))
    change = timetable.next_change(rows, today)
    context = {
        "venue": venue,
        "week": hours.week(rows, today),
        "change": change,
        "changed_week": hours.week(rows, change) if change else [],
        "special": hours.special_days(rows, today, today + AHEAD),
        "closures": closures,
        "acts": set(acts.values_list("pk", flat=True)),
        "may": access.may(user, Right.CHANGE, venue),
    }
    return render(request, "begegnung/manage/hours.html", context)


def _take_out(request: HttpRequest, venue: Venue, user: User, today: dt.date) -> None:
    if day := request.POST.get("tag", ""):
        try:
            timetable.set_day(venue, dt.date.fromisoformat(day), [], "", user)
        except ValueError:
            raise Http404("kein Tag") from None
        messages.success(request, "Der besondere Tag ist entfernt. Es gilt wieder die normale Woche.")
        return
    pk = request.POST.get("schliesszeit", "")
    number = int(pk) if pk.isdecimal() and len(pk) < 18 else 0
    closure = venue.closures.filter(pk=number, notice=None, last_day__gte=today).first()
    if closure:
        reopen(venue, closure, user, today)
        messages.success(request, "Wieder offen. Die Termine dieser Zeit stehen wieder im Programm.")


@transaction.atomic
def reopen(venue: Venue, closure: Closure, by: Any, today: dt.date) -> None:
    """Ends a closure that no act made: from today on the house is open, and its dates come back."""
    access.ensure(by, Right.CHANGE, closure)
    if closure.first_day >= today:
        closure.delete()
    else:
        closure.last_day = today - dt.timedelta(days=1)
        closure.save()
    programme.regenerate(venue.offerings.all(), today)
