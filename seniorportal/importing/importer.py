"""What every kind of import has in common: one row a line, one savepoint a row."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import DatabaseError, transaction

from seniorportal.importing.city import City
from seniorportal.importing.journal import Journal, Refused
from seniorportal.importing.reach import Reach
from seniorportal.importing.table import Line
from seniorportal.models import Conflict, ImportRow

Result = ImportRow.Outcome
BATCH = 500


@dataclass
class Row:
    """What became of one line."""

    line: Line
    title: str
    outcome: str = Result.REFUSED
    journal: Journal = field(default_factory=Journal)

    def refuse(self, column: str, text: str) -> None:
        self.line.errors.append((column, text))
        self.outcome = Result.REFUSED

    def settle(self, is_new: bool) -> None:
        changed = Result.CHANGED if self.journal.steps else Result.UNCHANGED
        self.outcome = Result.NEW if is_new else changed


class Importer:
    """Reads all lines first, so that they can be matched together; then writes line by line."""

    def __init__(self, reach: Reach, today: dt.date) -> None:
        self.reach, self.today, self.city = reach, today, City()

    def rows(self, lines: list[Line]) -> list["Row"]:
        raise NotImplementedError

    def attempt(self, row: Row, write: Any) -> None:
        """One line in its own savepoint: what the database refuses is a sentence like every other."""
        if row.line.errors:
            row.outcome = Result.REFUSED
            return
        try:
            with transaction.atomic():
                write()
        except Refused as refused:
            row.refuse(refused.column, str(refused))
        except Conflict:
            row.refuse(
                "",
                "Diesen Eintrag hat gerade jemand anderes gespeichert. Bitte die Datei noch einmal einlesen.",
            )
        except DatabaseError:
            row.refuse(
                "",
                "Diese Angaben lassen sich zusammen nicht speichern. Bitte den Eintrag in der Verwaltung prüfen.",
            )
        if row.outcome == Result.REFUSED:
            self.reach.forget(record for record, _ in row.journal.touched)
            row.journal = Journal()


def batches(rows: list[Any]) -> Iterator[list[Any]]:
    for at in range(0, len(rows), BATCH):
        yield rows[at : at + BATCH]
