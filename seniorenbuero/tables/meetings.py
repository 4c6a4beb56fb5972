"""One meeting: planned with its agenda, looked at as a whole, changed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from seniorenbuero.desk.door import Desk, at_the_desk
from seniorenbuero.models import Attendance, RoundTable, RoundTableMeeting
from seniorenbuero.tables import agenda, duties, reach
from seniorenbuero.tables.forms import DecisionForm, MeetingForm, RemarkForm, TaskForm
from seniorportal import access
from seniorportal.access import Right
from seniorportal.answers import SeeOther
from seniorportal.printing import press

State = RoundTableMeeting.State


@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_new(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """A double click finds the meeting of that day and goes there."""
    found = reach.table(desk, pk)
    if not access.may(desk.principal, Right.CHANGE, found):
        raise PermissionDenied("kein Treffen")
    started = RoundTableMeeting(round_table=found, place=found.usual_place, example=found.example)
    form = MeetingForm(request.POST if request.method == "POST" else None, instance=started)
    if form.is_bound:
        if twin := _twin(found, form):
            messages.success(request, "An diesem Tag steht das Treffen schon.")
            return SeeOther(reverse("desk:meeting", args=[twin.pk]))
        if form.fine():
            return _write(request, desk, form, Right.ADD)
    return _page(request, desk, form, found, f"{found.title}: ein Treffen planen")


def _twin(table: RoundTable, form: MeetingForm) -> RoundTableMeeting | None:
    """The meeting that the same form made a moment ago: same day, same topic."""
    try:
        day = form.fields["date"].clean(form.data.get("date"))
    except ValidationError:
        return None
    topic = form.data.get("topic", "").replace("\0", "").strip()
    rows = RoundTableMeeting.objects.filter(round_table=table, topic=topic)
    return rows.filter(date=day).first()


@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_edit(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    found = reach.meeting(desk, pk, lock=request.method == "POST")
    access.ensure(desk.principal, Right.CHANGE, found)
    form = MeetingForm(request.POST if request.method == "POST" else None, instance=found)
    if form.is_bound and form.fine():
        return _write(request, desk, form, Right.CHANGE)
    return _page(request, desk, form, found.round_table, f"{found.round_table.title}: Treffen ändern")


def _write(request: HttpRequest, desk: Desk, form: MeetingForm, right: Right) -> HttpResponse:
    found = form.instance
    if form.has_changed() or right == Right.ADD:
        found.save()
        agenda.write(found, form.cleaned_data["agenda"])
        access.ensure(desk.principal, right, found)
    messages.success(request, "Das Treffen ist gesichert.")
    if {"date", "start", "place", "state"} & set(form.changed_data) and right == Right.CHANGE:
        told = found.attendances.exclude(invited_on=None).count()
        if told and found.date >= timezone.localdate():
            messages.warning(
                request,
                f"{told} Organisationen haben schon eine Einladung mit den alten Angaben."
                if told > 1
                else "Eine Organisation hat schon eine Einladung mit den alten Angaben.",
            )
    return SeeOther(reverse("desk:meeting", args=[found.pk]))


def _page(
    request: HttpRequest, desk: Desk, form: MeetingForm, table: RoundTable, heading: str
) -> HttpResponse:
    context = {"desk": desk, "today": timezone.localdate(), "form": form, "table": table, "heading": heading}
    if form.instance.pk:
        context["meeting"] = form.instance
    return render(request, "seniorenbuero/tables/edit.html", context)


@at_the_desk
@require_safe
def meeting(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """A fixed number of statements, however many organisations, decisions and tasks."""
    return show(request, desk, reach.meeting(desk, pk))


def show(request: HttpRequest, desk: Desk, found: RoundTableMeeting, **bound: Any) -> HttpResponse:
    """``bound`` brings back the forms that were not good: their text stays."""
    today = timezone.localdate()
    mine = access.visible(desk.principal, Right.SEE, Attendance.objects.filter(meeting=found))
    user: Any = desk.principal
    context = {
        "desk": desk,
        "today": today,
        "meeting": found,
        "table": found.round_table,
        "agenda": list(found.agenda.all()),
        "numbers": mine.aggregate(
            invited=Count("pk"),
            sent=Count("pk", filter=Q(invited_on__isnull=False)),
            present=Count("pk", filter=Q(state=Attendance.State.PRESENT)),
            excused=Count("pk", filter=Q(state=Attendance.State.EXCUSED)),
        ),
        "there": mine.filter(state=Attendance.State.PRESENT)
        .select_related("partner")
        .order_by("partner__sort"),
        "decisions": list(found.decisions.all()),
        "tasks": list(found.tasks.select_related("partner")),
        "carried": list(duties.carried_to(desk, found)),
        "changes": access.may(user, Right.CHANGE, found),
        "over": found.date <= today,
        "pdf": press.available(),
        "decision_form": DecisionForm(auto_id="beschluss_%s"),
        "task_form": TaskForm(user=user, meeting=found, auto_id="aufgabe_%s"),
        "remark": getattr(found, "remark", None),
    }
    context["remark_form"] = RemarkForm(instance=context["remark"], auto_id="satz_%s")
    return render(request, "seniorenbuero/tables/meeting.html", context | bound)
