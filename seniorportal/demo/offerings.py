"""The 118 real offerings, unconfirmed: past dates stay past, complete rhythms run on, the rest is to be asked for."""

import datetime as dt
import re
from typing import Any

from seniorportal.demo import rhythm, source
from seniorportal.models import Category, District, Occurrence, Offering, Quarter, TargetGroup, Venue
from seniorportal.programme import end_of
from seniorportal.text import fold

Form = Offering.Form

# A word of the collected ``art`` or title, and what it means here: category and form.
KINDS: tuple[tuple[str, str, str], ...] = (
    ("mittagstisch", "mittagstisch-fruehstueck", Form.OPEN),
    ("gottesdienst", "gottesdienst-spiritualitaet", Form.EVENT),
    ("seniorentafel", "beratung-information", Form.CONSULTING),
    ("repair", "engagement-mitmachen", Form.OPEN),
    ("interkulturell", "interkulturell-mehrsprachig", Form.OPEN),
    ("1001 nachbarschaft", "interkulturell-mehrsprachig", Form.OPEN),
    ("demen", "demenz-pflege", Form.GROUP),
    ("hitze", "beratung-information", Form.CONSULTING),
    ("bustour", "ausflug-reisen", Form.TRIP),
    ("ausflug", "ausflug-reisen", Form.TRIP),
    ("spaziergang", "bewegung-gesundheit", Form.GROUP),
    ("digital", "digital-medien", Form.CONSULTING),
    ("sprachkurs", "bildung-sprachen", Form.COURSE),
    ("bildung", "bildung-sprachen", Form.GROUP),
    ("gesprächskreis", "geselligkeit-treff", Form.GROUP),
    ("infomarkt", "feste-aktionstage", Form.EVENT),
    ("infotag", "feste-aktionstage", Form.EVENT),
    ("fest", "feste-aktionstage", Form.EVENT),
    ("aktion", "feste-aktionstage", Form.EVENT),
    ("veranstaltungsreihe", "feste-aktionstage", Form.EVENT),
    ("vortrag", "beratung-information", Form.EVENT),
    ("beratung", "beratung-information", Form.CONSULTING),
    ("dienstleistung", "bewegung-gesundheit", Form.CONSULTING),
    ("tanz", "bewegung-gesundheit", Form.GROUP),
    ("bewegung", "bewegung-gesundheit", Form.GROUP),
    ("gesundheit", "bewegung-gesundheit", Form.GROUP),
    ("gedächtnis", "bewegung-gesundheit", Form.GROUP),
    ("musik", "kultur-kreatives", Form.GROUP),
    ("konzert", "kultur-kreatives", Form.EVENT),
    ("kultur", "kultur-kreatives", Form.GROUP),
    ("kreativ", "kultur-kreatives", Form.GROUP),
    ("handwerk", "kultur-kreatives", Form.GROUP),
    ("café", "geselligkeit-treff", Form.OPEN),
    ("treff", "geselligkeit-treff", Form.OPEN),
    ("spiel", "geselligkeit-treff", Form.OPEN),
    ("", "geselligkeit-treff", Form.OPEN),
)
GROUPS: tuple[tuple[str, str], ...] = (
    ("50+", "50"),
    ("55+", "50"),
    ("Demenz", "menschen-mit-demenz"),
    ("ngehörige", "pflegende-angehoerige"),
    ("Männer", "maenner"),
)
FOR_ALL = ("offen für alle", "alle", "alle Generationen", "alle Altersgruppen")


def load(venues: dict[str, Venue], today: dt.date) -> tuple[list[Offering], int]:
    """All real offerings, and how many are new."""
    categories = {c.slug: c for c in Category.objects.all()}
    groups = {g.slug: g for g in TargetGroup.objects.all()}
    areas = Areas()
    there = {identity(o): o for o in Offering.objects.filter(example=False).exclude(source_url="")}
    before = len(there)
    found = []
    for row in source.rows("angebote.csv"):
        fields, past = read(row, venues, areas, today)
        offering = Offering(**fields)
        if known := there.get(identity(offering)):
            found.append(known)
            continue
        offering.save()
        there[identity(offering)] = offering
        found.append(offering)
        category, _ = kind(row)
        if category in categories:
            offering.categories.add(categories[category])
        offering.target_groups.add(
            *{groups[key] for word, key in GROUPS if word in row["zielgruppe"] and key in groups}
        )
        end = end_of(offering.start, offering.minutes)
        for day in past:
            Occurrence.objects.create(offering=offering, date=day, start=offering.start, end=end)
    return found, len(there) - before


def identity(offering: Offering) -> tuple[Any, ...]:
    """What tells two collected rows apart; one source may name several dates of the same title."""
    return offering.title, offering.venue_id, offering.meeting_point, offering.rhythm_note, offering.start


def read(
    row: dict[str, str], venues: dict[str, Venue], areas: "Areas", today: dt.date
) -> tuple[dict[str, Any], tuple[dt.date, ...]]:
    """The columns of one offering, and its dates of long ago."""
    year = source.year(row["jahr"])
    start, end = source.time(row["beginn"]), source.time(row["ende"])
    found = rhythm.read(row["wochentag"], row["beginn"], row["rhythmus"], year)
    venue = venues.get(row["begegnungsstaette"]) or venues.get(row["begegnungsstaette"].split(" (")[0])
    minutes = None
    if start and end:
        minutes = (end.hour - start.hour) * 60 + end.minute - start.minute
    elif match := re.search(r"(\d),(\d) Std", row["rhythmus"]):
        minutes = int(match[1]) * 60 + int(match[2]) * 6
    once = row["rhythmus"].startswith("einmalig") and "danach" not in row["rhythmus"]
    first_date = max(found.first or today, today) if found.rule and not found.last else found.first
    fields: dict[str, Any] = {
        "title": row["titel"],
        "venue": venue,
        "meeting_point": "" if venue else row["begegnungsstaette"],
        "district": None if venue else areas.district(row["begegnungsstaette"]),
        "form": Form.EVENT if once and kind(row)[1] != Form.TRIP else kind(row)[1],
        "summary": "" if row["zielgruppe"] in (*FOR_ALL, "") else f"Für: {row['zielgruppe']}",
        "rule": found.rule,
        "first_date": first_date if found.rule else (found.past[0] if found.past else None),
        "active_from": found.first if found.last else None,
        "active_until": found.last,
        "start": start,
        "minutes": minutes,
        "rhythm_note": ", ".join(
            dict.fromkeys(filter(None, (row["wochentag"], clock(row), row["rhythmus"])))
        ),
        "open_to_all": True if row["zielgruppe"] in FOR_ALL else None,
        **cost(row["kosten"]),
        **registration(row["anmeldung"]),
        **source.origin(row),
    }
    return fields, found.past


def clock(row: dict[str, str]) -> str:
    return " bis ".join(filter(None, (row["beginn"], row["ende"]))) + (" Uhr" if row["beginn"] else "")


def kind(row: dict[str, str]) -> tuple[str, str]:
    text = f"{row['titel']} {row['art']}".lower()
    return next((category, form) for word, category, form in KINDS if word in text)


def cost(text: str) -> dict[str, Any]:
    free = None
    if text in ("kostenlos", "kostenfrei") or text.startswith("kostenfrei, Spende"):
        free = True
    elif "kostenpflichtig" in text or re.match(r"\d", text):
        free = False
    return {"is_free": free, "cost_note": "" if text in ("kostenlos", "kostenfrei", "") else text}


def registration(text: str) -> dict[str, Any]:
    needed = True if text.startswith("ja") else False if text.startswith("nein") else None
    note = re.sub(r"^(ja|nein)\W*", "", text).rstrip(")")
    phone = source.numbers(text)
    return {
        "needs_registration": needed,
        "registration_note": note[:1].upper() + note[1:],
        "phone": phone[0] if phone else "",
    }


class Areas:
    """Finds the district in the words of a meeting point: its own name, or that of a quarter."""

    def __init__(self) -> None:
        self.districts = [(fold(d.name), d) for d in District.objects.all()]
        self.quarters = [(fold(q.name), q.district) for q in Quarter.objects.select_related("district")]

    def district(self, text: str) -> District | None:
        folded = fold(text)
        for words in (self.districts, self.quarters):
            found = {d.pk: d for name, d in words if re.search(rf"\b{re.escape(name)}", folded)}
            if len(found) == 1:
                return next(iter(found.values()))
            if found:
                return None
        return None
