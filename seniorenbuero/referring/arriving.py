"""«Angekommen»: the hall ticks the card. By the people of the house, or with the code of its wall sheet or its drawer.

The code of a card says which offering or house it is for, as the card itself does, and nothing of whoever carries it.
GET shows, POST acts; guesses are counted, of one address, of one house and of one account.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from seniorenbuero.models import Referral
from seniorenbuero.referring import writing
from seniorportal import access, contact, limits, links
from seniorportal.access import Bearer, Principal, Right
from seniorportal.answers import SeeOther
from seniorportal.models import Link, User, Venue

TRIES_A_DAY = 1000 if settings.DEMO else 60  # of codes, from one address
KEYS_A_DAY = 1000 if settings.DEMO else 100  # codes of one house that were tried, right ones as well
OPENS = (Link.Kind.WALL, Link.Kind.CANCEL)
UNREADABLE = "Der Code der Karte hat acht Zeichen, zum Beispiel «ACDE 3467». Bitte sehen Sie noch einmal auf die Karte."
NOT_HERE = (
    "Diese Karte gilt nicht, nicht mehr oder für ein anderes Haus. Bitte vergleichen Sie jedes Zeichen."
)
WRONG_KEY = "Dieser Code gehört nicht zu dem Haus. Er steht auf dem Wandzettel, oder auf dem Brief mit dem Absage-Code."
TOO_MANY = (
    "Hier wurde heute schon zu oft ein Code eingegeben. Bitte versuchen Sie es morgen oder rufen Sie an."
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hall(request: HttpRequest) -> HttpResponse:
    """For everybody who works in a house: type the code, done. What was ticked today can be taken back."""
    user = request.user
    if not isinstance(user, User) or not access.offers(user, Right.CHANGE, Referral):
        raise Http404("keine Karten")
    typed, said, status = request.POST.get("code", "")[:40], "", 200
    if request.method == "POST":
        code = writing.read_code(typed)
        if limits.used(f"card account {user.pk}", timezone.localdate()) > 5 * TRIES_A_DAY:
            said, status = TOO_MANY, 429
        elif not code:
            said = UNREADABLE
        elif (card := _card(user, code)) is None:
            said = NOT_HERE
        else:
            outcome = _act(user, card, request.POST.get("was", ""))
            return SeeOther(f"{reverse('arrival:hall')}?karte={code}&{outcome}=1")
    shown = _card(user, writing.read_code(request.GET.get("karte", "")))
    context = {"typed": typed, "said": said, "card": shown, "outcome": _outcome(request)}
    return render(request, "seniorenbuero/referring/hall.html", context, status=status)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def typed(request: HttpRequest) -> HttpResponse:
    """The way without a camera: the code of the card leads to its page."""
    written, said, status = request.POST.get("code", "")[:40], "", 200
    if request.method == "POST":
        code = writing.read_code(written)
        if _too_often(request):
            said, status = TOO_MANY, 429
        elif not code:
            said = UNREADABLE
        elif _of_code(code):
            return SeeOther(reverse("arrival:card", args=[code]))
        else:
            said = NOT_HERE
    context = {"typed": written, "said": said, "contact": contact.city()}
    return render(request, "seniorenbuero/referring/typed.html", context, status=status)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def card(request: HttpRequest, code: str) -> HttpResponse:
    """What the QR code of the card opens. Only a house can tick it: its people, or whoever knows a code of it."""
    found = _of_code(writing.read_code(code))
    if found is None:
        status = 429 if _too_often(request) else 404
        return render(
            request, "seniorenbuero/referring/over.html", {"contact": contact.city()}, status=status
        )
    here = reverse("arrival:card", args=[found.code])
    user = request.user if isinstance(request.user, User) else None
    own = user is not None and access.may(user, Right.CHANGE, found)
    said, status = "", 200
    if request.method == "POST":
        principal: Principal | None = user if own else None
        if not own:
            principal, said, status = _with_key(request, found)
        if principal is not None:
            return SeeOther(f"{here}?{_act(principal, found, request.POST.get('was', ''))}=1")
    context = {
        "card": found,
        "own": own,
        "said": said,
        "outcome": _outcome(request),
        "ring": contact.for_venue(found.venue, timezone.localtime()) if found.venue else contact.city(),
    }
    return render(request, "seniorenbuero/referring/arrived.html", context, status=status)


def _act(principal: Principal, found: Referral, what: str) -> str:
    if what == "zurueck":
        writing.not_arrived(principal, found)
        return "zurueck"
    return "neu" if writing.arrive(principal, found) else "schon"


def _outcome(request: HttpRequest) -> str:
    return next((name for name in ("neu", "schon", "zurueck") if name in request.GET), "")


def _card(user: User, code: str) -> Referral | None:
    if not code:
        return None
    rows = access.visible(user, Right.CHANGE, Referral.objects.for_list().filter(code=code))
    return rows.filter(partner__isnull=True).first()


def _of_code(code: str) -> Referral | None:
    """For whoever holds the card: only one that a house could still tick, or ticked today."""
    rows: Any = Referral.objects.for_list().filter(code=code, partner__isnull=True) if code else None
    found: Referral | None = rows.first() if rows is not None else None
    return found if found and found.is_open(timezone.localdate()) else None


def _with_key(request: HttpRequest, found: Referral) -> tuple[Bearer | None, str, int]:
    """Whoever knows a code of the house; else a sentence and the status that goes with it."""
    if _too_often(request):
        return None, TOO_MANY, 429
    if found.venue is None or limits.used(f"card house {found.venue_id}", timezone.localdate()) > KEYS_A_DAY:
        return None, TOO_MANY, 429
    bearer = _bearer(found.venue, request.POST.get("haus", "")[:20])
    return (bearer, "", 200) if bearer else (None, WRONG_KEY, 200)


def _bearer(venue: Venue, typed: str) -> Bearer | None:
    digits = "".join(typed.split())
    if not (digits.isascii() and digits.isdigit()):
        return None
    for link in Link.objects.open_on(timezone.now()).filter(venue=venue, kind__in=OPENS):
        if constant_time_compare(digits, links.code(link)):
            return links.of(link)
    return None


def _too_often(request: HttpRequest) -> bool:
    address = limits.client_address(request)
    return limits.used(f"card address {address}", timezone.localdate()) > TRIES_A_DAY
