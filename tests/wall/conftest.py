"""Two bodies in one office, and what belongs to each; other worlds come from the cast."""

import pathlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.utils import timezone

from seniorportal import wall
from seniorportal.models import (
    Carrier,
    Consultation,
    ConsultationNote,
    ConsultationTopic,
    District,
    Membership,
    User,
    Venue,
)
from seniorportal.text import slug

PLANTED = "Bernsteinkette"


@dataclass
class Office:
    """The Seniorenbüro of one district with a tandem: two people, each of another employer."""

    venue: Venue
    city: Membership
    association: Membership
    consultation: Consultation
    note: ConsultationNote


def make_office(name: str) -> Office:
    district = District.objects.create(name=name, slug=name.lower())
    venue = Venue.objects.create(name=f"Seniorenbüro {name}", report_area="seniorenbuero", district=district)
    members = []
    for kind in ("stadt", "verband"):
        body = Carrier.objects.create(name=f"{kind} {name}", slug=f"{kind}-{name.lower()}")
        user = User.objects.create(username=f"{kind}-{slug(name)}", password="!")
        members.append(Membership.objects.create(user=user, role="tandem", venue=venue, employer=body))
    return Office(venue, *members, *make_note(members[0]))


def make_note(membership: Membership, text: str = f"Fragt nach der {PLANTED}.") -> tuple:
    topic, _ = ConsultationTopic.objects.get_or_create(name="Wohnen", slug="wohnen", code="w")
    consultation = Consultation.objects.create(office=membership.venue, date=timezone.localdate())
    consultation.topics.add(topic)
    with wall.opened(membership):
        note = ConsultationNote.objects.create(consultation=consultation, body=membership.employer, text=text)
    return consultation, note


@pytest.fixture
def hoerde(db) -> Office:
    return make_office("Hörde")


@pytest.fixture
def hombruch(db) -> Office:
    return make_office("Hombruch")


@pytest.fixture
def ring(settings, tmp_path: pathlib.Path) -> pathlib.Path:
    """A key ring of this test alone."""
    settings.PORTAL_KEYS, settings.PORTAL_KEYS_MADE_HERE = str(tmp_path / "keys"), True
    return tmp_path / "keys"


@contextmanager
def as_owner() -> Iterator[None]:
    """The one connection of the tests as portal_owner, with real commits: for tests with ``transaction=True``."""
    import os

    from tests.conftest import become

    become(os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"])
    try:
        yield
    finally:
        become(os.environ["DATABASE_URL"])
