"""An office with two streets, people who help and people who ask; hands that fill the forms as a browser does."""

import datetime as dt
import time
import uuid
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from seniorenbuero.models import Helper, HelperRecord, HelpRequest, Milestone
from seniorportal.accounts.personal import SEEN
from seniorportal.models import Address, Language, Quarter, Role, Street, User, Venue
from seniorportal.text import fold_street
from tests.cast import make_membership, make_user
from tests.public.html import check_page
from tests.public.town import make_carrier, make_office

NEAR, FAR = "Nachbargasse", "Fernweg"


class Office:
    def __init__(self, name: str = "Hörde") -> None:
        self.venue: Venue = make_office(name)
        self.city, self.association = make_carrier(f"Stadt {name}"), make_carrier(f"Verband {name}")
        self.district: Any = self.venue.district
        self.quarter = self.make_quarter(f"Quartier {name} Mitte", name[1:2] + "1")
        self.other_quarter = self.make_quarter(f"Quartier {name} Rand", name[1:2] + "2")
        self.user = self.person(f"tandem-{name}", "Tina Tandem", self.city)
        self.colleague = self.person(f"kollege-{name}", "Kai Kollege", self.association)
        make_street(NEAR, self.quarter, 51.490, 7.500)
        make_street(FAR, self.other_quarter, 51.520, 7.500)

    def make_quarter(self, name: str, code: str) -> Quarter:
        return Quarter.objects.create(name=name, slug=name.lower(), code=code, district=self.district)

    def person(self, login: str, name: str, employer: Any) -> User:
        user = make_user(login, name=name)
        make_membership(user, Role.TANDEM, venue=self.venue, employer=employer)
        return user

    def client(self, user: User | None = None) -> Client:
        client = Client()
        enter(client, user or self.user)
        return client

    def helper(self, name: str = "Hilde Helferin", **facts: Any) -> Helper:
        said = {
            key: facts.pop(key) for key in ("phone", "street", "town", "remark", "position") if key in facts
        }
        days = {"active_from": dt.date(2026, 1, 5), "state": Helper.State.ACTIVE}
        number = str(Helper.objects.filter(office=self.venue).count() + 1)
        helper = Helper.objects.create(**{"office": self.venue, "number": number} | days | facts)
        if name:
            HelperRecord.objects.create(helper=helper, name=name, **said)
        return helper

    def request(self, name: str = "Berta Bittend", **said: Any) -> HelpRequest:
        facts = {"answer_by": timezone.localdate() + dt.timedelta(days=5), "wanted": ["einkauf"]}
        made: HelpRequest = HelpRequest.objects.create(**{"office": self.venue, "name": name} | facts | said)
        return made

    def learned(self, helper: Helper, kind: str, day: dt.date, again: dt.date | None = None) -> Milestone:
        made: Milestone = Milestone.objects.create(
            helper=helper, kind=kind, day=day, again_on=again, by=self.user
        )
        return made


def make_street(name: str, quarter: Quarter, latitude: float, longitude: float) -> None:
    """Houses 1 and 2, hardly apart."""
    street, new = Street.objects.get_or_create(
        key=fold_street(name)[:8], defaults={"name": name, "folded": fold_street(name)}
    )
    for number in (1, 2) if new else ():
        Address.objects.create(
            street=street,
            number=number,
            latitude=latitude + number / 1000,
            longitude=longitude,
            subdistrict="111",
            quarter=quarter,
        )


def turkish() -> Language:
    return Language.objects.get_or_create(code="tr", defaults={"name": "Türkisch", "slug": "tuerkisch"})[0]


def enter(client: Client, user: User) -> None:
    """Signed in, and the second door open."""
    client.force_login(user)
    session = client.session
    session[SEEN] = time.time()
    session.save()


def read(client: Client, name: str, *args: Any, status: int = 200) -> Any:
    answer = client.get(reverse(f"desk:{name}", args=args))
    assert answer.status_code == status, (name, answer.status_code)
    return check_page(answer.content.decode())


def send(client: Client, page: str, /, *args: Any, **fields: Any) -> Any:
    return client.post(reverse(f"desk:{page}", args=args), fields)


def request_fields(**more: Any) -> dict[str, Any]:
    return {
        "submission": str(uuid.uuid4()),
        "version": "1",
        "name": "Berta Bittend",
        "phone": "0231 5550101",
        "street": f"{NEAR} 2",
        "town": "44263 Dortmund",
        "kind": "buero",
        "wanted": ["einkauf", "begleitung"],
        "when": "egal",
        "often": "woche",
        "answer_by": (timezone.localdate() + dt.timedelta(days=5)).isoformat(),
        "agreed": "on",
    } | more


def helper_fields(**more: Any) -> dict[str, Any]:
    return {
        "f-submission": str(uuid.uuid4()),
        "f-number": "",
        "f-kind": "buero",
        "f-state": "aktiv",
        "f-offers": ["einkauf"],
        "f-minutes_on_foot": "15",
        "p-version": "1",
        "p-name": "Hilde Helferin",
        "p-phone": "0231 5550102",
        "p-street": f"{NEAR} 1",
        "p-town": "44263 Dortmund",
    } | more
