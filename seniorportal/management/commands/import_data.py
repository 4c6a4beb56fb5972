import argparse
import sys
from pathlib import Path
from typing import Any

import pghistory
from django.core.management.base import BaseCommand

from seniorportal.importing import table
from seniorportal.importing.run import HEADS, Outcome, perform, rehearse
from seniorportal.importing.uploads import forget_old
from seniorportal.models import ImportRow, ImportRun

REFUSED, UNREADABLE = 1, 2
PLURALS = {
    ImportRun.Kind.VENUES: "Orte",
    ImportRun.Kind.OFFERINGS: "Angebote",
    ImportRun.Kind.PARTNERS: "Netzwerkpartner",
}


class Command(BaseCommand):
    help = "Liest Orte, Angebote oder Netzwerkpartner aus CSV oder Excel ein. Ende 1: abgelehnt, 2: unlesbar."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "kind",
            nargs="?",
            choices=list(HEADS),
            metavar="venues|offerings|partners",
            help="Orte, Angebote, Netzwerkpartner.",
        )
        parser.add_argument("file", nargs="?", metavar="DATEI", help="CSV oder XLSX.")
        parser.add_argument("--dry-run", action="store_true", help="Nur prüfen und zeigen, nichts schreiben.")
        parser.add_argument(
            "--undo",
            type=int,
            metavar="NUMMER",
            help="Ein ganzes Einlesen zurücknehmen. Die Nummer steht an seinem Ende.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with pghistory.context(page="import_data"):
            if options["undo"] is not None:
                self.undo(options["undo"])
            elif not options["kind"] or not options["file"]:
                self.fail(
                    "Bitte angeben, was eingelesen wird: import_data venues DATEI, import_data offerings DATEI oder "
                    "import_data partners DATEI."
                )
            else:
                self.load(options["kind"], options["file"], options["dry_run"])

    def load(self, kind: str, file: str, dry_run: bool) -> None:
        try:
            found = table.read(file, HEADS[kind])
        except table.Unreadable as error:
            self.fail(str(error))
        if dry_run:
            outcome = rehearse(kind, found)
        else:
            forget_old()
            outcome = perform(kind, found, keep=ImportRun(kind=kind, file_name=Path(file).name[:120]))
        self.report(outcome, Path(file).name)
        if outcome.refused:
            self.stdout.write(
                "Nichts geschrieben: Bitte die abgelehnten Zeilen berichtigen und noch einmal einlesen."
            )
            sys.exit(REFUSED)
        if dry_run:
            self.stdout.write("Nur geprüft, nichts geschrieben.")
        elif outcome.run:
            self.stdout.write(f"Geschrieben. Zurücknehmen: manage.py import_data --undo {outcome.run.pk}")

    def report(self, outcome: Outcome, name: str) -> None:
        for note in outcome.notes:
            self.stdout.write(note)
        for row in outcome.rows:
            for label, sentences in (("abgelehnt", row.line.errors), ("Hinweis", row.line.warnings)):
                for column, text in sentences:
                    where = f", Spalte {column}" if column else ""
                    self.stdout.write(f"Zeile {row.line.number}{where} ({label}): {text}")
        counts = outcome.counts
        self.stdout.write(f"{PLURALS[ImportRun.Kind(outcome.kind)]} aus {name}: {len(outcome.rows)} Zeilen")
        for label, number in (
            ("neu", counts[ImportRow.Outcome.NEW]),
            ("geändert", counts[ImportRow.Outcome.CHANGED]),
            ("unverändert", counts[ImportRow.Outcome.UNCHANGED]),
            ("gewarnt", counts["gewarnt"]),
            ("abgelehnt", counts[ImportRow.Outcome.REFUSED]),
        ):
            self.stdout.write(f"  {label}: {number}")

    def undo(self, number: int) -> None:
        from seniorportal.importing.undo import NotNow, undo

        try:
            result = undo(number)
        except NotNow as error:
            self.fail(str(error))
        for row in result.left:
            self.stdout.write(f"Zeile {row.line}, {row.title}: {row.left_alone}")
        self.stdout.write(
            f"Zurückgenommen: {result.restored} Zeilen. Nicht zurückgenommen: {len(result.left)}."
        )
        if result.left:
            sys.exit(REFUSED)

    def fail(self, sentence: str) -> None:
        self.stderr.write(sentence)
        sys.exit(UNREADABLE)
