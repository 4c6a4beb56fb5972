"""The list of offerings: each once with its next date, searched, filtered and counted."""

import datetime as dt

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from seniorportal import facets, listing, search
from seniorportal.programme import state
from seniorportal.public.filters import (
    OfferingFilters,
    asked_page,
    number_in_words,
    page_of,
    without_each,
)
from seniorportal.public.parameters import Parameters


@login_not_required
def offerings(request: HttpRequest) -> HttpResponse:
    """Two statements: the page with its number, and the numbers beside the filters."""
    now = timezone.localtime()
    filters = OfferingFilters(request.GET, now)
    parameters = Parameters(request, *filters.filters)
    asked = asked_page(parameters)
    known, counts = None, None
    if one := filters.only():
        known, counts = facets.kept(one, now)
    found = listing.page(filters.rows(), filters.when, asked, filters.near, listing.PER_PAGE, known)
    reached = min(found.total, listing.MOST)
    page = page_of(found.entries, reached, asked, found.number, listing.PER_PAGE, parameters.ignored)
    for entry in found.entries:
        for date in (entry.next, entry.following, entry.cancelled):
            if date:
                date.state = state(date, now.date())  # type: ignore[arg-type]
    if counts is None:
        counts = facets.counted(filters.hits(), without_each(filters), filters.when)
    if not found.total and filters.search:
        note_in_vain(filters, now.date())
    address = filters.address()
    return render(
        request,
        "public/offerings.html",
        {
            "page": page,
            "count": number_in_words(found.total, found.more, "Angebot", "Angebote"),
            "more": found.more,
            "cut_off": (found.more or found.total > listing.MOST) and not page.has_next(),
            "filters": filters,
            "groups": filters.groups(counts),
            "chosen": filters.chosen(),
            "query": f"{address}&" if address else "",
            "answer": search.answer(filters.search, filters.wishes["bezirk"]),
            "today": now.date(),
            "ignored": filters.ignored + parameters.ignored,
        },
    )


def note_in_vain(filters: OfferingFilters, today: dt.date) -> None:
    """Where nothing but the words and the place can be the reason. Whoever named a quarter to begin with looked in the
    whole city; whoever filtered by it, or by a district, looked only there."""
    if not {name for name, _ in filters.pairs()} <= {"q", "bezirk", "quartier", "sortierung"}:
        return
    districts, quarters = filters.wishes["bezirk"], filters.wishes["quartier"]
    search.note_unmet(
        filters.search,
        today,
        () if quarters else districts,
        quarters,
        everywhere=not districts and (not quarters or bool(filters.near)),
    )
