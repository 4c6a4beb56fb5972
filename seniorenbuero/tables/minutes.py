"""The minutes: what was said on each point, and the sheet of it. About the district, never about clients."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods, require_safe

from seniorenbuero.desk.door import Desk, at_the_desk
from seniorenbuero.models import AgendaItem, Attendance, RoundTableMeeting, TableTask
from seniorenbuero.tables import duties, reach
from seniorenbuero.tables.forms import ItemForm, NewItemForm
from seniorenbuero.tables.inviting import invited
from seniorportal import access
from seniorportal.access import Right
from seniorportal.answers import SeeOther
from seniorportal.printing import words
from seniorportal.public.printing import answer_pdf

State = RoundTableMeeting.State


@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def minutes(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """All points on one page; where a text may name somebody, nothing is written until «trotzdem»."""
    found = reach.meeting(desk, pk, lock=request.method == "POST")
    access.ensure(desk.principal, Right.CHANGE, found)
    data = request.POST if request.method == "POST" else None
    items = list(found.agenda.all())
    forms: list[Any] = [ItemForm(data, instance=item, prefix=f"punkt{item.pk}") for item in items]
    position = (items[-1].position if items else 0) + 1
    started = AgendaItem(meeting=found, position=position, example=found.example)
    more = NewItemForm(data, instance=started, prefix="neu")
    checked = [form.fine() for form in (*forms, more)]  # every one of them, so that all mistakes are shown
    if data is not None and all(checked):
        _write(request, desk, found, forms, more)
        return SeeOther(reverse("desk:meeting", args=[pk]) + "#protokoll")
    context = {
        "desk": desk,
        "today": timezone.localdate(),
        "meeting": found,
        "table": found.round_table,
        "forms": forms,
        "more": more,
        "traces": list(dict.fromkeys(trace for form in (*forms, more) for trace in form.traces)),
        "wrong": data is not None and any(form.errors for form in (*forms, more)),
    }
    return render(request, "seniorenbuero/tables/minutes.html", context)


def _write(
    request: HttpRequest, desk: Desk, meeting: RoundTableMeeting, forms: list[ItemForm], more: NewItemForm
) -> None:
    changed = [form for form in forms if form.has_changed()]
    for form in changed:
        form.save()
    title = more.cleaned_data.get("title")
    twin = bool(title) and meeting.agenda.filter(title=title, said=more.cleaned_data["said"]).exists()
    if title and not twin:
        if meeting.agenda.count() >= AgendaItem.MOST:
            messages.error(request, f"Höchstens {AgendaItem.MOST} Punkte: Der weitere Punkt fehlt.")
        else:
            more.save()
    access.ensure(desk.principal, Right.CHANGE, meeting)
    if meeting.state == State.PLANNED and meeting.date <= timezone.localdate() and (changed or title):
        meeting.state = State.HELD
        meeting.save()
    messages.success(request, "Das Protokoll ist gesichert.")


@at_the_desk
@require_safe
def minutes_pdf(request: HttpRequest, desk: Desk, pk: int) -> HttpResponseBase:
    found = reach.meeting(desk, pk)
    return answer_pdf(request, "table_minutes", sheet(desk, found), f"protokoll-{found.date:%Y-%m-%d}")


def sheet(desk: Desk, meeting: RoundTableMeeting) -> dict[str, Any]:
    rows = invited(meeting)

    def named(state: str) -> list[str]:
        return [row.partner.name for row in rows if row.state == state]

    decisions = [decision.text for decision in meeting.decisions.all()]
    return {
        "subject": f"Protokoll: {meeting.round_table.title}",
        "title": "Protokoll",
        "table": meeting.round_table.title,
        "office": meeting.round_table.office.name,
        "facts": [
            [name, value]
            for name, value in (
                ("Tag", date_format(meeting.date, "l, j. F Y")),
                ("Zeit", words.times(meeting.start, meeting.end) if meeting.start else ""),
                ("Ort", meeting.place),
                ("Thema", meeting.topic),
                ("Stand", "" if meeting.state == State.HELD else meeting.get_state_display()),
            )
            if value
        ],
        "present": named(Attendance.State.PRESENT),
        "excused": named(Attendance.State.EXCUSED),
        "items": [{"title": item.title, "said": _paragraphs(item.said)} for item in meeting.agenda.all()],
        "decisions": decisions,
        "tasks": [_task(task) for task in meeting.tasks.select_related("partner")],
        "carried": [_task(task) for task in duties.carried_to(desk, meeting)],
        "printed": f"Gedruckt am {date_format(timezone.localdate(), 'j. F Y')}.",
        "example": "Beispieldaten der Demo." if meeting.example else "",
    }


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _task(task: TableTask) -> dict[str, str]:
    done = f"erledigt am {date_format(task.done_on, 'j. F Y')}" if task.done_on else ""
    return {
        "text": task.text,
        "who": task.partner.name if task.partner else "Seniorenbüro",
        "due": date_format(task.due, "j. F Y"),
        "done": done,
    }
