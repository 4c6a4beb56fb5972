"""«Stimmt noch?» by the link of a mail: for the entries of one venue, without a login. GET shows, POST confirms."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from seniorportal import links, review
from seniorportal.answers import SeeOther
from seniorportal.models import Link, Venue

OLD = "Die Seite war lange offen. Bitte sehen Sie noch einmal an, was jetzt dasteht, und bestätigen Sie dann."
NOTHING = "Es war nichts angekreuzt. Darum ist noch nichts bestätigt."
WHICH = "Bitte drücken Sie den Knopf unter dem Haus, das Sie angesehen haben. Noch ist nichts bestätigt."


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    link = links.read(token, Link.Kind.CONFIRM)
    bearer = links.of(link) if link else None
    if link is None or bearer is None or link.made_for is None:
        return render(request, "review/over.html", {"known": link is not None}, status=410 if link else 404)
    today = timezone.localdate()
    outcome, trouble = review.Outcome(), ""
    if request.method == "POST":
        day, seals, trouble = asked_seals(request.POST, today)
        if not trouble:
            outcome = review.confirm(bearer, link.made_for, seals, day, today)
            if not outcome.changed:
                return SeeOther(request.path)
    venues = Venue.objects.filter(pk=bearer.object)
    (sheet,) = review.sheets(bearer, venues, today, today, everything=True)
    done = sum(entry.record.confirmed_at == today for entry in sheet.entries)
    sheet.entries = [entry for entry in sheet.entries if entry.stand > review.Stand.FINE]
    prepare([sheet], request.POST, outcome, report_url)
    context = {
        "sheet": sheet,
        "venue": sheet.venue,
        "day": today,
        "done": confirmed_words(done) if done else "",
        "until": link.until,
        "trouble": trouble,
        "changed": outcome.changed,
    }
    status = 409 if outcome.changed else 400 if trouble else 200
    return render(request, "review/by_link.html", context, status=status)


def asked_seals(posted: QueryDict, today: dt.date) -> tuple[dt.date, list[str], str]:
    """The day that was shown, what was ticked, and a sentence where that is nothing to confirm."""
    only = posted.get("nur", "")
    names = [name for name in posted if name.startswith("haus-") and only in ("", name.removeprefix("haus-"))]
    seals = [seal for name in names for seal in posted.getlist(name)]
    try:
        day = dt.date.fromisoformat(posted.get("tag", ""))
    except ValueError:
        day = dt.date.min
    if not today - dt.timedelta(days=1) <= day <= today:
        return today, [], OLD
    return day, seals, WHICH if only == "nichts" else "" if seals else NOTHING


def prepare(
    sheets: Iterable[review.Sheet],
    posted: QueryDict,
    outcome: review.Outcome,
    wrong: Callable[[Any], str],
) -> None:
    """What the page needs to know of each entry: its tick, whether it was not confirmed, where to go if it is wrong."""
    changed = {entry.key for entry in outcome.changed}
    ticked = {seal for name in posted if name.startswith("haus-") for seal in posted.getlist(name)}
    for sheet in sheets:
        for entry in sheet.entries:
            entry.changed = entry.key in changed
            entry.checked = (entry.seal in ticked) if posted else entry.ticked
            entry.wrong_url = wrong(entry.record)


def report_url(entry: Any) -> str:
    if isinstance(entry, Venue):
        return reverse("public:feedback_of_venue", args=[entry.slug])
    return reverse("public:feedback_of_offering", args=[entry.pk])


def confirmed_words(number: int) -> str:
    return (
        "Danke. Eine Angabe gilt als heute geprüft."
        if number == 1
        else f"Danke. {number} Angaben gelten als heute geprüft."
    )
