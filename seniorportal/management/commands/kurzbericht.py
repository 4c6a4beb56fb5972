"""The report of a period as a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.http import Http404
from django.utils import timezone

from seniorportal.printing import press
from seniorportal.report import document, export, periods


class Command(BaseCommand):
    help = "Schreibt den Kurzbericht eines Zeitraums (2017 oder 2014-2017) in eine Datei."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("period", metavar="ZEITRAUM", help="zum Beispiel 2017 oder 2014-2017")
        parser.add_argument("--format", choices=sorted(export.FORMATS), default="json", help="Form der Datei")
        parser.add_argument("--output", metavar="DATEI", help="ohne Angabe: auf den Bildschirm")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            period, _ = periods.find(options["period"], timezone.localdate())
        except Http404 as error:
            raise CommandError(f"Kein Bericht: {error}.") from None
        form = options["format"]
        if not options["output"] and form in ("pdf", "xlsx"):
            raise CommandError(f"Bitte eine Datei nennen: --output bericht.{form}")
        try:
            content = export.FORMATS[form].write(document.read(period))
        except press.Missing:
            raise CommandError("Für das PDF fehlt typst: pip install -r requirements/pdf.txt") from None
        if not options["output"]:
            self.stdout.write(content.decode(), ending="")
            return
        try:
            Path(options["output"]).write_bytes(content)
        except OSError as error:
            raise CommandError(f"Die Datei ließ sich nicht schreiben: {error.strerror}.") from None
        self.stdout.write(f"Kurzbericht {period.label}: {options['output']}")
