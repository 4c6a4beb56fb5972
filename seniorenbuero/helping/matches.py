"""The page of one agreed help: first visit together, start, hours, end."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from seniorenbuero.desk.door import Desk, at_the_desk
from seniorenbuero.helping import asking, people
from seniorenbuero.helping.match_forms import EndForm, MatchForm
from seniorenbuero.models import Match
from seniorportal import access
from seniorportal.access import Right
from seniorportal.accounts.personal import personal
from seniorportal.answers import SeeOther


@personal
@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def match(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    rows = Match.objects.filter(helper__office=desk.office).select_related(
        "helper__record", "request", "quarter", "accompanied_by"
    )
    found = access.fetch(desk.principal, rows, pk=pk)
    today = timezone.localdate()
    act = request.POST.get("was", "") if request.method == "POST" else ""
    if request.method == "POST":
        access.ensure(desk.principal, Right.CHANGE, found)
    here = reverse("desk:match", args=[found.pk])
    if found.ended_on and act:
        messages.info(request, "Diese Hilfe ist schon beendet.")
        return SeeOther(here)
    agreed = MatchForm(
        request.POST if act == "vereinbart" else None,
        instance=found,
        colleagues=asking.colleagues(desk, today),
        prefix="v",
    )
    end = EndForm(request.POST if act == "ende" else None, instance=fresh(found, act == "ende"), prefix="e")
    if act == "vereinbart" and agreed.is_valid():
        agreed.save()
        access.ensure(desk.principal, Right.CHANGE, found)
        messages.success(request, "Gesichert.")
        return SeeOther(here)
    if act == "ende" and end.is_valid():
        return SeeOther(finish(request, desk, end))
    context = {
        "desk": desk,
        "today": today,
        "match": fresh(found, bool(act)),
        "said": people.opened(getattr(found.helper, "record", None)),
        "asked": people.opened(found.request),
        "agreed": agreed,
        "end": end,
    }
    return render(request, "seniorenbuero/helping/match.html", context)


def fresh(found: Match, again: bool) -> Match:
    """As it is stored, where a form may have written its own values into the row."""
    if not again:
        return found
    return Match.objects.select_related("helper__record", "request", "quarter", "accompanied_by").get(
        pk=found.pk
    )


@transaction.atomic
def finish(request: HttpRequest, desk: Desk, end: Any) -> str:
    """Ends the help; where it goes on to is answered."""
    ended: Match = end.save()
    access.ensure(desk.principal, Right.CHANGE, ended)
    asked = ended.request
    if asked is None:
        messages.success(request, "Die Hilfe ist beendet.")
        return reverse("desk:match", args=[ended.pk])
    if end.cleaned_data["rest"] == "erledigt":
        asking.settle(desk, asked, timezone.localdate(), ended.end_reason)
        messages.success(request, "Die Hilfe ist beendet. Was über die Person gespeichert war, ist gelöscht.")
        return reverse("desk:help_requests")
    asking.ask_again(asked, timezone.localdate())
    messages.success(request, "Die Hilfe ist beendet. Die Bitte ist wieder offen.")
    return reverse("desk:help_request", args=[asked.pk])
