"""Lines of a file of Netzwerkpartner: what they say, and which partner they speak about.

A line means a stored partner when their names have the same key, or when everything else says so too. What only looks
alike becomes a new partner with a warning: whoever reads the preview decides, or later the page of doubles.
"""

from dataclasses import dataclass, field
from typing import Any

from seniorportal.importing import words
from seniorportal.importing.city import City
from seniorportal.importing.importer import Importer, Result, Row
from seniorportal.importing.journal import Refused
from seniorportal.importing.table import Heads, Line
from seniorportal.importing.venues import ask
from seniorportal.importing.words import Unclear, folded, short
from seniorportal.models import District, Partner
from seniorportal.partners import doubles
from seniorportal.partners.doubles import LIKELY, SURE, Facts
from seniorportal.partners.names import key

HEADS = Heads(
    names=(
        *("name", "art", "stadtbezirk", "telefon", "email", "website", "strasse", "plz", "ort"),
        *("zustimmung_am", "besteht_bis"),
    ),
    others={
        **dict.fromkeys(
            ("organisation", "einrichtung", "partner", "netzwerkpartner", "firma", "verein"), "name"
        ),
        **dict.fromkeys(("typ", "branche"), "art"),
        **dict.fromkeys(("bezirk", "bezirke", "stadtbezirke"), "stadtbezirk"),
        **dict.fromkeys(("tel", "telefonnummer", "rufnummer", "fon"), "telefon"),
        **dict.fromkeys(("mail", "emailadresse"), "email"),
        **dict.fromkeys(("internet", "internetseite", "homepage", "webseite", "www"), "website"),
        **dict.fromkeys(
            ("adresse", "anschrift", "strassehausnummer", "strasseundhausnummer", "str"), "strasse"
        ),
        **dict.fromkeys(("postleitzahl",), "plz"),
        **dict.fromkeys(("stadt",), "ort"),
        **dict.fromkeys(("zustimmung", "zustimmungvom", "veroeffentlichen"), "zustimmung_am"),
        **dict.fromkeys(("bis", "aktivbis", "gueltigbis"), "besteht_bis"),
    },
    needed=("name",),
)
Kind = Partner.Kind
KINDS = {folded(str(label)): str(value) for value, label in Kind.choices} | {
    **{str(value): str(value) for value in Kind.values},
    **dict.fromkeys(("pflegeheim", "seniorenheim", "altenheim", "pflegeeinrichtung"), str(Kind.CARE_HOME)),
    **dict.fromkeys(("ambulanter pflegedienst", "sozialstation"), str(Kind.CARE_SERVICE)),
    **dict.fromkeys(("arzt", "hausarzt", "hausarztpraxis", "zahnarztpraxis"), str(Kind.DOCTOR)),
    **dict.fromkeys(("klinik", "klinikum"), str(Kind.HOSPITAL)),
    **dict.fromkeys(("wohnungsgenossenschaft", "wohnungsunternehmen"), str(Kind.HOUSING)),
    **dict.fromkeys(("kirchengemeinde", "kirche", "moscheegemeinde"), str(Kind.PARISH)),
    **dict.fromkeys(("verein", "initiative", "verband"), str(Kind.CLUB)),
    **dict.fromkeys(("behoerde", "beirat", "amt"), str(Kind.AUTHORITY)),
    **dict.fromkeys(("geschaeft", "betrieb", "firma", "sanitaetshaus"), str(Kind.BUSINESS)),
}


@dataclass
class PartnerFacts:
    """What a line says. ``values`` are columns of Partner; what the line leaves open is in none of these."""

    name: str
    values: dict[str, Any] = field(default_factory=dict)
    districts: list[District] = field(default_factory=list)


def read(line: Line, city: City) -> PartnerFacts:
    facts = PartnerFacts(" ".join(line["name"].split()))
    if not key(facts.name):
        line.errors.append(("name", "Der Name fehlt. Bitte den Namen der Organisation eintragen."))
    elif len(facts.name) > 160:
        line.errors.append(("name", "Der Name hat mehr als 160 Zeichen. Bitte kürzen."))
    values = facts.values
    if line["art"]:
        if kind := KINDS.get(folded(line["art"])):
            values["kind"] = kind
        else:
            line.warnings.append(
                ("art", f"Die Art «{short(line['art'])}» kennen wir nicht; sie bleibt offen.")
            )
    for column, name, reading in (("telefon", "phone", words.phones), ("email", "email", words.emails)):
        found: list[str] = ask(line, column, reading, [])
        if found:
            values[name] = found[0]
        if len(found) > 1:
            line.warnings.append((column, f"Eingetragen wird nur «{found[0]}»."))
    if website := ask(line, "website", words.url, ""):
        values["website"] = website
    if code := ask(line, "plz", words.postal_code, ""):
        values["postal_code"] = code
    for column, name, most in (("strasse", "street", 120), ("ort", "city", 60)):
        if len(line[column]) > most:
            line.errors.append((column, f"Der Text hat mehr als {most} Zeichen. Bitte kürzen."))
        elif line[column]:
            values[name] = line[column]
    read_consent(line, values)
    if until := ask(line, "besteht_bis", words.single_date, None):
        values["active_until"] = until
    read_districts(line, city, facts)
    return facts


def read_consent(line: Line, values: dict[str, Any]) -> None:
    said = folded(line["zustimmung_am"])
    if said in ("nein", "keine", "n"):
        values |= {"may_be_published": False, "consent_on": None}
    elif said in ("ja", "j", "x"):
        line.warnings.append(
            ("zustimmung_am", "Eine Zustimmung gilt nur mit ihrem Tag. Sie wird nicht eingetragen.")
        )
    elif given := ask(line, "zustimmung_am", words.single_date, None):
        values |= {"may_be_published": True, "consent_on": given}


def read_districts(line: Line, city: City, facts: PartnerFacts) -> None:
    for text in line["stadtbezirk"].replace(";", ",").split(","):
        try:
            district = city.district(text.strip())
        except Unclear as error:
            line.errors.append(("stadtbezirk", str(error)))
            return
        if district and district not in facts.districts:
            facts.districts.append(district)


class PartnerImport(Importer):
    """Nine statements for the whole file beside one or two a line that is written."""

    def rows(self, lines: list[Line]) -> list[Row]:
        network = doubles.network()
        rows: list[Row] = []
        wanted: list[tuple[Row, PartnerFacts, int]] = []
        seen: dict[str, Line] = {}
        for line in lines:
            facts = read(line, self.city)
            row = Row(line, facts.name)
            rows.append(row)
            if line.errors:
                continue
            first = seen.setdefault(key(facts.name), line)
            if first is not line:
                self._twice(row, first)
                continue
            try:
                wanted.append((row, facts, stored_like(network, facts, line)))
            except Refused as refused:
                row.refuse(refused.column, str(refused))
        stored = self._stored([pk for _, _, pk in wanted if pk])
        for row, facts, pk in wanted:
            self._line(row, facts, pk, stored)
        return rows

    def _twice(self, row: Row, first: Line) -> None:
        if first.cells == row.line.cells:
            row.outcome = Result.UNCHANGED
            row.line.warnings.append(("name", f"Derselbe Partner steht schon in Zeile {first.number}."))
            return
        row.refuse(
            "name",
            f"Derselbe Partner steht schon in Zeile {first.number}, mit anderen Angaben. "
            "Bitte eine der beiden Zeilen streichen.",
        )

    def _stored(self, keys: list[int]) -> dict[int, Partner]:
        rows = self.reach.partners().filter(pk__in=keys).prefetch_related("districts")
        return {one.pk: one for one in rows}

    def _line(self, row: Row, facts: PartnerFacts, pk: int, stored: dict[int, Partner]) -> None:
        def write() -> None:
            partner = stored.get(pk)
            if pk and partner is None:
                raise Refused("name", "Diesen Partner dürfen Sie nicht ändern.")
            if partner is None:
                row.journal.make(Partner(name=facts.name, **facts.values), districts=facts.districts)
            else:
                there = partner.districts.all()
                row.journal.change(partner, facts.values, districts=[*{*there, *facts.districts}])
            row.settle(is_new=partner is None)

        self.attempt(row, write)


def stored_like(network: doubles.Network, facts: PartnerFacts, line: Line) -> int:
    """The stored partner that the line means; 0: a new one. ``Refused``: two fit."""
    given = {name: facts.values.get(name, "") for name in ("phone", "website", "email", "street")}
    kind = facts.values.get("kind", Kind.OTHER)
    districts = frozenset(one.pk for one in facts.districts)
    found = network.like(Facts(0, facts.name, kind, **given, districts=districts))
    same = network.named(facts.name)
    same = same or [
        one.first for one in found if one.points >= LIKELY and key(one.first.name) == key(facts.name)
    ]
    same = same or [one.first for one in found if one.points >= SURE]
    if len(same) > 1:
        names = ", ".join(f"«{one.name}»" for one in same[:3])
        raise Refused(
            "name", f"Gemeint sein können {names}. Bitte den Namen genau so schreiben wie im Portal."
        )
    if same:
        if same[0].name != facts.name:
            line.warnings.append(("name", f"Das ist «{short(same[0].name)}»; der Name bleibt, wie er ist."))
        return same[0].pk
    for one in found[:1]:
        line.warnings.append(
            (
                "name",
                f"Vielleicht steht diese Organisation schon im Netzwerk: «{short(one.first.name)}» "
                f"({', '.join(one.reasons)}). Sie wird neu eingetragen.",
            )
        )
    return 0
