"""«Meine Häuser»: one line for each, what needs her first."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from begegnung import houses as verbs
from begegnung.houses import House
from seniorportal.public.filters import asked_page
from seniorportal.public.parameters import Parameters
from seniorportal.review import Stand

PER_PAGE = 200
WANTS = {
    "pruefen": "Angaben prüfen",
    "zahlen": "Zahlen fehlen",
    "meldung": "Jahresmeldung fehlt",
    "rueckmeldung": "Rückmeldung offen",
    "schliesszeit": "Schließzeit steht an",
}


@require_safe
def houses(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if not verbs.offered(user):
        raise Http404("keine Häuser")
    today = timezone.localdate()
    every = verbs.houses(user, today)
    asked = Parameters(request, "faellig", "bezirk", "traeger")
    chosen = Chosen(asked, every)
    rows = chosen.of(every)
    page = Paginator(rows, PER_PAGE).get_page(asked_page(asked))
    context = {
        "page": page,
        "every": len(every),
        "shown": len(rows),
        "chosen": chosen,
        "query": chosen.query(),
        "entries": sum(house.entries for house in rows),
        "due": sum(house.stand == Stand.DUE for house in rows),
        "year": today.year - 1,
        "reports": any(house.answered for house in every),
        "ignored": asked.ignored,
    }
    return render(request, "begegnung/manage/houses.html", context)


class Chosen:
    """What the address asks for, read forgivingly, and the lists to choose from."""

    def __init__(self, asked: Parameters, every: list[House]) -> None:
        self.wants = WANTS
        self.districts = {h.venue.district.slug: h.venue.district.name for h in every if h.venue.district}
        self.districts = dict(sorted(self.districts.items(), key=lambda pair: pair[1]))
        carriers = {one.slug: one.short_name or one.name for h in every for one in h.venue.carriers.all()}
        self.carriers = dict(sorted(carriers.items(), key=lambda pair: pair[1]))
        self.want = self._one(asked, "faellig", WANTS)
        self.district = self._one(asked, "bezirk", self.districts)
        self.carrier = self._one(asked, "traeger", self.carriers)

    @staticmethod
    def _one(asked: Parameters, name: str, possible: dict[str, str]) -> str:
        return next(iter(asked.choices(name, {*possible, ""})), "")

    @property
    def anything(self) -> bool:
        return bool(self.want or self.district or self.carrier)

    def query(self) -> str:
        """What stays in the address, ending in «&»."""
        given = {"faellig": self.want, "bezirk": self.district, "traeger": self.carrier}
        return "".join(f"{name}={value}&" for name, value in given.items() if value)

    def of(self, every: list[House]) -> list[House]:
        return [house for house in every if self._fits(house)]

    def _fits(self, house: House) -> bool:
        district = house.venue.district.slug if house.venue.district else ""
        if self.district and district != self.district:
            return False
        if self.carrier and self.carrier not in {one.slug for one in house.venue.carriers.all()}:
            return False
        return not self.want or self._needs(house)

    def _needs(self, house: House) -> bool:
        if self.want == "schliesszeit":
            return bool(house.closed)
        light = {
            "pruefen": house.confirmed,
            "zahlen": house.counted,
            "meldung": house.declared,
            "rueckmeldung": house.answered,
        }[self.want]
        return light is not None and light.stand > Stand.FINE
