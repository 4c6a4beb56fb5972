"""The list of partners as its address asks for it: search, filters, order; the same statements for any number."""

import datetime as dt
import re
from typing import Any

from django.db.models import CharField, F, Func, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils import timezone
from django.utils.http import urlencode

from seniorportal import access
from seniorportal.access import Right
from seniorportal.models import District, Partner, PartnerContact
from seniorportal.public.parameters import Parameters
from seniorportal.text import fold

LONGEST_SEARCH = 100
CONTACTS = {
    "halbjahr": "im letzten halben Jahr",
    "laenger": "vor mehr als einem Jahr",
    "nie": "noch nie eingetragen",
}
STANDS = {
    "": "bestehende",
    "frueher": "frühere",
    "veroeffentlicht": "dürfen veröffentlicht werden",
    "alle": "alle",
}
ORDERS = {"": "Name", "kontakt": "wer am längsten wartet"}
HALF_A_YEAR, A_YEAR = dt.timedelta(days=183), dt.timedelta(days=365)


class Folded(Func):
    function = "portal_fold"
    output_field = CharField()


class Sifted:
    """What was asked for, read forgivingly; ``rows`` are the partners it leaves."""

    kinds = dict(Partner.Kind.choices)
    contacts, stands, orders = CONTACTS, STANDS, ORDERS

    def __init__(self, request: HttpRequest) -> None:
        asked = Parameters(request, "q", "art", "bezirk", "kontakt", "stand", "sortierung")
        self.asked = asked
        self.districts = dict(District.objects.order_by("name").values_list("slug", "name"))
        self.q = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH]
        self.kind = self._one("art", self.kinds)
        self.district = self._one("bezirk", self.districts)
        self.contact = self._one("kontakt", CONTACTS)
        self.stand = self._one("stand", STANDS)
        self.order = self._one("sortierung", ORDERS)
        self.rows = self._rows(request.user)

    def _one(self, name: str, possible: dict[str, str]) -> str:
        return next(iter(self.asked.choices(name, {*possible, ""})), "")

    @property
    def anything(self) -> bool:
        return any((self.q, self.kind, self.district, self.contact, self.stand))

    @property
    def query(self) -> str:
        """What stays in the address, ending in «&»."""
        given = {"q": self.q, "art": self.kind, "bezirk": self.district, "kontakt": self.contact}
        given |= {"stand": self.stand, "sortierung": self.order}
        kept = {name: value for name, value in given.items() if value}
        return f"{urlencode(kept)}&" if kept else ""

    @property
    def in_words(self) -> str:
        """What was chosen, for the head of the paper."""
        said = [f"Suche «{self.q}»"] if self.q else []
        said += [self.kinds[self.kind]] if self.kind else []
        said += [self.districts[self.district]] if self.district else []
        said += [f"letzter Kontakt: {CONTACTS[self.contact]}"] if self.contact else []
        said += [STANDS[self.stand]] if self.stand else []
        return ", ".join(said)

    def _rows(self, user: Any) -> QuerySet[Partner]:
        today = timezone.localdate()
        last = access.visible(user, Right.SEE, PartnerContact.objects.filter(partner=OuterRef("pk")))
        last = last.order_by("-date", "-pk")
        rows = access.visible(user, Right.SEE, Partner.objects.all()).annotate(
            last_day=Subquery(last.values("date")[:1]), last_venue=Subquery(last.values("venue__name")[:1])
        )
        rows = rows.filter(self._standing(today))
        if number := _number(self.q):
            rows = rows.annotate(digits=_digits("phone")).filter(digits__contains=number)
        elif said := fold(self.q).split():
            rows = rows.annotate(folded=Folded(F("name")))
            rows = rows.filter(*(Q(folded__contains=word) for word in said))
        if self.kind:
            rows = rows.filter(kind=self.kind)
        if self.district:
            rows = rows.filter(districts__slug=self.district)
        if self.contact == "nie":
            rows = rows.filter(last_day=None)
        elif self.contact:
            recent = self.contact == "halbjahr"
            limit = today - (HALF_A_YEAR if recent else A_YEAR)
            rows = rows.filter(last_day__gte=limit) if recent else rows.filter(last_day__lt=limit)
        if self.order == "kontakt":
            return rows.order_by(F("last_day").asc(nulls_first=True), "sort", "name", "pk")
        return rows.order_by("sort", "name", "pk")

    def _standing(self, today: dt.date) -> Q:
        over = Q(active_until__lt=today)
        return {
            "frueher": over,
            "alle": Q(),
            "veroeffentlicht": Q(may_be_published=True) & ~over,
        }.get(self.stand, Q(active_until=None) | Q(active_until__gte=today))


def _number(q: str) -> str:
    """The digits of what looks like a telephone number, or a part of one; without the zero it begins with."""
    if not re.fullmatch(r"[0-9 ()/.+-]+", q, re.ASCII):
        return ""
    digits = re.sub(r"\D", "", q.replace("(0)", ""))
    start = "49" if q.startswith("+") else "0049" if q.startswith("0049") else "0"
    digits = digits.removeprefix(start)
    return digits if len(digits) >= 3 else ""


def _digits(name: str) -> Func:
    return Func(F(name), template=r"regexp_replace(%(expressions)s, '\D', '', 'g')", output_field=CharField())
