"""The order in which the demo data come to be; each step answers one German line."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from django.db import connection
from django.utils import timezone

from seniorportal.demo import accounts, carriers, halls, offerings, programme, venues
from seniorportal.demo.years import REPORT_YEARS, Span, Years
from seniorportal.models import Closure, Offering, ReportArea, User, Venue
from seniorportal.programme import regenerate


def stand() -> dt.date | None:
    """The day for which the example rows were made; None where there are none."""
    made = (
        User.objects.filter(example=True)
        .order_by("date_joined")
        .values_list("date_joined", flat=True)
        .first()
    )
    return timezone.localdate(made) if made else None


def scale() -> int:
    """How many Dortmunds there are: 158 example meeting places more for each but the first."""
    halls_there = Venue.objects.filter(example=True, report_area=ReportArea.MEETING_PLACES).count()
    return 1 + halls_there // halls.CITY


def build(
    today: dt.date, scale: int = 1, *, places: int = halls.CITY, number: int = programme.CITY
) -> Iterator[str]:
    """Everything; the caller holds the transaction. ``places`` and ``number`` make a smaller city for tests."""
    years = Years(today)
    known, new = carriers.load()
    yield f"Träger: {grouped(len(known))}, davon neu {grouped(new)}"
    real, new = venues.load(known)
    yield f"Wirkliche Orte: {grouped(len(set(real.values())))}, davon neu {grouped(new)}"
    found, new = offerings.load(real, today)
    yield f"Wirkliche Angebote: {grouped(len(found))}, davon neu {grouped(new)}"

    end = dt.date(REPORT_YEARS[-1], 12, 31)
    real_places = Venue.objects.filter(report_area=ReportArea.MEETING_PLACES, example=False)
    missing = max(places - real_places.active_on(end).count(), 0)
    examples = halls.make(years, scale, missing, known)
    yield f"Beispiel-Begegnungsstätten: {grouped(len(examples))}"
    made = programme.make(years, max(number * scale - len(found), 0), examples)
    yield f"Beispiel-Angebote: {grouped(len(made))}"

    dates, _ = regenerate(found, today)
    with_dates = Offering.objects.filter(first_date__isnull=False, pk__in=made)
    closures: dict[int, list[Span]] = defaultdict(list)
    for venue, first, last in Closure.objects.values_list("venue", "first_day", "last_day"):
        closures[venue].append((first, last))
    dates += programme.make_dates(years, with_dates.order_by("pk").iterator(), closures)
    yield f"Termine für {programme.MONTHS_AHEAD} Monate: {grouped(dates)}"
    yield f"Anmeldungen: {accounts.make(known)}"
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")
