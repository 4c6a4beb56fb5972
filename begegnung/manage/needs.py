"""Bedarfskarte: the map and the table of what there is and what is missing, and halls that could take it in."""

import re
from typing import Any
from urllib.parse import urlencode

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from begegnung import free_times, needs
from begegnung.free_times import Wish
from seniorportal import access, outlines, register
from seniorportal.access import Right
from seniorportal.models import Population, Room, UnmetSearch
from seniorportal.public.map import lines
from seniorportal.public.parameters import Parameters

MOST_WORDS = 30


@require_safe
def needs_map(request: HttpRequest) -> HttpResponse:
    """Open to whoever plans; the same for all of them. ``thema`` colours the map, ``bezirk`` opens a district,
    ``personen`` and ``stufenlos`` say what room is looked for."""
    user: Any = request.user
    if not access.offers(user, Right.SEE, Population):
        raise Http404("keine Bedarfskarte")
    today = timezone.localdate()
    table = needs.table(today)
    parameters = Parameters(request, "thema", "bezirk", "personen", "stufenlos")
    theme = next(iter(parameters.choices("thema", set(table.rows))), "")
    asked = next(iter(parameters.choices("bezirk", {*table.districts, ""})), None)
    district = needs.own_district(user) if asked is None else asked
    district = district if district in table.districts else ""
    row = table.rows[theme]
    wish = wished(parameters)
    context: dict[str, Any] = {
        "table": table,
        "theme": theme,
        "row": row,
        "groups": [table.rows[line.key] for line in needs.OF_THE_REPORT],
        "themes": [table.rows[line.key] for line in needs.themes()],
        "everything": table.rows[""],
        "map": areas(table, row, district),
        "city": outlines.city(),
        "district": {"slug": district, "name": table.districts.get(district, "")},
        "wish": wish,
        "kept": kept(wish),
        "unmet": in_vain(user, UnmetSearch.objects.filter(district=None))[:MOST_WORDS],
        "unmet_there": by_district(user, table.districts, district),
        "days": needs.AHEAD,
        "imports": access.offers(user, Right.ADD, Population),
        "ignored": parameters.ignored,
        "panels": [panel(today, district) for panel in register.all_needs_panels()],
    }
    if district:
        halls = free_times.free_halls(district, today)
        context["halls"] = free_times.fitting(needs.EVERYTHING, halls, wish, most=len(halls))
        context["gaps"] = [
            {"row": gap, "cell": gap.cells[district], "halls": free_times.fitting(gap.line, halls, wish)}
            for gap in table.gaps(district)
        ]
    return render(request, "begegnung/manage/needs.html", context)


def wished(parameters: Parameters) -> Wish:
    """For how many people a room is looked for, and whether without steps."""
    written = (parameters.given.getlist("personen")[-1:] or [""])[0].strip()
    people = int(written) if re.fullmatch(r"[0-9]{1,4}", written, re.ASCII) else 0
    if written and not 1 <= people <= Room.MOST_SEATS:
        parameters.ignored.append(
            "Die Zahl der Menschen konnten wir nicht lesen. Bitte eine ganze Zahl bis 2000, zum Beispiel 25."
        )
        people = 0
    return Wish(people, bool(parameters.choices("stufenlos", {"1"})))


def kept(wish: Wish) -> str:
    """What every link of the page takes along, so that the wish outlives a click on the map."""
    said = {"personen": wish.people or None, "stufenlos": 1 if wish.no_steps else None}
    asked = urlencode({name: value for name, value in said.items() if value})
    return f"&{asked}" if asked else ""


def in_vain(user: Any, rows: Any) -> Any:
    return access.visible(user, Right.SEE, rows).seen_often()  # type: ignore[attr-defined]


def by_district(user: Any, districts: dict[str, str], chosen: str) -> list[dict[str, Any]]:
    """Words looked for in vain in the chosen district, else in each of them; one statement."""
    rows = UnmetSearch.objects.exclude(district=None)
    if chosen:
        rows = rows.filter(district__slug=chosen)
    words: dict[str, list[Any]] = {}
    for row in in_vain(user, rows).values("word", "times", "last", slug=F("district__slug")):
        words.setdefault(row["slug"], []).append(row)
    return [
        {"name": name, "words": words[slug][:MOST_WORDS]} for slug, name in districts.items() if slug in words
    ]


def areas(table: needs.Table, row: needs.Row, district: str) -> list[dict[str, Any]]:
    """The districts of the drawing, each with what the line has there."""
    return [
        {
            "shape": shape,
            "slug": slug,
            "cell": row.cells.get(slug),
            "lines": lines(shape.name),
            "chosen": slug == district,
        }
        for slug, shape in outlines.city().shapes.items()
        if slug in table.districts
    ]
