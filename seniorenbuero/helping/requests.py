"""Pages of those who ask for help: the list, which is the list to ring, and one request with who could help."""

import uuid
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from seniorenbuero.desk.door import Desk, at_the_desk
from seniorenbuero.helping import asking, matching, people
from seniorenbuero.helping.forms import RequestForm
from seniorenbuero.models import HelpRequest, Match
from seniorportal import access, working_days
from seniorportal.access import Right
from seniorportal.accounts.personal import personal
from seniorportal.answers import SeeOther

ALREADY_DONE = "Diese Bitte ist schon erledigt und gelöscht."


@personal
@at_the_desk
@require_safe
def requests(request: HttpRequest, desk: Desk) -> HttpResponse:
    found = asking.listed(desk, timezone.localdate())
    context = {
        "desk": desk,
        "today": timezone.localdate(),
        "looking": [one for one in found if one.match is None],
        "meeting": [one for one in found if one.match and not one.running],
        "helped": [one for one in found if one.running],
        "late": sum(one.late for one in found),
    }
    return render(request, "seniorenbuero/helping/requests.html", context)


@personal
@at_the_desk
@require_safe
def printed(request: HttpRequest, desk: Desk) -> HttpResponse:
    """For the telephone without a screen beside it."""
    now = timezone.localtime()
    context = {"desk": desk, "now": now, "found": asking.listed(desk, now.date())}
    return render(request, "seniorenbuero/helping/requests_print.html", context)


@personal
@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, desk: Desk) -> HttpResponse:
    today = timezone.localdate()
    data = request.POST if request.method == "POST" else None
    promised = working_days.after(today, HelpRequest.PROMISED)
    form = RequestForm(
        data,
        instance=HelpRequest(office=desk.office),
        colleagues=asking.colleagues(desk, today),
        initial={"answer_by": promised},
    )
    if data is not None and form.is_valid():
        number: Any = form.cleaned_data.get("submission")
        if asking.is_settled(number):
            messages.info(request, ALREADY_DONE)
            return SeeOther(reverse("desk:help_requests"))
        try:
            with transaction.atomic():
                kept = asking.keep(desk, form)
        except IntegrityError:  # sent twice
            if not asking.of_office(desk).filter(pk=number).exists():
                raise
        else:
            number = kept.pk
            messages.success(request, "Aufgeschrieben. Darunter steht, wer helfen könnte.")
        return SeeOther(reverse("desk:help_request", args=[number]))
    context = {"desk": desk, "today": today, "form": form, "asked": None, "kept": HelpRequest.KEPT_DAYS}
    return render(request, "seniorenbuero/helping/request_new.html", context)


def fetch(request: HttpRequest, desk: Desk, pk: uuid.UUID) -> HelpRequest | None:
    """None where it was done meanwhile, with a sentence; 404 where it was never hers to see."""
    rows = asking.of_office(desk).select_related("quarter", "district", "language", "owner")
    found = rows.filter(pk=pk).first()
    if found is None:
        if not asking.is_settled(pk):
            raise Http404("keine solche Bitte")
        messages.info(request, ALREADY_DONE)
    return found


@personal
@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def help_request(request: HttpRequest, desk: Desk, pk: uuid.UUID) -> HttpResponse:
    asked = fetch(request, desk, pk)
    if asked is None:
        return SeeOther(reverse("desk:help_requests"))
    today = timezone.localdate()
    if request.method == "POST":
        access.ensure(desk.principal, Right.CHANGE, asked)
    said = people.opened(asked)
    match = asked.matches.open().select_related("helper").first()
    form = None
    if not said["problem"]:
        data = request.POST if request.method == "POST" else None
        form = RequestForm(data, instance=asked, colleagues=asking.colleagues(desk, today))
        if data is not None and form.is_valid():
            asking.keep(desk, form)
            messages.success(request, "Gesichert.")
            return SeeOther(reverse("desk:help_request", args=[asked.pk]))
        if data is not None:  # the page behind shows what is stored
            asked = fetch(request, desk, pk) or asked
    context = {
        "desk": desk,
        "today": today,
        "asked": asked,
        "said": said,
        "form": form,
        "match": match,
        "candidates": [] if match or said["problem"] else matching.candidates(desk, asked, today),
        "number": uuid.uuid4(),  # of the next click
        "late": match is None and asked.answer_by < today,
    }
    return render(request, "seniorenbuero/helping/request.html", context)


@personal
@at_the_desk
@require_POST
def propose(request: HttpRequest, desk: Desk, pk: uuid.UUID) -> HttpResponse:
    """Somebody is to meet somebody."""
    asked = fetch(request, desk, pk)
    if asked is None:
        return SeeOther(reverse("desk:help_requests"))
    access.ensure(desk.principal, Right.CHANGE, asked)
    key = request.POST.get("helfende", "")
    rows = people.to_contact(desk).filter(kind=asked.kind)
    helper = rows.filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None
    if helper is None:
        messages.warning(request, "Bitte wählen Sie, wer helfen könnte.")
        return SeeOther(reverse("desk:help_request", args=[pk]))
    try:
        number: Any = uuid.UUID(request.POST.get("absendung", ""))
    except ValueError:
        number = None
    try:
        with transaction.atomic():
            match = asking.propose(desk, asked, helper, number)
    except IntegrityError:  # sent twice, or a colleague was quicker
        there = asked.matches.open().select_related("helper").first()
        if there is None:
            raise
        if there.submission != number:
            messages.warning(
                request, f"Eine Kollegin war schneller: Nummer {there.helper.number} ist vorgesehen."
            )
        match = there
    return SeeOther(reverse("desk:match", args=[match.pk]))


@personal
@at_the_desk
@require_POST
def settle(request: HttpRequest, desk: Desk, pk: uuid.UUID) -> HttpResponse:
    """Done without anybody's help: nothing is left of it."""
    asked = fetch(request, desk, pk)
    if asked is not None:
        if asked.matches.open().exists():
            messages.warning(request, "Hier hilft noch jemand. Bitte zuerst die Hilfe beenden.")
            return SeeOther(reverse("desk:help_request", args=[pk]))
        asking.settle(desk, asked, timezone.localdate(), Match.End.NOT_NEEDED)
        messages.success(request, "Erledigt. Alles, was dazu gespeichert war, ist gelöscht.")
    return SeeOther(reverse("desk:help_requests"))


@personal
@at_the_desk
@require_safe
def information(request: HttpRequest, desk: Desk, pk: uuid.UUID) -> HttpResponse:
    """Everything that is kept on her, as a file to hand over."""
    asked = access.fetch(desk.principal, asking.of_office(desk).select_related("office", "quarter"), pk=pk)
    answer = JsonResponse(asking.information(asked), json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = 'attachment; filename="bitte-um-hilfe.json"'
    return answer
