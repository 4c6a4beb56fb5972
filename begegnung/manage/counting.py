"""Besuche zählen: the month of all own halls on one page, and one hall in the order of its paper sheet."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from begegnung import counting
from begegnung.counting import Box
from begegnung.manage import grid
from begegnung.manage.grid import Month, Row
from begegnung.models import MeetingPlace
from seniorportal import access
from seniorportal.access import Right
from seniorportal.answers import SeeOther
from seniorportal.models import Visit

PER_PAGE = 50
TAKE_OVER = {"wie-vormonat": "w", "wie-vorjahr": "v"}


@never_cache
@require_safe
def now(request: HttpRequest) -> HttpResponse:
    """The month that is over: that is the one to enter."""
    _refuse_others(request.user)
    today = timezone.localdate()
    return redirect("begegnung:manage:count_month", month=Month(today.replace(day=1), today).before.key)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def month(request: HttpRequest, month: str) -> HttpResponse:
    """All halls of the person in one month; a page of fifty where there are more."""
    _refuse_others(request.user)
    shown = Month.parse(month, timezone.localdate())
    page = Paginator(grid.halls(request.user, Right.SEE, shown), PER_PAGE).get_page(request.GET.get("seite"))
    rows = grid.rows_of(request.user, grid.attached(page.object_list), shown)  # type: ignore[arg-type]
    here = reverse("begegnung:manage:count_month", args=[shown.key])
    if page.number > 1:
        here = f"{here}?seite={page.number}"
    context = {"page": page, "here": here}
    return _answer(request, rows, shown, here, "begegnung/manage/count_month.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hall(request: HttpRequest, slug: str, month: str) -> HttpResponse:
    """One hall, day below day as on the paper sheet. Whoever keeps the hall also says how it counts."""
    shown = Month.parse(month, timezone.localdate())
    found = access.fetch(request.user, grid.attached(grid.halls(request.user, Right.SEE, shown)), slug=slug)
    place: MeetingPlace | None = getattr(found, "meeting_place", None)
    may_choose = place is not None and access.may(request.user, Right.CHANGE, place)
    here = reverse("begegnung:manage:count_hall", args=[slug, shown.key])
    if request.method == "POST" and request.POST.get("zaehlweise") in MeetingPlace.Counting.values:
        if place is None or not may_choose:
            raise PermissionDenied("Zählweise")
        place.counting = request.POST["zaehlweise"]
        place.save(update_fields=["counting"])
        messages.success(request, f"{found.name} zählt jetzt {place.get_counting_display()}.")
        return SeeOther(here)
    rows = grid.rows_of(request.user, [found], shown, all_days=True)
    others = MeetingPlace.Counting.MONTH if rows[0].by_day else MeetingPlace.Counting.DAY
    context = {"hall": found, "here": here, "other_way": others, "may_choose": may_choose}
    return _answer(request, rows, shown, here, "begegnung/manage/count_hall.html", context)


def _refuse_others(user: Any) -> None:
    if not access.offers(user, Right.SEE, Visit):
        access.fetch(user, Visit.objects.none(), pk=0)  # 404


def _answer(
    request: HttpRequest, rows: list[Row], shown: Month, here: str, template: str, more: dict[str, Any]
) -> HttpResponse:
    boxes = [box for row in rows if row.editable for box in row.boxes]
    waiting: list[Box] = []
    filled = None
    if request.method == "POST":
        if rows and not boxes and not any(row.editable for row in rows):
            raise PermissionDenied("nur ansehen")
        counting.fill(boxes, request.POST)
        if letter := TAKE_OVER.get(request.POST.get("aktion", "")):
            filled = _take_over(boxes, letter)
            for box in boxes:
                counting.say_meanwhile(box)
            waiting = [box for box in boxes if box.error]
        else:
            saved = counting.save(request.user, boxes)
            waiting = saved.open
            if not waiting:
                messages.success(request, _said(saved.written))
                return SeeOther(here)
            if saved.written:
                messages.success(request, _said(saved.written))
    first_missing = next((box for box in [*waiting, *boxes] if box.is_open or box.is_missing), None)
    context = more | {
        "rows": rows,
        "month": shown,
        "waiting": waiting,
        "filled": filled,
        "editable": bool(boxes),
        "focus": first_missing.name if first_missing else "",
        "shown": " ".join(box.state for box in boxes),
        "asked": " ".join(box.answer for box in boxes if box.question),
        "counted": sum(not row.missing for row in rows),
    }
    return render(request, template, context)


def _take_over(boxes: list[Box], letter: str) -> int:
    """Fills empty boxes with the number of another month, to be looked at and then saved."""
    number = 0
    for box in boxes:
        if not box.text and box.like.get(letter) is not None:
            counting.take_over(box, letter)
            number += 1
    return number


def _said(number: int) -> str:
    if not number:
        return "Nichts hat sich geändert."
    return "Eine Zahl gespeichert." if number == 1 else f"{number} Zahlen gespeichert."
