"""One line of a file of venues, understood: what it says about a place, and what it leaves open."""

import re
from dataclasses import dataclass, field
from typing import Any, TypeVar

from seniorportal.importing import words
from seniorportal.importing.carriers import Named, named_in
from seniorportal.importing.city import City
from seniorportal.importing.table import Heads, Line
from seniorportal.importing.words import Hours, Unclear, folded, short
from seniorportal.locate import locate
from seniorportal.models import AccessibilityFact, District, ReportArea

HEADS = Heads(
    names=(
        *(
            "name",
            "traeger",
            "traegertyp",
            "strasse",
            "plz",
            "stadtbezirk",
            "telefon",
            "email",
            "website",
            "art",
        ),
        *("barrierefrei", "oeffnungszeiten", "source", "jahr", "aktiv_ab", "aktiv_bis"),
    ),
    others={
        **dict.fromkeys(("einrichtung", "ort", "begegnungsstaette", "nameeinrichtung"), "name"),
        **dict.fromkeys(("verband", "traegerverband"), "traeger"),
        **dict.fromkeys(
            ("strassehausnummer", "strasseundhausnummer", "adresse", "anschrift", "str"), "strasse"
        ),
        **dict.fromkeys(("postleitzahl",), "plz"),
        **dict.fromkeys(("bezirk",), "stadtbezirk"),
        **dict.fromkeys(("tel", "telefonnummer", "rufnummer", "fon"), "telefon"),
        **dict.fromkeys(("mail", "emailadresse"), "email"),
        **dict.fromkeys(("internet", "internetseite", "homepage", "webseite", "www"), "website"),
        **dict.fromkeys(("barrierefreiheit",), "barrierefrei"),
        **dict.fromkeys(("oeffnungszeit", "geoeffnet"), "oeffnungszeiten"),
        **dict.fromkeys(("quelle",), "source"),
        **dict.fromkeys(("stand", "standjahr", "jahrderquelle"), "jahr"),
        **dict.fromkeys(("gueltigab", "geoeffnetab"), "aktiv_ab"),
        **dict.fromkeys(("gueltigbis", "geschlossenab"), "aktiv_bis"),
    },
    needed=("name",),
)
# The house that the Kurzbericht treats in a chapter of its own, as files write its name.
HOUSE = "Eugen-Krautscheid-Haus"
HOUSE_SLUG = "eugen-krautscheid-haus"
Answer = AccessibilityFact.Value
T = TypeVar("T")


@dataclass
class VenueFacts:
    """What a line says. ``values`` are columns of Venue; what the line leaves open is in none of these."""

    name: str = ""
    district: District | None = None
    values: dict[str, Any] = field(default_factory=dict)
    carriers: list[Named] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    hours: Hours = field(default_factory=list)
    hours_note: str = ""
    step_free: tuple[str, str] | None = None
    kind: str = ""
    staffing: str = ""

    @property
    def street(self) -> str:
        return self.values.get("street", "")

    @property
    def area(self) -> str:
        """Of a new venue: an office by its name, the one house by its own, every other a meeting place."""
        if folded(words.place(self.name)[0]) == folded(HOUSE):
            return ReportArea.CENTRE
        if self.district and folded(self.name) == folded(f"Seniorenbüro {self.district.name}"):
            return ReportArea.OFFICES
        return ReportArea.MEETING_PLACES

    @property
    def slug(self) -> str:
        """The fixed path of a house or an office; empty: made from the name."""
        if self.area == ReportArea.CENTRE:
            return HOUSE_SLUG
        return (
            f"seniorenbuero-{self.district.slug}" if self.area == ReportArea.OFFICES and self.district else ""
        )


def read(line: Line, city: City) -> VenueFacts:
    """What the line says; warnings and errors go to the line. One statement, for the address."""
    facts = VenueFacts(name=line["name"])
    if not facts.name:
        line.errors.append(("name", "Der Name fehlt. Bitte den Namen der Einrichtung eintragen."))
    elif len(facts.name) > 160:
        line.errors.append(("name", "Der Name hat mehr als 160 Zeichen. Bitte kürzen."))
    read_where(line, city, facts)
    read_who(line, facts)
    facts.phones = ask(line, "telefon", words.phones, [])
    facts.emails = ask(line, "email", words.emails, [])
    read_when(line, facts)
    read_access(line, facts)
    facts.kind = line["art"][:80]
    if "ehrenamtlich" in facts.kind:
        facts.staffing = "ehrenamt"
    elif "städtisches" in facts.kind:  # the Kurzbericht, chapter 2: professionally run, as the house is
        facts.staffing = "hauptamt"
    facts.values |= origin(line)
    if website := ask(line, "website", words.url, ""):
        facts.values["website"] = website
    return facts


def ask(line: Line, column: str, reading: Any, otherwise: T) -> T:
    """A cell by a reading of ``words``; where it is unclear, the line has an error and the cell says nothing."""
    if not line[column]:
        return otherwise
    try:
        return reading(line[column])
    except Unclear as error:
        line.errors.append((column, str(error)))
        return otherwise


def origin(line: Line) -> dict[str, Any]:
    """Source and year, which every imported row keeps. A source that is no address is said, not kept."""
    values: dict[str, Any] = {}
    if year := ask(line, "jahr", words.year, None):
        values["source_year"] = year
    if line["source"]:
        try:
            values["source_url"] = words.url(line["source"])
        except Unclear as error:
            line.warnings.append(("source", f"{error} Die Quelle bleibt leer."))
    return values


def read_where(line: Line, city: City, facts: VenueFacts) -> None:
    street, note = words.place(line["strasse"])
    if postal_code := ask(line, "plz", words.postal_code, ""):
        facts.values["postal_code"] = postal_code
    named = ask(line, "stadtbezirk", city.district, None)
    if note:
        facts.values["place_note"] = note[:160]
    if not street:
        line.warnings.append(("strasse", "Die Straße fehlt. Der Ort steht ohne Adresse im Portal."))
    elif len(street) > 120:
        line.errors.append(("strasse", "Straße und Hausnummer haben mehr als 120 Zeichen. Bitte kürzen."))
        street = ""
    located = locate(street) if street else None
    if street:
        facts.values["street"] = street
    facts.district = named or (located.district if located else None)
    if facts.district:
        facts.values["district"] = facts.district
    if located and located.district and located.district == facts.district:
        facts.values |= {
            "quarter": located.quarter,
            "latitude": located.latitude,
            "longitude": located.longitude,
        }
    elif located and located.district and named:
        line.warnings.append(
            (
                "stadtbezirk",
                f"Die Adresse liegt nach dem Verzeichnis im Stadtbezirk {located.district}, nicht in {named}. "
                "Eingetragen wird, was in der Datei steht.",
            )
        )
    if facts.district is None and not any(column == "stadtbezirk" for column, _ in line.errors):
        line.warnings.append(("stadtbezirk", "Der Stadtbezirk ist nicht bekannt. Bitte nachtragen."))


def read_who(line: Line, facts: VenueFacts) -> None:
    facts.carriers, vague = named_in(line["traeger"], line["traegertyp"])
    if not line["traeger"]:
        line.warnings.append(
            ("traeger", "Der Träger fehlt. Ohne Träger kann ihn keine Koordination pflegen.")
        )
    for part in vague:
        line.warnings.append(
            ("traeger", f"«{short(part)}» ist kein bestimmter Träger und wird nicht eingetragen.")
        )
    for one in facts.carriers:
        if len(one.text) > 160:
            line.errors.append(("traeger", "Der Name des Trägers hat mehr als 160 Zeichen. Bitte kürzen."))


def read_when(line: Line, facts: VenueFacts) -> None:
    text = line["oeffnungszeiten"]
    facts.hours = ask(line, "oeffnungszeiten", words.hours, [])
    year = facts_year(line)
    facts.hours_note = f"Stand {year}, nicht bestätigt" if year else "nicht bestätigt"
    if text and not facts.hours:
        said = f"von {year}" if year else "ohne Jahr"
        facts.values["description"] = f"Öffnungszeiten laut Quelle {said}: {text}."
    for column, name in (("aktiv_ab", "active_from"), ("aktiv_bis", "active_until")):
        if day := ask(line, column, words.single_date, None):
            facts.values[name] = day
    first, last = facts.values.get("active_from"), facts.values.get("active_until")
    if first and last and last < first:
        line.errors.append(("aktiv_bis", "Der letzte Tag liegt vor dem ersten."))


def facts_year(line: Line) -> int | None:
    try:
        return words.year(line["jahr"])
    except Unclear:
        return None


def read_access(line: Line, facts: VenueFacts) -> None:
    text = line["barrierefrei"]
    match = re.match(r"(ja|nein|teilweise|teils|x)\b", text, re.I)
    if not text or folded(text) in ("unbekannt", "k a", "keine angabe"):
        return
    if not match:
        line.warnings.append(
            (
                "barrierefrei",
                f"«{short(text)}» beginnt nicht mit ja, nein oder teilweise und wird nicht eingetragen.",
            )
        )
        return
    answer = {"nein": Answer.NO, "ja": Answer.YES, "x": Answer.YES}.get(match[1].lower(), Answer.PARTLY)
    facts.step_free = (answer, words.place(text)[1][:160])
