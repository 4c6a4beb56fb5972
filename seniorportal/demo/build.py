"""The order in which the demo data come to be; each step answers one German line."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from django.utils import timezone

from seniorportal.demo import (
    accounts,
    carriers,
    cases,
    concerns,
    consultations,
    events,
    halls,
    helpers,
    house,
    neighbours,
    offerings,
    offices,
    opening,
    partners,
    programme,
    referrals,
    rooms,
    round_tables,
    taking_part,
    teams,
    venues,
    visits,
    volunteers,
)
from seniorportal.demo.bulk import cards_at_the_end
from seniorportal.demo.returns import Returns
from seniorportal.demo.years import REPORT_YEARS, Span, Years
from seniorportal.models import Carrier, Closure, Offering, ReportArea, User, Venue
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
    today: dt.date,
    scale: int = 1,
    *,
    places: int = halls.CITY,
    number: int = programme.CITY,
    part: float = 1,
) -> Iterator[str]:
    """Everything; the caller holds the transaction.

    For tests ``places``, ``number`` of offerings and the ``part`` of the report's figures make a smaller city.
    """
    with cards_at_the_end():
        yield from rows(Years(today), scale, places, number, part)


def rows(years: Years, scale: int, places: int, number: int, part: float) -> Iterator[str]:
    today = years.today
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

    the_house = Venue.objects.get(slug=house.SLUG)
    of_house = house.make(years, the_house)
    the_offices = offices.load()
    of_offices, past = events.make(years, the_offices)
    others = len(found) + len(of_house) + len(of_offices)
    made = [*of_house, *of_offices, *programme.make(years, max(number * scale - others, 0), examples)]
    yield f"Beispiel-Angebote: {grouped(len(made))}"
    yield f"Räume in Beispielhäusern: {grouped(rooms.make(years, examples))}"

    dates, _ = regenerate(found, today)
    with_dates = Offering.objects.filter(first_date__isnull=False, pk__in=made)
    closures: dict[int, list[Span]] = defaultdict(list)
    for venue, first, last in Closure.objects.values_list("venue", "first_day", "last_day"):
        closures[venue].append((first, last))
    dates += programme.make_dates(years, with_dates.order_by("pk").iterator(), closures)
    yield f"Termine für {programme.MONTHS_AHEAD} Monate: {grouped(dates)}"

    yield from facts(years, examples, the_house, known, of_house, the_offices, scale, part, past)
    yield f"Anmeldungen: {accounts.make(known)}"
    yield f"Offene Anliegen: {grouped(concerns.make(today))}"
    yield f"Kolleginnen und Kollegen in Seniorenbüros, ohne Anmeldung: {grouped(teams.make(today, known))}"
    yield f"Nachbarschaftshilfe, Menschen und Bitten: {grouped(neighbours.make(today))}"
    yield from taking_part.make(today)


def facts(
    years: Years,
    examples: list[halls.Hall],
    the_house: Venue,
    known: dict[str, Carrier],
    of_house: list[int],
    the_offices: list[offices.OfficeOf],
    scale: int,
    part: float,
    past: int,
) -> Iterator[str]:
    """What the figures of the report count, from 2014 to 2017, in the previous year and in the running one."""
    own = [hall for hall in examples if not hall.is_more]
    returns = Returns()
    opening.declare(years, own, returns, part)
    counts, dates = visits.count(years, own, returns, part)
    counts += visits.count_more(years, [hall for hall in examples if hall.is_more])
    dates += house.count(years, the_house, of_house)
    yield f"Besuchszahlen: {grouped(counts)}, vergangene Termine: {grouped(past + dates)}"
    heads = volunteers.make(years, own, returns, part) + volunteers.make_house(the_house, known["awo"])
    yield f"Ehrenamtliche: {grouped(heads)}, Jahresmeldungen: {grouped(returns.write(years, own))}"
    yield f"Beratungen: {grouped(consultations.make(years, the_offices, scale, part))}"
    yield f"Fälle (nur statistische Köpfe): {grouped(cases.make(years, the_offices, part))}"
    organisations, seats = partners.make(years, the_offices, part)
    yield f"Netzwerkpartner: {grouped(organisations)}, Teilnahmen an Runden Tischen: {grouped(seats)}"
    yield f"Aufgaben von Runden Tischen: {grouped(round_tables.make(years))}"
    yield f"Nachbarschaftshilfe: {grouped(helpers.make(years, the_offices))}"
    sent, missing = referrals.make(years.today, the_offices)
    yield f"Vermittlungen: {grouped(sent)}, nicht gefunden: {grouped(missing)}"


def grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")
