"""What a page says about a place: hours, contact, access, the known and the unknown."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import DateField, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from seniorportal import contact, hours
from seniorportal.access import PUBLIC, Right, visible
from seniorportal.models import (
    AccessibilityFact,
    CalendarDay,
    ContactHours,
    ContactPoint,
    Feedback,
    Offering,
    ReportArea,
    Venue,
)
from seniorportal.models.calendar import Moment
from seniorportal.models.nested import attach, instance, nested
from seniorportal.prepared import NOW, Given, Statement, number
from seniorportal.public.dates import coming, dates_of
from seniorportal.public.nearby import nearby, with_nearest

Entry = TypeVar("Entry", Offering, Venue)
WEEKS = 4
MOST_DATES = 6  # of one offering in the programme of a place


def with_surroundings(rows: QuerySet[Entry]) -> QuerySet[Entry]:
    """Brings the Seniorenbüro of the district and the reports on the entry along, for ``attach_*``. No statement."""
    if rows.model is Venue:
        here, about = Q(district=OuterRef("district")), Q(venue=OuterRef("pk"))
    else:
        of_venue = Venue.objects.filter(pk=OuterRef(OuterRef("venue"))).values("district")
        here, about = Q(district=OuterRef("district")) | Q(district__in=of_venue), Q(offering=OuterRef("pk"))
    offices = visible(PUBLIC, Right.SEE, Venue.objects.in_area(ReportArea.OFFICES).filter(here))
    points = nested(
        ContactPoint.objects.filter(venue=OuterRef("pk")),
        *("kind", "value", "label"),
        hours=nested(ContactHours.objects.filter(contact_point=OuterRef("pk")), "weekday", "opens", "closes"),
    )
    reports = visible(PUBLIC, Right.SEE, Feedback.objects.filter(about))
    return rows.annotate(
        surroundings=JSONObject(
            offices=nested(offices, "name", "slug", "report_area", "active_until", contact_points=points),
            feedback=nested(reports, "reported_on", "done_on", "answer"),
        ),
    )


def with_holidays(rows: QuerySet[Venue]) -> QuerySet[Venue]:
    """The public holidays from ``today`` to ``horizon``, both of them given, as ISO text. No statement."""
    span = (NOW.today, Given("horizon", DateField()))
    days = CalendarDay.objects.filter(date__range=span).exclude(public_holiday="").order_by("date")
    return rows.annotate(holidays=ArraySubquery(days.values("date")))


def attach_venue(venue: Venue) -> None:
    """Puts in place what ``for_page()`` and ``with_surroundings()`` brought along."""
    attach(venue, venue.attached)  # type: ignore[attr-defined]
    _attach_surroundings(venue)


def attach_all(offering: Offering) -> None:
    """The same for an offering loaded with ``for_page()`` and its venue."""
    attach(offering, offering.attached)  # type: ignore[attr-defined]
    if offering.venue:
        attach(offering.venue, offering.around_venue)  # type: ignore[attr-defined]
    _attach_surroundings(offering)
    if offering.venue:
        offering.venue.responsible = offering.responsible  # type: ignore[attr-defined]


def _attach_surroundings(entry: Any) -> None:
    """``responsible``: the offices of the district with their telephones."""
    entry.responsible = [instance(Venue, row) for row in entry.surroundings["offices"]]
    attach(entry, {"feedback": entry.surroundings["feedback"]})


def place_context(venue: Venue, now: dt.datetime) -> dict[str, Any]:
    """What every page of a place shows, for a venue from ``page_of``. One statement: its programme."""
    today = now.date()
    attach_venue(venue)
    holidays = set(venue.holidays)  # type: ignore[attr-defined]
    is_office = venue.report_area == ReportArea.OFFICES
    return {
        "venue": venue,
        "gone": venue.active_until is not None and venue.active_until < today,
        "week": hours.week(venue.opening_hours.all(), today),
        "open_today": hours.today_text(venue, now, holidays),
        "opens_next": hours.next_text(venue, now, holidays),
        "closures": [closure for closure in venue.closures.all() if closure.last_day >= today],
        "access": access_of(venue.accessibility.all()),
        "confirmed": venue.is_confirmed(today),
        "notices": notices(venue.feedback.all(), today),
        "contact": contact.for_venue(venue, now),
        "office": None if is_office else office_of(venue, now),
        "offerings": offerings_of(venue, now),
        "nearby": nearby(venue, venue, venue.district, now),
    }


def page_of(places: Callable[[], QuerySet[Venue]]) -> Statement[Venue]:
    """A place with all that its page says about it; ``places`` may ask for what ``place()`` is given."""

    def rows() -> QuerySet[Venue]:
        found: Any = places()
        return visible(PUBLIC, Right.SEE, with_holidays(with_nearest(with_surroundings(found.for_page()))))

    return Statement(rows)


def place(page: Statement[Venue], now: dt.datetime, **given: Any) -> Venue:
    """The one place, or 404. One statement."""
    horizon = now.date() + dt.timedelta(days=hours.AHEAD)
    return page.get(horizon=horizon, **vars(Moment.of(now)), **given)


def office_of(entry: Any, now: dt.datetime) -> dict[str, Any] | None:
    """The Seniorenbüro of the district and when it answers. No statement."""
    office = next(iter(entry.responsible), None)
    if office is None:
        return None
    rings = contact.of_office(office, now)
    return {"name": office.name, "url": office.get_absolute_url(), "contact": rings}


def notices(reports: Iterable[Feedback], today: dt.date) -> dict[str, Any]:
    """What the page says about reports on the entry: since when one is looked into, and the answers of late."""
    found = list(reports)
    return {
        "since": min((one.reported_on for one in found if one.done_on is None), default=None),
        "answered": [one for one in found if one.answered_on(today)][-2:],
    }


def offerings_of(venue: Venue, now: dt.datetime) -> list[Offering]:
    """The programme of the coming weeks: each offering once with its ``next`` date and the ``later`` ones within four
    weeks, those without a known date last. One statement."""
    today = now.date()
    until = today + dt.timedelta(weeks=WEEKS)
    found: list[Any] = PROGRAMME.all(venue=venue.pk, **vars(Moment.of(now)))
    for offering in found:
        dates = dates_of(offering, offering.coming_rows, today)
        offering.next = dates[0] if dates else None
        offering.later = [date for date in dates[1:] if date.date <= until]
    return sorted(found, key=in_time_order)


PROGRAMME = Statement(
    lambda: visible(
        PUBLIC,
        Right.SEE,
        Offering.objects.filter(venue=number("venue"))
        .active_on(NOW.today)
        .annotate(coming_rows=coming(MOST_DATES)),
    )
)


def in_time_order(offering: Offering) -> tuple[dt.date, dt.time, str, str]:
    """Sort key: unknown times after the known ones of their day, offerings without a date at the end."""
    date = offering.next  # type: ignore[attr-defined]
    when = (date.date, date.start or dt.time.max) if date else (dt.date.max, dt.time.max)
    return (*when, offering.sort, offering.title)


def access_of(facts: Iterable[AccessibilityFact]) -> dict[str, Any]:
    """Known facts in the order of the vocabulary, and the names of what nobody has told us."""
    told = {fact.feature: fact for fact in facts}
    return {
        "known": [told[feature] for feature in AccessibilityFact.Feature if feature in told],
        "unknown": [feature.label for feature in AccessibilityFact.Feature if feature not in told],
    }
