"""«Unser Büro»: one page from which everything about the office itself is reached."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from seniorenbuero.desk.door import Desk, at_the_desk
from seniorenbuero.languages import phone_weeks
from seniorenbuero.models import Office
from seniorenbuero.office import leaving, people
from seniorportal import access
from seniorportal.access import Right
from seniorportal.accounts.personal import personal
from seniorportal.models import HandOver, User, Venue

LATEST = 10  # hand-overs that the page shows


@personal
@at_the_desk
@require_safe
def overview(request: HttpRequest, desk: Desk) -> HttpResponse:
    today = timezone.localdate()
    user: Any = desk.principal
    found = people.people(desk, today)
    here = {one.user.pk for one in found}
    waiting = leaving.by_person(user, desk.office)
    traces = access.visible(user, Right.SEE, HandOver.objects.filter(office=desk.office))
    context = {
        "desk": desk,
        "today": today,
        "people": found,
        "missing": people.missing(desk.office, [one.membership for one in found], today),
        "absences": [absence for one in found for absence in one.absences],
        "covered": list(people.covered(desk, today)),
        "open": sum(one.total for one in waiting.values()),
        "concerns": sum(one.concerns for one in waiting.values()),
        "unclaimed": waiting[None].concerns if None in waiting else 0,
        "left_behind": left_behind(waiting, here),
        "waiting": people.promised(desk, today),
        "traces": traces.select_related("giver", "taker", "taking_office__district", "by")[:LATEST],
        "office": Office.objects.filter(venue=desk.office).first(),
        "phones": phone_weeks(Venue.objects.prefetch_related("contact_points__hours").get(pk=desk.office.pk)),
    }
    return render(request, "seniorenbuero/office/overview.html", context)


def left_behind(waiting: dict[int | None, leaving.Open], here: set[int]) -> list[tuple[User, leaving.Open]]:
    """What people look after who do not work here any more."""
    gone = [pk for pk in waiting if pk is not None and pk not in here]
    return (
        [(user, waiting[user.pk]) for user in User.objects.filter(pk__in=gone).order_by("name")]
        if gone
        else []
    )
