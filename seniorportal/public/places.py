"""What a page says about a place: hours, contact, access, the known and the unknown."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from seniorportal import contact, hours
from seniorportal.access import PUBLIC, Right, visible
from seniorportal.models import AccessibilityFact, Occurrence, Offering, Venue
from seniorportal.models.nested import attach
from seniorportal.public.dates import with_state


def place_context(venue: Venue, now: dt.datetime) -> dict[str, Any]:
    """What every page of a place shows, for a venue loaded with ``for_page()``.

    One statement for its offerings, one for the holiday where hours are known, two for the Seniorenbüro where the
    place has no telephone of its own.
    """
    today = now.date()
    attach(venue, venue.attached)  # type: ignore[attr-defined]
    return {
        "venue": venue,
        "gone": venue.active_until is not None and venue.active_until < today,
        "week": hours.week(venue.opening_hours.all(), today),
        "open_today": hours.today_text(venue, now),
        "closures": [closure for closure in venue.closures.all() if closure.last_day >= today],
        "access": access_of(venue.accessibility.all()),
        "confirmed": venue.is_confirmed(today),
        "contact": contact.for_venue(venue, now),
        "offerings": offerings_of(venue, now),
    }


def attach_all(offering: Offering) -> None:
    """The same for an offering loaded with ``for_page()`` and its venue."""
    attach(offering, offering.attached)  # type: ignore[attr-defined]
    if offering.venue:
        attach(offering.venue, offering.around_venue)  # type: ignore[attr-defined]


def offerings_of(venue: Venue, now: dt.datetime) -> list[Offering]:
    """The programme of a place: each offering once with its ``next`` date, those without a known date last."""
    found = list(visible(PUBLIC, Right.SEE, venue.offerings.active_on(now.date()).with_next_date(now)))
    for offering in found:
        offering.next = next_date(offering, now.date())  # type: ignore[attr-defined]
    return sorted(found, key=in_time_order)


def in_time_order(offering: Offering) -> tuple[dt.date, dt.time]:
    """Sort key: unknown times after the known ones of their day, offerings without a date at the end."""
    date = offering.next  # type: ignore[attr-defined]
    return (date.date, date.start or dt.time.max) if date else (dt.date.max, dt.time.max)


def next_date(offering: Offering, today: dt.date) -> Occurrence | None:
    """The date that ``with_next_date()`` brought along, as the row it is, with its state."""
    row = offering.next_row  # type: ignore[attr-defined]
    if row is None:
        return None
    times = {name: row[name] and dt.time.fromisoformat(row[name]) for name in ("start", "end")}
    date = Occurrence(**row | times | {"date": dt.date.fromisoformat(row["date"])}, offering=offering)
    return with_state([date], today)[0]


def access_of(facts: Iterable[AccessibilityFact]) -> dict[str, Any]:
    """Known facts in the order of the vocabulary, and the names of what nobody has told us."""
    told = {fact.feature: fact for fact in facts}
    return {
        "known": [told[feature] for feature in AccessibilityFact.Feature if feature in told],
        "unknown": [feature.label for feature in AccessibilityFact.Feature if feature not in told],
    }
