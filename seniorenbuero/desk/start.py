"""The start page of an office's desk."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from seniorenbuero.desk import entries, lists
from seniorenbuero.desk.door import Desk, at_the_desk
from seniorenbuero.models import Helper, RoundTable, RoundTableMeeting
from seniorenbuero.tables import duties
from seniorportal import access, concerns
from seniorportal.access import Right
from seniorportal.models import Case, Partner

LISTS = (Case, Helper, Partner, RoundTable, RoundTableMeeting)


@at_the_desk
@require_safe
def start(request: HttpRequest, desk: Desk) -> HttpResponse:
    user: Any = desk.principal
    doors = [
        (model._meta.verbose_name_plural, _page_of(model))
        for model in LISTS
        if access.offers(desk.principal, Right.SEE, model)
    ]
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


def _page_of(model: type) -> str:
    options = model._meta  # type: ignore[attr-defined]
    return reverse(f"admin:{options.app_label}_{options.model_name}_changelist")
