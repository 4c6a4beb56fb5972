"""Bögen zur Jahresmeldung, for those without e-mail: a page a house, to correct with a pen and send back."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from begegnung import returns
from begegnung.manage.returns import houses_of
from begegnung.models import AnnualReturn
from begegnung.numbers import House
from seniorportal import access
from seniorportal.access import Right
from seniorportal.figures.period import FIRST_YEAR
from seniorportal.figures.wording import german
from seniorportal.models import User
from seniorportal.printing import press
from seniorportal.public.printing import answer_pdf


@never_cache
@require_safe
def packet(request: HttpRequest, year: int) -> HttpResponseBase:
    """Every sheet that was printed and has not come back; ``anschrift`` is where it is sent back to."""
    user = request.user
    today = timezone.localdate()
    if not isinstance(user, User) or not access.offers(user, Right.ADD, AnnualReturn):
        raise Http404("nicht gefunden")
    if not FIRST_YEAR <= year <= today.year:
        raise Http404("kein Jahr")
    found = [one for one in houses_of(user, Right.ADD, year) if one.declared and one.declared.printed_on]
    waiting = [house for house in found if not house.is_reported]
    address = [
        line.strip()[:80] for line in request.GET.get("anschrift", "")[:400].splitlines() if line.strip()
    ][:6]
    pages = [_page(house, address) for house in waiting]
    if request.path.endswith(".pdf") and pages:
        return answer_pdf(
            request, "packet", {"pages": pages, "year": str(year)} | _words(year), f"jahresmeldung-{year}"
        )
    here = reverse("begegnung:manage:packet", args=[year])
    pdf = reverse("begegnung:manage:packet_pdf", args=[year]) if press.available() and pages else ""
    context = {
        "year": year,
        "pages": pages,
        "words": _words(year),
        "here": here,
        "pdf": f"{pdf}?{urlencode({'anschrift': chr(10).join(address)})}" if pdf and address else pdf,
        "address": "\n".join(address),
    }
    return render(request, "begegnung/manage/packet.html", context)


def _words(year: int) -> dict[str, Any]:
    return {
        "subject": f"Jahresmeldung {year}",
        "lead": "Das weiß das Seniorenportal über Ihr Haus. Stimmt eine Zahl nicht, schreiben Sie die richtige "
        "daneben. Stimmt alles, machen Sie nur unten ein Kreuz.",
        "known": "bekannt",
        "right": "richtig ist",
        "all_right": "Alles stimmt so.",
        "comment": "Möchten Sie etwas dazu sagen? Bitte keine Namen.",
        "until": "Bitte senden Sie das Blatt zurück an:",
        "thanks": "Vielen Dank! Gezählt werden Besuche, nie Personen: Wer zweimal kommt, zählt zweimal.",
        "number": "Bogen Nr.",
        "unknown": "nicht bekannt",
        "printed": f"Gedruckt am {date_format(timezone.localdate(), 'j. F Y')}.",
    }


def _page(house: House, address: list[str]) -> dict[str, Any]:
    assert house.declared is not None
    carriers = [str(carrier) for carrier in house.venue.carriers.all()]
    place = f"{house.venue.postal_code} Dortmund".strip()
    return {
        "hall": house.venue.name,
        "where": ", ".join(filter(None, (house.venue.street, place if house.venue.street else ""))),
        "carrier": ", ".join(carriers),
        "number": returns.sheet_number(house.declared),
        "rows": [
            {"title": "Öffnungsstunden im Jahr", "known": _said(house.opening_hours), "note": _hours(house)},
            {"title": "Besuche im Jahr", "known": _said(house.visits), "note": _visits(house)},
            {
                "title": "Ehrenamtliche Helferinnen und Helfer",
                "known": _said(house.volunteers),
                "note": _heads(house),
            },
        ],
        "address": address or carriers,
    }


def _said(number: int | None) -> str:
    return "nicht bekannt" if number is None else german(number)


def _hours(house: House) -> str:
    is_computed = house.declared is not None and house.declared.opening_hours is None
    return "aus den Öffnungszeiten berechnet, ohne Feiertage" if is_computed and house.opening_hours else ""


def _visits(house: House) -> str:
    if house.known.counted:
        return "gezählt und eingetragen"
    return f"{house.year - 1} waren es {german(house.last_visits)}" if house.last_visits is not None else ""


def _heads(house: House) -> str:
    return "einzeln eingetragen" if house.known.volunteers else "Köpfe, nicht Stunden"
