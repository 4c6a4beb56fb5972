"""Who came: one row an organisation, by keyboard; and those who came without an invitation."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from seniorenbuero.desk.door import Desk, at_the_desk
from seniorenbuero.models import Attendance, RoundTableMeeting
from seniorenbuero.tables import reach
from seniorenbuero.tables.inviting import invited
from seniorportal import access
from seniorportal.access import Right
from seniorportal.answers import SeeOther
from seniorportal.models import Partner

State = Attendance.State
NEAR = 5  # names that are offered where the typed one is not known


@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Only what was changed on this page is written; where somebody else was quicker, both are named."""
    found = reach.meeting(desk, pk, lock=request.method == "POST")
    access.ensure(desk.principal, Right.CHANGE, found)
    rows: list[Any] = invited(found)
    guest, problem = "", ""
    near: list[Any] = []
    crossed: dict[int, str] = {}
    future = found.date > timezone.localdate()
    if request.method == "POST":
        crossed = _write(request, rows)
        guest = request.POST.get("gast", "").strip()[:160].replace("\x00", "")
        if guest:
            problem, near = _welcome(desk, found, guest)
        if not problem and not crossed:
            _was_held(request, found)
            messages.success(request, "Die Anwesenheit ist gesichert.")
            onward = "desk:attendance" if guest else "desk:meeting"
            return SeeOther(reverse(onward, args=[pk]))
        rows = invited(found)
    for row in rows:
        row.chosen, row.crossed = request.POST.get(f"stand-{row.pk}", row.state), crossed.get(row.pk, "")
    context = {
        "desk": desk,
        "today": timezone.localdate(),
        "meeting": found,
        "table": found.round_table,
        "rows": rows,
        "states": State.choices,
        "guest": guest,
        "problem": problem,
        "near": near,
        "future": future,
        "names": _names(desk, found),
    }
    return render(request, "seniorenbuero/tables/attendance.html", context)


def _write(request: HttpRequest, rows: list[Attendance]) -> dict[int, str]:
    """The rows where both sides changed something, with what is stored now."""
    crossed: dict[int, str] = {}
    for row in rows:
        said, shown = request.POST.get(f"stand-{row.pk}"), request.POST.get(f"war-{row.pk}")
        if said not in State.values or said in (shown, row.state):
            continue
        if shown != row.state:
            crossed[row.pk] = row.get_state_display()
            continue
        row.state = said
        row.save()
    return crossed


def _welcome(desk: Desk, meeting: RoundTableMeeting, name: str) -> tuple[str, list[Partner]]:
    """Somebody who was not invited. Typed twice she is there once."""
    known = access.visible(desk.principal, Right.SEE, Partner.objects.all())
    there = access.visible(desk.principal, Right.SEE, Partner.objects.existing_on(meeting.date))
    partner = known.filter(name__iexact=name).first()
    if partner is not None and not there.filter(pk=partner.pk).exists():
        return (
            f"«{partner}» bestand nur bis zum {partner.active_until:%d.%m.%Y}, das war vor dem Treffen.",
            [],
        )
    if partner is None:
        near = list(there.filter(name__icontains=name).order_by("sort")[:NEAR])
        return (
            f"«{name}» steht nicht unter den Netzwerkpartnern. Bitte aus der Liste wählen oder dort anlegen.",
            near,
        )
    row, made = Attendance.objects.get_or_create(
        meeting=meeting, partner=partner, defaults={"state": State.PRESENT, "example": meeting.example}
    )
    if made:
        access.ensure(desk.principal, Right.ADD, row)
    elif row.state != State.PRESENT:
        row.state = State.PRESENT
        row.save()
    return "", []


def _was_held(request: HttpRequest, meeting: RoundTableMeeting) -> None:
    """Where somebody was there, it took place."""
    planned = meeting.state == RoundTableMeeting.State.PLANNED and meeting.date <= timezone.localdate()
    if planned and meeting.attendances.filter(state=State.PRESENT).exists():
        meeting.state = RoundTableMeeting.State.HELD
        meeting.save()
        messages.info(request, "Das Treffen steht jetzt als «hat stattgefunden» da.")


def _names(desk: Desk, meeting: RoundTableMeeting) -> Any:
    """Suggestions of the browser: partners of the district of the office that are not on the list yet."""
    there = Partner.objects.existing_on(meeting.date)
    rows = there.filter(districts=desk.office.district).exclude(attendances__meeting=meeting)
    return (
        access.visible(desk.principal, Right.SEE, rows).order_by("sort").values_list("name", flat=True)[:400]
    )
