"""Offices with people, and what somebody asked them."""

import datetime as dt
import re
from typing import Any

from django.test import Client
from django.utils import timezone

from seniorportal.accounts import personal
from seniorportal.models import Concern, Role, User, Venue
from tests.cast import make_membership, make_user
from tests.public.town import make_carrier, make_office

# Nowhere else in the portal: whoever finds one of these words outside of its row has found a leak.
PLANTED = {
    "name": "Zwetschgenruth Beispielowa",
    "phone": "089 99998 987",
    "address": "Quittenpfad 77\n44263 Dortmund",
    "remark": "Meine Nachbarin Kirschbaumer",
}
WORDS = (
    "Zwetschgenruth",
    "Beispielowa",
    "99998 987",
    "9999 8987",
    "99 99 89 87",
    "Quittenpfad",
    "Kirschbaumer",
)


def team(district: str = "Hörde", *names: str) -> tuple[Venue, list[User]]:
    """An office and the people in it."""
    office = make_office(district)
    employer = make_carrier(f"Träger {district}")
    people = [make_user(name, name=name) for name in names or (f"tandem-{office.pk}",)]
    for one in people:
        make_membership(one, Role.TANDEM, venue=office, employer=employer)
    return office, people


def asked(office: Venue, *, in_days: int = 2, **fields: Any) -> Concern:
    said = {"phone": PLANTED["phone"], "name": PLANTED["name"]}
    kind = {"kind": "rueckruf", "venue": office, "team_venue": office}
    until = timezone.localdate() + dt.timedelta(days=in_days)
    return Concern.objects.create(**kind | {"answer_by": until} | said | fields)


def signed_in(user: User, unlocked: bool = True) -> Client:
    client = Client()
    client.force_login(user)
    if unlocked:
        session = client.session
        personal.unlock(session)
        session.save()
    return client


def act(client: Client, concern: Concern, what: str, number: str = ""):
    """Presses the button; the number of the click comes from the page, unless it is pressed twice."""
    path = f"/uebersicht/anrufe/{concern.pk}/"
    number = number or number_on(client, path)
    return client.post(path, {"tun": what, "absendung": number})


def number_on(client: Client, path: str) -> str:
    found = re.search(r'name="absendung" value="([^"]+)"', client.get(path).content.decode())
    return found.group(1) if found else ""
