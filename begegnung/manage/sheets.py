"""Wandzettel: which hall has one, printing it, and taking it back by its number."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from begegnung.models import MeetingPlace
from seniorportal import access, links
from seniorportal.access import Right
from seniorportal.answers import SeeOther
from seniorportal.models import Link, ReportArea, User, Venue
from seniorportal.models.link import LinkQuerySet
from seniorportal.printing import press, qr
from seniorportal.public.printing import answer_pdf

WALL = Link.Kind.WALL


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sheets(request: HttpRequest) -> HttpResponse:
    """All own halls with the sheet that hangs there. POST: ausgeben (haus ...), ersetzen or sperren (nummer)."""
    user = _person(request)
    here = reverse("begegnung:manage:sheets")
    if request.method == "POST":
        if not access.offers(user, Right.ADD, Link):
            raise PermissionDenied("nur ansehen")
        _act(request, user)
        return SeeOther(here)
    venues = list(_halls(user).select_related("meeting_place"))
    hanging: dict[int, list[Link]] = {}
    for link in _open(user):
        hanging.setdefault(link.venue_id, []).append(link)
    context = {
        "rows": [(venue, hanging.get(venue.pk, [])) for venue in venues],
        "hanging": sum(map(len, hanging.values())),
        "without": sum(venue.pk not in hanging for venue in venues),
        "pdf": press.available(),
    }
    return render(request, "begegnung/manage/sheets.html", context)


@never_cache
@require_safe
def sheet(request: HttpRequest, number: int) -> HttpResponseBase:
    """One sheet on A4, as a page for printing and as PDF; the same each time, since nothing secret is stored."""
    return _print(request, access.fetch(_person(request), _rows(), pk=number))


@never_cache
@require_safe
def all_sheets(request: HttpRequest) -> HttpResponse:
    """Every sheet that hangs in own halls, a page each."""
    found = _open(_person(request)).order_by("venue__sort", "venue__name", "pk")
    return render(
        request, "begegnung/manage/sheet.html", {"sheets": [_told(link) for link in found], "pdf": ""}
    )


def _print(request: HttpRequest, link: Link) -> HttpResponseBase:
    if not link.is_open(timezone.now()):
        raise Http404("gilt nicht mehr")
    if request.path.endswith(".pdf"):
        return answer_pdf(request, "wall", _as_data(link), f"wandzettel-{link.pk}")
    pdf = reverse("begegnung:manage:sheet_pdf", args=[link.pk]) if press.available() else ""
    return render(request, "begegnung/manage/sheet.html", {"sheets": [_told(link)], "pdf": pdf})


def address_of(link: Link) -> str:
    return settings.PORTAL_ADDRESS + reverse("begegnung_wall:count", args=[links.token(link)])


def _told(link: Link) -> dict[str, Any]:
    address = address_of(link)
    return {
        "number": link.pk,
        "hall": link.venue.name,
        "qr": qr.svg(address),
        "short": qr.short(settings.PORTAL_ADDRESS + reverse("begegnung_wall:enter")),
        "code": spoken(links.code(link)),
        "since": timezone.localdate(link.made_at),
        "example": link.example,
    }


def _as_data(link: Link) -> dict[str, Any]:
    """As the press takes it: every word that a person reads."""
    told = _told(link)
    return {
        "hall": told["hall"],
        "qr": told["qr"],
        "qr_alt": "QR-Code zum Eintragen",
        "title": "Wie viele waren heute da?",
        "steps": [
            "Bitte zählen Sie alle, die heute gekommen sind, einmal am Ende des Tages.",
            "Halten Sie die Kamera eines Telefons auf das Muster und öffnen Sie die Seite.",
            "Tragen Sie die eine Zahl ein und drücken Sie „Eintragen“. War niemand da, tragen Sie 0 ein.",
        ],
        "again": "Vertippt oder vergessen? Dieselbe Seite zeigt auch die letzten Tage.",
        "typed": "Ohne Kamera: Diese Adresse eintippen, dann die Nummer und den Code",
        "short": told["short"],
        "number": f"Zettel Nr. {told['number']}",
        "code": f"Code {told['code']}",
        "only": "Mit diesem Zettel lässt sich nur diese eine Zahl eintragen. Namen fragt niemand.",
        "lost": "Ist der Zettel weg, sagen Sie der Koordination diese Nummer: Dann gilt er nicht mehr.",
        "example": "Mit Beispieldaten." if told["example"] else "",
        "subject": f"Wandzettel {told['hall']}",
    }


def spoken(code: str) -> str:
    return f"{code[:4]} {code[4:]}"


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    if not access.offers(request.user, Right.SEE, Link):
        raise Http404("nicht gefunden")
    return request.user


def _halls(user: User) -> QuerySet[Venue]:
    mine: Any = access.targets(user, Right.ADD, Link, "venue").filter(report_area=ReportArea.MEETING_PLACES)
    found: QuerySet[Venue] = mine.active_on(timezone.localdate()).order_by("sort", "name", "pk")
    return found


def _rows() -> LinkQuerySet:
    found: LinkQuerySet = Link.objects.filter(kind=WALL).select_related("venue")
    return found


def _open(user: User) -> QuerySet[Link]:
    return access.visible(user, Right.SEE, _rows().open_on(timezone.now()))


# --- issue, replace, revoke -------------------------------------------------------------------------------------------


def _act(request: HttpRequest, user: User) -> None:
    action = request.POST.get("aktion", "")
    if action == "ausgeben":
        keys = [int(key[:18]) for key in request.POST.getlist("haus") if key.isdecimal()]
        # Whoever clicks twice waits here, and then finds the sheet there.
        halls = list(
            _halls(user).filter(pk__in=keys).select_for_update(no_key=True, of=("self",)).order_by("pk")
        )
        taken = set(_open(user).filter(venue__in=halls).values_list("venue", flat=True))
        _issue(request, user, [hall for hall in halls if hall.pk not in taken])
        return
    found = _of_number(user, request.POST.get("nummer", ""))
    if found is None:
        typed = request.POST.get("nummer", "").strip()[:20]
        messages.error(request, f"Einen Wandzettel Nr. {typed or '?'} gibt es in Ihren Häusern nicht.")
    elif not found.is_open(timezone.now()):
        messages.success(request, f"Zettel Nr. {found.pk} ({found.venue}) gilt schon nicht mehr.")
    else:
        links.revoke(found, user)
        messages.success(request, f"Zettel Nr. {found.pk} ({found.venue}) gilt ab sofort nicht mehr.")
        if action == "ersetzen":
            _issue(request, user, [found.venue])


def _issue(request: HttpRequest, user: User, halls: Iterable[Venue]) -> None:
    made = [links.issue(WALL, hall, user) for hall in halls]
    if not made:
        messages.error(request, "Dort hängt schon ein Zettel. Ist er weg, ersetzen Sie ihn.")
        return
    for link in made:
        _counts_by_day(user, link.venue)
    said = (
        f"Neu: Zettel Nr. {made[0].pk} für {made[0].venue}."
        if len(made) == 1
        else f"{len(made)} neue Zettel, bitte drucken."
    )
    messages.success(request, f"{said} Das Haus zählt damit Tag für Tag." if len(made) == 1 else said)


def _counts_by_day(user: User, venue: Venue) -> None:
    """Whoever hangs up a sheet wants days; the page of the month then asks for days as well."""
    place = MeetingPlace.objects.filter(venue=venue).first()
    if place and place.counting != MeetingPlace.Counting.DAY and access.may(user, Right.CHANGE, place):
        place.counting = MeetingPlace.Counting.DAY
        place.save(update_fields=["counting"])


def _of_number(user: User, typed: str) -> Link | None:
    digits = typed.strip()
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 18):
        return None
    return access.visible(user, Right.CHANGE, _rows()).filter(pk=int(digits)).first()
