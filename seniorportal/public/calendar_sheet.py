"""What a page of the calendar is made of: the days it lists, the month at a glance, and the ways to other days."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dateutil.relativedelta import relativedelta
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from seniorportal.agenda import Day, Entry
from seniorportal.listing import PARTS
from seniorportal.programme import MONTHS_AHEAD

OF_A_DAY = 6  # dates of one day in the view of a week
MONTHS_BACK = 12
ONE_DAY, ONE_WEEK = dt.timedelta(days=1), dt.timedelta(days=7)

Days = Mapping[dt.date, Day]


@dataclass(frozen=True)
class Known:
    """The days that the calendar knows: a year back, and as far ahead as dates are made."""

    today: dt.date

    @property
    def first(self) -> dt.date:
        return (self.today - relativedelta(months=MONTHS_BACK)).replace(day=1)

    @property
    def last(self) -> dt.date:
        return (self.today + relativedelta(months=MONTHS_AHEAD)).replace(day=1) - ONE_DAY

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day <= self.last

    def nearest(self, day: dt.date) -> dt.date:
        return min(max(day, self.first), self.last)


@dataclass(frozen=True)
class Span:
    """The day or the week that is looked at. This week begins today: what is over has its day in the month."""

    shown: dt.date
    week: bool
    today: dt.date

    @property
    def monday(self) -> dt.date:
        return self.shown - dt.timedelta(days=self.shown.weekday())

    @property
    def sunday(self) -> dt.date:
        return self.monday + 6 * ONE_DAY

    @property
    def month(self) -> dt.date:
        return self.shown.replace(day=1)

    @property
    def month_end(self) -> dt.date:
        return self.month + relativedelta(months=1) - ONE_DAY

    @property
    def days(self) -> list[dt.date]:
        if not self.week:
            return [self.shown]
        first = self.today if self.monday <= self.today <= self.sunday else self.monday
        return [first + n * ONE_DAY for n in range((self.sunday - first).days + 1)]

    @property
    def is_today(self) -> bool:
        return not self.week and self.shown == self.today

    @property
    def counted(self) -> tuple[dt.date, dt.date]:
        """The first and the last day whose numbers the page needs; tomorrow where nothing may be left of today."""
        days = [*self.days, self.month, self.month_end]
        if self.is_today:
            days.append(self.today + ONE_DAY)
        return min(days), max(days)


@dataclass(frozen=True)
class Ways:
    """Addresses of other days with the same filters."""

    address: str
    known: Known

    def to(self, day: dt.date, *, week: bool = False, place: str = "#tag") -> str:
        query = "&".join(part for part in (self.address, "ansicht=woche" if week else "") if part)
        path = reverse("public:calendar_day", args=[day.isoformat()])
        return f"{path}?{query}{place}" if query else f"{path}{place}"

    def where_known(self, day: dt.date, **how: Any) -> str:
        """Empty beyond the ends of the calendar."""
        return self.to(day, **how) if day in self.known else ""


@dataclass(frozen=True)
class Cell:
    """One day of the month at a glance."""

    day: Day
    url: str
    today: bool
    shown: bool

    @property
    def words(self) -> str:
        return how_many([self.day]) if self.day.total else _("keine Termine")


@dataclass(frozen=True)
class Section:
    """One day with those of its dates that the page shows; ``rest`` is how many it has besides."""

    day: Day
    entries: list[Entry]
    url: str

    @property
    def rest(self) -> int:
        return self.day.total - len(self.entries)


@dataclass(frozen=True)
class Part:
    """The dates of one part of the day on this page."""

    title: str
    entries: list[Entry]


def sheet(span: Span, counted: Days, ways: Ways) -> list[list[Cell | None]]:
    """The weeks of the month from Monday on; None where a day belongs to another month."""
    days = [span.month + n * ONE_DAY for n in range((span.month_end - span.month).days + 1)]
    cells: list[Cell | None] = [None] * span.month.weekday()
    cells += [Cell(counted[day], ways.to(day), day == span.today, day in span.days) for day in days]
    cells += [None] * (-len(cells) % 7)
    return [cells[at : at + 7] for at in range(0, len(cells), 7)]


def months(span: Span, ways: Ways) -> dict[str, Any]:
    """The month before and the one after: their first day and address, "" beyond the ends."""
    before, after = span.month - relativedelta(months=1), span.month + relativedelta(months=1)
    this = span.today.replace(day=1)
    return {
        name: (
            month,
            ways.where_known(span.today if month == this else month, week=span.week, place="#monat"),
        )
        for name, month in (("before", before), ("after", after))
    }


def holidays(days: Iterable[Day]) -> list[str]:
    """Public and school holidays among the days, each in one line: "1. November: Allerheiligen"."""
    public: list[str] = []
    school: dict[str, tuple[dt.date, dt.date]] = {}
    for day in days:
        if day.public_holiday:
            public.append(f"{date_format(day.date, 'j. F')}: {day.public_holiday}")
        if day.school_holiday:
            first, _last = school.get(day.school_holiday, (day.date, day.date))
            school[day.school_holiday] = (first, day.date)
    return public + [
        _("%(first)s bis %(last)s: %(name)s")
        % {"first": date_format(first, "j. F"), "last": date_format(last, "j. F"), "name": name}
        if first != last
        else f"{date_format(first, 'j. F')}: {name}"
        for name, (first, last) in school.items()
    ]


def sections(days: Iterable[Day], entries: Sequence[Entry], ways: Ways) -> list[Section]:
    return [Section(day, [one for one in entries if one.date == day.date], ways.to(day.date)) for day in days]


def parts(entries: Iterable[Entry]) -> list[Part]:
    """The dates of a day by parts, without those that have none."""
    titles = (_("Vormittag"), _("Nachmittag"), _("Abend"), _("Zeit bitte erfragen"))
    found = [Part(title, []) for title in titles]
    for entry in entries:
        found[entry.part].entries.append(entry)
    return [part for part in found if part.entries]


def doors(day: Day, ways: Ways) -> list[tuple[str, int | None, str]]:
    """The parts of a busy day as words, number (None where it is not known) and address."""
    words = (_("nur vormittags"), _("nur nachmittags"), _("nur abends"))
    found = []
    for slug, name, number in zip(PARTS, words, day.parts, strict=False):
        if number or day.more:
            query = "&".join(part for part in (ways.address, f"tageszeit={slug}") if part)
            found.append((name, None if day.more else number, f"?{query}#tag"))
    return found


def how_many(days: Sequence[Day]) -> str:
    total = sum(day.total for day in days)
    if any(day.more for day in days):
        return _("mehr als %(number)s Termine") % {"number": _thousands(total)}
    return f"{_thousands(total)} {ngettext('Termin', 'Termine', total)}"


def count(days: Iterable[Day]) -> str:
    """How many dates, and how many of them are cancelled."""
    found = list(days)
    total, off, words = sum(day.total for day in found), sum(day.off for day in found), how_many(found)
    if any(day.more for day in found):
        return words
    if off and off == total:
        return f"{words}, " + ngettext("fällt aus", "alle fallen aus", total)
    if off:
        return f"{words}, " + ngettext("einer davon fällt aus", "%(off)d davon fallen aus", off) % {
            "off": off
        }
    return words


def relative(day: dt.date, today: dt.date) -> str:
    """ "Heute", "Morgen" ... or nothing."""
    near = {0: _("Heute"), 1: _("Morgen"), 2: _("Übermorgen"), -1: _("Gestern"), -2: _("Vorgestern")}
    return near.get((day - today).days, "")


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", ".")
