"""How the Nachbarschaftshilfe of an office stands, in numbers: nobody's name, and the two kinds never added up."""

import datetime as dt
from typing import Any

from django.db.models import Count, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from seniorenbuero.desk.door import Desk, at_the_desk
from seniorenbuero.helping import asking, legal, people
from seniorenbuero.models import Helper, HelpRequest, Match
from seniorportal import access
from seniorportal.access import Right


@at_the_desk
@require_safe
def overview(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Eight statements, however many people."""
    today = timezone.localdate()
    looking = asking.of_office(desk).looking()  # type: ignore[attr-defined]
    per_quarter = looking.order_by().values("quarter__name").annotate(number=Count("pk"))
    context = {
        "desk": desk,
        "today": today,
        "kinds": by_kind(desk, today),
        "looking": sorted(per_quarter, key=lambda row: row["quarter__name"] or "~"),
        "open": sum(row["number"] for row in per_quarter),
        "late": looking.filter(answer_by__lt=today).count(),
        "due": list(people.due(desk, today)),
        "visits": [match for match in people.open_matches(desk) if match.started_on is None],
        "legal": legal.of_today(today),
        "kept": HelpRequest.KEPT_DAYS,
    }
    return render(request, "seniorenbuero/helping/overview.html", context)


def by_kind(desk: Desk, today: dt.date) -> list[dict[str, Any]]:
    """As the report counts: who was active on a day of this year. Hours as they were said, a month. Two statements."""
    first = today.replace(month=1, day=1)
    ever = Q(active_from__isnull=False) | Q(state=Helper.State.ACTIVE)
    rows: Any = people.of_office(desk).filter(ever)
    year = rows.active_within(first, today).order_by().values("kind").annotate(heads=Count("pk"))
    heads = {row["kind"]: row["heads"] for row in year}
    matches = access.visible(
        desk.principal, Right.SEE, Match.objects.filter(helper__office=desk.office, started_on__lte=today)
    )
    running = matches.filter(ended_on__isnull=True).order_by().values("kind")
    helps: dict[str, Any] = {
        row["kind"]: row for row in running.annotate(number=Count("pk"), hours=Sum("hours_per_month"))
    }
    return [
        {
            "name": kind.label,
            "code": kind.value,
            "heads": heads.get(kind.value, 0),
            "running": helps.get(kind.value, {}).get("number", 0),
            "hours": helps.get(kind.value, {}).get("hours"),
        }
        for kind in Helper.Kind
    ]
