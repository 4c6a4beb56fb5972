"""Who asks for help: kept while help is looked for or given, then deleted; sent twice it is one request."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Prefetch, QuerySet

from seniorenbuero.desk.door import Desk
from seniorenbuero.helping import people
from seniorenbuero.models import Helper, HelpRequest, Match
from seniorportal import access, working_days
from seniorportal.access import Right
from seniorportal.models import Deletion, Membership, Role, User

LABEL = "seniorenbuero.HelpRequest"


def of_office(desk: Desk) -> QuerySet[HelpRequest]:
    rows = HelpRequest.objects.filter(office=desk.office)
    return access.visible(desk.principal, Right.SEE, rows)


def listed(desk: Desk, today: dt.date) -> list[Any]:
    """Most urgent first; each with who helps or is about to. Two statements."""
    helps = Match.objects.open().select_related("helper", "helper__record")
    rows = of_office(desk).select_related("quarter", "district", "language", "owner")
    found: list[Any] = list(rows.prefetch_related(Prefetch("matches", helps, to_attr="helping")))
    for request in found:
        request.said = people.opened(request)
        request.match = next(iter(request.helping), None)
        request.running = request.match is not None and request.match.started_on is not None
        request.late = request.match is None and request.answer_by < today
        request.goes_soon = request.match is None and (request.last_day - today).days <= 14
    return found


def is_settled(number: Any) -> bool:
    """Whether there was such a request and it is done. The ledger keeps its number, nothing else is left of it."""
    return Deletion.objects.filter(label=LABEL, number=str(number)).exists()


def keep(desk: Desk, form: Any) -> HelpRequest:
    """Writes a request, new or changed; its district and position come from the street."""
    request: HelpRequest = form.instance
    new = request._state.adding
    if new:
        request.id = form.cleaned_data.get("submission") or request.id
        request.office, request.example = desk.office, desk.office.example
    request.position = form.place.position
    request.district = form.place.district or (request.quarter.district if request.quarter else None)
    with transaction.atomic():
        if new:
            request.save(force_insert=True)
        else:
            request.save()
        access.ensure(desk.principal, Right.ADD if new else Right.CHANGE, request)
    return request


@transaction.atomic
def settle(desk: Desk, request: HelpRequest, today: dt.date, reason: str) -> list[Match]:
    """Deletes the request. Whoever helps is told by the office: the matches that end with it, with ``reason``."""
    access.ensure(desk.principal, Right.CHANGE, request)
    ended = list(request.matches.open().select_related("helper"))
    for match in ended:
        end(match, today, reason)
    people.forget(request, today)
    return ended


def ask_again(request: HelpRequest, today: dt.date) -> None:
    """Nobody helps any more: there is a new day by which the office rings."""
    request.answer_by = max(request.answer_by, working_days.after(today, HelpRequest.PROMISED))
    request.save()


def end(match: Match, day: dt.date, reason: str) -> None:
    """Never before it began."""
    match.ended_on = max(day, match.started_on) if match.started_on else day
    match.end_reason = reason
    match.save()


@transaction.atomic
def propose(desk: Desk, request: HelpRequest, helper: Helper, number: Any) -> Match:
    """They are to meet. Somebody else may have been quicker: the database takes one open match a request."""
    match = Match(
        helper=helper,
        request=request,
        kind=request.kind,
        quarter=request.quarter,
        tasks=[code for code in request.wanted if code in helper.offers] or request.wanted,
        submission=number,
        example=request.example,
    )
    match.save()
    access.ensure(desk.principal, Right.ADD, match)
    return match


def colleagues(desk: Desk, today: dt.date) -> QuerySet[User]:
    """Who works in the office today, of either employer."""
    there = Membership.objects.active_on(today).filter(role=Role.TANDEM, venue=desk.office)
    people_there = User.objects.filter(is_active=True, pk__in=there.order_by().values("user"))
    return people_there.order_by("name", "username")


def information(request: HelpRequest) -> dict[str, Any]:
    """Everything the portal holds on somebody who asked for help, in the words of the form: for her, when she asks."""
    said = people.opened(request)
    return {
        "stand": people.stamp(),
        "seniorenbuero": request.office.name,
        "name": said["name"],
        "telefon": said["phone"] or None,
        "strasse": said["street"] or None,
        "ort": said["town"] or None,
        "ungefaehre_lage": said["position"] or None,
        "was_man_wissen_muss": said["remark"] or None,
        "art": request.get_kind_display(),
        "gewuenschte_hilfe": request.wanted_in_words,
        "sprache": str(request.language or "Deutsch"),
        "quartier": request.quarter and request.quarter.name,
        "wann": request.get_when_display(),
        "wie_oft": request.get_often_display(),
        "gefragt_am": people.day(request.asked_on),
        "zugesagt_bis": people.day(request.answer_by),
        "kuemmert_sich": str(request.owner) if request.owner else "das Büro",
        "wer_hilft": [
            {
                "nummer": match.helper.number,
                "erster_besuch": people.day(match.first_visit_on),
                "seit": people.day(match.started_on),
                "bis": people.day(match.ended_on),
            }
            for match in request.matches.select_related("helper")
        ],
    }
