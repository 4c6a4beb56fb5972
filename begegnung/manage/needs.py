"""Bedarfskarte: the map and the table of what there is and what is missing, and halls that could take it in."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from begegnung import free_times, needs
from seniorportal import access, outlines, register
from seniorportal.access import Right
from seniorportal.models import Population, UnmetSearch
from seniorportal.public.map import lines
from seniorportal.public.parameters import Parameters

MOST_WORDS = 30


@require_safe
def needs_map(request: HttpRequest) -> HttpResponse:
    """Open to whoever plans; the same for all of them. ``thema`` colours the map, ``bezirk`` opens a district."""
    user: Any = request.user
    if not access.offers(user, Right.SEE, Population):
        raise Http404("keine Bedarfskarte")
    today = timezone.localdate()
    table = needs.table(today)
    parameters = Parameters(request, "thema", "bezirk")
    theme = next(iter(parameters.choices("thema", set(table.rows))), "")
    asked = next(iter(parameters.choices("bezirk", {*table.districts, ""})), None)
    district = needs.own_district(user) if asked is None else asked
    district = district if district in table.districts else ""
    row = table.rows[theme]
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
        "unmet": list(access.visible(user, Right.SEE, UnmetSearch.objects.all()).seen_often()[:MOST_WORDS]),  # type: ignore[attr-defined]
        "days": needs.AHEAD,
        "imports": access.offers(user, Right.ADD, Population),
        "ignored": parameters.ignored,
        "panels": [panel(today, district) for panel in register.all_needs_panels()],
    }
    if district:
        halls = free_times.free_halls(district, today)
        context["halls"] = halls
        context["gaps"] = [
            {"row": gap, "cell": gap.cells[district], "halls": free_times.fitting(gap.line, halls)}
            for gap in table.gaps(district)
        ]
    return render(request, "begegnung/manage/needs.html", context)


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
