"""What a meeting leaves behind: decisions, tasks, and the sentence for the report."""

import uuid
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from seniorenbuero.desk.door import Desk, at_the_desk
from seniorenbuero.models import ReportRemark, TableDecision, TableTask
from seniorenbuero.tables import reach
from seniorenbuero.tables.fields import AnonymousForm
from seniorenbuero.tables.forms import DecisionForm, RemarkForm, TaskForm
from seniorenbuero.tables.meetings import show
from seniorportal import access
from seniorportal.access import Right
from seniorportal.answers import SeeOther


@at_the_desk
@require_POST
def decision_new(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    found = reach.meeting(desk, pk)
    access.ensure(desk.principal, Right.CHANGE, found)
    row = TableDecision(meeting=found, example=found.example)
    form = DecisionForm(request.POST, instance=row, auto_id="beschluss_%s")
    if form.fine():
        _once(request, desk, form, "Der Beschluss ist eingetragen.")
        return SeeOther(_back(pk, "beschluesse"))
    return show(request, desk, found, decision_form=form)


@at_the_desk
@require_POST
def task_new(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    found, user = reach.meeting(desk, pk), _user(desk)
    access.ensure(user, Right.CHANGE, found)
    row = TableTask(meeting=found, example=found.example)
    form = TaskForm(request.POST, instance=row, user=user, meeting=found, auto_id="aufgabe_%s")
    if form.fine():
        _once(request, desk, form, "Die Aufgabe ist eingetragen.")
        return SeeOther(_back(pk, "aufgaben"))
    return show(request, desk, found, task_form=form)


@at_the_desk
@require_POST
def remark(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """An emptied sentence takes the mark off."""
    found = reach.meeting(desk, pk, lock=True)
    access.ensure(desk.principal, Right.CHANGE, found)
    row = getattr(found, "remark", None) or ReportRemark(
        office=desk.office, meeting=found, day=found.date, example=found.example
    )
    form = RemarkForm(request.POST, instance=row, auto_id="satz_%s")
    if not form.fine():
        return show(request, desk, found, remark_form=form)
    keep(request, desk, form, found.date)
    return SeeOther(_back(pk, "bericht"))


def keep(request: HttpRequest, desk: Desk, form: RemarkForm, day: Any) -> None:
    row = form.instance
    if not form.cleaned_data["sentence"]:
        if row.pk:
            access.ensure(desk.principal, Right.CHANGE, row)
            row.delete()
        messages.success(request, "Für den Bericht ist nichts vorgemerkt.")
        return
    right = Right.CHANGE if row.pk else Right.ADD
    row.day = day
    row.save()
    access.ensure(desk.principal, right, row)
    messages.success(request, "Für den Bericht vorgemerkt.")


@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    row = reach.of_meeting(desk, TableDecision, pk)
    form = DecisionForm(request.POST if request.method == "POST" else None, instance=row)
    return _changed(request, desk, row, form, "Beschluss", "beschluesse")


@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def task(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    row = reach.of_meeting(desk, TableTask, pk)
    data = request.POST if request.method == "POST" else None
    form = TaskForm(data, instance=row, user=_user(desk), meeting=row.meeting)
    return _changed(request, desk, row, form, "Aufgabe", "aufgaben")


@at_the_desk
@require_POST
def task_done(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Done, or open again: the button says which, so that a second click changes nothing."""
    row: TableTask = reach.of_meeting(desk, TableTask, pk)
    access.ensure(desk.principal, Right.CHANGE, row)
    done = "offen" not in request.POST
    if done != (row.done_on is not None):
        row.done_on = timezone.localdate() if done else None
        row.save()
    messages.success(request, "Die Aufgabe ist erledigt." if done else "Die Aufgabe ist wieder offen.")
    places = {
        "tisch": reverse("desk:table", args=[row.meeting.round_table_id]),
        "tische": reverse("desk:tables"),
        "buero": reverse("desk:start"),
    }
    at = request.POST.get("zurueck", "")
    if at.isdecimal() and len(at) < 12:
        return SeeOther(_back(int(at), "aufgaben"))
    return SeeOther(places.get(at) or _back(row.meeting_id, "aufgaben"))


def _changed(
    request: HttpRequest, desk: Desk, row: Any, form: AnonymousForm, name: str, part: str
) -> HttpResponse:
    access.ensure(desk.principal, Right.CHANGE, row)
    back = _back(row.meeting_id, part)
    if request.method == "POST" and "loeschen" in request.POST:
        row.delete()
        messages.success(request, f"Gelöscht: {name}.")
        return SeeOther(back)
    if form.is_bound and form.fine():
        if form.has_changed():
            form.save()
            access.ensure(desk.principal, Right.CHANGE, row)
        messages.success(request, "Gesichert.")
        return SeeOther(back)
    context = {
        "desk": desk,
        "today": timezone.localdate(),
        "form": form,
        "meeting": row.meeting,
        "table": row.meeting.round_table,
        "heading": name,
        "deletes": True,
    }
    return render(request, "seniorenbuero/tables/edit.html", context)


def _once(request: HttpRequest, desk: Desk, form: AnonymousForm, said: str) -> None:
    """Writes the row; where the same form was sent before, that stands."""
    row: Any = form.instance
    row.submission = form.cleaned_data.get("submission") or uuid.uuid4()
    model: type[Model] = type(row)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        if not model._default_manager.filter(submission=row.submission).exists():
            raise
    else:
        access.ensure(desk.principal, Right.ADD, row)
    messages.success(request, said)


def _back(meeting: int, part: str) -> str:
    return f"{reverse('desk:meeting', args=[meeting])}#{part}"


def _user(desk: Desk) -> Any:
    return desk.principal
