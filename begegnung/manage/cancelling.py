"""«Heute fällt aus»: the dates of today and of the coming week, one button each; and the code for a hall."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from begegnung.manage.reach import fetch_venue, person
from seniorportal import access, cancelling, links
from seniorportal.access import Right
from seniorportal.answers import SeeOther
from seniorportal.models import Link, Occurrence, Venue
from seniorportal.public.calling_off import act, days_of

MANY = 400


@require_http_methods(["GET", "HEAD", "POST"])
def called_off(request: HttpRequest) -> HttpResponse:
    """A fixed number of statements, however many dates."""
    user = person(request)
    if not access.offers(user, Right.CANCEL, Occurrence):
        raise Http404("keine Termine")
    wanted = request.GET.get("ort", "")
    here = reverse("begegnung:manage:called_off") + (f"?ort={wanted}" if wanted.isascii() and wanted else "")
    if request.method == "POST":
        said, level, pk = act(user, request.POST)
        messages.add_message(request, messages.WARNING if level == "warning" else messages.SUCCESS, said)
        return SeeOther(f"{here}#termin-{pk}")
    now = timezone.localtime()
    rows: list[Any] = list(cancelling.dates_for(user, now)[: MANY + 1])
    venues: dict[str, Any] = {
        row.offering.venue.slug: row.offering.venue for row in rows if row.offering.venue
    }
    chosen = venues.get(wanted)
    if chosen:
        rows = [row for row in rows if row.offering.venue_id == chosen.pk]
    context: dict[str, Any] = {
        "days": days_of(rows[:MANY], now.date()),
        "venues": sorted(venues.values(), key=lambda venue: venue.sort),
        "chosen": chosen,
        "many": len(rows) > MANY,
        "reasons": cancelling.REASONS,
        "longest": cancelling.LONGEST_REASON,
        "here": here,
    }
    return render(request, "begegnung/manage/called_off.html", context)


# The code for the hall


def open_code(venue: Venue) -> Link | None:
    rows = Link.objects.open_on(timezone.now()).filter(venue=venue, kind=Link.Kind.CANCEL)
    return rows.select_related("made_by").first()


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest, slug: str) -> HttpResponse:
    """Whoever may hand codes out for this venue sees the one that is valid, renews it or takes it back."""
    user, venue = person(request), fetch_venue(request, slug)
    may = access.targets(user, Right.ADD, Link, "venue").filter(pk=venue.pk).exists()
    if request.method == "POST":
        if not may:
            raise PermissionDenied("kein Code für Sie")
        _renew(request, venue, again=request.POST.get("was") != "sperren")
        return SeeOther(reverse("begegnung:manage:cancel_code", args=[slug]))
    if not may:
        raise Http404("kein Code für Sie")
    found = open_code(venue)
    context = {"venue": venue, "link": found, "code": in_fours(links.code(found)) if found else ""}
    return render(request, "begegnung/manage/cancel_code.html", context)


def _renew(request: HttpRequest, venue: Venue, *, again: bool) -> None:
    user = person(request)
    rows = Link.objects.open_on(timezone.now()).filter(venue=venue, kind=Link.Kind.CANCEL)
    old = list(rows.select_for_update(of=("self",)))
    for link in old:
        links.revoke(link, user)
    if again:
        links.issue(Link.Kind.CANCEL, venue, user)
        messages.success(request, "Es gibt einen neuen Code. Bitte geben Sie ihn an das Haus weiter.")
    elif old:
        messages.success(request, "Der Code ist gesperrt. Er öffnet nichts mehr.")


@require_safe
def letter(request: HttpRequest, slug: str) -> HttpResponse:
    """One page to print for the hall; not for the wall."""
    user, venue = person(request), fetch_venue(request, slug)
    found = open_code(venue)
    if found is None or not access.may(user, Right.CHANGE, found):
        raise Http404("kein Code für Sie")
    context = {
        "venue": venue,
        "code": in_fours(links.code(found)),
        "link": found,
        "address": request.build_absolute_uri(reverse("public:call_off")),
        "today": timezone.localdate(),
        "sender": user.name or "Ihre Koordination",
    }
    return render(request, "begegnung/manage/cancel_letter.html", context)


def in_fours(digits: str) -> str:
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))
