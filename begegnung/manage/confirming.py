"""«Stimmt noch?» for many houses on one page: what is shown and ticked is confirmed, and nothing else."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from begegnung import houses as verbs
from begegnung.manage import ways
from begegnung.manage.houses import Chosen
from seniorportal import access, links, review
from seniorportal.access import Right
from seniorportal.answers import SeeOther
from seniorportal.models import Link, Venue, Visit
from seniorportal.public.confirming import asked_seals, confirmed_words, prepare
from seniorportal.public.parameters import Parameters

HOUSES = 15  # on one page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if not verbs.offered(user):
        raise Http404("keine Häuser")
    today = timezone.localdate()
    outcome, trouble = review.Outcome(), ""
    if request.method == "POST" and "links" in request.POST:
        take_back(user, request.POST["links"])
        messages.success(request, "Die Links in den E-Mails zu diesem Haus gelten nicht mehr.")
        return SeeOther(request.get_full_path())
    if request.method == "POST":
        day, seals, trouble = asked_seals(request.POST, today)
        if not trouble:
            outcome = review.confirm(user, user, seals, day, today)
            if outcome.done:
                messages.success(request, confirmed_words(outcome.done))
            if not outcome.changed:
                here = reverse(
                    "begegnung:manage:houses" if "haus" in request.GET else "begegnung:manage:confirm"
                )
                stays = "" if "haus" in request.GET else request.GET.urlencode()
                return SeeOther(f"{here}?{stays}" if stays else here)
    sheets, left = asked_sheets(request, user, today)
    prepare(sheets, request.POST, outcome, ways.to_edit)
    one = sheets[0].venue if len(sheets) == 1 and "haus" in request.GET else None
    context = {
        "sheets": sheets,
        "one": one,
        "links": list(open_links(user).filter(venue=one).order_by("until")) if one else [],
        "day": today,
        "left": left,
        "total": sum(sheet.ticked for sheet in sheets),
        "trouble": trouble,
        "changed": outcome.changed,
        "here": request.get_full_path(),
    }
    status = 409 if outcome.changed else 400 if trouble else 200
    return render(request, "begegnung/manage/confirm.html", context, status=status)


def asked_sheets(request: HttpRequest, user: Any, today: dt.date) -> tuple[list[review.Sheet], int]:
    """The houses named in the address, or those that need it most; and how many follow. A house of others is a 404."""
    slugs = list(dict.fromkeys(one.replace("\0", "") for one in request.GET.getlist("haus")))[:HOUSES]
    if slugs:
        own = access.targets(user, Right.ADD, Visit, "venue").filter(slug__in=slugs)
        sheets = review.sheets(user, own, today, today, everything="alle" in request.GET)
        if len(sheets) != len(slugs):
            raise Http404("nicht gefunden")
        return sorted(sheets, key=lambda sheet: slugs.index(sheet.venue.slug)), 0
    every = verbs.houses(user, today)
    asked = Parameters(request, "faellig", "bezirk", "traeger")
    waiting = [house.venue.pk for house in Chosen(asked, every).of(every) if house.entries]
    own = Venue.objects.filter(pk__in=waiting[:HOUSES])
    sheets = review.sheets(user, own, today, today)
    sheets.sort(key=lambda sheet: waiting.index(sheet.venue.pk))
    sheets.sort(
        key=lambda sheet: not any(entry.ticked for entry in sheet.open)
    )  # nothing known yet: at the end
    return sheets, max(0, len(waiting) - HOUSES)


def open_links(user: Any) -> Any:
    """The links of mails that open houses which she looks after, and that she may take back."""
    rows = Link.objects.open_on(timezone.now()).filter(kind=Link.Kind.CONFIRM)
    return access.visible(user, Right.CHANGE, rows)


def take_back(user: Any, slug: str) -> None:
    for link in open_links(user).filter(venue__slug=slug.replace("\0", "")):
        links.revoke(link, user)
