"""«Letztes Halbjahr übernehmen»: what took place, ticked, with its new dates; then one act, and the way back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from begegnung import half_year as verb
from begegnung.half_year import HalfYear, Proposal
from begegnung.manage.offerings import may_add_at
from begegnung.manage.reach import fetch_venue, person
from begegnung.manage.rhythm_form import DayField
from begegnung.outlook import Free
from seniorportal import access
from seniorportal.access import Right
from seniorportal.answers import SeeOther
from seniorportal.importing.journal import Refused
from seniorportal.importing.undo import NotNow, undo
from seniorportal.models import ImportRun, Venue

BACK = 4  # half-years to choose from


class SpanForm(forms.Form):
    """The days of one ticked offering. ``seen`` is the digest of the dates that were shown for it."""

    take = forms.BooleanField(required=False)
    first = DayField(required=False)
    last = DayField(required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, proposal: Proposal, target: HalfYear) -> None:
        initial = {"take": not proposal.of_single_days, "first": proposal.first, "last": proposal.last}
        super().__init__(data, prefix=f"a{proposal.offering.pk}", initial=initial)
        self.proposal, self.target = proposal, target
        title = proposal.offering.title
        self.fields["take"].label = title
        self.fields["first"].label = f"Erster Tag: {title}"
        self.fields["last"].label = f"Letzter Tag: {title}"
        if proposal.of_single_days:
            del self.fields["first"], self.fields["last"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.proposal.of_single_days or self.errors:
            return cleaned
        first, last = cleaned.get("first"), cleaned.get("last")
        if not first or not last:
            self.add_error("first" if not first else "last", "Bitte den Tag eintragen.")
        elif last < first:
            self.add_error("last", "Der letzte Tag liegt vor dem ersten.")
        elif first < self.target.first or last > self.target.last:
            self.add_error("first", f"Bitte Tage im Halbjahr {self.target.label}.")
        return cleaned


def spans(request: HttpRequest) -> tuple[HalfYear, HalfYear, list[HalfYear], list[HalfYear]]:
    """From which and for which half-year, and what else there is to choose; what is unreadable counts as not said."""
    now = HalfYear.of(timezone.localdate())
    sources, targets = [now.plus(-n) for n in range(BACK)], [now.plus(1), now.plus(2), now]
    said = request.POST if request.method == "POST" else request.GET
    source, target = HalfYear.parse(said.get("aus", "")), HalfYear.parse(said.get("fuer", ""))
    target = target if target in targets else now.plus(1)
    source = source if source in sources and source < target else target.plus(-1)
    return source if source in sources else now, target, sources, targets


@require_http_methods(["GET", "HEAD", "POST"])
def half_year(request: HttpRequest, slug: str) -> HttpResponse:
    user, venue = person(request), fetch_venue(request, slug)
    if not may_add_at(user, venue):
        raise PermissionDenied("kein Angebot an diesem Ort")
    source, target, sources, targets = spans(request)
    found = verb.proposals(user, venue, source, target)
    data = request.POST or None
    rows = [(one, SpanForm(data, proposal=one, target=target) if one.is_open else None) for one in found]
    unseen = False
    if data is not None:
        unseen = not settled(venue, target, rows)
        chosen = [one for one, form in rows if form is not None and form.cleaned_data.get("take")]
        if "uebernehmen" in data and not unseen and chosen:
            return act(request, venue, source, chosen, target)
        if "uebernehmen" in data and not chosen and any(one.taken for one in found):
            return already(request, venue)
        if not chosen and all(form is None or form.is_valid() for _, form in rows):
            messages.warning(request, "Es ist nichts angekreuzt. Bitte kreuzen Sie an, was weitergehen soll.")
    for one, form in rows:
        if form is not None:
            form.digest = one.digest  # type: ignore[attr-defined]
    context = {
        "venue": venue,
        "rows": rows,
        "source": source,
        "target": target,
        "sources": [one for one in sources if one < target],
        "targets": targets,
        "unseen": unseen and data is not None and "uebernehmen" in data,
        "open": any(form is not None for _, form in rows),
        "runs": lately(request, venue),
    }
    return render(request, "begegnung/manage/half_year.html", context)


def settled(venue: Venue, target: HalfYear, rows: list[tuple[Proposal, SpanForm | None]]) -> bool:
    """Takes the typed days over into the proposals; whether all that is ticked is valid and was seen like this."""
    free = Free.between(target.first, target.last, venue.pk)
    fine = True
    for one, form in rows:
        if form is None:
            continue
        valid = form.is_valid()
        if valid and not one.of_single_days:
            one.first, one.last = form.cleaned_data["first"], form.cleaned_data["last"]
            verb.expect(one, free)
        if form.cleaned_data.get("take") and (not valid or form.cleaned_data.get("seen") != one.digest):
            fine = False
    return fine


def act(
    request: HttpRequest, venue: Venue, source: HalfYear, chosen: list[Proposal], target: HalfYear
) -> HttpResponse:
    try:
        run = verb.take_over(person(request), venue, source, chosen, target)
    except Refused as refused:
        messages.error(request, f"Das lässt sich so nicht übernehmen: {refused}")
        return SeeOther(reverse("begegnung:manage:half_year", args=[venue.slug]))
    if run is None:
        return already(request, venue)
    many = "1 Angebot ist" if run.new == 1 else f"{run.new} Angebote sind"
    messages.success(request, f"{many} übernommen für {target.label}.")
    return SeeOther(reverse("begegnung:manage:half_year_done", args=[venue.slug, run.pk]))


def already(request: HttpRequest, venue: Venue) -> HttpResponse:
    """The second click: where the first one led to."""
    messages.info(request, "Das ist schon übernommen.")
    runs = lately(request, venue)
    name, more = ("half_year_done", [runs[0].pk]) if runs else ("half_year", [])
    return SeeOther(reverse(f"begegnung:manage:{name}", args=[venue.slug, *more]))


def lately(request: HttpRequest, venue: Venue) -> list[ImportRun]:
    """What she took over at this venue lately."""
    rows = access.visible(person(request), Right.SEE, ImportRun.objects.defer("upload"))
    return list(rows.filter(notes=[verb.MARK, str(venue)], state=ImportRun.State.WRITTEN)[:3])


@require_http_methods(["GET", "HEAD", "POST"])
def half_year_done(request: HttpRequest, slug: str, run: int) -> HttpResponse:
    """What was taken over, and the way back."""
    user, venue = person(request), fetch_venue(request, slug)
    rows = ImportRun.objects.filter(notes=[verb.MARK, str(venue)])
    found = access.fetch(user, rows, pk=run)
    if request.method == "POST":
        if not access.may(user, Right.CHANGE, found):
            raise PermissionDenied("nicht ändern")
        try:
            result = undo(found.pk, user)
        except NotNow:
            messages.warning(request, "Das ist schon zurückgenommen.")
        else:
            many = "1 Angebot" if result.restored == 1 else f"{result.restored} Angebote"
            left = f" {len(result.left)} bleiben; warum, steht unten." if result.left else ""
            messages.success(request, f"Zurückgenommen: {many}.{left}")
        return SeeOther(request.path)
    context = {"venue": venue, "run": found, "rows": list(found.rows.order_by("line"))}
    return render(request, "begegnung/manage/half_year_done.html", context)
