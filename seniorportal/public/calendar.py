"""The calendar: a month at a glance, and the dates of a day or a week, with the filters of the list of offerings."""

import datetime as dt
import re
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from seniorportal import agenda, search
from seniorportal.agenda import Entry
from seniorportal.programme import state
from seniorportal.public import calendar_sheet as sheets
from seniorportal.public.calendar_sheet import OF_A_DAY, ONE_DAY, ONE_WEEK, Days, Known, Span, Ways
from seniorportal.public.filters import Group, OfferingFilters, Value, asked_page, page_of
from seniorportal.public.parameters import Parameters

PER_PAGE = 40


class CalendarFilters(OfferingFilters):
    """The filters of the list. A calendar is ordered by time, so a quarter is always a filter."""

    def _joint_rules(self) -> None:
        if "entfernung" in self.wishes["sortierung"]:
            self.ignored.append(_("Der Kalender ist nach der Zeit geordnet, nicht nach der Entfernung."))
        self.wishes["sortierung"] = []
        super()._joint_rules()

    def to_choose(self) -> dict[str, Group]:
        """The groups of the form without numbers: those would count offerings, and here stand dates."""
        groups = {}
        for name in self.COUNTED:
            wish = self.wishes[name] or ()
            values = [
                Value(str(slug), str(words), None, slug in wish)
                for slug, words in self.form.fields[name].choices
            ]
            groups[name] = Group(name, str(self.filters[name].label), values)
        return groups


@login_not_required
def calendar(request: HttpRequest, day: str = "") -> HttpResponse:
    """Two statements: the numbers of all days of the month, and what is on (or, where nothing is, the next day)."""
    now = timezone.localtime()
    filters = CalendarFilters(request.GET, now)
    parameters = Parameters(request, *filters.filters, "ansicht", "tag")
    asked, week, wanted = asked_page(parameters), _asks_for_a_week(parameters), _asked_day(parameters)
    known = Known(now.date())
    ways = Ways(filters.address(), known)
    if wanted:
        return redirect(ways.to(known.nearest(wanted), week=week))
    span = Span(_shown(day, filters, known, parameters.ignored), week, now.date())
    far, searched = [] if week else span.days, filters.search.tsquery is not None
    counted = agenda.days(filters.rows(), filters.when, *span.counted, far, searched)
    found = _dates(span, counted, filters, asked, parameters, ways)
    return render(
        request,
        "public/calendar.html",
        {
            "span": span,
            "today": now.date(),
            "relative": sheets.relative(span.shown, now.date()),
            "sheet": sheets.sheet(span, counted, ways),
            "months": sheets.months(span, ways),
            "holidays": sheets.holidays(
                counted[day] for day in counted if span.month <= day <= span.month_end
            ),
            "sections": sheets.sections([counted[day] for day in found["listed"]], found["entries"], ways),
            "doors": sheets.doors(counted[found["listed"][0]], ways)
            if _is_busy(found["page"], filters)
            else [],
            "count": sheets.count(counted[day] for day in found["listed"]),
            **found,
            **_turns(span, ways),
            **_choices(filters, week),
            "answer": search.answer(filters.search, filters.wishes["bezirk"]),
            "ignored": filters.ignored + parameters.ignored,
        },
    )


def _dates(
    span: Span, counted: Days, filters: CalendarFilters, asked: int, parameters: Parameters, ways: Ways
) -> dict[str, Any]:
    """What the page lists: the day, tomorrow where nothing is left of today, the beginnings of the days of a week;
    where there is nothing, ``following`` is the next day with something. One statement."""
    listed = span.days
    tomorrow = span.today + ONE_DAY
    none_left = span.is_today and not counted[span.today].total and counted[tomorrow].total > 0
    if none_left:
        listed = [tomorrow]
    total = sum(counted[day].total for day in listed)
    shown = min(asked, max(1, -(-total // PER_PAGE)))
    entries: list[Entry] = []
    following = None
    if not total:
        following = agenda.next_day(filters.rows(), filters.when, max(listed[-1], span.today - ONE_DAY))
    elif span.week:
        entries = agenda.entries(filters.rows(), filters.when, listed, OF_A_DAY)
    else:
        entries = agenda.entries(filters.rows(), filters.when, listed, PER_PAGE, PER_PAGE * (shown - 1))
    for entry in entries:
        promise = state(entry, span.today)  # type: ignore[arg-type]
        # Nothing is promised about what has been.
        entry.state = promise if entry.date >= span.today or promise in ("cancelled", "moved") else ""
    return {
        "listed": listed,
        "entries": entries,
        "parts": [] if span.week else sheets.parts(entries),
        "page": None if span.week else page_of(entries, total, asked, shown, PER_PAGE, parameters.ignored),
        "none_left": none_left,
        "following": following,
        "following_url": ways.where_known(following) if following else "",
    }


def _turns(span: Span, ways: Ways) -> dict[str, Any]:
    """The ways to the days and weeks beside this one."""
    step = ONE_WEEK if span.week else ONE_DAY
    start = span.monday if span.week else span.shown
    return {
        "before": (start - step, ways.where_known(start - step, week=span.week)),
        "after": (start + step, ways.where_known(start + step, week=span.week)),
        "to_today": "" if span.today in span.days else ways.to(span.today, week=span.week),
        "as_day": ways.to(span.days[0] if span.week else span.shown),
        "as_week": ways.to(span.shown, week=True),
        "known": ways.known,
        "ways": ways,
    }


def _choices(filters: CalendarFilters, week: bool) -> dict[str, Any]:
    """The filters as form and chips; the view of a week stays what it is."""
    view = "ansicht=woche" if week else ""
    query = "&".join(part for part in (filters.address(), view) if part)
    return {
        "filters": filters,
        "groups": filters.to_choose(),
        "chosen": [
            (words, "&".join(part for part in (rest, view) if part)) for words, rest in filters.chosen()
        ],
        "query": f"{query}&" if query else "",
        "address": filters.address(),
    }


def _is_busy(page: Any, filters: CalendarFilters) -> bool:
    """More dates than fit on a page, and nobody has chosen a part of the day yet."""
    return page is not None and page.has_other_pages() and not filters.wishes["tageszeit"]


def _asks_for_a_week(parameters: Parameters) -> bool:
    views = parameters.choices("ansicht", {"tag", "woche", ""})
    return views[-1:] == ["woche"]


def _asked_day(parameters: Parameters) -> dt.date | None:
    """What somebody entered as the day to go to."""
    text = (parameters.given.getlist("tag")[-1:] or [""])[0]
    found = read_day(text)
    if text and found is None:
        parameters.ignored.append(_("„tag“ war kein Datum der Form 2026-12-31 und blieb unbeachtet."))
    return found


def _shown(text: str, filters: CalendarFilters, known: Known, ignored: list[str]) -> dt.date:
    """The day of the path; without one today, or the first day that the filters ask for."""
    if not text:
        first = filters.wishes["von"]
        return known.nearest(first) if first and first > known.today else known.today
    day = read_day(text)
    if day is None:
        ignored.append(_("Diesen Tag gibt es nicht. Sie sehen, was heute ist."))
    elif day not in known:
        ends = {"first": date_format(known.first, "j. F Y"), "last": date_format(known.last, "j. F Y")}
        ignored.append(
            _("Der Kalender reicht vom %(first)s bis zum %(last)s. Sie sehen, was heute ist.") % ends
        )
    return day if day is not None and day in known else known.today


def read_day(text: str) -> dt.date | None:
    """A day as JJJJ-MM-TT; None for everything else, 31 February included."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
