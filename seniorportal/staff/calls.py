"""The call list: what a team promised, most urgent first; ring, note it, and when it is done nothing is left.

Everything here is behind the second door. A page that somebody sends twice says so and does nothing twice.
"""

import uuid
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from seniorportal import access, concerns, contact, keys, register, standing_in
from seniorportal.access import Right
from seniorportal.accounts.personal import View, personal
from seniorportal.answers import SeeOther
from seniorportal.models import CallAttempt, Concern, Membership, User
from seniorportal.sealed import Unreadable

MOST = 200  # on one page
ALREADY_DONE = "Das ist schon erledigt und gelöscht."
SEALED = ("name", "phone", "address", "remark")
WHEN = {
    Concern.Wished.ANY: "jederzeit",
    Concern.Wished.MORNING: "vormittags",
    Concern.Wished.AFTERNOON: "nachmittags",
}
Outcome = CallAttempt.Outcome


def rows() -> QuerySet[Concern]:
    return Concern.objects.select_related(
        *("venue__district", "offering__venue", "language"),
        *("team_venue", "team_carrier", "deputy", "claimed_by", "keeper"),
    )


def shown(request: HttpRequest, found: QuerySet[Concern], rota: standing_in.Rota | None = None) -> list[Any]:
    """In the order in which to ring, each with what its card says. Five statements."""
    user: Any = request.user
    now = timezone.localtime()
    today, half = now.date(), concerns.half_of(now)
    rota = rota or standing_in.rota(user, today)
    here = Membership.objects.active_on(today).filter(user=OuterRef("keeper"), venue=OuterRef("team_venue"))
    visible: Any = access.visible(user, Right.CHANGE, found.annotate(keeper_here=Exists(here)))
    visible = visible.most_urgent_first(today, half)
    own = concerns.venues_of(user)
    listed: list[Any] = list(visible.prefetch_related("attempts__by", "venue__contact_points")[:MOST])
    for concern in listed:
        concern.said = opened(concern)
        concern.when = WHEN[concern.wished]
        concern.number = uuid.uuid4()  # of the next click
        concern.mine = concern.claimed_by_id == user.pk and concern.is_claimed_in(today, half)
        concern.taken = concern.is_claimed_in(today, half) and not concern.mine
        concern.late = concern.answer_by < today
        concern.covers = None if concern.team_venue_id in own else rota.covering(concern.team_venue_id, own)
        concern.standing_in = concern.covers or (
            concern.team_venue_id not in own and concern.deputy_id in own
        )
        concern.kept_by = concern.keeper if concern.keeper_here or concern.team_carrier_id else None
        concern.rings = rota.for_person(concern.keeper_id, concern.team_venue_id) if concern.kept_by else None
        concern.stop_page = register.stop_page_of(user, concern)
        concern.goes_soon = (concern.last_day - today).days <= 7
    return listed


def some(request: HttpRequest, pk: uuid.UUID) -> Any:
    """The one request, if it is hers to settle; None where it is done meanwhile, 404 where it was never hers to see."""
    found = shown(request, rows().filter(pk=pk))
    if not found and not concerns.is_settled(pk):
        raise Http404("kein solches Anliegen")
    return found[0] if found else None


def for_teams(view: View) -> View:
    """404 for whoever never meets a request."""

    @wraps(view)
    def door(request: HttpRequest) -> HttpResponseBase:
        user: Any = request.user
        if not access.offers(user, Right.CHANGE, Concern):
            raise Http404("kein Team für Anliegen")
        return view(request)

    return door


@personal
@for_teams
@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    rota = standing_in.rota(user, timezone.localdate())
    found = shown(request, rows(), rota)
    context = {
        "calls": found,
        "late": sum(one.late for one in found),
        "most": MOST if len(found) == MOST else 0,
        "today": timezone.localdate(),
        "rota": rota,
    }
    return render(request, "staff/calls.html", context)


@personal
@for_teams
@require_safe
def printed(request: HttpRequest) -> HttpResponse:
    """For the telephone without a screen beside it: large, with boxes to tick."""
    return render(
        request, "staff/calls_print.html", {"calls": shown(request, rows()), "now": timezone.localtime()}
    )


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One request on its own page; its POST says what happened."""
    concern = some(request, pk)
    if concern is None:
        messages.info(request, ALREADY_DONE)
        return SeeOther(reverse("staff:calls"))
    if request.method == "POST":
        act = ACTS.get(request.POST.get("tun", ""))
        if act is None:
            messages.warning(request, "Bitte wählen Sie, was geschehen ist.")
            return SeeOther(reverse("staff:call", args=[pk]))
        user: Any = request.user
        access.ensure(user, Right.CHANGE, concern)
        return SeeOther(act(request, concern, user))
    return render(request, "staff/call.html", {"call": concern, "today": timezone.localdate()})


def opened(concern: Concern) -> dict[str, str]:
    """What is sealed, in words; what does not open (a lost key, a row from elsewhere) is said on its card alone."""
    try:
        return {name: getattr(concern, name) or "" for name in SEALED} | {"problem": ""}
    except (Unreadable, keys.Unusable) as why:
        return dict.fromkeys(SEALED, "") | {"problem": str(why)}


# What happened: each answers where to go on.


def taken(request: HttpRequest, concern: Any, user: User) -> str:
    if concerns.claim(concern, user, timezone.localtime()):
        messages.success(request, "Sie rufen an. Die anderen sehen das bis zum Ende dieses halben Tages.")
        return reverse("staff:call", args=[concern.pk])
    name = Concern.objects.select_related("claimed_by").get(pk=concern.pk).claimed_by
    messages.warning(request, f"{name} war schneller und ruft gerade an.")
    return back_to(concern)


def given_back(request: HttpRequest, concern: Any, user: User) -> str:
    concerns.give_back(concern, user)
    messages.success(request, "Wieder frei: Jemand anders kann anrufen.")
    return back_to(concern)


def reached(request: HttpRequest, concern: Any, user: User) -> str:
    return tried(request, concern, user, Outcome.REACHED)


def nobody(request: HttpRequest, concern: Any, user: User) -> str:
    return tried(request, concern, user, Outcome.NOBODY)


def tried(request: HttpRequest, concern: Any, user: User, outcome: Outcome) -> str:
    try:
        number = uuid.UUID(request.POST.get("absendung", ""))
    except ValueError:
        messages.warning(request, "Das Formular war unvollständig. Bitte noch einmal.")
        return reverse("staff:call", args=[concern.pk])
    if concern.taken:
        messages.warning(request, f"{concern.claimed_by} ruft gerade an. Bitte sprechen Sie sich ab.")
        return back_to(concern)
    if concerns.tried(concern, user, outcome, number, timezone.localtime()):
        messages.success(request, f"Festgehalten: {outcome.label}.")
    else:
        messages.info(request, "Das war schon festgehalten.")
    return back_to(concern)


def settled(request: HttpRequest, concern: Any, user: User) -> str:
    if concern.taken:
        messages.warning(request, f"{concern.claimed_by} ruft gerade an. Bitte sprechen Sie sich ab.")
        return back_to(concern)
    if concerns.settle(concern, timezone.localdate()):
        messages.success(request, "Erledigt. Alles, was dazu gespeichert war, ist gelöscht.")
    else:
        messages.info(request, ALREADY_DONE)
    return reverse("staff:calls")


def back_to(concern: Concern) -> str:
    return f"{reverse('staff:calls')}#a-{concern.pk}"


ACTS = {
    "uebernehmen": taken,
    "zurueckgeben": given_back,
    "erreicht": reached,
    "niemand": nobody,
    "erledigt": settled,
}


@personal
@require_safe
def letter(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The programme in large type behind a page whose address shows in the window of a DIN long envelope."""
    from seniorportal.public.places import offerings_of

    concern = some(request, pk)
    if concern is None or concern.kind != Concern.Kind.POST:
        raise Http404("kein Brief")
    now = timezone.localtime()
    context = {
        "call": concern,
        "today": now.date(),
        "offerings": offerings_of(concern.venue, now),
        "contact": contact.for_venue(concern.venue, now),
    }
    return render(request, "staff/call_letter.html", context)
