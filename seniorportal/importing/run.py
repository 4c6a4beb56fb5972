"""The verb: a table becomes venues, offerings or partners, all of its lines or none, in one transaction."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from seniorportal import programme
from seniorportal.importing import offerings, partners, venues
from seniorportal.importing.importer import BATCH, Importer, Result, Row, batches
from seniorportal.importing.journal import Refused
from seniorportal.importing.match import Offerings, Place, Places, Wanted, at_point, at_venue
from seniorportal.importing.offerings import OfferingFacts
from seniorportal.importing.partners import PartnerImport
from seniorportal.importing.reach import OUTSIDE, Reach
from seniorportal.importing.table import Heads, Line, Table
from seniorportal.importing.venues import VenueFacts
from seniorportal.importing.words import folded, short
from seniorportal.importing.write import new_offering, new_venue, unknown_place, update_offering, update_venue
from seniorportal.models import Carrier, ImportRow, ImportRun, Offering, User, Venue

Kind = ImportRun.Kind
HEADS: dict[str, Heads] = {
    Kind.VENUES: venues.HEADS,
    Kind.OFFERINGS: offerings.HEADS,
    Kind.PARTNERS: partners.HEADS,
}
ONE_AT_A_TIME = 7_315_001  # advisory lock: two imports at once could make the same venue twice


@dataclass
class Outcome:
    kind: str
    rows: list[Row]
    notes: list[str]
    run: ImportRun | None = None  # what was kept of it; None where nothing was written

    @property
    def counts(self) -> dict[str, int]:
        """neu, geaendert, unveraendert, abgelehnt, and gewarnt: how many of the lines have a warning."""
        found = Counter(row.outcome for row in self.rows)
        warned = sum(bool(row.line.warnings) for row in self.rows)
        return {str(result.value): found[result] for result in Result} | {"gewarnt": warned}

    @property
    def refused(self) -> bool:
        return any(row.outcome == Result.REFUSED for row in self.rows)


class _Undone(Exception):
    """Takes the writes of a rehearsal back."""


def rehearse(kind: str, table: Table, user: User | None = None) -> Outcome:
    """What an import would do: it is done, and undone."""
    return perform(kind, table, user, keep=None)


def perform(kind: str, table: Table, user: User | None = None, *, keep: ImportRun | None) -> Outcome:
    """Writes every line, or none when one of them is refused. ``keep`` is the run that then holds the steps."""
    today = timezone.localdate()
    outcome = Outcome(kind, [], table.notes)
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
            importer = importer_of(kind)(Reach(user), today)
            outcome.rows = importer.rows(table.lines)
            _outside(importer.reach, outcome.rows)
            if keep is None or outcome.refused:
                raise _Undone
            _dates(outcome.rows, today)
            record(keep, outcome, ImportRun.State.WRITTEN)
            outcome.run = keep
    except _Undone:
        pass
    return outcome


def record(run: ImportRun, outcome: Outcome, state: str) -> None:
    """Keeps counts and rows of an outcome with its run, in place of those it had."""
    counts = outcome.counts
    run.state, run.notes = state, outcome.notes
    run.new, run.changed, run.unchanged = (counts[r] for r in (Result.NEW, Result.CHANGED, Result.UNCHANGED))
    run.refused, run.warned = counts[Result.REFUSED], counts["gewarnt"]
    written = state == ImportRun.State.WRITTEN
    if written:
        run.written_at, run.upload = timezone.now(), None
    run.save()
    run.rows.all().delete()
    ImportRow.objects.bulk_create(
        (
            ImportRow(
                run=run,
                line=row.line.number,
                outcome=row.outcome,
                title=row.title[:340],
                warnings=row.line.warnings,
                errors=row.line.errors,
                changes=[change.as_dict() for change in row.journal.changes]
                if row.outcome == Result.CHANGED
                else [],
                steps=row.journal.steps if written else [],
            )
            for row in outcome.rows
        ),
        batch_size=BATCH,
    )


def _outside(reach: Reach, rows: list[Row]) -> None:
    """Asks the door again after the write: what lies outside is refused, whoever it belongs to."""
    written = [(at, record, act) for at, row in enumerate(rows) for record, act in row.journal.touched]
    for at in sorted(reach.outside(written)):
        if rows[at].outcome != Result.REFUSED:
            rows[at].refuse("", OUTSIDE)


def _dates(rows: list[Row], today: dt.date) -> None:
    """New dates of the offerings that were made or changed."""
    keys = {
        record.pk
        for row in rows
        for record, _ in row.journal.touched
        if isinstance(record, Offering) and record.first_date
    }
    keys |= {
        step["pk"] for row in rows for step in row.journal.steps
        if step["model"] == "seniorportal.offering" and "first_date" in step.get("before", {})
    }  # fmt: skip
    regenerate(sorted(keys), today)


def regenerate(keys: list[int], today: dt.date) -> None:
    for at in range(0, len(keys), BATCH):
        programme.regenerate(Offering.objects.filter(pk__in=keys[at : at + BATCH]), today)


def importer_of(kind: str) -> type[Importer]:
    kinds: dict[str, type[Importer]] = {
        Kind.VENUES: VenueImport,
        Kind.OFFERINGS: OfferingImport,
        Kind.PARTNERS: PartnerImport,
    }
    return kinds[kind]


class VenueImport(Importer):
    def rows(self, lines: list[Line]) -> list[Row]:
        places = Places(self.reach.venues())
        read: list[tuple[Row, VenueFacts, Place | None]] = []
        for line in lines:
            facts = venues.read(line, self.city)
            row, place = Row(line, facts.name), None
            if not line.errors:
                try:
                    place = places.of_line(facts, line)
                except Refused as refused:
                    row.refuse(refused.column, str(refused))
            read.append((row, facts, place))
        for some in batches(read):
            stored = self._stored(place.pk for _, _, place in some if place)
            for row, facts, place in some:
                self._line(row, facts, place, stored)
        return [row for row, _, _ in read]

    def _stored(self, keys: Iterator[int]) -> dict[int, Venue]:
        rows = (
            self.reach.venues()
            .filter(pk__in=list(keys))
            .select_related("district", "quarter", "meeting_place")
        )
        around = ("carriers", "contact_points", "opening_hours", "accessibility")
        return {venue.pk: venue for venue in rows.prefetch_related(*around)}

    def _line(self, row: Row, facts: VenueFacts, place: Place | None, stored: dict[int, Venue]) -> None:
        if place is not None and place.line is not row.line:
            row.outcome = Result.UNCHANGED
            assert place.line is not None
            row.line.warnings.append(("name", f"Derselbe Ort steht schon in Zeile {place.line.number}."))
            return

        def write() -> None:
            assert place is not None
            venue = stored.get(place.pk)
            carriers = [self.reach.carrier(one, row.journal, row.line.warnings) for one in facts.carriers]
            if venue is None:
                new_venue(facts, row.journal, self._carriers_of_new(row.line, carriers), **self._from(facts))
            else:
                update_venue(venue, facts, row.journal, self._carriers_of(venue, carriers))
            row.settle(is_new=venue is None)

        self.attempt(row, write)

    def _from(self, facts: VenueFacts) -> dict[str, Any]:
        """An imported venue counts from today unless the file says otherwise."""
        if "active_from" in facts.values:
            return {}
        until = facts.values.get("active_until")
        return {"active_from": min(self.today, until) if until else self.today}

    def _carriers_of_new(self, line: Line, carriers: list[Carrier]) -> list[Carrier]:
        """Where the file names none, the one carrier of the person; foreign ones she may not name."""
        own = self.reach.own_carriers
        if own is None:
            return carriers
        foreign = next((carrier for carrier in carriers if carrier.pk not in own), None)
        if foreign:
            raise Refused("traeger", OUTSIDE)
        only = self.reach.only_carrier
        if carriers or only is None:
            return carriers
        line.warnings.append(("traeger", f"Eingetragen wird {only}."))
        return [only]

    def _carriers_of(self, venue: Venue, carriers: list[Carrier]) -> list[Carrier]:
        """The file's carriers; those a person may not name stay as they are."""
        own = self.reach.own_carriers
        if own is None or not carriers:
            return carriers
        there = list(venue.carriers.all())
        if any(carrier.pk not in own and carrier not in there for carrier in carriers):
            raise Refused("traeger", OUTSIDE)
        return [
            *carriers,
            *(carrier for carrier in there if carrier.pk not in own and carrier not in carriers),
        ]


class OfferingImport(Importer):
    def __init__(self, reach: Reach, today: dt.date) -> None:
        super().__init__(reach, today)
        self.made: dict[str, Venue] = {}  # places of this file that the portal did not know

    def rows(self, lines: list[Line]) -> list[Row]:
        places = Places(self.reach.places())
        read: list[tuple[Row, Wanted, int | None]] = []
        for line in lines:
            facts = offerings.read(line, self.city, self.today)
            row, venue = Row(line, self._title(facts)), None
            if facts.place:
                try:
                    venue = places.called(facts.place)
                except Refused as refused:
                    row.refuse(refused.column, str(refused))
            place = at_venue(venue) if venue else at_point(facts.place)
            read.append((row, Wanted(line, facts, place), venue))
        known = Offerings(self.reach, {venue for _, _, venue in read if venue})
        known.settle([wanted for row, wanted, _ in read if not row.line.errors])
        for some in batches(read):
            stored = self._stored(wanted.pk for _, wanted, _ in some)
            at = Venue.objects.in_bulk({venue for _, _, venue in some if venue})
            for row, wanted, venue in some:
                self._line(row, wanted, at.get(venue or 0), stored)
        return [row for row, _, _ in read]

    @staticmethod
    def _title(facts: OfferingFacts) -> str:
        return f"{facts.title} ({facts.place})" if facts.place else facts.title

    def _stored(self, keys: Iterator[int]) -> dict[int, Offering]:
        rows = self.reach.offerings().filter(pk__in=[key for key in keys if key])
        return {one.pk: one for one in rows.prefetch_related("categories", "target_groups")}

    def _line(self, row: Row, wanted: Wanted, venue: Venue | None, stored: dict[int, Offering]) -> None:
        line, facts = row.line, wanted.facts
        if not line.errors and (twin := wanted.twin):
            if twin.line.cells == line.cells:
                row.outcome = Result.UNCHANGED
                line.warnings.append(("titel", f"Dasselbe Angebot steht schon in Zeile {twin.line.number}."))
            else:
                row.refuse(
                    "titel",
                    f"Dasselbe Angebot steht schon in Zeile {twin.line.number}, mit anderen Angaben. "
                    "Bitte eine der beiden Zeilen streichen.",
                )
            return
        if wanted.unclear:
            row.refuse(
                "titel",
                "Von diesem Angebot gibt es im Portal mehrere Einträge. "
                "Bitte die Änderung in der Verwaltung eintragen.",
            )

        def write() -> None:
            offering = stored.get(wanted.pk)
            if offering is not None:
                update_offering(offering, facts, row.journal, self.today)
            else:
                place = venue or self._place(row, facts)
                new_offering(facts, row.journal, self.today, venue=place, example=place.example)
            row.settle(is_new=offering is None)

        self.attempt(row, write)

    def _place(self, row: Row, facts: OfferingFacts) -> Venue:
        """The unknown venue of an offering, as a place without contact; made once a file."""
        row.line.warnings.append(
            (
                "begegnungsstaette",
                f"«{short(facts.place)}» ist nicht bekannt und wird als neuer Ort ohne Kontakt angelegt. "
                "Bitte Schreibweise prüfen oder den Ort ergänzen.",
            )
        )
        name = folded(facts.place)
        if name not in self.made:
            only = self.reach.only_carrier
            self.made[name] = unknown_place(
                facts.place, self.city, row.journal, [only] if only else [], self.today
            )
        return self.made[name]

    def attempt(self, row: Row, write: Any) -> None:
        before = set(self.made)
        super().attempt(row, write)
        if row.outcome == Result.REFUSED:
            self.made = {name: venue for name, venue in self.made.items() if name in before}
