"""Netzwerkpartner, who spoke to them, and the round tables they sit at: about 700 a year, two meetings an office."""

import datetime as dt
import random
import uuid
from typing import Any

from seniorportal.demo import phones
from seniorportal.demo.bulk import fill, link
from seniorportal.demo.offices import OfficeOf
from seniorportal.demo.tables import Attendance, RoundTable, RoundTableMeeting
from seniorportal.demo.years import Years, dice
from seniorportal.models import Partner, PartnerContact, Quarter

# Kurzbericht: etwa 700; the last holds for the previous and the running year.
TARGETS = (697, 701, 699, 702, 703)
POOL, ALWAYS = 760, 640
WORDS = {
    Partner.Kind.CARE_SERVICE: "Pflegedienst",
    Partner.Kind.CARE_HOME: "Seniorenheim",
    Partner.Kind.PHARMACY: "Apotheke",
    Partner.Kind.DOCTOR: "Hausarztpraxis",
    Partner.Kind.HOSPITAL: "Krankenhaus",
    Partner.Kind.HOUSING: "Wohnungsgesellschaft",
    Partner.Kind.PARISH: "Kirchengemeinde",
    Partner.Kind.MEETING_PLACE: "Treffpunkt",
    Partner.Kind.CLUB: "Verein",
    Partner.Kind.AUTHORITY: "Beirat",
    Partner.Kind.POLICE: "Polizeiwache",
    Partner.Kind.BUSINESS: "Sanitätshaus",
    Partner.Kind.OTHER: "Initiative",
}
TOPICS = (
    "Hitze und allein lebende Menschen",
    "Entlassung aus dem Krankenhaus",
    "Begegnungsstätten und Seniorenbüro: gemeinsam planen",
    "Wohnen bleiben im Quartier",
    "Demenz und Nachbarschaft",
    "Neue Ehrenamtliche gewinnen",
)
OCCASIONS = (
    "Flyer der Begegnungsstätten gebracht",
    "Runder Tisch vorbereitet",
    "Telefonat über freie Plätze",
    "Pflegekurs abgesprochen",
    "Neue Öffnungszeiten mitgeteilt",
)
SPELLINGS = ("{} e.V.", "{} gGmbH", "{} Dortmund", "{} (Büro)", "Ambulant: {}", "{} GmbH")
State = Attendance.State


def make(years: Years, offices: list[OfficeOf], part: float) -> tuple[int, int]:
    """Answers how many partners and how many attendances."""
    rng = dice("partners")
    quarters = list(Quarter.objects.order_by("code"))
    names = [(kind, quarter) for kind in WORDS for quarter in quarters]
    rng.shuffle(names)
    chosen = names[: round(POOL * part)]
    partners = fill(
        Partner,
        (
            {
                "name": f"Beispiel-{WORDS[kind]} {quarter.name}",
                "kind": kind,
                "phone": phones.number(1000 + at),
                "may_be_published": at % 3 == 0,
                "consent_on": years.today - dt.timedelta(days=30 + at) if at % 3 == 0 else None,
            }
            for at, (kind, quarter) in enumerate(chosen)
        ),
        example=True,
    )
    link(
        Partner.districts.through,
        [(key, quarter.district_id) for key, (_, quarter) in zip(partners, chosen, strict=True)],
        "partner_id",
        "district_id",
    )
    twice(chosen)
    speak(dice("contacts"), years, partners, offices)
    tables = fill(
        RoundTable,
        ({"office_id": office.pk, "title": f"Runder Tisch {office.name} (Beispiel)"} for office in offices),
        example=True,
    )
    home = dict(zip((office.district for office in offices), tables, strict=True))
    table_of = {key: home[quarter.district_id] for key, (_, quarter) in zip(partners, chosen, strict=True)}
    number = 0
    for year, target in zip(years.spans, (*TARGETS, TARGETS[-1]), strict=False):
        meetings = hold(rng, years, tables, year)
        always = partners[: round(ALWAYS * part)]
        invited = always + rng.sample(partners[len(always) :], round(target * part) - len(always))
        number += len(fill(Attendance, attend(rng, invited, table_of, meetings), example=True))
    return len(partners), number


def twice(chosen: list[tuple[Partner.Kind, Quarter]]) -> None:
    """A few organisations that a second office entered once more, in another spelling: to be found and merged."""
    rows = [
        {"name": shape.format(f"Beispiel-{WORDS[kind]} {quarter.name}"), "kind": kind, "phone": phone}
        for at, ((kind, quarter), shape) in enumerate(zip(chosen, SPELLINGS, strict=False))
        for phone in [phones.number((1000 if at % 2 else 4000) + at)]
    ]
    keys = fill(Partner, rows, example=True)
    districts = [quarter.district_id for _, quarter in chosen]
    link(Partner.districts.through, list(zip(keys, districts, strict=False)), "partner_id", "district_id")


def speak(rng: random.Random, years: Years, partners: list[int], offices: list[OfficeOf]) -> None:
    """When an office last spoke with a partner; with every fourth nobody ever did."""
    fill(
        PartnerContact,
        (
            {
                "partner_id": partner,
                "venue_id": rng.choice(offices).pk,
                "date": years.today - dt.timedelta(days=rng.randrange(5, 700)),
                "occasion": rng.choice(OCCASIONS),
                "submission": uuid.UUID(int=rng.getrandbits(128), version=4),
            }
            for partner in partners
            if rng.random() < 0.75
        ),
        example=True,
    )


def hold(rng: random.Random, years: Years, tables: list[int], year: int) -> dict[int, list[int]]:
    """Meetings by round table: one in spring, one in autumn; of the running year those that are over."""
    days = years.working_days(year)
    rows: list[dict[str, Any]] = []
    for table in tables:
        for first, last in ((3, 5), (9, 10)):
            season = [day for day in days if first <= day.month <= last]
            if season:
                rows.append(
                    {"round_table_id": table, "date": rng.choice(season), "topic": rng.choice(TOPICS)}
                )
    meetings: dict[int, list[int]] = {table: [] for table in tables}
    for key, row in zip(fill(RoundTableMeeting, rows, example=True), rows, strict=True):
        meetings[row["round_table_id"]].append(key)
    return meetings


def attend(
    rng: random.Random, invited: list[int], table_of: dict[int, int], meetings: dict[int, list[int]]
) -> list[dict[str, Any]]:
    """Everybody at one meeting of the own district at least; some are guests elsewhere, and count once all the same."""
    rows = []
    for partner in invited:
        own = meetings[table_of[partner]]
        there = set(own if rng.random() < 0.7 else own[:1])
        if rng.random() < 0.08:
            there |= set(rng.choice(list(meetings.values())))
        for meeting in sorted(there):
            state = rng.choices((State.PRESENT, State.EXCUSED, State.INVITED), (70, 15, 15))[0]
            rows.append({"meeting_id": meeting, "partner_id": partner, "state": state})
    return rows
