"""What people asked for: a few open requests in each team that has a login, so that its call list can be tried."""

import datetime as dt
from typing import Any

from seniorportal import concerns, working_days
from seniorportal.demo import phones
from seniorportal.models import CallAttempt, Concern, Occurrence, Offering, ReportArea, User, Venue

Kind, Wished, Regards, Topic = Concern.Kind, Concern.Wished, Concern.Regards, Concern.Topic
FIRST_NUMBER = 4_900  # of the numbers for fiction; the venues begin at the other end

# kind, working days until the promised one (below 0: it is over), what was said
OF_AN_OFFICE: tuple[tuple[str, int, dict[str, Any]], ...] = (
    (
        Kind.CALL_BACK,
        -1,
        {
            "name": "Erika Beispiel",
            "regards": Regards.RELATIVE,
            "remark": "Meine Mutter kommt bald aus der Klinik.",
        },
    ),
    (Kind.CALL_BACK, 1, {"name": "Otto Beispiel", "regards": Regards.SELF, "wished": Wished.MORNING}),
    (Kind.CALL_BACK, 2, {"regards": Regards.NEIGHBOUR, "remark": "Es geht um Hilfe beim Einkaufen."}),
    (Kind.WORRY, 1, {"agreed": False, "topic": Topic.MISSED}),
    (Kind.COMPANY, 3, {"name": "Gerda Beispiel", "remark": "Ich habe einen Rollator und war noch nie dort."}),
    (Kind.POST, 4, {"name": "Hans Beispiel", "address": "Beispielweg 5\n44263 Dortmund"}),
)
OF_A_HOUSE = OF_AN_OFFICE[1:2] + OF_AN_OFFICE[5:]


def make(today: dt.date) -> int:
    """How many; the caller holds the transaction, and the logins are there."""
    made = 0
    for slug in ("seniorenbuero-hoerde", "seniorenbuero-hombruch", "eugen-krautscheid-haus"):
        venue = Venue.objects.select_related("district").get(slug=slug)
        rows = OF_A_HOUSE if venue.report_area == ReportArea.CENTRE else OF_AN_OFFICE
        for kind, days, said in rows:
            write(kind, days, said, about(kind, venue), today, FIRST_NUMBER + made)
            made += 1
    hall = (
        Venue.objects.in_area(ReportArea.MEETING_PLACES).filter(carriers__slug="awo").order_by("pk").first()
    )
    if hall:
        write(Kind.CALL_BACK, 2, OF_AN_OFFICE[1][2], hall, today, FIRST_NUMBER + made)
        made += 1
    return made


def about(kind: str, office: Venue) -> Any:
    """Company is asked for an offering of the district, a worry comes from one of its halls."""
    halls = Venue.objects.in_area(ReportArea.MEETING_PLACES).filter(district=office.district).order_by("pk")
    if kind == Kind.COMPANY:
        return Offering.objects.filter(venue__in=halls).order_by("pk").first() or office
    return halls.first() or office if kind == Kind.WORRY else office


def write(kind: str, days: int, said: dict[str, Any], entry: Any, today: dt.date, number: int) -> None:
    team = concerns.team_of(entry, kind, today)
    if team is None:  # a small city without these people
        return
    until = working_days.after(today, days) if days > 0 else last_working_day(today)
    calls = kind in (Kind.CALL_BACK, Kind.COMPANY)
    offering = entry if isinstance(entry, Offering) else None
    row = Concern.objects.create(
        kind=kind,
        venue=offering.venue if offering else entry,
        offering=offering,
        for_date=next_date(offering, until) if offering else None,
        team_venue=team.venue,
        team_carrier=team.carrier,
        deputy=concerns.deputy_of(team, concerns.district_of(entry), today),
        asked_on=min(until - dt.timedelta(days=4), today),
        answer_by=until,
        phone=phones.number(number) if calls else None,
        example=True,
        **said,
    )
    caller = User.objects.filter(memberships__venue=team.venue, example=True).first() if days < 0 else None
    if caller:
        CallAttempt.objects.create(concern=row, outcome=CallAttempt.Outcome.NOBODY, by=caller, day=until)


def last_working_day(today: dt.date) -> dt.date:
    day = today - dt.timedelta(days=1)
    while day.weekday() > 4:
        day -= dt.timedelta(days=1)
    return day


def next_date(offering: Offering, after: dt.date) -> dt.date | None:
    dates = Occurrence.objects.filter(offering=offering, date__gt=after).order_by("date")
    return dates.values_list("date", flat=True).first()
