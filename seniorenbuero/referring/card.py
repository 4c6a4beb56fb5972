"""The card for the way: where, when, how to get there and whom to ring, in large type on A5. No name and no reason.

Its code says which Vermittlung it is and nothing else; the hall ticks it as «angekommen».
"""

import datetime as dt
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from seniorenbuero.desk.door import Desk, at_the_log
from seniorenbuero.models import Referral
from seniorportal import access
from seniorportal.access import PUBLIC, Right
from seniorportal.models import Offering, Partner, Venue
from seniorportal.printing import leaf, press, qr, rings, scopes, words
from seniorportal.public.leaves import KINDS
from seniorportal.public.places import access_of, attach_all, attach_venue, offerings_of, with_surroundings
from seniorportal.public.printing import answer_pdf

MOST_DATES = 2
ROOM, ON_A_LINE = 15, 40  # lines of facts in the large size, and signs on each
# What decides whether somebody can go there; a parking place does not.
NEEDED = ("stufenlos", "aufzug", "rampe", "wc", "flacher-weg", "rollator", "induktion")
SHOWN = (
    "Wann",
    "Geöffnet",
    "Nächste Termine",
    "Wo",
    "Adresse",
    "Weg",
    "Kosten",
    "Anmeldung",
    "Sie begrüßt",
    "Zugang",
)
UNCHECKED = "Diese Angaben sind länger nicht bestätigt: Bitte rufen Sie vorher an."
UNKNOWN_ACCESS = "Ob es Stufen gibt, ist nicht bekannt – bitte fragen Sie."


@at_the_log
@require_safe
def card(request: HttpRequest, desk: Desk, pk: int) -> HttpResponseBase:
    """As a page for printing and as PDF. Two statements for the place, one for the card."""
    rows = Referral.objects.for_list().filter(office=desk.office, direction=Referral.Direction.THERE)
    referral = access.fetch(desk.principal, rows, pk=pk)
    told = of(referral, timezone.localtime())
    if request.path.endswith(".pdf"):
        return answer_pdf(request, "referral", as_data(told), "karte")
    context = {
        "told": told,
        "qr": qr.svg(told["address"]),
        "desk": desk,
        "today": timezone.localdate(),
        "pdf": reverse("desk:card_pdf", args=[pk]) if press.available() else "",
        "back": reverse("desk:referring" if desk.signed_in else "desk:refer"),
    }
    return render(request, "seniorenbuero/referring/card.html", context)


def of(referral: Referral, now: dt.datetime) -> dict[str, Any]:
    """What the card says, in words."""
    made = _leaf(referral, now)
    by_label = {fact.label: [_said(one) for one in fact.entries] for fact in made.facts}
    facts = [(label, by_label[label]) for label in SHOWN if label in by_label]
    if made.kind != "Netzwerkpartner" and "Zugang" not in by_label:
        facts.append(("Zugang", [UNKNOWN_ACCESS]))
    checked = made.standing.startswith("Diese Angaben sind geprüft")
    return {
        "title": made.title,
        "lead": made.lead,
        "facts": facts,
        "dense": _lines(made, facts) > ROOM,
        "rings": made.rings[:1],
        "standing": "" if checked or not made.standing else UNCHECKED,
        "office": referral.office.name,
        "code": referral.spoken_code,
        "address": settings.PORTAL_ADDRESS + reverse("arrival:card", args=[referral.code]),
        "short": qr.short(settings.PORTAL_ADDRESS + reverse("arrival:typed")),
        "ticked": made.kind != "Netzwerkpartner",
        "example": referral.example,
    }


def as_data(told: dict[str, Any]) -> dict[str, Any]:
    """For the press: every word that a person reads."""
    return {
        "subject": f"Karte: {told['title']}",
        "brand": "Ihr Weg dorthin" + (" · Beispiel" if told["example"] else ""),
        "title": told["title"],
        "lead": told["lead"],
        "facts": [{"label": label, "entries": entries} for label, entries in told["facts"]],
        "rings": [{"number": ring.number, "who": ring.who, "hours": ring.hours} for ring in told["rings"]],
        "words": {"ring": "Rufen Sie gern an:"},
        "dense": told["dense"],
        "standing": told["standing"],
        "hand_over": "Bitte geben Sie diese Karte dort ab." if told["ticked"] else "",
        "code": told["code"],
        "from": f"Ihr {told['office']}",
        "small": f"Die Karte nennt keinen Namen. Das Haus trägt sie ein: {told['short']}"
        if told["ticked"]
        else "",
        "qr": str(qr.svg(told["address"])) if told["ticked"] else "",
        "qr_alt": "QR-Code für das Haus",
    }


def _lines(made: leaf.Leaf, facts: list[tuple[str, list[str]]]) -> int:
    """About how many there are; a card with more of them is set smaller, so that it stays one A5 page."""
    texts = [*(entry for _, entries in facts for entry in entries), made.lead, made.title]
    rings_of = [f"{ring.who} {ring.hours}" for ring in made.rings[:1]]
    return sum(-(-len(text) // ON_A_LINE) for text in (*texts, *rings_of))


def _needed(venue: Venue) -> dict[str, Any]:
    return access_of([fact for fact in venue.accessibility.all() if fact.feature in NEEDED])


def _said(entry: leaf.Entry) -> str:
    return f"{entry.text} – {entry.said}" if entry.said else entry.text


def _leaf(referral: Referral, now: dt.datetime) -> leaf.Leaf:
    if referral.offering:
        return _of_offering(referral.offering, now)
    if referral.venue:
        return _of_venue(referral.venue, now)
    if referral.partner:
        return _of_partner(referral.partner, now)
    raise Http404("Das Angebot gibt es nicht mehr.")


def _of_offering(offering: Offering, now: dt.datetime) -> leaf.Leaf:
    found = access.fetch(PUBLIC, with_surroundings(Offering.objects.for_page()), pk=offering.pk)
    attach_all(found)
    dates = access.visible(PUBLIC, Right.SEE, found.occurrences.still_to_come(now))[:MOST_DATES]
    facts = _needed(found.venue) if found.venue else None
    return leaf.of_offering(found, dates, facts, now.date(), "")


def _of_venue(venue: Venue, now: dt.datetime) -> leaf.Leaf:
    found = access.fetch(PUBLIC, scopes.place_rows(venue.report_area), pk=venue.pk)
    attach_venue(found)
    kind = KINDS.get(found.report_area, "")  # type: ignore[call-overload]
    return leaf.of_venue(found, offerings_of(found, now), _needed(found), now.date(), "", kind=kind)


def _of_partner(partner: Partner, now: dt.datetime) -> leaf.Leaf:
    return leaf.Leaf(
        title=words.plain(partner.name, 110),
        lead=str(partner.get_kind_display()),
        facts=[],
        text="",
        rings=[rings.Ring(partner.phone, partner.name)] if partner.phone else [],
        standing="",
        address="",
        printed=now.date(),
        example=partner.example,
        kind="Netzwerkpartner",
    )
