"""What the public page makes of the people of an office, naming none: languages by weekday, telephone hours."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from seniorenbuero.models import WorkingWeek
from seniorportal.access import PUBLIC, Right, visible
from seniorportal.models import Absence, ContactPoint, Language, Membership, Role, Venue, Weekday
from seniorportal.models.nested import nested
from seniorportal.prepared import NOW

AHEAD = 26  # weeks; who is away longer than that counts as away without an end


@dataclass(frozen=True)
class Spoken:
    """A language on a weekday. ``missing``: on the next such day nobody is there; ``again`` the first day with one."""

    name: str
    missing: bool = False
    again: dt.date | None = None


def with_languages(rows: QuerySet[Venue]) -> QuerySet[Venue]:
    """Brings along which weekdays and languages the people of the office have, and when they are away. No statement."""
    here = Membership.objects.active_on(NOW.today).filter(
        role=Role.TANDEM, venue=OuterRef(OuterRef("pk")), user__is_active=True
    )
    weeks = visible(
        PUBLIC, Right.SEE, WorkingWeek.objects.filter(member__in=here.order_by().values("pk")).order_by("pk")
    )
    spoken = WorkingWeek.languages.through.objects.filter(workingweek=OuterRef(OuterRef("pk")))
    absent = visible(
        PUBLIC,
        Right.SEE,
        Absence.objects.filter(member=OuterRef("member")).active_within(NOW.today, dt.date.max),
    )
    standing_in = visible(
        PUBLIC,
        Right.SEE,
        Absence.objects.filter(office=OuterRef("pk")).active_on(NOW.today).order_by("pk"),
    )
    present = Membership.objects.active_on(NOW.today).filter(role=Role.TANDEM, venue=OuterRef("pk"))
    away = Absence.objects.active_on(NOW.today).filter(member=OuterRef("pk"))
    return rows.annotate(
        weeks=nested(
            weeks,
            "weekdays",
            "example",
            languages=nested(Language.objects.filter(pk__in=spoken.values("language")), "name", "position"),
            away=nested(absent, "active_from", "active_until"),
        ),
        somebody_there=Exists(present.filter(~Exists(away), user__is_active=True)),
        covered=nested(
            standing_in, "active_until", slug=F("deputy_office__slug"), name=F("deputy_office__name")
        ),
    )


def stand_in(venue: Any) -> dict[str, Any] | None:
    """While everybody of the office is away: which office helps, and until the first of them is back. No statement.

    Where nobody has an account nothing is said: that the portal knows no people does not mean that there are none.
    """
    running: list[dict[str, Any]] = [] if venue.somebody_there else venue.covered
    office = next((row for row in running if row["slug"]), None)
    if office is None:
        return None
    ends = [row["active_until"] for row in running if row["active_until"]]
    return {
        "bezirk": office["slug"].removeprefix("seniorenbuero-"),
        "name": office["name"],
        "until": dt.date.fromisoformat(min(ends)) if ends else None,
    }


def by_weekday(weeks: Iterable[dict[str, Any]], today: dt.date) -> list[tuple[str, list[Spoken]]]:
    """Weekday and its languages beside German, in the order of the vocabulary."""
    speakers: dict[int, dict[tuple[int, str], list[dict[str, Any]]]] = {}
    for week in weeks:
        for day in week["weekdays"]:
            for language in week["languages"]:
                key = (language["position"], language["name"])
                speakers.setdefault(day, {}).setdefault(key, []).append(week)
    return [
        (
            str(day.label),
            [_spoken(name, found, day, today) for (_, name), found in sorted(speakers[day].items())],
        )
        for day in Weekday
        if day in speakers
    ]


def _spoken(name: str, people: list[dict[str, Any]], weekday: int, today: dt.date) -> Spoken:
    first = today + dt.timedelta(days=(weekday - today.weekday()) % 7)
    for weeks in range(AHEAD):
        day = first + dt.timedelta(weeks=weeks)
        if any(not _is_away(one, day) for one in people):
            return Spoken(name, weeks > 0, day if weeks else None)
    return Spoken(name, True)


def _is_away(week: dict[str, Any], day: dt.date) -> bool:
    written = day.isoformat()
    return any(row["active_from"] <= written <= (row["active_until"] or written) for row in week["away"])


def phone_weeks(venue: Venue) -> list[tuple[ContactPoint, list[tuple[str, list[tuple[dt.time, dt.time]]]]]]:
    """Each telephone with the hours in which somebody answers, by weekday; those without hours are left out."""
    found = []
    for point in venue.contact_points.all():
        hours = sorted(point.hours.all(), key=lambda row: (row.weekday, row.opens))
        days = [
            (str(day.label), [(row.opens, row.closes) for row in hours if row.weekday == day])
            for day in Weekday
            if any(row.weekday == day for row in hours)
        ]
        if days and point.kind == ContactPoint.Kind.PHONE:
            found.append((point, days))
    return found
