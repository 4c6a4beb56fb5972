"""The 118 real offerings, unconfirmed: past dates stay past, complete rhythms run on, the rest is to be asked for."""

import datetime as dt
from typing import Any

from seniorportal.demo import source
from seniorportal.importing import offerings
from seniorportal.importing.city import City
from seniorportal.importing.journal import Journal
from seniorportal.importing.words import place
from seniorportal.importing.write import new_offering
from seniorportal.models import Offering, Venue


def load(venues: dict[str, Venue], today: dt.date) -> tuple[list[Offering], int]:
    """All real offerings, and how many are new. Where a line names no venue of ours, its words are a meeting point."""
    city = City()
    there = {identity(o): o for o in Offering.objects.filter(example=False).exclude(source_url="")}
    before = len(there)
    found = []
    for line in source.lines("angebote.csv", offerings.HEADS):
        facts = offerings.read(line, city, today)
        venue = venues.get(facts.place) or venues.get(place(facts.place)[0])
        somewhere: dict[str, Any] = (
            {"venue": venue}
            if venue
            else {"meeting_point": facts.place, "district": city.district_in(facts.place)}
        )
        key = identity(Offering(title=facts.title, **somewhere, **facts.values))
        if key not in there:
            there[key] = new_offering(facts, Journal(), today, **somewhere)
        found.append(there[key])
    return found, len(there) - before


def identity(offering: Offering) -> tuple[Any, ...]:
    """What tells two collected rows apart; one source may name several dates of the same title."""
    return offering.title, offering.venue_id, offering.meeting_point, offering.rhythm_note, offering.start
