"""Pages of the people who help: the list, on screen and on paper, and one of them with all that belongs to her."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from seniorenbuero.desk.door import Desk, at_the_desk
from seniorenbuero.helping import people, stopping
from seniorenbuero.helping.forms import FactsForm, MilestoneForm, NewPersonForm, PersonForm
from seniorenbuero.models import Helper, HelperRecord, Milestone
from seniorportal import access
from seniorportal.access import Right
from seniorportal.accounts.personal import personal
from seniorportal.answers import SeeOther


@personal
@at_the_desk
@require_safe
def helpers(request: HttpRequest, desk: Desk) -> HttpResponse:
    found = people.listed(desk)
    context = {
        "desk": desk,
        "today": timezone.localdate(),
        "kinds": [(kind.label, [one for one in found if one.kind == kind]) for kind in Helper.Kind],
        "number": len(found),
        "left": list(people.to_contact(desk).filter(state=Helper.State.LEFT)),
        "stopped": list(people.of_office(desk).filter(stopped_on__isnull=False)),
    }
    return render(request, "seniorenbuero/helping/helpers.html", context)


@personal
@at_the_desk
@require_safe
def printed(request: HttpRequest, desk: Desk) -> HttpResponse:
    """For the telephone and the drawer with a key: large, each kind by itself."""
    found = people.listed(desk)
    context = {
        "desk": desk,
        "now": timezone.localtime(),
        "kinds": [(kind.label, [one for one in found if one.kind == kind]) for kind in Helper.Kind],
    }
    return render(request, "seniorenbuero/helping/helpers_print.html", context)


@personal
@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, desk: Desk) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    blank = Helper(office=desk.office, state=Helper.State.INTERESTED)
    facts, person = FactsForm(data, instance=blank, prefix="f"), NewPersonForm(data, prefix="p")
    if data is not None and all([facts.is_valid(), person.is_valid()]):
        try:
            with transaction.atomic():
                helper = people.add(desk, facts, person)
        except IntegrityError:  # sent twice
            sent = facts.cleaned_data.get("submission")
            before = people.of_office(desk).filter(submission=sent).first() if sent else None
            if before is None:
                raise
            helper = before
        else:
            messages.success(request, f"Eingetragen: Nummer {helper.number}.")
        return SeeOther(reverse("desk:helper", args=[helper.pk]))
    context = {"desk": desk, "today": timezone.localdate(), "facts": facts, "person": person}
    return render(request, "seniorenbuero/helping/helper_new.html", context)


def fetch(desk: Desk, pk: int) -> Helper:
    rows = Helper.objects.filter(office=desk.office).select_related("office", "quarter", "record")
    return access.fetch(desk.principal, rows, pk=pk)


@personal
@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def helper(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Facts, person and what was when: each saved by itself."""
    found = fetch(desk, pk)
    act = request.POST.get("was", "") if request.method == "POST" else ""
    if request.method == "POST":
        access.ensure(desk.principal, Right.CHANGE, found)
    said = people.opened(getattr(found, "record", None))
    facts = FactsForm(request.POST if act == "angaben" else None, instance=found, prefix="f")
    person = None
    if not said["problem"] and found.stop_reason != Helper.Stop.DIED:
        record = getattr(found, "record", None) or HelperRecord()
        person = PersonForm(request.POST if act == "person" else None, instance=record, prefix="p")
    event = MilestoneForm(request.POST if act == "ereignis" else None, prefix="e")
    if request.method == "POST" and done(request, desk, found, act, facts, person, event):
        return SeeOther(reverse("desk:helper", args=[found.pk]))
    context = {
        "desk": desk,
        "today": timezone.localdate(),
        "helper": Helper.objects.select_related("quarter").get(pk=found.pk),
        "said": said,
        "facts": facts,
        "person": person,
        "event": event,
        "milestones": found.milestones.select_related("by"),
        "matches": found.matches.select_related("quarter", "request").order_by("ended_on", "-pk"),
    }
    return render(request, "seniorenbuero/helping/helper.html", context)


def done(
    request: HttpRequest,
    desk: Desk,
    found: Helper,
    act: str,
    facts: FactsForm,
    person: PersonForm | None,
    event: MilestoneForm,
) -> bool:
    """Whether the act was written; else its form says why not."""
    if act == "angaben" and facts.is_valid():
        facts.save()
        access.ensure(desk.principal, Right.CHANGE, found)
        messages.success(request, "Gesichert.")
    elif act == "person" and person is not None and person.is_valid():
        people.keep_person(desk, found, person)
        messages.success(request, "Gesichert. Name und Anschrift sind verschlüsselt.")
    elif act == "person-weg":
        if record := HelperRecord.objects.filter(helper=found).first():
            people.forget(record, timezone.localdate())
            messages.success(
                request, "Name, Telefonnummer und Anschrift sind gelöscht. Die Nummer zählt weiter."
            )
    elif act == "ereignis" and event.is_valid():
        add_milestone(desk, found, event)
        messages.success(request, "Eingetragen.")
    elif act == "ereignis-weg":
        key = request.POST.get("ereignis", "")
        gone = found.milestones.filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None
        if gone:
            people.forget(gone, timezone.localdate())
            messages.success(request, "Gelöscht.")
    elif act == "aufheben":
        stopping.lift(desk, found)
        messages.success(request, "Die Sperre ist aufgehoben.")
    else:
        return act not in ("angaben", "person", "ereignis")
    return True


def add_milestone(desk: Desk, found: Helper, event: MilestoneForm) -> None:
    made: Any = event.instance
    made.helper, made.by, made.example = found, desk.principal, found.example
    made.submission = event.cleaned_data.get("submission")
    try:
        with transaction.atomic():
            event.save()
    except IntegrityError:  # sent twice
        if made.submission is None or not Milestone.objects.filter(submission=made.submission).exists():
            raise
        return
    access.ensure(desk.principal, Right.ADD, made)


@personal
@at_the_desk
@require_safe
def information(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Everything that is kept on her, as a file to hand over."""
    found = fetch(desk, pk)
    answer = JsonResponse(people.information(found), json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = f'attachment; filename="nachbarschaftshilfe-{found.pk}.json"'
    return answer
