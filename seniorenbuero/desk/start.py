"""The start page of an office's desk."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from seniorenbuero.desk import entries, lists
from seniorenbuero.desk.door import Desk, at_the_desk
from seniorenbuero.models import Helper, Office, RoundTable
from seniorenbuero.tables import duties
from seniorportal import access, concerns
from seniorportal.access import Right
from seniorportal.models import Case, Partner

# The office's own pages; where there is none yet, the records.
DOORS = (
    ("Unser Büro: wer da ist, wer vertritt", "desk:office", Office),
    ("Nachbarschaftshilfe", "desk:helping", Helper),
    ("Runde Tische", "desk:tables", RoundTable),
    ("Veranstaltungen", "desk:events", RoundTable),
    ("Netzwerk", "desk:network", Partner),
    ("Fälle", "admin:seniorportal_case_changelist", Case),
)


@at_the_desk
@require_safe
def start(request: HttpRequest, desk: Desk) -> HttpResponse:
    user: Any = desk.principal
    doors = [(title, reverse(name)) for title, name, model in DOORS if access.offers(user, Right.SEE, model)]
    context = {
        "desk": desk,
        "tally": entries.of_day(desk, timezone.localdate()),
        "today": timezone.localdate(),
        "doors": doors,
        "waiting": lists.waiting(desk),
        "calls": concerns.waiting(user, timezone.localdate()),
        "due_tasks": list(duties.overdue(desk)),
    }
    return render(request, "seniorenbuero/desk/start.html", context)
