"""Jahresmeldung: the year of all own houses, one house to correct and report, and what is still missing."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from begegnung import months, returns
from begegnung.manage import returns_file
from begegnung.manage.return_form import ReturnForm
from begegnung.models import AnnualReturn
from begegnung.numbers import House, houses
from seniorportal import access, spreadsheets
from seniorportal.access import Right
from seniorportal.answers import SeeOther
from seniorportal.figures.period import FIRST_YEAR, Period
from seniorportal.models import User

PER_PAGE = 100
STATES = {"fehlt": "noch nicht gemeldet", "gemeldet": "gemeldet", "geprueft": "geprüft"}


@never_cache
@require_safe
def now(request: HttpRequest) -> HttpResponse:
    """The last finished year: that is the one to report."""
    _person(request)
    return redirect("begegnung:manage:returns", year=timezone.localdate().year - 1)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def year(request: HttpRequest, year: int) -> HttpResponse:
    """All houses of the person in one year. POST reports, checks or prints those ticked, as they were shown."""
    user = _person(request)
    if request.method == "POST":
        _lock(user, pk__in=[int(key[:18]) for key in request.POST.getlist("haus") if key.isdecimal()])
    found = houses_of(user, Right.SEE, _year(year))
    if number := request.GET.get("bogen", ""):
        return _to_sheet(request, user, number, year)
    mine = _keys(user, Right.ADD)
    to_check = set(
        access.visible(user, Right.RELEASE, AnnualReturn.objects.filter(year=year)).values_list(
            "venue", flat=True
        )
    )
    if request.method == "POST":
        return _ticked(request, user, year, found, mine, to_check)
    shown = [house for house in found if _fits(house, request.GET)]
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("seite"))
    context = {
        "year": year,
        "is_over": returns.is_over(year, timezone.localdate()),
        "after": year + 1 if year < timezone.localdate().year else None,
        "page": page,
        "houses": [(house, house.venue.pk in mine, house.venue.pk in to_check) for house in page.object_list],
        "reports": bool(mine),
        "checks": bool(to_check),
        "exports": access.offers(user, Right.EXPORT, AnnualReturn),
        "total": len(found),
        "reported": sum(house.is_reported for house in found),
        "checked": sum(house.state == AnnualReturn.State.CHECKED for house in found),
        "districts": _coverage(found, lambda house: [str(house.venue.district or "ohne Stadtbezirk")]),
        "carriers": _coverage(
            found, lambda house: [str(c) for c in house.venue.carriers.all()] or ["ohne Träger"]
        ),
        "states": STATES,
        "state": request.GET.get("stand", ""),
        "district": request.GET.get("bezirk", ""),
        "query": "&".join(f"{key}={request.GET[key]}" for key in ("stand", "bezirk") if key in request.GET),
        "district_choices": sorted(
            {
                (h.venue.district.sort, h.venue.district.slug, h.venue.district.name)
                for h in found
                if h.venue.district
            }
        ),
    }
    return render(request, "begegnung/manage/returns.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hall(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """One house: correct, comment, report; or, for whoever checks, say so or ask back."""
    user = _person(request)
    if request.method == "POST":
        _lock(user, slug=slug)
    house = next((one for one in houses_of(user, Right.SEE, _year(year)) if one.venue.slug == slug), None)
    if house is None:
        raise Http404("nicht gefunden")
    row = house.declared or returns.draft_of(house.venue, year)
    may_edit = house.venue.pk in _keys(user, Right.ADD)
    may_check = bool(row.pk) and access.may(user, Right.RELEASE, row)
    over = returns.is_over(year, timezone.localdate())
    here = reverse("begegnung:manage:return", args=[year, slug])
    back = reverse("begegnung:manage:returns", args=[year])
    action = request.POST.get("aktion", "")
    if request.method == "POST" and action in ("pruefen", "rueckfrage"):
        if not may_check:
            raise PermissionDenied("prüfen")
        return _check(request, user, house, row, action, here, back)
    if request.method == "POST" and not may_edit:
        raise PermissionDenied("nur ansehen")
    form = ReturnForm(house, request.POST if request.method == "POST" else None, instance=row)
    if form.is_bound and form.is_valid():
        row = form.save(commit=False)
        if action == "melden" and over:
            returns.report(row, user, timezone.localdate())
            messages.success(request, f"{house.venue.name} ist für {year} gemeldet.")
            return SeeOther(back)
        if form.changed_data or row.pk:
            returns.keep(row, user)
        messages.success(
            request, f"{house.venue.name}: gespeichert{'' if house.is_reported else ', noch nicht gemeldet'}."
        )
        return SeeOther(here)
    today = timezone.localdate()
    period = Period(year, year, today)
    counted = months.counted([house.venue.pk], period.first, period.end)
    context = {
        "house": house,
        "row": row,
        "form": form,
        "year": year,
        "is_over": over,
        "may_edit": may_edit,
        "may_check": may_check,
        "here": here,
        "missing_months": [month for month in _months(period) if (house.venue.pk, month) not in counted],
        "number": returns.sheet_number(row) if row.pk else "",
    }
    return render(request, "begegnung/manage/return.html", context)


@never_cache
@require_safe
def xlsx(request: HttpRequest, year: int) -> HttpResponse:
    user = _person(request)
    if not access.offers(user, Right.EXPORT, AnnualReturn):
        raise Http404("keine Ausfuhr")
    found = houses_of(user, Right.EXPORT, _year(year))
    response = HttpResponse(returns_file.as_xlsx(found, year), content_type=spreadsheets.XLSX)
    response["Content-Disposition"] = f'attachment; filename="jahresmeldungen-{year}.xlsx"'
    return response


def houses_of(user: User, right: Right, year: int) -> list[House]:
    """The houses of the year on which the person has the right. Their peers are all of the city."""
    mine = _keys(user, right)
    return [house for house in houses(year, timezone.localdate()) if house.venue.pk in mine]


def _keys(user: User, right: Right) -> set[int]:
    return set(access.targets(user, right, AnnualReturn, "venue").values_list("pk", flat=True))


def _lock(user: User, **which: Any) -> None:
    """Whoever reports the same houses meanwhile waits, so that a second click finds what the first one did."""
    mine = access.targets(user, Right.SEE, AnnualReturn, "venue").filter(**which)
    list(mine.select_for_update(no_key=True, of=("self",)).order_by("pk").values_list("pk"))


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    if not access.offers(request.user, Right.SEE, AnnualReturn):
        raise Http404("nicht gefunden")
    return request.user


def _year(year: int) -> int:
    if not FIRST_YEAR <= year <= (timezone.localdate() - dt.timedelta(days=1)).year:
        raise Http404("kein Jahr zum Melden")
    return year


def _fits(house: House, wanted: Any) -> bool:
    state, district = wanted.get("stand", ""), wanted.get("bezirk", "")
    if district and (house.venue.district is None or house.venue.district.slug != district):
        return False
    return {
        "fehlt": not house.is_reported,
        "gemeldet": house.state == "gemeldet",
        "geprueft": house.state == "geprueft",
    }.get(state, True)


def _coverage(found: Iterable[House], names: Any) -> list[tuple[str, int, int]]:
    """Name, how many are reported, how many there are."""
    there: Counter[str] = Counter()
    reported: Counter[str] = Counter()
    for house in found:
        for name in names(house):
            there[name] += 1
            reported[name] += house.is_reported
    return [(name, reported[name], there[name]) for name in sorted(there)]


def _months(period: Period) -> list[Any]:
    return [period.first.replace(month=month) for month in range(1, period.last.month + 1)]


def _to_sheet(request: HttpRequest, user: User, typed: str, year: int) -> HttpResponse:
    """From the number on a sheet that came back to the page it is typed into."""
    key = returns.read_sheet_number(typed)
    rows = access.visible(user, Right.SEE, AnnualReturn.objects.select_related("venue"))
    found = rows.filter(pk=key).first() if key else None
    if found is None:
        messages.error(
            request,
            f"Einen Bogen Nr. {typed[:20]} gibt es unter Ihren Häusern nicht. Bitte sehen Sie noch einmal nach.",
        )
        return SeeOther(reverse("begegnung:manage:returns", args=[year]))
    return SeeOther(reverse("begegnung:manage:return", args=[found.year, found.venue.slug]))


def _check(
    request: HttpRequest, user: User, house: House, row: AnnualReturn, action: str, here: str, back: str
) -> HttpResponse:
    question = request.POST.get("rueckfrage", "").strip()[:400]
    if action == "rueckfrage" and not question:
        messages.error(request, "Bitte schreiben Sie, was Sie wissen möchten. Noch ist nichts zurückgegeben.")
        return SeeOther(here)
    if str(row.version) != request.POST.get("version", ""):
        messages.error(
            request, "Inzwischen wurde diese Meldung geändert. Bitte sehen Sie die Zahlen noch einmal an."
        )
        return SeeOther(here)
    if action == "rueckfrage":
        returns.ask_back(row, user, question)
        messages.success(request, f"{house.venue.name} ist mit Ihrer Rückfrage wieder im Entwurf.")
    else:
        returns.check(row, user, timezone.localdate())
        messages.success(request, f"{house.venue.name} ist geprüft.")
    return SeeOther(back)


def _ticked(
    request: HttpRequest, user: User, year: int, found: list[House], mine: set[int], to_check: set[int]
) -> HttpResponse:
    here = reverse("begegnung:manage:returns", args=[year])
    today = timezone.localdate()
    if not mine and not access.offers(user, Right.RELEASE, AnnualReturn):
        raise PermissionDenied("nur ansehen")
    action, ticked = request.POST.get("aktion", ""), set(request.POST.getlist("haus"))
    chosen = [house for house in found if str(house.venue.pk) in ticked]
    if not chosen:
        messages.error(request, "Es war kein Haus angekreuzt.")
        return SeeOther(here)
    if action == "bogen":
        number = returns.print_sheets(
            [one for one in chosen if one.venue.pk in mine and not one.is_reported], user, today
        )
        if number:
            return SeeOther(reverse("begegnung:manage:packet", args=[year]))
        messages.error(request, "Für die angekreuzten Häuser ist schon gemeldet: Sie brauchen keinen Bogen.")
        return SeeOther(here)
    shown = set(request.POST.get("gezeigt", "").split())
    changed = [house for house in chosen if house.seen not in shown]
    done = 0
    for house in chosen:
        if house in changed:
            continue
        row = house.declared or returns.draft_of(house.venue, year)
        if (
            action == "melden"
            and house.venue.pk in mine
            and returns.is_over(year, today)
            and not house.is_reported
        ):
            returns.report(row, user, today)
            done += 1
        elif action == "pruefen" and house.venue.pk in to_check:
            returns.check(row, user, today)
            done += 1
    if done:
        one, many = ("gemeldet", "gemeldet") if action == "melden" else ("geprüft", "geprüft")
        messages.success(request, f"Ein Haus ist {one}." if done == 1 else f"{done} Häuser sind {many}.")
    if changed:
        names = ", ".join(house.venue.name for house in changed[:5])
        messages.error(
            request,
            f"Nicht dabei, weil sich inzwischen etwas geändert hat: {names}. Bitte sehen Sie noch einmal hin.",
        )
    if not done and not changed:
        messages.error(request, "Hier war nichts zu tun: Die angekreuzten Häuser sind schon so weit.")
    return SeeOther(here)
