"""Where the person lives, as far as an entry keeps it: the quarter, or at least the district.

A street is looked up and forgotten: it comes by POST and is in no address, no row, no log and no cookie.
"""

import re
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from seniorenbuero.desk.door import Desk, at_the_log
from seniorportal import finder
from seniorportal.access import PUBLIC, Right, visible
from seniorportal.locate import locate
from seniorportal.models import District, Quarter, Venue
from seniorportal.text import fold

SHORTEST = 3  # letters from which the beginning of a quarter's name is enough
UNKNOWN = "Diese Straße oder diesen Stadtteil kennen wir in Dortmund nicht."
CHOOSE = "Das gibt es an mehreren Stellen. Bitte wählen Sie aus."
NUMBER = " Mit der Hausnummer geht es auch."


@dataclass(frozen=True)
class Place:
    """``choices`` are districts to choose from, each with what lies there; ``problem`` says why nothing was found."""

    district: District | None = None
    quarter: Quarter | None = None
    choices: list[finder.Choice] = field(default_factory=list)
    problem: str = ""

    def __str__(self) -> str:
        words = (str(self.quarter or ""), f"Stadtbezirk {self.district}" if self.district else "")
        return ", ".join(filter(None, words))


def of_typed(typed: str) -> Place:
    """A quarter by its name or the beginning of it, else a street, else what sounds like one. Three statements."""
    if quarter := _quarter(typed):
        # «Hörde» is what people call the whole district: more than that was not said.
        same = fold(quarter.name) == fold(quarter.district.name)
        return Place(quarter.district, None if same else quarter)
    located = locate(typed)
    if located.district:
        return Place(located.district, located.quarter)
    answer = finder.find(typed)
    if answer.sure:
        return Place(answer.sure)
    if answer.choices:
        return Place(choices=answer.choices, problem=CHOOSE + (NUMBER if answer.number_would_help else ""))
    return Place(problem=UNKNOWN)


def of_codes(quarter: str, district: str) -> Place:
    """As it was found before: the short names of a quarter or of a district. Anything else counts as nothing said."""
    quarter, district = quarter.replace("\0", ""), district.replace("\0", "")
    if quarter:
        rows = visible(PUBLIC, Right.SEE, Quarter.objects.select_related("district"))
        if found := rows.filter(slug=quarter).first():
            return Place(found.district, found)
    if district and (own := visible(PUBLIC, Right.SEE, District.objects.filter(slug=district)).first()):
        return Place(own)
    return Place()


def office_of(district: District | None, own: Venue) -> Venue | None:
    """The office that is in charge, where it is another one."""
    if district is None or district.pk == own.district_id:
        return None
    rows = Venue.objects.in_area("seniorenbuero").filter(district=district)
    return visible(PUBLIC, Right.SEE, rows).first()


def _quarter(typed: str) -> Quarter | None:
    wanted = _letters(typed)
    if len(wanted) < SHORTEST or re.search(r"\d", typed):
        return None
    rows = list(visible(PUBLIC, Right.SEE, Quarter.objects.select_related("district")))
    same = [row for row in rows if _letters(row.name) == wanted]
    begun = same or [row for row in rows if _letters(row.name).startswith(wanted)]
    return begun[0] if len(begun) == 1 else None


def _letters(text: str) -> str:
    return re.sub(r"[^a-z]+", "", fold(text))


@at_the_log
@require_POST
@sensitive_post_parameters("ort")
def look_up(request: HttpRequest, desk: Desk) -> HttpResponse:
    """For the script of the log, while the call is still going on."""
    found = of_typed(request.POST.get("ort", "")[:120])
    other = office_of(found.district, desk.office)
    return JsonResponse(
        {
            "name": str(found),
            "quartier": found.quarter.slug if found.quarter else "",
            "bezirk": found.district.slug if found.district else "",
            "satz": found.problem or (f"Zuständig: {other}" if other else ""),
            "wahl": [
                {"bezirk": choice.district.slug, "name": f"{choice.label}, Stadtbezirk {choice.district}"}
                for choice in found.choices
            ],
        }
    )
