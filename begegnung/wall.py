"""«Heute waren da: [22] Eintragen»: what the sheet on the wall of a hall opens, and nothing else.

Whoever holds the sheet is a ``Bearer``; what she may write say the rules. GET shows, POST acts.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from begegnung import counting, months
from begegnung.counting import Box
from seniorportal import contact, limits, links
from seniorportal.answers import SeeOther
from seniorportal.hours import open_on
from seniorportal.models import CalendarDay, Link, Venue, Visit
from seniorportal.rules import DAYS_ON_THE_WALL

WALL = Link.Kind.WALL
A_DAY = 60  # entries with one sheet
TRIES_A_DAY = 1000 if settings.DEMO else 20  # of codes: of one sheet, and from one address
ONLY_NUMBERS = "Bitte nur eine Zahl eintragen. 0 heißt: Es war niemand da."
TOO_OFTEN = (
    "Mit diesem Zettel wurde heute schon sehr oft etwas eingetragen. Bitte rufen Sie die Koordination an."
)
WRONG = "Nummer und Code passen nicht zusammen. Beide stehen auf dem Zettel."
TOO_MANY = "Hier wurde heute schon zu oft etwas Falsches eingegeben. Bitte versuchen Sie es morgen oder rufen Sie an."


@dataclass
class Day:
    """One day with its box; the first is today."""

    box: Box
    title: str

    @property
    def iso(self) -> str:
        return self.box.first_day.isoformat()


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def count(request: HttpRequest, token: str) -> HttpResponse:
    """Today and the open days of the week before. GET: six statements, none of which writes."""
    link = links.read(token, WALL)
    bearer = links.of(link) if link else None
    if link is None or bearer is None:
        return _over(request, link)
    days = _days(link.venue, timezone.localdate())
    here = reverse("begegnung_wall:count", args=[token])
    chosen = None
    status = 200
    if request.method == "POST":
        chosen = next((day for day in days if day.iso == request.POST.get("tag", "")), None)
        if chosen is None:
            return SeeOther(here)
        if limits.used(f"wall {link.pk}", timezone.localdate()) > A_DAY:
            chosen.box.typed, chosen.box.error, status = request.POST.get("zahl", "")[:40], TOO_OFTEN, 429
        elif _save(request, bearer, chosen.box):
            return SeeOther(f"{here}?eingetragen={chosen.iso}")
    done = next((day for day in days if day.iso == request.GET.get("eingetragen") and day.box.stored), None)
    context = {
        "hall": link.venue,
        "link": link,
        "here": here,
        "today": days[0],
        "others": days[1:],
        "chosen": chosen,
        "done": done,
    }
    return render(request, "begegnung/wall.html", context, status=status)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """The way without a camera: number and code of the sheet lead to its page."""
    said, status = "", 200
    number, code = request.POST.get("nummer", "").strip()[:20], request.POST.get("code", "").strip()[:20]
    if request.method == "POST":
        today = timezone.localdate()
        tries = (f"wall code {number}", f"wall address {limits.client_address(request)}")
        if max(limits.used(what, today) for what in tries) > TRIES_A_DAY:
            said, status = TOO_MANY, 429
        elif link := _of_code(number, code):
            return SeeOther(reverse("begegnung_wall:count", args=[links.token(link)]))
        else:
            said = WRONG
    context = {"said": said, "number": number, "code": code, "contact": contact.city()}
    return render(request, "begegnung/wall_enter.html", context, status=status)


def _of_code(number: str, code: str) -> Link | None:
    if not (number.isascii() and number.isdecimal() and len(number) < 18):
        return None
    link = Link.objects.open_on(timezone.now()).filter(pk=int(number), kind=WALL).first()
    fits = link is not None and constant_time_compare("".join(code.split()), links.code(link))
    return link if fits else None


def _over(request: HttpRequest, link: Link | None) -> HttpResponse:
    now = timezone.localtime()
    ring = contact.for_venue(link.venue, now) if link else contact.city()
    return render(request, "begegnung/wall_over.html", {"contact": ring, "link": link}, status=404)


def _days(venue: Venue, today: dt.date) -> list[Day]:
    """Today always; before it only days on which the hall was open, or that have a number."""
    prefetch_related_objects([venue], "opening_hours", "closures")
    first = today - dt.timedelta(days=DAYS_ON_THE_WALL)
    past = months.of_the_past([venue.pk], today.replace(day=1))
    usual = months.usual_day(past.values())
    boxes = [
        Box(venue, Visit.Scope.DAY, today - dt.timedelta(days=n), usual) for n in range(DAYS_ON_THE_WALL + 1)
    ]
    counting.attach(boxes)
    rows = CalendarDay.objects.filter(date__range=(first, today)).exclude(public_holiday="")
    holidays = set(rows.values_list("date", flat=True))
    knows_hours = bool(venue.opening_hours.all())

    def is_open(day: dt.date) -> bool:
        if knows_hours:
            return bool(open_on(venue, day, public_holiday=day in holidays))
        return day.weekday() < 5 and day not in holidays

    return [
        Day(box, _title(box.first_day, today))
        for box in boxes
        if box.first_day == today or box.stored or is_open(box.first_day)
    ]


def _title(day: dt.date, today: dt.date) -> str:
    return {0: "Heute", 1: "Gestern"}.get((today - day).days, "")


def _save(request: HttpRequest, bearer: Any, box: Box) -> bool:
    """Whether it is saved; else the box says why not. Only a plain number: closing a day is for the coordinator."""
    typed = request.POST.get("zahl", "").strip()[:40]
    counting.fill(
        [box],
        {
            box.name: typed,
            "gezeigt": request.POST.get("gezeigt", ""),
            "gefragt": request.POST.get("gefragt", ""),
        },
    )
    if not (typed.isascii() and typed.isdecimal()):
        box.typed, box.error = typed, ONLY_NUMBERS
        return False
    return not counting.save(bearer, [box]).open
