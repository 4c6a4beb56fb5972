"""Plain rows for counting by hand: everything has a default, only what the sentence is about is said."""

import datetime as dt
from itertools import count
from typing import Any

from begegnung.models import AnnualReturn
from seniorenbuero.models import Attendance, Helper, RoundTable, RoundTableMeeting
from seniorportal import register
from seniorportal.figures.base import Reading
from seniorportal.figures.period import Period
from seniorportal.models import (
    CalendarDay,
    Carrier,
    Case,
    Closure,
    Consultation,
    District,
    Engagement,
    Language,
    Occurrence,
    Offering,
    OpeningHours,
    Partner,
    Venue,
    Visit,
    Volunteer,
)

TODAY = dt.date(2026, 11, 23)
_number = count(1)


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def read(key: str, written: str, today: dt.date = TODAY) -> Reading:
    return register.all_figures()[key].read(Period.parse(written, today))


def make_district(name: str = "Hörde") -> District:
    return District.objects.get_or_create(name=name, defaults={"slug": name.lower().replace("ö", "oe")})[0]


def make_carrier(**fields: Any) -> Carrier:
    number = next(_number)
    return Carrier.objects.create(
        **{"name": f"Beispielträger {number}", "slug": f"traeger-{number}", **fields}
    )


def make_venue(area: str = "begegnung", district: str | None = "Hörde", **fields: Any) -> Venue:
    return Venue.objects.create(
        **{
            "name": f"Beispielort {next(_number)}",
            "report_area": area,
            "district": make_district(district) if district else None,
            **fields,
        }
    )


def make_office(**fields: Any) -> Venue:
    return make_venue("seniorenbuero", **fields)


def make_house(**fields: Any) -> Venue:
    return make_venue("stadtteilzentrum", **fields)


def make_hours(venue: Venue, weekday: int, opens: str, closes: str, **fields: Any) -> OpeningHours:
    return OpeningHours.objects.create(
        venue=venue,
        weekday=weekday,
        opens=dt.time.fromisoformat(opens),
        closes=dt.time.fromisoformat(closes),
        **fields,
    )


def make_closure(venue: Venue, first: str, last: str) -> Closure:
    return Closure.objects.create(venue=venue, first_day=day(first), last_day=day(last))


def make_holiday(date: str) -> CalendarDay:
    return CalendarDay.objects.create(date=day(date), public_holiday="Feiertag")


def make_return(venue: Venue, year: int, *, state: str = "gemeldet", **fields: Any) -> AnnualReturn:
    return AnnualReturn.objects.create(venue=venue, year=year, state=state, **fields)


def make_visit(venue: Venue | None, scope: str, first_day: str, number: int | None, **fields: Any) -> Visit:
    return Visit.objects.create(
        venue=venue, scope=scope, first_day=day(first_day), count=number, closed=number is None, **fields
    )


def make_offering(venue: Venue | None, **fields: Any) -> Offering:
    return Offering.objects.create(**{"title": "Beispielangebot", "venue": venue, **fields})


def make_date(offering: Offering, date: str, status: str = "stattgefunden", **fields: Any) -> Occurrence:
    return Occurrence.objects.create(offering=offering, date=day(date), status=status, **fields)


def make_volunteer() -> Volunteer:
    carrier = Carrier.objects.first() or make_carrier()
    return Volunteer.objects.create(carrier=carrier, number=f"B-{next(_number)}")


def make_engagement(
    volunteer: Volunteer, venue: Venue, first: str | None, last: str | None = None
) -> Engagement:
    return Engagement.objects.create(
        volunteer=volunteer, venue=venue, active_from=day(first), active_until=day(last)
    )


def make_consultations(office: Venue, date: str, number: int = 1, **fields: Any) -> None:
    for _ in range(number):
        Consultation.objects.create(office=office, date=day(date), **fields)


def make_case(office: Venue, opened: str, *, phase: int = 2, criteria: int = 3) -> Case:
    body = Carrier.objects.first() or make_carrier()
    return Case.objects.create(
        office=office,
        body=body,
        number=f"F-{next(_number)}",
        opened_on=day(opened),
        phase=phase,
        criteria=criteria,
    )


def make_meeting(office: Venue, date: str) -> RoundTableMeeting:
    table = RoundTable.objects.create(office=office, title="Runder Tisch")
    return RoundTableMeeting.objects.create(round_table=table, date=day(date))


def make_partner() -> Partner:
    return Partner.objects.create(name=f"Beispielpartner {next(_number)}")


def invite(partner: Partner, meeting: RoundTableMeeting, state: str = "eingeladen") -> Attendance:
    return Attendance.objects.create(partner=partner, meeting=meeting, state=state)


def make_helper(office: Venue, first: str | None, last: str | None = None, state: str = "aktiv") -> Helper:
    return Helper.objects.create(
        office=office,
        number=f"H-{next(_number)}",
        active_from=day(first),
        active_until=day(last),
        state=state,
    )


def make_language(code: str = "tr", name: str = "Türkisch") -> Language:
    return Language.objects.get_or_create(code=code, defaults={"name": name, "slug": code})[0]
