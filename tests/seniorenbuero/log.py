"""An office with its topics and streets, and hands that fill the log as a browser does."""

import datetime as dt
import uuid
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from seniorportal import finder
from seniorportal.models import Address, Consultation, ConsultationTopic, District, Quarter, Street
from seniorportal.text import fold_street
from tests.cast import City, make_city

TOPICS = {
    "PFL": (
        "Pflege & Pflegeversicherung",
        ("Antrag auf Pflegegrad", "Pflegehilfsmittel", "Entlastungsbetrag"),
    ),
    "VOR": ("Vorsorge", ("Vorsorgevollmacht", "Patientenverfügung")),
    "WOX": ("Wohnraum", ("Wohngeld", "Barrierefreie Wohnung und Umzug")),
}
LONG_STREET, SHORT_STREET = "Planetenfeldweg", "Kometengasse"  # in two districts, in one


def make_office() -> City:
    city = make_city()
    for at, (code, (name, parts)) in enumerate(TOPICS.items()):
        slug = code.lower()
        main = ConsultationTopic.objects.create(name=name, slug=slug, code=code, position=at * 100 + 100)
        for number, part in enumerate(parts, start=1):
            ConsultationTopic.objects.create(
                name=part,
                slug=f"{slug}{number}",
                code=f"{code}{number:02}",
                position=at * 100 + 100 + number,
                parent=main,
            )
    make_streets(city)
    return city


def make_streets(city: City) -> None:
    brackel = District.objects.create(name="Brackel", slug="brackel")
    wickede = Quarter.objects.create(name="Wickede", slug="wickede", code="W4", district=brackel)
    own = city.hoerde.one(Quarter)
    for key, name, quarters in (
        ("s1", SHORT_STREET, [wickede]),
        ("s2", LONG_STREET, [wickede, own]),
    ):
        street = Street.objects.create(key=key, name=name, folded=fold_street(name))
        for number, quarter in enumerate(quarters, start=1):
            Address.objects.create(
                street=street, number=number, latitude=51.5, longitude=7.5, subdistrict="111", quarter=quarter
            )
    finder.forget()


def fields(**more: Any) -> dict[str, Any]:
    """A call as the form sends it."""
    return {
        "submission": str(uuid.uuid4()),
        "thema": ["PFL01"],
        "channel": "tel",
        "asker": "selbst",
        "outcome": "beratung",
        "duration": "30",
        "age_group": "70",
        "is_first": "1",
        "date": timezone.localdate().isoformat(),
        "half_day": "vm",
        "ort": "",
        "quartier": "",
        "bezirk": "",
    } | more


def enter(client: Client, **more: Any) -> Consultation:
    """One entry that is accepted; the row it made."""
    before = set(Consultation.objects.values_list("pk", flat=True))
    answer: Any = client.post(reverse("desk:log"), fields(**more))
    assert answer.status_code == 303, answer.content.decode()
    assert answer["Location"] == reverse("desk:log")
    (made,) = Consultation.objects.exclude(pk__in=before)
    return made


def refused(client: Client, **more: Any) -> str:
    answer: Any = client.post(reverse("desk:log"), fields(**more))
    assert answer.status_code == 200
    text: str = answer.content.decode()
    return text


def signed_in(city: City, name: str = "tandem-hoerde") -> Client:
    client = Client()
    client.force_login(city.people[name])
    return client


def only_the_log(client: Client) -> Client:
    """The same device after the login is over: the cookies of the log and of the forms, no session."""
    left = Client()
    for name in ("protokoll", "protokoll-zuletzt"):
        if name in client.cookies:
            left.cookies[name] = client.cookies[name].value
    return left


def yesterday() -> dt.date:
    return timezone.localdate() - dt.timedelta(days=1)
