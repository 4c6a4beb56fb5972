"""Der Merkzettel: offerings that a visitor collects without an account, in a cookie that only her click sets.

``?a=12,15`` is the same list in an address, to share it or to take it to another device.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from seniorportal import contact, visitors
from seniorportal.access import PUBLIC, Right, fetch, visible
from seniorportal.answers import SeeOther
from seniorportal.models import Offering
from seniorportal.printing import qr
from seniorportal.public import calendar_files
from seniorportal.public.dates import coming, dates_of
from seniorportal.public.errors import csrf_failure
from seniorportal.public.parameters import Parameters
from seniorportal.public.places import attach_all, in_time_order, with_surroundings
from seniorportal.public.sameplace import from_here, page_before

DATES = 3  # of each offering
SENTENCES = {
    "gemerkt": "Steht jetzt auf Ihrem Merkzettel.",
    "voll": f"Auf den Merkzettel passen {visitors.MOST} Angebote. Bitte nehmen Sie erst eines herunter.",
    "weg": "Steht nicht mehr auf Ihrem Merkzettel.",
    "leer": "Ihr Merkzettel ist jetzt leer. Hier stehen die Angebote noch einmal, falls das ein Versehen war.",
    "uebernommen": "Die Angebote stehen jetzt auf Ihrem Merkzettel.",
    "zu-viele": f"Auf den Merkzettel passen {visitors.MOST} Angebote. Die letzten haben keinen Platz mehr gefunden.",
}
NO_COOKIE = (
    "Ihr Browser nimmt keine Cookies an. Darum steht Ihr Merkzettel nur in der Adresse dieser Seite: Sie können sie "
    "als Lesezeichen speichern, drucken oder weitergeben."
)
UNREADABLE = "Einen Teil Ihres Merkzettels konnten wir nicht lesen. Er fehlt in dieser Liste."
UNREADABLE_ADDRESS = (
    f"Einen Teil der Adresse konnten wir nicht lesen, oder es sind mehr als {visitors.MOST} Angebote. "
    "Sie sehen die übrigen."
)


@login_not_required
@never_cache
@csrf_exempt  # a token would need a cookie on every page that has the button; ``from_here`` asks the browser instead
@require_http_methods(["GET", "HEAD", "POST"])
def merkzettel(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return change(request) if from_here(request) else csrf_failure(request)
    return show(request)


def show(request: HttpRequest) -> HttpResponse:
    """One statement; none when the list is empty."""
    kept = visitors.current()
    parameters = Parameters(request, "a", "stand")
    given, unreadable = visitors.numbers(",".join(request.GET.getlist("a")))
    shared = bool(given) and set(given) != set(kept.noted)
    numbers = given if shared else list(kept.noted)
    if kept.rubbish:
        parameters.ignored.append(UNREADABLE)
    if unreadable:
        parameters.ignored.append(UNREADABLE_ADDRESS)
    stand = next(iter(parameters.choices("stand", set(SENTENCES))), "")
    refused = stand == "gemerkt" and not kept.noted
    entries = rows_of(numbers)
    gone = [number for number in numbers if number not in {one.pk for one in entries}]
    address = ",".join(str(number) for number in numbers if number not in gone)
    context: dict[str, Any] = {
        "entries": entries,
        "shared": shared,
        "own": len(kept.noted),
        "said": NO_COOKIE if refused else SENTENCES.get(stand, ""),
        "undo": stand == "leer",
        "gone": gone,
        "leave": ".".join(map(str, [*gone, *(one.pk for one in entries if one.over)])),
        "address": address,
        "link": request.build_absolute_uri(f"{reverse('public:noted')}?a={address}"),
        "dates_url": f"{reverse('public:noted_dates')}?a={address}",
        "back": page_before(request, but=reverse("public:noted")),
        "days": visitors.KEPT_DAYS,
        "most": visitors.MOST,
        "ignored": parameters.ignored,
        "contact": contact.city(),
    }
    if entries:
        context["code"] = qr.svg(context["link"])
    return render(request, "public/merkzettel.html", context)


@login_not_required
@require_safe
def dates(request: HttpRequest) -> HttpResponseBase:
    """``?a=12,15`` as a calendar file; what cannot be read in it is left out. One statement."""
    numbers, _ = visitors.numbers(",".join(request.GET.getlist("a")))
    return calendar_files.answer(request, calendar_files.of_offerings(numbers), title="Merkzettel")


def change(request: HttpRequest) -> HttpResponse:
    """One act a click; what it names wrongly changes nothing."""
    here = reverse("public:noted")
    noted = list(visitors.current().noted)
    answer = partial(kept_answer, here)
    if "merken" in request.POST:
        number = fetch(PUBLIC, Offering.objects.only("pk"), pk=request.POST["merken"]).pk
        if number not in noted and len(noted) == visitors.MOST:
            return answer(noted, "voll")
        first = not noted
        noted += [number] * (number not in noted)
        back = page_before(request)
        if first or not back:  # the first time she is shown where it went
            return answer(noted, "gemerkt", a=number)
        return kept_answer(f"{back}#merken-{number}", noted)
    if "entfernen" in request.POST:
        leaving, _ = visitors.numbers(request.POST["entfernen"])
        return answer([number for number in noted if number not in leaving], "weg")
    if "leeren" in request.POST:
        return answer([], "leer", a=",".join(map(str, noted)))
    if "uebernehmen" in request.POST:
        wanted = [*noted, *visitors.numbers(request.POST["uebernehmen"])[0]]
        found = list(dict.fromkeys(wanted))
        return answer(found[: visitors.MOST], "zu-viele" if len(found) > visitors.MOST else "uebernommen")
    return SeeOther(here)


def kept_answer(path: str, noted: Sequence[int], stand: str = "", a: object = "") -> HttpResponse:
    query = "&".join(f"{name}={value}" for name, value in (("stand", stand), ("a", a)) if value)
    response = SeeOther(f"{path}?{query}" if query else path)
    visitors.remember_noted(response, noted)
    return response


def rows_of(numbers: Sequence[int]) -> list[Any]:
    """In the order of their next dates, each with ``next``, ``later``, ``over`` and ``contact``."""
    if not numbers:
        return []
    now = timezone.localtime()
    today = now.date()
    rows = visible(
        PUBLIC, Right.SEE, with_surroundings(Offering.objects.for_page()).filter(pk__in=numbers)
    ).annotate(coming_rows=coming(DATES, now))
    found: list[Any] = list(rows)
    for offering in found:
        attach_all(offering)
        dates = dates_of(offering, offering.coming_rows, today)
        offering.next, offering.later = (dates[0] if dates else None), dates[1:]
        offering.over = offering.active_until is not None and offering.active_until < today
        offering.contact = contact.for_offering(offering, now)
    return sorted(found, key=lambda offering: (offering.over, in_time_order(offering)))
