"""One line of a file of offerings, understood: what takes place, where, when, for whom."""

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any

from seniorportal.importing import rhythm, words
from seniorportal.importing.city import City
from seniorportal.importing.rhythm import Rhythm
from seniorportal.importing.table import Heads, Line
from seniorportal.importing.venues import ask, origin
from seniorportal.importing.words import DAY_WORDS, Unclear, folded
from seniorportal.models import Category, Offering, TargetGroup

HEADS = Heads(
    names=(
        *(
            "begegnungsstaette",
            "titel",
            "art",
            "wochentag",
            "beginn",
            "ende",
            "rhythmus",
            "kosten",
            "anmeldung",
        ),
        *("zielgruppe", "source", "jahr"),
    ),
    others={
        **dict.fromkeys(("ort", "einrichtung", "veranstaltungsort", "name"), "begegnungsstaette"),
        **dict.fromkeys(("angebot", "veranstaltung", "bezeichnung"), "titel"),
        **dict.fromkeys(("thema", "kategorie"), "art"),
        **dict.fromkeys(("tag", "wochentage"), "wochentag"),
        **dict.fromkeys(("uhrzeit", "zeit", "von", "start"), "beginn"),
        **dict.fromkeys(("bis",), "ende"),
        **dict.fromkeys(("termin", "termine", "turnus", "datum"), "rhythmus"),
        **dict.fromkeys(("kostenbeitrag", "preis", "beitrag"), "kosten"),
        **dict.fromkeys(("anmeldungerforderlich",), "anmeldung"),
        **dict.fromkeys(("fuerwen",), "zielgruppe"),
        **dict.fromkeys(("quelle",), "source"),
        **dict.fromkeys(("stand", "standjahr", "jahrderquelle"), "jahr"),
    },
    needed=("begegnungsstaette", "titel"),
)
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


@dataclass
class OfferingFacts:
    """What a line says. ``values`` are columns of Offering without its place; what the line leaves open is missing."""

    title: str = ""
    place: str = ""
    weekdays: list[int] = field(default_factory=list)
    start: dt.time | None = None
    rhythm: Rhythm = field(default_factory=Rhythm)
    values: dict[str, Any] = field(default_factory=dict)
    category: Category | None = None
    target_groups: list[TargetGroup] = field(default_factory=list)

    @property
    def dates(self) -> tuple[dt.date, ...]:
        return self.rhythm.single


def read(line: Line, city: City, today: dt.date) -> OfferingFacts:
    """What the line says; warnings and errors go to the line."""
    facts = OfferingFacts(title=line["titel"], place=line["begegnungsstaette"])
    for column, text, what in (
        ("titel", facts.title, "Titel"),
        ("begegnungsstaette", facts.place, "Name des Ortes"),
    ):
        if not text:
            line.errors.append((column, f"Der {what} fehlt. Bitte eintragen."))
        elif len(text) > 160:
            line.errors.append((column, f"Der {what} hat mehr als 160 Zeichen. Bitte kürzen."))
    end = read_clock(line, facts)
    read_rhythm(line, facts, today)
    read_length(line, facts, end)
    category, form = kind(facts.title, line["art"])
    once = line["rhythmus"].startswith("einmalig") and "danach" not in line["rhythmus"]
    facts.values["form"] = Form.EVENT if once and form != Form.TRIP else form
    facts.category = city.categories.get(category)
    read_for_whom(line, city, facts)
    facts.values |= ask(line, "kosten", words.cost, {})
    facts.values |= ask(line, "anmeldung", words.registration, {})
    facts.values |= origin(line)
    fit(line, facts.values)
    return facts


def read_clock(line: Line, facts: OfferingFacts) -> dt.time | None:
    """Start and, where it is said, end: from their own cells or from ``Mo-Fr 10-12`` in the weekday's."""
    facts.weekdays = words.weekdays(line["wochentag"])
    start, end = ask(line, "beginn", words.clock, (None, None))
    if line["ende"]:
        end = ask(line, "ende", words.clock, (None, None))[0] or end
    in_days: words.Hours = [] if line["beginn"] else ask(line, "wochentag", words.hours, [])
    if in_days:
        _, start, end = in_days[0]
    if not line["wochentag"]:
        line.warnings.append(("wochentag", "Der Wochentag fehlt. Im Portal steht: «Zeit bitte erfragen»."))
    elif not facts.weekdays:
        line.warnings.append(("wochentag", f"«{words.short(line['wochentag'])}» nennt keinen Wochentag."))
    if start is None and not any(column == "beginn" for column, _ in line.errors):
        said = (
            f"«{words.short(line['beginn'])}» ist keine Uhrzeit." if line["beginn"] else "Der Beginn fehlt."
        )
        line.warnings.append(("beginn", f"{said} Im Portal steht: «Zeit bitte erfragen»."))
    if start and end and end <= start:
        line.errors.append(("ende", "Das Ende liegt nicht nach dem Beginn."))
        end = None
    facts.start = start
    if start:
        facts.values["start"] = start
    return end


def read_rhythm(line: Line, facts: OfferingFacts, today: dt.date) -> None:
    year = None
    try:
        year = words.year(line["jahr"])
        found = rhythm.read(line["wochentag"], facts.start is not None, line["rhythmus"], year)
    except Unclear as error:
        if not any(column == "jahr" for column, _ in line.errors) and year is None and line["jahr"]:
            return  # the year itself is unclear, and is said where it is read
        line.errors.append(("rhythmus", str(error)))
        return
    facts.rhythm = found
    if found.open_question and facts.weekdays and facts.start:
        line.warnings.append(("rhythmus", f"{found.open_question} Im Portal steht: «Zeit bitte erfragen»."))
    if len(found.single) == 1 and facts.weekdays and found.single[0].weekday() not in facts.weekdays:
        day = found.single[0]
        line.warnings.append(("wochentag", f"Der {day:%d.%m.%Y} ist ein {DAY_WORDS[day.weekday()]}."))
    if not facts.weekdays:
        if len(found.single) == 1:
            facts.weekdays = [found.single[0].weekday()]
        elif found.rule:
            facts.weekdays = words.weekdays(line["rhythmus"])
    values = facts.values
    if found.rule:
        seasonal = found.last is not None and not found.anchored
        values["rule"] = found.rule
        values["first_date"] = (
            found.first if found.first and (seasonal or found.anchored) else max(found.first or today, today)
        )
        values["active_from"] = found.first if found.last else None
        values["skip_school_holidays"] = found.skip_school_holidays
    elif found.single:
        values |= {"rule": "", "first_date": found.single[0]}
    elif line["rhythmus"]:
        values |= {"rule": "", "first_date": None}
    if line["rhythmus"]:
        values["active_until"] = found.last
    note = ", ".join(dict.fromkeys(filter(None, (line["wochentag"], told_clock(line), line["rhythmus"]))))
    if note:
        values["rhythm_note"] = note


def told_clock(line: Line) -> str:
    start, end = line["beginn"], line["ende"]
    unit = " Uhr" if re.search(r"\d$", end or start) else ""
    return " bis ".join(filter(None, (start, end))) + (unit if start else "")


def read_length(line: Line, facts: OfferingFacts, end: dt.time | None) -> None:
    start = facts.start
    if start and end:
        minutes = (end.hour - start.hour) * 60 + end.minute - start.minute
        if minutes >= 5:
            facts.values["minutes"] = minutes
        else:
            line.warnings.append(
                ("ende", "Das Angebot dauert keine fünf Minuten; das Ende wird nicht eingetragen.")
            )
    elif match := re.search(r"(\d),(\d) Std", line["rhythmus"]):
        facts.values["minutes"] = int(match[1]) * 60 + int(match[2]) * 6


def kind(title: str, art: str) -> tuple[str, str]:
    text = f"{title} {art}".lower()
    return next((category, form) for word, category, form in KINDS if word in text)


def read_for_whom(line: Line, city: City, facts: OfferingFacts) -> None:
    group = line["zielgruppe"]
    if not group:
        return
    for_all = folded(group) in {folded(words) for words in FOR_ALL}
    facts.values["summary"] = "" if for_all else f"Für: {group}"
    facts.values["open_to_all"] = True if for_all else None
    keys = dict.fromkeys(key for word, key in GROUPS if word in group)
    facts.target_groups = [city.target_groups[key] for key in keys if key in city.target_groups]


LONGEST: dict[str, int] = {
    field.name: field.max_length for field in Offering._meta.concrete_fields if field.max_length
}


def fit(line: Line, values: dict[str, Any]) -> None:
    """Words longer than their field are cut, and the line says so."""
    for name, column in (
        *(("summary", "zielgruppe"), ("rhythm_note", "rhythmus"), ("cost_note", "kosten")),
        *(("registration_note", "anmeldung"), ("phone", "anmeldung")),
    ):
        most = LONGEST[name]
        if len(values.get(name) or "") > most:
            values[name] = values[name][: most - 2].rstrip() + " …"
            line.warnings.append((column, f"Der Text ist länger als {most} Zeichen und wird gekürzt."))
