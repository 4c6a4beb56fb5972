"""Jahresmeldungen: who reports, who checks, who is reminded; the numbers on paper and back."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from begegnung.models import AnnualReturn
from begegnung.numbers import House
from seniorportal import access, outbox, register
from seniorportal.access import Right
from seniorportal.models import OutgoingMail, ReportArea, User, Venue

State = AnnualReturn.State
FIRST_REMINDER = 15  # of January; then every month until midsummer
LAST_REMINDER = 6


def is_over(year: int, today: dt.date) -> bool:
    """Only a finished year can be reported."""
    return year < today.year


def draft_of(venue: Venue, year: int) -> AnnualReturn:
    """Not stored yet: without any correction, what the portal computes stands."""
    return AnnualReturn(venue=venue, year=year, example=venue.example)


def keep(row: AnnualReturn, by: User) -> None:
    """Saves corrections. What was checked before is only reported now: somebody has to look again."""
    new = row._state.adding
    if not new:
        access.ensure(by, Right.CHANGE, row)
    if row.state == State.CHECKED:
        row.state = State.REPORTED
    row.checked_on = row.checked_by = None
    row.save()
    access.ensure(by, Right.ADD if new else Right.CHANGE, row)


def report(row: AnnualReturn, by: User, today: dt.date) -> None:
    """From now on it is in the report. A second time changes nothing but the day."""
    row.state, row.reported_on, row.reported_by, row.question = State.REPORTED, today, by, ""
    keep(row, by)


def check(row: AnnualReturn, by: User, today: dt.date) -> None:
    """By a second person who may release it; never by the one who reported."""
    access.ensure(by, Right.RELEASE, row)
    row.state, row.checked_on, row.checked_by = State.CHECKED, today, by
    row.save()


def ask_back(row: AnnualReturn, by: User, question: str) -> None:
    """A draft again, with a question to those who report; until they answer it is in no figure."""
    access.ensure(by, Right.RELEASE, row)
    row.state, row.question = State.DRAFT, question
    row.save()


def print_sheets(houses: Iterable[House], by: User, today: dt.date) -> int:
    """A draft for each, so that its sheet has a number; how many."""
    number = 0
    for house in houses:
        row = house.declared or draft_of(house.venue, house.year)
        new = row._state.adding
        row.printed_on = today
        row.save()
        access.ensure(by, Right.ADD if new else Right.CHANGE, row)
        house.declared = row
        number += 1
    return number


# --- the number of a sheet --------------------------------------------------------------------------------------------


def sheet_number(row: AnnualReturn) -> str:
    """With a last digit by which a slip of the pen is noticed."""
    return f"{row.pk}{_check_digit(str(row.pk))}"


def read_sheet_number(typed: str) -> int | None:
    """The key of the return; None where the digits do not fit together."""
    digits = "".join(typed.split()).removeprefix("Nr.")
    if not (digits.isascii() and digits.isdecimal() and 2 <= len(digits) <= 18):
        return None
    return int(digits[:-1]) if _check_digit(digits[:-1]) == digits[-1] else None


def _check_digit(digits: str) -> str:
    """Luhn: finds each single wrong digit and almost every pair that was swapped."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)


# --- reminders --------------------------------------------------------------------------------------------------------


def still_to_report(user: Any, year: int) -> int:
    """At how many houses of the year the person has something to report. One statement."""
    mine: Any = access.targets(user, Right.ADD, AnnualReturn, "venue").filter(
        report_area=ReportArea.MEETING_PLACES
    )
    there = mine.active_within(dt.date(year, 1, 1), dt.date(year, 12, 31))
    done = AnnualReturn.objects.filter(year=year).exclude(state=State.DRAFT)
    return int(there.exclude(pk__in=done.values("venue")).count())


def remind(today: dt.date) -> int:
    """In the nightly job: one mail a person and month of the first half-year, while houses of hers are missing."""
    if today.month > LAST_REMINDER or (today.month == 1 and today.day < FIRST_REMINDER):
        return 0
    year, written = today.year - 1, 0
    for user in User.objects.with_mail():
        if not access.offers(user, Right.ADD, AnnualReturn):
            continue
        if number := still_to_report(user, year):
            key = f"jahresmeldung-{user.pk}-{today:%Y-%m}"
            page = f"/begegnung/verwalten/meldungen/{year}/"
            written += outbox.put(OutgoingMail.Kind.RETURNS, user, key, number=number, year=year, page=page)
    return written


register.reminders([remind])
