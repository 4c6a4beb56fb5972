"""Closing and reopening by one act: what it reaches, and the closures and dates that follow from it.

An act owns the closures it made (``Closure.notice``) and remembers how each date stood that it called off
(``NoticeDate``). Reopening ends exactly these; what somebody else closed or called off stays as it is.
Dates are called off, not deleted: they stay visible, and whoever keeps one hears of it.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any, cast

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.utils import timezone

from seniorportal import access, announcing, concerns, programme
from seniorportal.access import Principal, Right
from seniorportal.models import (
    Carrier,
    Closure,
    Notice,
    NoticeDate,
    Occurrence,
    Offering,
    ReportArea,
    Venue,
)

LONGEST = 400  # days
PREFIX = "Geschlossen: "
STANDING = (Occurrence.Status.PLANNED, Occurrence.Status.MOVED)


@dataclass(frozen=True)
class Reach:
    """How many venues close and how many dates are called off by it."""

    venues: int
    dates: int


def venues_of(notice: Notice) -> QuerySet[Venue]:
    """What it closes. No Seniorenbüro, unless it is the one venue meant: while halls are closed, people ring there."""
    rows: Any = Venue.objects.active_within(notice.first_day, notice.last_day)
    if notice.scope == Notice.Scope.VENUE:
        return cast("QuerySet[Venue]", rows.filter(pk=notice.venue_id))
    rows = rows.exclude(report_area=ReportArea.OFFICES)
    if notice.scope == Notice.Scope.CARRIER:
        below = Carrier.objects.below([notice.carrier_id or 0]).order_by().values("pk")
        carried = Venue.carriers.through.objects.filter(carrier__in=below)
        rows = rows.filter(pk__in=carried.values("venue"))
    elif notice.scope == Notice.Scope.DISTRICT:
        rows = rows.filter(district=notice.district_id)
    return cast("QuerySet[Venue]", rows)


def offerings_of(notice: Notice) -> QuerySet[Offering]:
    """What takes place there and, where the act says so, what has no house."""
    there = Q(venue__in=venues_of(notice).order_by().values("pk"))
    if notice.meeting_points and notice.scope != Notice.Scope.VENUE:
        outside = Q(venue__isnull=True)
        if notice.scope == Notice.Scope.DISTRICT:
            outside &= Q(district=notice.district_id)
        elif notice.scope == Notice.Scope.CARRIER:
            below = Carrier.objects.below([notice.carrier_id or 0]).order_by().values("pk")
            held = Offering.carriers.through.objects.filter(carrier__in=below)
            outside &= Q(pk__in=held.values("offering"))
        there |= outside
    return Offering.objects.filter(there)


def dates_of(notice: Notice, now: dt.datetime) -> QuerySet[Occurrence]:
    """The dates it calls off: those that stand, were not counted, and, on its first day, are not over yet."""
    rows = Occurrence.objects.filter(
        offering__in=offerings_of(notice).order_by().values("pk"),
        date__range=(notice.first_day, notice.last_day),
        status__in=STANDING,
        visit__isnull=True,
    )
    return rows.not_over_today(now) if notice.first_day == now.date() else rows


def said(notice: Notice) -> str:
    """What stands beside each date that it calls off."""
    return PREFIX + notice.text


def reach(notice: Notice, now: dt.datetime) -> Reach:
    """For the preview, of an act that need not be stored. Two statements."""
    return Reach(venues_of(notice).count(), dates_of(notice, now).count())


def close(notice: Notice, by: Principal, now: dt.datetime) -> Reach:
    """Stores the act and does what it says; 403 where ``by`` may not. A fixed number of statements."""
    with transaction.atomic():
        notice.save()
        access.ensure(by, Right.ADD, notice)
        return _fit(notice, now)


def change(notice: Notice, by: Principal, now: dt.datetime) -> Reach:
    """Stores other days or another text, and brings closures and dates in line with them."""
    with transaction.atomic():
        access.ensure(by, Right.CHANGE, notice)
        notice.save()
        access.ensure(by, Right.CHANGE, notice)
        return _fit(notice, now)


def reopen(notice: Notice, by: Principal, now: dt.datetime) -> Reach:
    """Open again from today on; an act that had not begun is taken back. A second time changes nothing."""
    yesterday = now.date() - dt.timedelta(days=1)
    if notice.taken_back or notice.last_day <= yesterday:
        return Reach(0, 0)
    if notice.first_day <= yesterday:
        notice.last_day = yesterday
    else:
        notice.taken_back = True
    return change(notice, by, now)


def follow_up(now: dt.datetime) -> Reach:
    """Venues and dates that came into the reach of a standing act later: each night they follow."""
    found = [_apply(notice, now) for notice in Notice.objects.standing(now.date())]
    return Reach(sum(one.venues for one in found), sum(one.dates for one in found))


def _fit(notice: Notice, now: dt.datetime) -> Reach:
    closures = Closure.objects.filter(notice=notice)
    if notice.taken_back:
        closures.delete()
    else:
        days = {"first_day": notice.first_day, "last_day": notice.last_day, "reason": notice.text}
        closures.exclude(**days).update(**days, version=F("version") + 1)
        off = Occurrence.objects.filter(closed_with__notice=notice, status=Occurrence.Status.CANCELLED)
        told = off.filter(note__startswith=PREFIX).exclude(note=said(notice))
        told.update(note=said(notice), version=F("version") + 1)
    given_back = _give_back(notice, now)
    done = Reach(0, 0) if notice.taken_back else _apply(notice, now)
    transaction.on_commit(announcing.forget)
    return Reach(done.venues, done.dates or given_back)


@transaction.atomic
def _apply(notice: Notice, now: dt.datetime) -> Reach:
    """Closes what is not closed by it yet and calls off what it has never called off: whatever somebody took back by
    hand meanwhile stays so."""
    by_it = Closure.objects.filter(notice=notice, venue=OuterRef("pk"))
    missing = venues_of(notice).filter(~Exists(by_it)).order_by().values_list("pk", "example")
    made = [
        Closure(
            venue_id=venue,
            first_day=notice.first_day,
            last_day=notice.last_day,
            reason=notice.text,
            notice=notice,
            example=example,
        )
        for venue, example in missing
    ]
    Closure.objects.bulk_create(made)
    off = _remember(notice, dates_of(notice, now))
    dates = Occurrence.objects.filter(pk__in=off)
    dates.update(
        status=Occurrence.Status.CANCELLED,
        note=said(notice),
        touched=True,
        version=F("version") + 1,
    )
    if off:
        concerns.date_cancelled(dates.only("pk"))
    return Reach(len(made), len(off))


def _remember(notice: Notice, dates: QuerySet[Occurrence]) -> list[int]:
    """How the dates stand, before they are called off; those that it had in hand before are left out."""
    rows = (
        dates.order_by().annotate(act=Value(notice.pk)).values_list("act", "pk", "status", "note", "touched")
    )
    sql, values = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {NoticeDate._meta.db_table} (notice_id, occurrence_id, status, note, touched) {sql}"
            " ON CONFLICT (occurrence_id) DO NOTHING RETURNING occurrence_id",
            values,
        )
        return [row[0] for row in cursor.fetchall()]


def _give_back(notice: Notice, now: dt.datetime) -> int:
    """Dates outside the days of the act stand again as before, unless somebody changed them since; how many."""
    outside = NoticeDate.objects.filter(notice=notice)
    if not notice.taken_back:
        outside = outside.exclude(occurrence__date__range=(notice.first_day, notice.last_day))
    held = list(outside.values_list("pk", "occurrence", "occurrence__offering"))
    if not held:
        return 0
    kept = [row[0] for row in held]
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {Occurrence._meta.db_table} AS date SET status = was.status, note = was.note,"
            " touched = was.touched, version = date.version + 1"
            f" FROM {NoticeDate._meta.db_table} AS was"
            " WHERE was.id = ANY(%s) AND date.id = was.occurrence_id AND date.status = %s",
            [kept, Occurrence.Status.CANCELLED],
        )
        back = cursor.rowcount
    NoticeDate.objects.filter(pk__in=kept).delete()
    for other in Notice.objects.standing(now.date()).exclude(pk=notice.pk):
        _apply(other, now)
    # The rhythm, a holiday, a new offering or a closure that nobody made with an act may have come in between.
    keys = sorted({row[2] for row in held} | set(offerings_of(notice).values_list("pk", flat=True)))
    for first in range(0, len(keys), programme.AT_ONCE):
        programme.regenerate(
            Offering.objects.filter(pk__in=keys[first : first + programme.AT_ONCE]), now.date()
        )
    return back


def standing() -> QuerySet[Notice]:
    """The standing acts with what they close, the next first."""
    return Notice.objects.standing(timezone.localdate()).select_related("venue", "carrier", "district")
