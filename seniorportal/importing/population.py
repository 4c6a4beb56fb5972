"""A file of the city about people of 65 and more: read, compared with what is there, and written only as a whole."""

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from seniorportal.importing.table import Heads, Line, Table, Unreadable
from seniorportal.models import District, Population
from seniorportal.text import fold, slug

MOST_ROWS = 1_000
MOST_PEOPLE = 200_000  # more than any Stadtbezirk has inhabitants
HEADS = Heads(
    ("stadtbezirk", "jahr", "ab_65", "quelle"),
    {
        "bezirk": "stadtbezirk",
        "name": "stadtbezirk",
        "stand": "jahr",
        "65": "ab_65",
        "65plus": "ab_65",
        "65undaelter": "ab_65",
        "ab65jahre": "ab_65",
        "menschenab65": "ab_65",
        "personenab65": "ab_65",
        "einwohnerab65": "ab_65",
    },
    ("stadtbezirk", "jahr", "ab_65"),
)


@dataclass
class Row:
    """One line of the file. ``before`` is the stored number, None for a new one."""

    number: int
    district: str = ""
    name: str = ""
    year: int = 0
    people: int = 0
    source: str = ""
    before: int | None = None
    errors: list[str] = field(default_factory=list)

    @property
    def outcome(self) -> str:
        if self.errors:
            return "abgelehnt"
        if self.before is None:
            return "neu"
        return "unverändert" if self.before == self.people else "geändert"

    def facts(self) -> list[Any]:
        """What the preview carries to the confirmation."""
        return [self.district, self.year, self.people, self.source]


def rehearse(table: Table, today: dt.date) -> list[Row]:
    """What the file would do; nothing is written. Two statements."""
    if len(table.lines) > MOST_ROWS:
        raise Unreadable(f"Die Datei hat mehr als {MOST_ROWS} Zeilen. Bitte in mehrere Dateien teilen.")
    names = {fold(name): (key, name) for key, name in District.objects.values_list("slug", "name")}
    names |= {fold(key): (key, name) for key, name in names.values()}
    there = {
        (key, year): people
        for key, year, people in Population.objects.values_list("district__slug", "year", "people")
    }
    seen: dict[tuple[str, int], int] = {}
    rows = []
    for line in table.lines:
        row = _row(line, names, today)
        key = (row.district, row.year)
        if not row.errors and key in seen:
            row.errors.append(f"{row.name} {row.year} steht schon in Zeile {seen[key]}.")
        seen.setdefault(key, row.number)
        row.before = there.get(key)
        rows.append(row)
    return rows


def _row(line: Line, names: dict[str, tuple[str, str]], today: dt.date) -> Row:
    row = Row(line.number, name=line["stadtbezirk"], errors=[sentence for _, sentence in line.errors])
    found = names.get(fold(line["stadtbezirk"])) or names.get(fold(slug(line["stadtbezirk"])))
    if not line["stadtbezirk"]:
        row.errors.append("Der Stadtbezirk fehlt.")
    elif found is None:
        row.errors.append(f"Einen Stadtbezirk «{line['stadtbezirk'][:60]}» gibt es in Dortmund nicht.")
    else:
        row.district, row.name = found
    first = Population.YEARS[0]
    if re.fullmatch(r"\d{4}", line["jahr"]) and first <= int(line["jahr"]) <= today.year:
        row.year = int(line["jahr"])
    else:
        row.errors.append(
            f"Das Jahr muss zwischen {first} und {today.year} liegen, zum Beispiel {today.year - 1}."
        )
    said = line["ab_65"]
    digits = re.sub(r"[.\s'](?=\d{3}(?!\d))", "", said)
    if not said:
        row.errors.append("Die Zahl der Menschen ab 65 fehlt.")
    elif not re.fullmatch(r"\d{1,9}", digits, re.ASCII):
        row.errors.append(f"«{said[:40]}» ist keine ganze Zahl. Gemeint sind Menschen, nicht Prozent.")
    elif not 0 < int(digits) <= MOST_PEOPLE:
        row.errors.append(f"{said[:40]} Menschen ab 65 kann ein Stadtbezirk nicht haben.")
    else:
        row.people = int(digits)
    row.source = line["quelle"]
    if len(row.source) > 160:
        row.errors.append("Die Quelle hat mehr als 160 Zeichen. Bitte kürzen.")
    return row


@transaction.atomic
def write(facts: list[list[Any]]) -> tuple[int, int]:
    """All rows of a preview, compared once more with what is there now; how many were new, how many changed."""
    districts = dict(District.objects.values_list("slug", "pk"))
    there = {(row.district_id, row.year): row for row in Population.objects.select_for_update()}
    new, changed = [], 0
    for key, year, people, source in facts:
        row = there.get((districts[key], year))
        if row is None:
            new.append(Population(district_id=districts[key], year=year, people=people, source=source))
        elif (row.people, row.source, row.example) != (people, source or row.source, False):
            row.people, row.source, row.example = people, source or row.source, False
            row.save()
            changed += 1
    Population.objects.bulk_create(new)
    return len(new), changed
