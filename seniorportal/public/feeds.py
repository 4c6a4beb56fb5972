"""What is new and what is called off, as Atom feeds: for the whole city, or with ``?bezirk=`` for one of its twelve."""

import datetime as dt
import hashlib
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Max, OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from seniorportal import vocabularies
from seniorportal.access import PUBLIC, Right, visible
from seniorportal.hours import clock
from seniorportal.models import Occurrence, Offering
from seniorportal.public.parameters import Parameters
from seniorportal.templatetags.portal import rhythm, times

MOST = 40  # entries of a feed
LOOKED_THROUGH = 1000  # of the newest rows of history
AHEAD = dt.timedelta(days=14)
OfferingEvent: Any = Offering.pgh_event_model  # type: ignore[attr-defined]
OccurrenceEvent: Any = Occurrence.pgh_event_model  # type: ignore[attr-defined]

# A change of these is none that a reader would notice: somebody confirmed the entry, or named its source.
SILENT = {"id", "version", "confirmed_at", "confirmed_by_id", "review_interval", "source_url", "source_year"}
TELLING = [
    name
    for name in (field.attname for field in OfferingEvent._meta.concrete_fields)
    if name not in SILENT and not name.startswith("pgh_")
]


class Feed(Atom1Feed):
    def latest_post_date(self) -> dt.datetime:
        """An empty feed is as old as its day, so that asking again finds it unchanged."""
        if self.items:
            return super().latest_post_date()
        return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)


@login_not_required
@require_safe
def news(request: HttpRequest) -> HttpResponseBase:
    """New and changed offerings, the latest first. Two statements: the history, and the offerings as they are now."""
    district, said = asked_district(request)
    feed = new_feed(request, _("Neue und geänderte Angebote"), district, said, reverse("public:offerings"))
    happened = latest_changes()
    rows = Offering.objects.filter(pk__in=happened).active_on(timezone.localdate()).for_list()
    for offering in sorted(
        visible(PUBLIC, Right.SEE, in_district(rows, "", district)),
        key=lambda one: (happened[one.pk][0], one.pk),
        reverse=True,
    )[:MOST]:
        when, is_new = happened[offering.pk]
        what = _("Neu") if is_new else _("Geändert")
        how_often = rhythm(offering) or (times(offering.start, None) if offering.start else "")
        feed.add_item(
            title=f"{what}: {named(offering)}",
            link=request.build_absolute_uri(offering.get_absolute_url()),
            description=" · ".join(part for part in (offering.summary, how_often, where(offering)) if part),
            unique_id=tag(request, f"angebot/{offering.pk}/{when:%Y%m%d%H%M%S}"),
            updateddate=when,
        )
    return answer(request, feed)


@login_not_required
@require_safe
def called_off(request: HttpRequest) -> HttpResponseBase:
    """Cancelled and moved dates of the coming fortnight, the next first. One statement."""
    now = timezone.localtime()
    district, said = asked_district(request)
    feed = new_feed(request, _("Fällt aus oder ist verlegt"), district, said, reverse("public:home"))
    told = OccurrenceEvent.objects.filter(pgh_obj=OuterRef("pk")).values("pgh_obj")
    last_day = now.date() + AHEAD
    off = Q(status=Occurrence.Status.CANCELLED, date__lte=last_day)
    off |= Q(status=Occurrence.Status.MOVED) & Q(planned_date__lte=last_day)
    rows = Occurrence.objects.still_to_come(now).filter(off).for_list()
    rows = rows.annotate(told=Subquery(told.annotate(latest=Max("pgh_created_at")).values("latest")))
    for date in visible(PUBLIC, Right.SEE, in_district(rows, "offering__", district))[:MOST]:
        feed.add_item(
            title=f"{headline(date)}: {named(date.offering)}",
            link=request.build_absolute_uri(date.offering.get_absolute_url()),
            description=" · ".join(part for part in (when_of(date), where(date.offering), date.note) if part),
            unique_id=tag(request, f"termin/{date.pk}/{date.status}"),
            updateddate=date.told or now.replace(hour=0, minute=0, second=0, microsecond=0),
        )
    return answer(request, feed)


def latest_changes() -> dict[int, tuple[dt.datetime, bool]]:
    """When an offering last became another one for its readers, and whether it was new then. One statement."""
    newest = OfferingEvent.objects.order_by("-pgh_id").values(
        "pgh_id", "pgh_obj_id", "pgh_label", "pgh_created_at", *TELLING
    )
    before: dict[int, tuple[Any, ...]] = {}
    found: dict[int, tuple[dt.datetime, bool]] = {}
    for row in reversed(newest[:LOOKED_THROUGH]):
        pk, state = row["pgh_obj_id"], tuple(row[name] for name in TELLING)
        if row["pgh_label"] == "insert" or (pk in before and before[pk] != state):
            is_new = row["pgh_label"] == "insert" or found.get(pk, (None, False))[1]
            found[pk] = (row["pgh_created_at"], is_new)
        before[pk] = state
    return found


def asked_district(request: HttpRequest) -> tuple[str, str]:
    """The slug of the district asked for, or none; and what to say about a parameter that we do not know."""
    parameters = Parameters(request, "bezirk")
    wanted = parameters.choices("bezirk", set(vocabularies.current().districts))
    return (wanted[0] if len(wanted) == 1 else ""), " ".join(parameters.ignored)


def in_district(rows: Any, path: str, slug: str) -> Any:
    if not slug:
        return rows
    return rows.filter(Q(**{f"{path}venue__district__slug": slug}) | Q(**{f"{path}district__slug": slug}))


def new_feed(request: HttpRequest, title: str, district: str, said: str, page: str) -> Feed:
    if district:
        title += f": {vocabularies.current().districts[district]}"
    query = f"?bezirk={district}" if district else ""
    return Feed(
        title=f"{title} – Seniorenportal Dortmund",
        link=request.build_absolute_uri(page + query),
        description="",
        subtitle=said or None,
        language="de",
        feed_url=request.build_absolute_uri(request.path + query),
        author_name="Seniorenportal Dortmund",
    )


def answer(request: HttpRequest, feed: Feed) -> HttpResponseBase:
    body = feed.writeString("utf-8").encode()
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type="application/atom+xml; charset=utf-8", headers={"ETag": etag})
    return get_conditional_response(request, etag=etag, response=response) or response


def tag(request: HttpRequest, path: str) -> str:
    """The name of an entry for ever (RFC 4151); it changes when the entry becomes news again."""
    return f"tag:{request.get_host().partition(':')[0]},2026:{path}"


def named(offering: Offering) -> str:
    return f"{offering.title} ({_('Beispiel')})" if offering.example else offering.title


def where(offering: Offering) -> str:
    district = (offering.venue.district if offering.venue else None) or offering.district
    return ", ".join(part for part in (offering.place, str(district) if district else "") if part)


def headline(date: Occurrence) -> str:
    return _("Fällt aus") if date.status == Occurrence.Status.CANCELLED else _("Verlegt")


def when_of(date: Occurrence) -> str:
    day = date_format(date.date, "l, j. F Y")
    if date.status != Occurrence.Status.MOVED or (date.planned_date, date.planned_start) == (
        date.date,
        date.start,
    ):
        return f"{day}, {clock(date.start)}" if date.start else day
    old = date_format(date.planned_date, "l, j. F")
    return _("statt %(old)s jetzt %(new)s") % {"old": old, "new": f"{day}, {times(date.start, date.end)}"}
