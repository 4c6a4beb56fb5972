"""«Zahlen»: a year of an office, or of the city for whoever sees every office; as a page, as CSV and as a workbook."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from seniorenbuero.desk.door import of_person
from seniorenbuero.models import ConsultationCount
from seniorportal import access, spreadsheets
from seniorportal.access import Right
from seniorportal.figures.period import Period
from seniorportal.models import ReportArea, User, Venue

from . import counting, files, tables
from .hiding import CITY

WHOLE_CITY = "stadt"
NAME_OF_CITY = "alle Seniorenbüros"


@dataclass(frozen=True)
class Asked:
    """What somebody may see and wants to see."""

    year: tables.Year
    chosen: Venue | None  # None stands for all offices
    mine: list[Venue]
    city: bool
    years: list[int]
    ignored: str

    @property
    def office(self) -> int:
        return self.chosen.pk if self.chosen else CITY

    @property
    def name(self) -> str:
        return self.chosen.name if self.chosen else NAME_OF_CITY

    @property
    def slug(self) -> str:
        return self.chosen.slug if self.chosen else WHOLE_CITY

    @property
    def shown(self) -> list[tables.Shown]:
        closed = self.chosen is not None and self.year.is_closed(self.office)
        found = [] if closed else self.year.tables(self.office)
        if self.chosen is None:
            lines = self.year.of_offices()
            found.append(
                tables.Shown("buero", "Seniorenbüros", "Seniorenbüro", "", "Beratungen", lines),
            )
        lines = self.year.of_years(self.office)
        return [*found, tables.Shown("jahr", "Jahre", "Jahr", "", "Beratungen", lines)]


def for_readers(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Not there for whoever may read no numbers, however she asks."""
    reading = require_safe(view)

    @wraps(view)
    def door(request: HttpRequest) -> HttpResponse:
        _person(request)
        return reading(request)

    return never_cache(door)


@for_readers
def numbers(request: HttpRequest) -> HttpResponse:
    asked = _asked(request, Right.SEE)
    desk = of_person(request, None)
    context = {
        "frame": f"seniorenbuero/{'desk/base' if desk else 'numbers/outside'}.html",
        "desk": desk,
        "today": timezone.localdate(),
        "asked": asked,
        "period": asked.year.period,
        "counters": files.counters(asked.year, asked.office),
        "closed": asked.chosen is not None and asked.year.is_closed(asked.office),
        "shown": asked.shown,
        "file": urlencode({"jahr": str(asked.year.period.last_year), "buero": asked.slug}),
        "may_take": access.offers(_person(request), Right.EXPORT, ConsultationCount),
    }
    return render(request, "seniorenbuero/numbers/numbers.html", context)


@for_readers
def as_csv(request: HttpRequest) -> HttpResponse:
    asked = _asked(request, Right.EXPORT)
    content = files.as_csv(asked.year, asked.office, asked.name, asked.shown)
    return _file(content.encode(), "text/csv; charset=utf-8", asked, "csv")


@for_readers
def as_xlsx(request: HttpRequest) -> HttpResponse:
    asked = _asked(request, Right.EXPORT)
    content = files.as_xlsx(asked.year, asked.office, asked.name, asked.shown)
    return _file(content, spreadsheets.XLSX, asked, "xlsx")


def _file(content: bytes, kind: str, asked: Asked, form: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    name = f"beratungen-{asked.slug}-{asked.year.period.last_year}.{form}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _asked(request: HttpRequest, right: Right) -> Asked:
    mine = list(_offices(_person(request), right))
    if not mine:
        raise Http404("nicht gefunden")
    every = list(Venue.objects.in_area(ReportArea.OFFICES).order_by("sort", "name", "pk"))
    city = len(every) > 1 and {one.pk for one in every} == {one.pk for one in mine}
    chosen = _chosen(request, mine, city)
    today = timezone.localdate()
    by_year = counting.of_years(tables.span_of_years(today))
    current = tables.span_of_years(today).last_year
    years = sorted({*by_year, current}, reverse=True)
    wanted = request.GET.get("jahr", "")
    known = re.fullmatch(r"[0-9]{4}", wanted) is not None and int(wanted) in years
    year = int(wanted) if known else current
    return Asked(
        tables.Year(every, Period(year, year, today), by_year),
        chosen,
        mine,
        city,
        years,
        "" if known or not wanted else wanted[:20],
    )


def _chosen(request: HttpRequest, mine: list[Venue], city: bool) -> Venue | None:
    """The office that is asked for; unasked her own, else the city, else the first. 404 for what she may not see."""
    slug = request.GET.get("buero", "")
    if slug:
        if slug == WHOLE_CITY and city:
            return None
        found = next((one for one in mine if one.slug == slug), None)
        if found is None:
            raise Http404("nicht gefunden")
        return found
    desk = of_person(request, None)
    own = next((one for one in mine if desk and one.pk == desk.office.pk), None)
    return own or (None if city else mine[0])


def _offices(user: User, right: Right) -> Any:
    found = access.targets(user, right, ConsultationCount, "office")
    return found.filter(report_area=ReportArea.OFFICES).order_by("sort", "name", "pk")


def _person(request: HttpRequest) -> User:
    if not isinstance(request.user, User) or not access.offers(request.user, Right.SEE, ConsultationCount):
        raise Http404("nicht gefunden")
    return request.user
