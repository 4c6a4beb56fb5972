"""Dates to take along: one date, an offering, a place or any selection as a calendar file that can be subscribed to."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Greatest, JSONObject, NullIf
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.formats import date_format
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from seniorportal import contact, ics
from seniorportal.access import PUBLIC, Right, fetch, visible
from seniorportal.hours import clock
from seniorportal.models import Carrier, Category, ContactPoint, Occurrence, Offering, ReportArea, Venue
from seniorportal.programme import state
from seniorportal.public.calendar import CalendarFilters, read_day
from seniorportal.public.parameters import Parameters
from seniorportal.templatetags.portal import phone

MOST = 500  # dates in one file
LOOKING_BACK = dt.timedelta(weeks=4)  # what somebody has attended does not vanish overnight
SELECTION = dt.timedelta(days=92)  # how far a selection reaches


# --- the pages ------------------------------------------------------------------------------------------------------


@login_not_required
def offering(request: HttpRequest, pk: int, slug: str) -> HttpResponseBase:
    """All dates of one offering. Two statements."""
    found = fetch(PUBLIC, Offering.objects.all(), pk=pk)
    if slug != found.slug:
        return redirect("public:offering_ics", pk=pk, slug=found.slug)
    return answer(request, of_offerings([pk]), title=found.title)


@login_not_required
def offering_day(request: HttpRequest, pk: int, slug: str, day: str) -> HttpResponseBase:
    """The date of one day, found under the day it was planned for as well. Two statements."""
    found = fetch(PUBLIC, Offering.objects.all(), pk=pk)
    date = read_day(day)
    if date is None:
        raise Http404("Diesen Tag gibt es nicht.")
    if slug != found.slug:
        return redirect("public:offering_day_ics", pk=pk, slug=found.slug, day=day)
    dates = Occurrence.objects.filter(Q(date=date) | Q(planned_date=date), offering=found)
    title = f"{found.title}, {date_format(date, 'j. F Y')}"
    return answer(request, dates, title=title, empty=_("An diesem Tag ist kein Termin."))


@login_not_required
def venue(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The programme of a Begegnungsstätte. Two statements."""
    return _place(request, Venue.objects.in_area(ReportArea.MEETING_PLACES).filter(slug=slug))


@login_not_required
def office(request: HttpRequest, bezirk: str) -> HttpResponseBase:
    return _place(request, Venue.objects.in_area(ReportArea.OFFICES).filter(slug=f"seniorenbuero-{bezirk}"))


@login_not_required
def centre(request: HttpRequest) -> HttpResponseBase:
    """The house that was entered first, as on its page."""
    return _place(request, Venue.objects.in_area(ReportArea.CENTRE).order_by("pk"))


def _place(request: HttpRequest, rows: QuerySet[Venue]) -> HttpResponseBase:
    found = visible(PUBLIC, Right.SEE, rows).first()
    if found is None:
        raise Http404("Diesen Ort gibt es nicht.")
    since = timezone.localdate() - LOOKING_BACK
    dates = Occurrence.objects.filter(offering__venue=found, date__gte=since)
    return answer(request, dates, title=found.name)


@login_not_required
def selection(request: HttpRequest) -> HttpResponseBase:
    """What the filters of the list leave, from today on or from ``von``. One statement."""
    now = timezone.localtime()
    filters = CalendarFilters(request.GET, now)
    parameters = Parameters(request, *filters.filters)
    when = filters.when
    first = max(when.first or now.date(), now.date())
    last = first + SELECTION if first < dt.date.max - SELECTION else dt.date.max
    dates = when.within(Occurrence.objects.filter(date__range=(first, last)))
    words = ", ".join(words for words, _rest in filters.chosen())
    return answer(
        request,
        dates.filter(offering__in=filters.rows().values("offering")),
        title=_("Seniorenportal: %(words)s") % {"words": words or _("alle Angebote")},
        about=[
            _("Eine Auswahl reicht drei Monate weit und hat höchstens %(most)d Termine.") % {"most": MOST},
            *filters.ignored,
            *parameters.ignored,
        ],
    )


def of_offerings(pks: Iterable[int]) -> QuerySet[Occurrence]:
    """The dates of some offerings, for ``answer()``: four weeks back and as far ahead as there are any."""
    since = timezone.localdate() - LOOKING_BACK
    return Occurrence.objects.filter(offering__in=list(pks), date__gte=since)


# --- the answer -----------------------------------------------------------------------------------------------------


def answer(
    request: HttpRequest,
    dates: QuerySet[Occurrence],
    *,
    title: str,
    about: Iterable[str] = (),
    empty: str = "",
) -> HttpResponseBase:
    """The dates that everybody may see, as a file with an ETag; 404 with ``empty`` where none is left, if it is given.

    At most ``MOST``, by whole days, which the description of the calendar then says. One statement.
    """
    today = timezone.localdate()
    found = list(with_details(dates)[: MOST + 1])
    if not found and empty:
        raise Http404(empty)
    said = [_("Was ausfällt oder verlegt wird, steht als solches darin."), *about]
    if len(found) > MOST:
        cut = found[-1].date
        found = [one for one in found if one.date < cut] or found[:MOST]
        number, last = len(found), date_format(found[-1].date, "j. F Y")
        said.append(
            _("Es sind die nächsten %(number)d Termine, bis zum %(last)s. Spätere kommen nach und nach dazu.")
            % {"number": number, "last": last}
        )
    contents = (
        title,
        " ".join(said),
        [entry(one, today, request.build_absolute_uri) for one in found],
        request.build_absolute_uri(),
    )
    response = HttpResponse(content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(False, file_name(title)) or "inline"
    response["Cache-Control"] = "no-cache"
    response["ETag"] = ics.etag(*contents)
    answered = get_conditional_response(request, etag=response["ETag"], response=response)
    if answered and answered is not response:
        return answered
    response.content = ics.write(*contents)  # most of the work, and most who ask again know the answer
    return response


def file_name(title: str) -> str:
    """What the file is called on the reader's device: the title without what no device takes."""
    return re.sub(r"[\x00-\x1f\x7f/\\:*?\"<>|]+", " ", title).strip(" .")[:100] + ".ics"


def with_details(dates: QuerySet[Occurrence]) -> QuerySet[Occurrence]:
    """The visible ones in time order, with all that ``entry()`` says about them. One statement."""
    twin = Occurrence.objects.filter(
        offering=OuterRef("offering"), planned_date=OuterRef("planned_date"), pk__lt=OuterRef("pk")
    )
    topics = Category.objects.filter(offerings=OuterRef("offering"))
    return (
        visible(PUBLIC, Right.SEE, dates)
        .select_related("offering__venue__district", "offering__district")
        .annotate(
            second=Exists(twin),
            changed=Greatest(
                _last_change(Occurrence, "pk"),
                _last_change(Offering, "offering"),
                _last_change(Venue, "offering__venue"),
            ),
            topics=ArraySubquery(visible(PUBLIC, Right.SEE, topics).values("name")),
            somebody=_somebody(),
        )
        .order_by("date", F("start").asc(nulls_last=True), "offering__sort", "pk")
    )


def _last_change(model: Any, path: str) -> Any:
    """When history last saw the row change."""
    events = model.events.rel.related_model.objects.filter(pgh_obj=OuterRef(path)).order_by()
    return events.values("pgh_obj").annotate(at=Max("pgh_created_at")).values("at")


def _somebody() -> Coalesce:
    """The first of ``contact``'s chain behind the offering's own number, whoever answers at the moment."""
    phones = visible(PUBLIC, Right.SEE, ContactPoint.objects.filter(kind=ContactPoint.Kind.PHONE))
    at = JSONObject(number="value", who=Coalesce(NullIf("label", Value("")), "venue__name"))
    of_office = JSONObject(number="value", who="venue__name")
    named = JSONObject(number="phone", who=Coalesce(NullIf("short_name", Value("")), "name"))
    carriers = visible(PUBLIC, Right.SEE, Carrier.objects.exclude(phone=""))
    district = Q(venue__district=OuterRef("offering__venue__district")) | Q(
        venue__district=OuterRef("offering__district")
    )
    return Coalesce(
        phones.filter(venue=OuterRef("offering__venue")).values(row=at)[:1],
        carriers.filter(venues=OuterRef("offering__venue")).values(row=named)[:1],
        carriers.filter(offerings=OuterRef("offering")).values(row=named)[:1],
        phones.filter(district, venue__report_area=ReportArea.OFFICES).values(row=of_office)[:1],
    )


# --- what is said about a date --------------------------------------------------------------------------------------


def entry(date: Any, today: dt.date, absolute: Any) -> ics.Entry:
    """One date from ``with_details()`` as its file says it."""
    offering, venue = date.offering, date.offering.venue
    promise = state(date, today)
    titles = {"cancelled": _("Fällt aus: %(title)s"), "moved": _("Verlegt: %(title)s")}
    title = titles.get(promise, "%(title)s") % {"title": offering.title}
    if date.start is None:
        title = _("%(title)s (Zeit bitte erfragen)") % {"title": title}
    url = absolute(offering.get_absolute_url())
    rings = _rings(date)
    return ics.Entry(
        uid=ics.uid(date, date.second),
        sequence=ics.sequence(date),
        changed=date.changed or ics.UNKNOWN,
        date=date.date,
        start=date.start,
        end=date.end,
        state=promise,
        title=title,
        text="\n".join(line for line in [*_lines(date, promise), rings, url] if line),
        place=", ".join(part for part in _place_parts(offering) if part),
        position=(venue.latitude, venue.longitude) if venue and venue.latitude and venue.longitude else None,
        url=url,
        topics=tuple(date.topics),
        contact=rings,
    )


def _lines(date: Any, promise: str) -> list[str]:
    offering = date.offering
    lines = [offering.summary]
    if promise == "cancelled":
        lines.append(_("Fällt aus."))
    elif promise == "moved":
        lines.append(_("Verlegt.") + _was_planned(date))
    elif promise == "planned":
        lines.append(_("Geplant. Bitte rufen Sie vorher an."))
    lines.append(date.note)
    if date.start is None:
        lines.append(_("Zeit bitte erfragen."))
    elif date.end is None:
        lines.append(_("Wie lange es dauert, wissen wir nicht."))
    if offering.cost_note or offering.is_free:
        lines.append(_("Kosten: %(cost)s") % {"cost": offering.cost_note or _("kostenlos")})
    if offering.registration_note or offering.needs_registration:
        lines.append(
            _("Anmeldung: %(note)s") % {"note": offering.registration_note or _("bitte melden Sie sich an")}
        )
    if offering.example:
        lines.append(_("Beispiel: Dieser Eintrag ist erfunden."))
    return lines


def _was_planned(date: Any) -> str:
    if (date.planned_date, date.planned_start) == (date.date, date.start):
        return ""
    when = date_format(date.planned_date, "l, j. F Y")
    if date.planned_start:
        when += f", {clock(date.planned_start)}"
    return " " + _("Zuerst geplant: %(when)s.") % {"when": when}


def _place_parts(offering: Offering) -> tuple[str, ...]:
    venue = offering.venue
    if venue is None:
        return (offering.meeting_point, offering.district.name if offering.district else "", "Dortmund")
    return (venue.name, venue.street, f"{venue.postal_code} Dortmund".strip(), venue.place_note)


def _rings(date: Any) -> str:
    """Whom to ring, in one line."""
    if date.offering.phone:
        number, who = date.offering.phone, _("Auskunft zu diesem Angebot")
    elif date.somebody:
        number, who = date.somebody["number"], date.somebody["who"]
    else:
        city = contact.city()
        number, who = city.number, city.who
    return _("Rufen Sie gern an: %(number)s (%(who)s)") % {"number": phone(number), "who": who}
