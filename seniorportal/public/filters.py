"""The filters of the public lists: what stands in the address, read by django-filter, and how to change it by links."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import django_filters
from django import forms
from django.contrib.postgres.search import SearchQuery
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from seniorportal import search, vocabularies
from seniorportal.access import PUBLIC, Right, visible
from seniorportal.facets import Counts, One
from seniorportal.listing import MOST, PARTS, WEEKDAYS, When
from seniorportal.models import Card
from seniorportal.public.parameters import Parameters
from seniorportal.vocabularies import Words

LONGEST_QUERY = 200


# --- fields that never refuse ---------------------------------------------------------------------------------------


class KnownValues(forms.MultipleChoiceField):
    """The given values that are known; ``broken`` tells whether another one was given. Empty ones are no answer."""

    broken = False

    def clean(self, value: Any) -> list[str]:
        choices: Any = self.choices
        known = {str(key) for key, _name in choices}
        given = list(dict.fromkeys(one for one in value or () if one != ""))
        given = ["stufenlos" if one == "1" and "stufenlos" in known else one for one in given]
        self.broken = any(one not in known for one in given)
        return [one for one in dict.fromkeys(given) if one in known]


class IsoDay(forms.CharField):
    """A day as JJJJ-MM-TT, or None."""

    broken = False

    def clean(self, value: Any) -> dt.date | None:
        try:
            text = super().clean(value)
            if not text:
                return None
            if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
                raise ValueError
            return dt.date.fromisoformat(text)
        except (ValidationError, ValueError):
            self.broken = True
            return None


class Typed(forms.CharField):
    """What somebody typed, without the characters that no keyboard makes."""

    broken = False

    def clean(self, value: Any) -> str:
        text = re.sub(r"[\x00-\x1f\x7f]+", " ", str(value or "")).strip()
        self.broken = len(text) > LONGEST_QUERY
        return text[:LONGEST_QUERY]


class Among(django_filters.MultipleChoiceFilter):
    """One of the given values: OR within a name."""

    field_class = KnownValues

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        return qs.filter(**{f"{self.field_name}__{self.lookup_expr}": value}) if value else qs


class Day(django_filters.Filter):
    field_class = IsoDay

    def filter(self, qs: QuerySet, value: Any) -> QuerySet:
        return qs  # together with weekday and time of day: one and the same date


class TimeWish(Among):
    filter = Day.filter


class Query(django_filters.Filter):
    field_class = Typed

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        return qs


def among(title: str, choices: Callable[[], Words], column: str, lookup: str = "in") -> Among:
    return Among(label=title, choices=lambda: list(choices().items()), field_name=column, lookup_expr=lookup)


# --- the words of the fixed lists -----------------------------------------------------------------------------------


def weekdays() -> Words:
    names = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
    return dict(zip(WEEKDAYS, (_(name) for name in names), strict=True))


def parts() -> Words:
    names = (_("vormittags (vor 12 Uhr)"), _("nachmittags (12 bis 17 Uhr)"), _("abends (ab 17 Uhr)"))
    return dict(zip(PARTS, names, strict=True))


def access() -> Words:
    return {
        "stufenlos": _("Eingang ohne Stufen"),
        "wc": _("Rollstuhl-WC"),
        "induktion": _("Höranlage"),
        "flacher-weg": _("flacher Weg von der Haltestelle"),
        "rollator": _("mit Rollator gut zu schaffen"),
    }


def costs() -> Words:
    return {"1": _("kostenlos")}


def orders() -> Words:
    return {"termin": _("nächster Termin"), "entfernung": _("Entfernung")}


TIME = ("wochentag", "tageszeit", "von", "bis")


class Filters(django_filters.FilterSet):
    """What both lists share. Never invalid: what cannot be read is left out and said in ``ignored``."""

    COUNTED: tuple[str, ...] = ()

    def __init__(self, data: QueryDict, queryset: QuerySet) -> None:
        super().__init__(data, queryset)
        self.form.is_valid()
        self.wishes: dict[str, Any] = self.form.cleaned_data
        self.ignored = [self._sentence(name) for name, f in self.form.fields.items() if f.broken]
        self._joint_rules()

    def _joint_rules(self) -> None:
        """Rules between several values; may empty a wish and say so."""

    def _sentence(self, name: str) -> str:
        if name in ("von", "bis"):
            return _("„%(name)s“ war kein Datum der Form 2026-12-31 und blieb unbeachtet.") % {"name": name}
        if name == "q":
            return _("Ihr Suchtext war sehr lang. Gesucht haben wir nach dem Anfang.")
        return _("Ein Wert für „%(name)s“ in der Adresse ist uns nicht bekannt.") % {"name": name}

    def rows(self, *without: str) -> QuerySet:
        """The rows that all filters leave, or all but some."""
        found = self.queryset
        for name, one in self.filters.items():
            if name not in without:
                found = one.filter(found, self.wishes.get(name))
        return found

    def in_use(self) -> list[str]:
        return [name for name in self.COUNTED if self.wishes.get(name)]

    # --- the way to the page -----------------------------------------------------------------------------------------

    def pairs(self, leave_out: tuple[str, str] | None = None) -> list[tuple[str, str]]:
        """What the address says, without what was not understood."""
        found = []
        for name, value in self.wishes.items():
            values = value if isinstance(value, list) else [value] if value else []
            found += [(name, str(one)) for one in values if (name, str(one)) != leave_out]
        return found

    def address(self, leave_out: tuple[str, str] | None = None) -> str:
        query = QueryDict(mutable=True)
        for name, value in self.pairs(leave_out):
            query.appendlist(name, value)
        return query.urlencode()

    def chosen(self) -> list[tuple[str, str]]:
        """The filters in use: words and the address without each."""
        found = []
        for name, value in self.pairs():
            if name == "sortierung":
                continue
            field = self.form.fields[name]
            words = dict(getattr(field, "choices", ())).get(value, value)
            if name in ("von", "bis"):
                words = f"{name} {dt.date.fromisoformat(value):%d.%m.%Y}"
            elif name == "q":
                words = f"„{value}“"
            found.append((str(words), self.address((name, value))))
        return found

    def groups(self, counts: Counts) -> dict[str, "Group"]:
        """For the form: every value with its number. Values that show nothing are left out of the long lists."""
        found = {}
        for name in self.COUNTED:
            wish = self.wishes.get(name) or []
            numbers = counts[name]
            values = [
                Value(str(slug), str(words), numbers.get(slug, 0), slug in wish)
                for slug, words in self.form.fields[name].choices
            ]
            short = name in ("bezirk", "wochentag", "tageszeit", "barrierefrei", "kostenlos")
            shown = [value for value in values if short or value.number or value.chosen]
            found[name] = Group(name, str(self.filters[name].label), shown)
        return found


@dataclass(frozen=True)
class Value:
    slug: str
    name: str
    number: int | None  # None where no number is shown
    chosen: bool


@dataclass
class Group:
    name: str
    title: str
    values: list[Value]
    chosen: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.chosen = [value.name for value in self.values if value.chosen]


# --- offerings ------------------------------------------------------------------------------------------------------


class OfferingFilters(Filters):
    COUNTED = (
        *("bezirk", "quartier", "wochentag", "tageszeit", "thema", "barrierefrei", "kostenlos"),
        *("zielgruppe", "traeger", "sprache"),
    )

    q = Query()
    bezirk = among("Stadtbezirk", lambda: vocabularies.current().districts, "district_slug")
    quartier = among("Quartier", lambda: vocabularies.current().quarters, "quarter_slug")
    wochentag = TimeWish(label="Wochentag", choices=lambda: list(weekdays().items()))
    tageszeit = TimeWish(label="Tageszeit", choices=lambda: list(parts().items()))
    von = Day()
    bis = Day()
    thema = among("Thema", lambda: vocabularies.current().topics, "topics", "overlap")
    barrierefrei = among("Was schaffe ich?", access, "access", "overlap")
    kostenlos = among("Kosten", costs, "is_free")
    zielgruppe = among("Für wen", lambda: vocabularies.current().target_groups, "target_groups", "overlap")
    traeger = among("Träger", lambda: vocabularies.current().carriers, "carriers", "overlap")
    sprache = among("Sprache", lambda: vocabularies.current().languages, "languages", "overlap")
    sortierung = TimeWish(label="Reihenfolge", choices=lambda: list(orders().items()))

    class Meta:
        model = Card
        fields: list[str] = []

    def __init__(self, data: QueryDict, now: dt.datetime) -> None:
        self.now = now
        self.near = ""
        super().__init__(data, visible(PUBLIC, Right.SEE, Card.objects.in_german()))
        self.search = search.expand(self.wishes["q"])

    def _joint_rules(self) -> None:
        first, last = self.wishes["von"], self.wishes["bis"]
        if first and last and first > last:
            self.ignored.append(_("„von“ liegt nach „bis“: Beide Tage blieben unbeachtet."))
            self.wishes["von"] = self.wishes["bis"] = None
        if "entfernung" in self.wishes["sortierung"]:
            self.wishes["sortierung"] = ["entfernung"]
            if len(self.wishes["quartier"]) == 1:
                self.near = self.wishes["quartier"][0]
            else:
                self.ignored.append(
                    _("Nach Entfernung ordnen wir, wenn Sie genau ein Quartier gewählt haben.")
                )
                self.wishes["sortierung"] = []

    @property
    def when(self) -> When:
        return self.when_without("")

    def when_without(self, name: str) -> When:
        wish = {n: self.wishes[n] for n in TIME if n != name}
        return When(
            self.now,
            tuple(WEEKDAYS.index(day) for day in wish.get("wochentag", ())),
            tuple(PARTS.index(part) for part in wish.get("tageszeit", ())),
            wish.get("von"),
            wish.get("bis"),
        )

    def rows(self, *without: str) -> QuerySet[Card]:
        """The cards that all filters but those of time leave; with ``near`` the quarter is only the start."""
        found = super().rows(*without, *(["quartier"] if self.near else []))
        if self.search.tsquery is not None:
            found = found.filter(words=SearchQuery(self.search.tsquery, search_type="raw", config="simple"))
        return found

    def hits(self, without: str = "") -> QuerySet[Card]:
        """The same with the filters of time."""
        return self.when_without(without).cards(self.rows(without))

    def only(self, without: str = "") -> One | None:
        """The only value of the only filter but ``without``, or that there is none; None where more is asked."""
        if self.search.tsquery is not None or self.near or self.wishes["von"] or self.wishes["bis"]:
            return None
        chosen = [(name, value) for name in self.in_use() if name != without for value in self.wishes[name]]
        return None if len(chosen) > 1 else One(*chosen[0]) if chosen else One()

    def groups(self, counts: Counts) -> dict[str, Group]:
        named = counts | {
            "wochentag": {day: counts["wochentag"].get(str(at), 0) for at, day in enumerate(WEEKDAYS)},
            "tageszeit": {part: counts["tageszeit"].get(str(at), 0) for at, part in enumerate(PARTS)},
        }
        return super().groups(named)


# --- the frame of a list --------------------------------------------------------------------------------------------


class Counted(Paginator):
    """Pages of a list whose rows and number are known already."""

    def __init__(self, total: int, per_page: int) -> None:
        super().__init__((), per_page)
        self.count = total


def asked_page(parameters: Parameters) -> int:
    """The page number in the address; 1 where it cannot be read, which is then said."""
    wanted = parameters.given.getlist("seite")[-1:] or ["1"]
    number = int(wanted[0]) if re.fullmatch(r"[0-9]{1,9}", wanted[0], re.ASCII) else 0
    if number < 1:
        parameters.ignored.append(
            _("Die Seitenzahl in der Adresse konnten wir nicht lesen. Sie sehen die erste Seite.")
        )
    return max(number, 1)


def page_of(
    rows: Iterable[Any], total: int, asked: int, shown: int, per_page: int, ignored: list[str]
) -> Page:
    if asked > shown:
        ignored.append(
            _("Eine Seite %(number)d gibt es nicht. Sie sehen die letzte Seite.") % {"number": asked}
        )
    return Page(list(rows), shown, Counted(total, per_page))


def number_in_words(total: int, more: bool, one: str, many: str) -> str:
    if more:
        return _("mehr als %(most)s") % {"most": f"{MOST:,}".replace(",", ".")} + f" {many}"
    return f"{total:,}".replace(",", ".") + " " + ngettext(one, many, total)


def without_each(filters: OfferingFilters) -> Mapping[str, QuerySet[Card] | One]:
    return {name: filters.only(name) or filters.hits(name) for name in filters.in_use()}
