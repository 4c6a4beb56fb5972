"""«Was passt?» as a page of its own: look for it, count the Vermittlung, print the card. Without scripts."""

import datetime as dt
import re
import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from seniorenbuero.desk import topics
from seniorenbuero.desk.door import Desk, at_the_desk, at_the_log
from seniorenbuero.models import Referral
from seniorenbuero.referring import asking, fitting, numbers, writing
from seniorportal import access, vocabularies
from seniorportal.access import PUBLIC, Right
from seniorportal.answers import SeeOther
from seniorportal.models import Category, ReportArea, Venue
from seniorportal.staff.forms import CarriedUUID

RECENT = dt.timedelta(days=14)
MOST_RECENT = 50
KEPT = ("thema", "rubrik", "bezirk", "quartier", asking.CAN)
NOTHING_CHOSEN = "Bitte kreuzen Sie an, wohin Sie vermitteln, oder sagen Sie, was fehlte."
NO_NEED = "Bitte sagen Sie zuerst, wonach gesucht wurde."
NO_HOUSE = "Bitte wählen Sie das Haus, das jemanden zu Ihnen geschickt hat."


@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def referring(request: HttpRequest, desk: Desk) -> HttpResponse:
    """For whoever is signed in: with the counters and the last cards of the office."""
    return _page(request, desk, "desk:referring")


@at_the_log
@require_http_methods(["GET", "HEAD", "POST"])
def at_hand(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The same for the open log of a shift, which knows only today."""
    return _page(request, desk, "desk:refer")


def _page(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    known = topics.every()
    query = request.POST if request.method == "POST" else request.GET
    wish, wrong, several = asking.wish_of(query, desk, known)
    here = reverse(name)
    problem = ""
    if request.method == "POST":
        submission = CarriedUUID(required=False).clean(request.POST.get("submission"))
        done, problem = _act(request, desk, wish, submission or uuid.uuid4())
        if done:
            kept = [(one, value) for one in KEPT for value in request.POST.getlist(one)]
            return SeeOther(f"{here}?{urlencode([*kept, *done])}")
    found = fitting.find(desk.principal, wish, timezone.localtime())
    context: dict[str, Any] = {
        "desk": desk,
        "here": here,
        "today": timezone.localdate(),
        "known": known,
        "wish": wish,
        "wrong": wrong,
        "several": several,
        "problem": problem,
        "typed": query.get("thema", "")[:80],
        "rubric": query.get("rubrik", ""),
        "rubrics": vocabularies.current().topics,
        "districts": vocabularies.current().districts,
        "submission": uuid.uuid4(),
        "cards": cards_of(desk, request.GET.get("karten", "")),
        "what_done": request.GET.get("notiert", ""),
        "panel": asking.panel(found, query),
    }
    if desk.signed_in:
        context |= _of_the_office(desk)
    return render(request, "seniorenbuero/referring/page.html", context)


def _act(
    request: HttpRequest, desk: Desk, wish: fitting.Wish, submission: uuid.UUID
) -> tuple[list[tuple[str, str]], str]:
    """What is added to the address of the next page, or a sentence that says why nothing was done."""
    today = timezone.localdate()
    if "her" in request.POST:
        made = writing.came_from(desk, request.POST.get("haus", ""), submission, today)
        return ([("notiert", "her")], "") if made else ([], NO_HOUSE)
    cards = writing.refer(desk, request.POST.getlist(asking.CHOSEN), submission, today)
    lack = request.POST.get(asking.LACK, "")
    if not cards and not lack:
        return [], NOTHING_CHOSEN
    category = Category.objects.filter(slug__in=wish.categories[:1])
    need = writing.lacked(
        desk,
        lack,
        wish.district,
        next(iter(wish.topics), None),
        access.visible(PUBLIC, Right.SEE, category).first(),
        submission,
        today,
    )
    if lack and need is None and not cards:
        return [], NO_NEED
    done = [("karten", written(cards))] if cards else []
    return [*done, ("notiert", "fehlt")] if need else done, ""


def _of_the_office(desk: Desk) -> dict[str, Any]:
    """Three statements: the counters, the last cards, the houses to choose from."""
    today = timezone.localdate()
    rows = Referral.objects.for_list().filter(office=desk.office, date__gte=today - RECENT)
    houses = (
        Venue.objects.in_area(ReportArea.MEETING_PLACES)
        .active_on(today)
        .filter(district=desk.office.district)
    )
    return {
        "counted": numbers.by_month(desk.office, today),
        "recent": access.visible(desk.principal, Right.SEE, rows)[:MOST_RECENT],
        "houses": access.visible(PUBLIC, Right.SEE, houses.order_by("sort", "pk")),
    }


@at_the_log
@require_POST
def withdraw(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    rows = Referral.objects.filter(office=desk.office).select_for_update(of=("self",))
    writing.take_back(desk, access.fetch(desk.principal, rows, pk=pk))
    name = "desk:referring" if desk.signed_in else "desk:refer"
    return SeeOther(f"{reverse(name)}?notiert=weg")


def written(cards: list[Referral]) -> str:
    return "-".join(str(card.pk) for card in cards)


def cards_of(desk: Desk, said: str) -> list[Referral]:
    """The Vermittlungen that a redirect names, where the desk sees them."""
    if not re.fullmatch(r"[0-9]{1,18}(-[0-9]{1,18}){0,20}", said, re.ASCII):
        return []
    rows = Referral.objects.for_list().filter(
        office=desk.office, pk__in=[int(one) for one in said.split("-")]
    )
    return list(access.visible(desk.principal, Right.SEE, rows))
