"""The 700 partners of ``city.py`` as rows, with something hanging on each of them."""

import datetime as dt
import random

from django.test import Client

from seniorenbuero.models import Attendance, RoundTable, RoundTableMeeting
from seniorportal.models import District, Partner, PartnerContact, Quarter, Venue
from tests.cast import City
from tests.network.city import PLACES, Network, build


def signed_in(city: City, name: str = "tandem-hoerde") -> Client:
    client = Client()
    client.force_login(city.people[name])
    return client


def store(offices: list[Venue], seed: int = 7, only: int = 0) -> Network:
    """Every partner, at one or two meetings, with a contact for every third. ``only``: so many of them."""
    rng, network = random.Random(seed), build(seed)
    districts = [District.objects.create(name=f"Bezirk {n}", slug=f"bezirk-{n}") for n in range(12)]
    for at, place in enumerate(PLACES):
        Quarter.objects.create(
            name=place,
            slug=f"p-{at}",
            code=f"{chr(97 + at // 26)}{chr(97 + at % 26)}",
            district=districts[at % 12],
        )
    rows = network.rows[:only] if only else network.rows
    made = Partner.objects.bulk_create(
        Partner(name=row["name"], kind=row["kind"], phone=row["phone"], website=row["website"])
        for row in rows
    )
    through = Partner.districts.through
    through.objects.bulk_create(
        through(partner=one, district=districts[row["district"]]) for one, row in zip(made, rows, strict=True)
    )
    meetings = []
    for number in range(6):
        table = RoundTable.objects.create(office=offices[number % len(offices)], title=f"Tisch {number}")
        meetings.append(RoundTableMeeting.objects.create(round_table=table, date=dt.date(2026, 3, 1)))
    states = Attendance.State.values
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, partner=one, state=rng.choice(states))
        for one in made
        for meeting in rng.sample(meetings, rng.choice((1, 2)))
    )
    PartnerContact.objects.bulk_create(
        PartnerContact(
            partner=one, venue=rng.choice(offices), date=dt.date(2026, 5, 1), occasion="Flyer gebracht"
        )
        for one in made[::3]
    )
    return network
