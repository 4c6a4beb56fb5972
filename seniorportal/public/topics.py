"""What the Seniorenbüros advise on: the list of topics and one short page each."""

import datetime as dt

from django.contrib.auth.decorators import login_not_required
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from seniorportal import contact, search
from seniorportal.access import PUBLIC, Right, fetch, visible
from seniorportal.models import EmergencyNumber, Occurrence, Offering, TopicPage
from seniorportal.models.nested import attach
from seniorportal.public.dates import with_state
from seniorportal.public.parameters import Parameters

MOST_DATES = 4


@login_not_required
def topics(request: HttpRequest) -> HttpResponse:
    """One statement."""
    pages = visible(PUBLIC, Right.SEE, TopicPage.objects.for_list())
    parameters = Parameters(request)
    return render(
        request,
        "public/topics.html",
        {"pages": list(pages), "ignored": parameters.ignored, "contact": contact.city()},
    )


@login_not_required
def topic(request: HttpRequest, thema: str) -> HttpResponse:
    """Two statements: the page with its numbers, and the next dates. ``?bezirk=`` names the responsible office."""
    numbers = visible(PUBLIC, Right.SEE, EmergencyNumber.objects.order_by("-urgent", "position"))
    page = fetch(PUBLIC, TopicPage.objects.for_page(numbers), topic__slug=thema)
    attach(page.topic, page.attached)
    offices = search.current().offices
    parameters = Parameters(request, "bezirk")
    chosen = parameters.choices("bezirk", {office.slug for office in offices})
    office = next((one for one in offices if chosen == [one.slug]), None)
    now = timezone.localtime()
    return render(
        request,
        "public/topic.html",
        {
            "page": page,
            "numbers": page.topic.emergency_numbers.all(),
            "office": office,
            "offices": offices,
            "dates": with_state(next_dates(page, now, chosen), now.date()),
            "ignored": parameters.ignored,
            "contact": contact.Contact(office.number, office.name)
            if office and office.number
            else contact.city(),
        },
    )


def next_dates(page: TopicPage, now: dt.datetime, districts: list[str]) -> list[Occurrence]:
    """The next dates of fitting offerings that are not cancelled, each offering once."""
    fitting = Offering.categories.through.objects.filter(
        offering=OuterRef("offering"),
        category__in=TopicPage.categories.through.objects.filter(topicpage=page.pk).values("category"),
    )
    rows = (
        Occurrence.objects.still_to_come(now)
        .for_list()
        .filter(Exists(fitting))
        .exclude(status=Occurrence.Status.CANCELLED)
    )
    if districts:
        rows = rows.filter(
            Q(offering__venue__district__slug__in=districts) | Q(offering__district__slug__in=districts)
        )
    first: dict[int, Occurrence] = {}
    for date in visible(PUBLIC, Right.SEE, rows)[: 5 * MOST_DATES]:
        first.setdefault(date.offering_id, date)
    return list(first.values())[:MOST_DATES]
