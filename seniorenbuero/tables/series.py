"""The round tables of an office: their list, and one of them with its meetings and what is open."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Max, Min, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from seniorenbuero.desk.door import Desk, at_the_desk
from seniorenbuero.models import Attendance, RoundTable, RoundTableMeeting
from seniorenbuero.tables import duties, reach
from seniorenbuero.tables.forms import TableForm
from seniorportal import access
from seniorportal.access import Right
from seniorportal.answers import SeeOther

MOST = 60  # meetings that a page shows
PRESENT = Attendance.State.PRESENT


@at_the_desk
@require_safe
def tables(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Three statements, however many tables and meetings."""
    today = timezone.localdate()
    held = ~Q(meetings__state=RoundTableMeeting.State.CANCELLED)
    rows = reach.tables_of(desk).annotate(
        last=Max("meetings__date", filter=held & Q(meetings__date__lte=today)),
        next=Min("meetings__date", filter=held & Q(meetings__date__gt=today)),
    )
    context = {
        "desk": desk,
        "today": today,
        "tables": rows.order_by("title", "pk"),
        "overdue": list(duties.overdue(desk, today)),
        "adds": access.offers(desk.principal, Right.ADD, RoundTable),
    }
    return render(request, "seniorenbuero/tables/tables.html", context)


@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def table_new(request: HttpRequest, desk: Desk) -> HttpResponse:
    if not access.offers(desk.principal, Right.ADD, RoundTable):
        raise PermissionDenied("kein Runder Tisch")
    started = RoundTable(office=desk.office, example=desk.office.example)
    form = TableForm(request.POST if request.method == "POST" else None, instance=started)
    if request.method != "POST":
        form.initial["title"] = f"Runder Tisch {desk.office.district}" if desk.office.district else ""
    if form.is_bound and form.fine():
        twin = reach.tables_of(desk).filter(title=form.cleaned_data["title"]).first()
        if twin is None:
            form.save()
            access.ensure(desk.principal, Right.ADD, form.instance)
            messages.success(request, "Der Runde Tisch ist angelegt.")
        else:
            messages.success(request, "Diesen Runden Tisch gibt es schon.")
        return SeeOther(reverse("desk:table", args=[(twin or form.instance).pk]))
    context = {"desk": desk, "today": timezone.localdate(), "form": form, "heading": "Neuer Runder Tisch"}
    return render(request, "seniorenbuero/tables/edit.html", context)


@at_the_desk
@require_safe
def table(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Five statements, however many meetings."""
    found, today = reach.table(desk, pk), timezone.localdate()
    meetings: Any = (
        reach.meetings_of(desk)
        .filter(round_table=found)
        .annotate(
            invited=Count("attendances", distinct=True),
            present=Count("attendances", filter=Q(attendances__state=PRESENT), distinct=True),
        )
        .order_by("-date")
    )
    rows = list(meetings[: MOST + 1])
    context = {
        "desk": desk,
        "today": today,
        "table": found,
        "coming": [row for row in reversed(rows) if row.date >= today],
        "past": [row for row in rows[:MOST] if row.date < today],
        "many": len(rows) > MOST,
        "tasks": duties.open_of(desk, found).order_by(F("due"), "pk"),
    }
    return render(request, "seniorenbuero/tables/table.html", context)


@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def table_edit(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    found = reach.table(desk, pk, lock=request.method == "POST")
    access.ensure(desk.principal, Right.CHANGE, found)
    form = TableForm(request.POST if request.method == "POST" else None, instance=found)
    if form.is_bound and form.fine():
        if form.has_changed():
            form.save()
            access.ensure(desk.principal, Right.CHANGE, found)
        messages.success(request, "Gesichert.")
        return SeeOther(reverse("desk:table", args=[pk]))
    context = {
        "desk": desk,
        "today": timezone.localdate(),
        "form": form,
        "table": found,
        "heading": found.title,
    }
    return render(request, "seniorenbuero/tables/edit.html", context)
