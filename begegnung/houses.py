"""What each house needs and how urgently: confirmed, counted, declared, answered, closed. A fixed number of statements.

«Mine» are the houses whose visitors somebody counts: that right says who looks after a house, whichever her role.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncMonth

from begegnung.models import AnnualReturn
from seniorportal import access, review
from seniorportal.access import Right
from seniorportal.models import Carrier, Closure, Feedback, Offering, ReportArea, User, Venue, Visit
from seniorportal.models.nested import attach, nested
from seniorportal.review import Stand

MONTHS = 6  # full months whose counts are looked for
COUNTED_BY = 15  # day of the month by which the month before should be counted
DECLARED_BY = (3, 31)  # month and day by which the Jahresmeldung of the year before should be there
CLOSED_AHEAD = 56  # days of closures that are told
NAMES = (
    *("", "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli"),
    *("August", "September", "Oktober", "November", "Dezember"),
)


@dataclass(frozen=True)
class Sign:
    """One light of a house: how it stands and the words for it. A colour never stands alone."""

    stand: Stand
    text: str


@dataclass
class House:
    venue: Any
    confirmed: Sign
    entries: int  # to be looked at
    counted: Sign
    declared: Sign | None
    answered: Sign | None
    closed: list[str] = field(default_factory=list)
    month: dt.date | None = None  # to count next: the first that is missing, else the last

    @property
    def lights(self) -> list[Sign]:
        return [sign for sign in (self.confirmed, self.counted, self.declared, self.answered) if sign]

    @property
    def stand(self) -> Stand:
        return max(sign.stand for sign in self.lights)

    @property
    def urgency(self) -> tuple[int, int, str, str]:
        """Sort key: what needs her first."""
        stands = [sign.stand for sign in self.lights]
        return -stands.count(Stand.DUE), -stands.count(Stand.SOON), self.venue.sort, self.venue.name


def mine(user: Any) -> QuerySet[Venue]:
    """The houses somebody looks after, Seniorenbüros never: they have pages of their own."""
    reached = access.targets(user, Right.ADD, Visit, "venue")
    return reached.exclude(report_area=ReportArea.OFFICES)


def offered(user: Any) -> bool:
    """Whether there may be any, for menus. No statement beyond that of the memberships."""
    return access.offers(user, Right.ADD, Visit)


def houses(user: User, today: dt.date) -> list[House]:
    """All of them that are open or whose last year is not closed yet, what needs her first. Six statements."""
    own = Venue.objects.filter(pk=OuterRef("pk"))
    carriers = Carrier.objects.filter(venues=OuterRef("pk"))
    rows: Any = mine(user).select_related("district")
    last_year = dt.date(today.year - 1, 1, 1)
    found = list(
        rows.active_within(last_year, today).annotate(
            may_change=Exists(access.visible(user, Right.CHANGE, own)),
            attached_carriers=nested(carriers, "name", "short_name", "slug"),
        )
    )
    for venue in found:
        attach(venue, {"carriers": venue.attached_carriers})
    facts = Facts(user, [venue.pk for venue in found], today)
    return sorted((house_of(venue, facts, today) for venue in found), key=lambda house: house.urgency)


class Facts:
    """What the lights are read from, of all houses at once, by primary key."""

    def __init__(self, user: User, keys: list[int], today: dt.date) -> None:
        self.user, self.keys, self.today = user, keys, today
        self.first = months_before(today, MONTHS)[0]
        self.offerings = self._offerings()
        self.visits = self._visits()
        self.closures = self._closures()
        self.returns = self._returns()
        self.reports = self._reports() if access.offers(user, Right.CHANGE, Feedback) else None

    def seen(self, rows: Any, venue: str = "venue") -> Any:
        return access.visible(self.user, Right.SEE, rows.filter(**{f"{venue}__in": self.keys})).order_by()

    def _offerings(self) -> dict[int, dict[str, Any]]:
        today, soon = self.today, self.today + dt.timedelta(days=review.SOON)
        rows = review.current(self.seen(Offering.objects.all()), today).annotate(until=review.UNTIL)
        counted: Any = rows.values("venue").annotate(
            due=Count("pk", filter=review.due_on(today)),
            soon=Count("pk", filter=~review.due_on(today) & Q(until__lt=soon)),
        )
        return {row["venue"]: row for row in counted}

    def _visits(self) -> dict[int, list[dict[str, Any]]]:
        """By house: scope, month, how many came, and whether anything but «geschlossen» was said."""
        since = Q(first_day__gte=self.first, first_day__lt=self.today) | Q(
            scope=Visit.Scope.YEAR, first_day__year__gte=self.first.year
        )
        rows = Visit.objects.filter(since).annotate(place=Coalesce("venue", "occurrence__offering__venue"))
        counted = self.seen(rows, "place").values("place", "scope", month=TruncMonth("first_day"))
        found: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for row in counted.annotate(came=Sum("count"), open=Count("pk", filter=Q(closed=False))):
            found[row["place"]].append(row)
        return found

    def _closures(self) -> dict[int, list[Closure]]:
        until = self.today + dt.timedelta(days=CLOSED_AHEAD)
        rows = Closure.objects.filter(last_day__gte=self.first, first_day__lte=until)
        found: dict[int, list[Closure]] = defaultdict(list)
        for closure in self.seen(rows).order_by("first_day", "last_day"):
            found[closure.venue_id].append(closure)
        return found

    def _returns(self) -> dict[int, dict[int, AnnualReturn]]:
        rows = AnnualReturn.objects.filter(year__gte=self.first.year - 1)
        found: dict[int, dict[int, AnnualReturn]] = defaultdict(dict)
        for row in self.seen(rows).only("venue", "year", "state", "visits"):
            found[row.venue_id][row.year] = row
        return found

    def _reports(self) -> dict[int, dict[str, Any]]:
        rows: Any = Feedback.objects.still_open().annotate(about=Coalesce("venue", "offering__venue"))
        rows = access.visible(self.user, Right.CHANGE, rows.filter(about__in=self.keys)).order_by()
        late = Q(answer_by__lt=self.today)
        counted = rows.values("about").annotate(number=Count("pk"), late=Count("pk", filter=late))
        return {row["about"]: row for row in counted}


def house_of(venue: Any, facts: Facts, today: dt.date) -> House:
    over = venue.active_until is not None and venue.active_until < today
    confirmed, entries = confirmed_sign(venue, facts.offerings.get(venue.pk, {}), over, today)
    counted, month = counted_sign(venue, facts, today)
    return House(
        venue=venue,
        confirmed=confirmed,
        entries=entries,
        counted=counted,
        declared=declared_sign(venue, facts.returns.get(venue.pk, {}), today),
        answered=answered_sign(facts.reports, venue.pk),
        closed=closed_words(facts.closures.get(venue.pk, ()), today),
        month=month,
    )


def confirmed_sign(venue: Any, offerings: dict[str, Any], over: bool, today: dt.date) -> tuple[Sign, int]:
    if over:
        return Sign(Stand.FINE, f"geschlossen seit {german(venue.active_until)}"), 0
    own = review.stand_of(venue, today) if venue.published else Stand.FINE
    due = offerings.get("due", 0) + (own == Stand.DUE)
    soon = offerings.get("soon", 0) + (own == Stand.SOON)
    if due:
        return Sign(Stand.DUE, f"{due} {'Angabe' if due == 1 else 'Angaben'} zu prüfen"), due + soon
    if soon:
        return Sign(Stand.SOON, f"{soon} bald wieder zu prüfen"), soon
    return Sign(Stand.FINE, "bestätigt" if venue.published else "nicht öffentlich"), 0


def counted_sign(venue: Any, facts: Facts, today: dt.date) -> tuple[Sign, dt.date | None]:
    """0, closed and missing are three things: «niemand kam», «geschlossen», «fehlt». With the month to count next."""
    visits, closures = facts.visits.get(venue.pk, []), facts.closures.get(venue.pk, [])
    months = [month for month in months_before(today, MONTHS) if active_in(venue, month)]
    declared = {
        year
        for year, row in facts.returns.get(venue.pk, {}).items()
        if row.visits is not None and row.state != AnnualReturn.State.DRAFT
    }
    missing = [month for month in months if not said_of(month, visits, closures, declared)]
    if not months:
        return Sign(Stand.FINE, "noch nichts zu zählen"), None
    if not missing:
        said = last_said(months[-1], visits, closures)
        return Sign(Stand.FINE, f"{NAMES[months[-1].month]}: {said}"), months[-1]
    last_only = missing == months_before(today, 1) and today.day <= COUNTED_BY
    words = f"{months_in_words(missing)} {'fehlt' if len(missing) == 1 else 'fehlen'} noch"
    return Sign(Stand.SOON if last_only else Stand.DUE, words), missing[0]


def said_of(
    month: dt.date, visits: Iterable[dict[str, Any]], closures: Iterable[Closure], declared: set[int]
) -> bool:
    """Whether anybody said anything about the month: a number, also 0, or that the house was closed."""
    if month.year in declared or closed_all(month, closures):
        return True
    return any(
        row["month"] == month if row["scope"] != Visit.Scope.YEAR else row["month"].year == month.year
        for row in visits
    )


def last_said(month: dt.date, visits: Iterable[dict[str, Any]], closures: Iterable[Closure]) -> str:
    rows = [row for row in visits if row["month"] == month and row["scope"] != Visit.Scope.YEAR]
    if any(row["open"] for row in rows):
        return "gezählt" if any(row["came"] for row in rows) else "niemand kam (0)"
    if rows or closed_all(month, closures):
        return "geschlossen"
    return "in der Jahreszahl"


def declared_sign(venue: Any, returns: dict[int, AnnualReturn], today: dt.date) -> Sign | None:
    """The Jahresmeldung of the year before; None for houses that make none, or were not there."""
    year = today.year - 1
    was_there = venue.active_from is None or venue.active_from <= dt.date(year, 12, 31)
    if venue.report_area != ReportArea.MEETING_PLACES or not was_there:
        return None
    row = returns.get(year)
    if row is not None and row.state != AnnualReturn.State.DRAFT:
        return Sign(Stand.FINE, f"{year} {row.get_state_display()}")
    stand = Stand.SOON if (today.month, today.day) <= DECLARED_BY else Stand.DUE
    return Sign(stand, f"{year} {'ist noch Entwurf' if row else 'fehlt noch'}")


def answered_sign(reports: dict[int, dict[str, Any]] | None, key: int) -> Sign | None:
    """None for those who do not settle reports."""
    if reports is None:
        return None
    row = reports.get(key)
    if row is None:
        return Sign(Stand.FINE, "keine offen")
    words = f"{row['number']} offen"
    return Sign(Stand.DUE, f"{words}, Antwort überfällig") if row["late"] else Sign(Stand.SOON, words)


def closed_words(closures: Iterable[Closure], today: dt.date) -> list[str]:
    """«bis 6. Januar» for today's, «21. Dezember bis 6. Januar» for those ahead."""
    words = []
    for one in closures:
        if one.last_day < today:
            continue
        if one.first_day <= today:
            words.append(f"heute zu, bis {german(one.last_day)}")
        elif one.first_day == one.last_day:
            words.append(german(one.first_day))
        else:
            words.append(f"{german(one.first_day)} bis {german(one.last_day)}")
    return words


def months_before(today: dt.date, number: int) -> list[dt.date]:
    """The first days of the full months before today, the oldest first."""
    month, found = today.replace(day=1), []
    for _ in range(number):
        month = (month - dt.timedelta(days=1)).replace(day=1)
        found.append(month)
    return found[::-1]


def end_of_month(month: dt.date) -> dt.date:
    return (month + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)


def active_in(venue: Any, month: dt.date) -> bool:
    """Whether the house was there on any day of the month."""
    after = venue.active_from is None or venue.active_from <= end_of_month(month)
    return after and (venue.active_until is None or venue.active_until >= month)


def closed_all(month: dt.date, closures: Iterable[Closure]) -> bool:
    last = end_of_month(month)
    return any(one.first_day <= month and one.last_day >= last for one in closures)


def months_in_words(months: list[dt.date]) -> str:
    """«August», «August und Oktober», «Mai bis Oktober»."""
    whole = months_before(end_of_month(months[-1]) + dt.timedelta(days=1), MONTHS)
    if len(months) > 2 and months == whole[-len(months) :]:
        return f"{NAMES[months[0].month]} bis {NAMES[months[-1].month]}"
    named = [NAMES[month.month] for month in months]
    return " und ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)


def german(day: dt.date) -> str:
    return f"{day.day}. {NAMES[day.month]}"
