"""What of the round tables of an office is public: days, topics, decisions and organisations that agreed to it."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from seniorenbuero.models import Attendance, RoundTableMeeting, TableDecision
from seniorportal import access, contact
from seniorportal.access import PUBLIC, Right
from seniorportal.models import ReportArea, Venue

MOST = 20  # meetings


@login_not_required
@require_safe
def round_table(request: HttpRequest, bezirk: str) -> HttpResponse:
    """A fixed number of statements, however many meetings."""
    offices = Venue.objects.in_area(ReportArea.OFFICES)
    office = access.fetch(PUBLIC, offices.select_related("district"), slug=f"seniorenbuero-{bezirk}")
    decisions = access.visible(PUBLIC, Right.SEE, TableDecision.objects.all())
    there = access.visible(PUBLIC, Right.SEE, Attendance.objects.select_related("partner"))
    rows: Any = (
        access.visible(PUBLIC, Right.SEE, RoundTableMeeting.objects.filter(round_table__office=office))
        .select_related("round_table")
        .prefetch_related(
            Prefetch("decisions", decisions, to_attr="public_decisions"),
            Prefetch("attendances", there.order_by("partner__sort"), to_attr="public_there"),
        )
        .order_by("-date", "pk")
    )
    today = timezone.localdate()
    found = list(rows[:MOST])
    context = {
        "venue": office,
        "coming": [row for row in reversed(found) if row.date >= today],
        "past": [row for row in found if row.date < today],
        "contact": contact.city(),
    }
    return render(request, "seniorenbuero/round_table.html", context)
