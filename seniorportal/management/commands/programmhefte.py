import argparse
import pathlib
import resource
import statistics
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from seniorportal.access import PUBLIC, Right, visible
from seniorportal.models import ReportArea, Venue
from seniorportal.printing import labels, press, scopes, spans
from seniorportal.printing.forms import DEFAULT, FORMS
from seniorportal.printing.sheet import sheet
from seniorportal.printing.tally import tally
from seniorportal.public.places import attach_venue

AREAS = (ReportArea.MEETING_PLACES, ReportArea.CENTRE)


class Command(BaseCommand):
    help = (
        "Schreibt das Monatsprogramm jeder Begegnungsstätte und des Eugen-Krautscheid-Hauses als PDF in einen Ordner."
        " Ende mit 1, wenn ein Programm nicht gelang."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--monat", default="", help="jjjj-mm; ohne Angabe der laufende Monat")
        parser.add_argument(
            "--ordner", required=True, type=pathlib.Path, help="wird angelegt, wenn es ihn nicht gibt"
        )
        parser.add_argument("--form", choices=list(FORMS), default=DEFAULT.key)
        parser.add_argument("--strichlisten", action="store_true", help="auch das Blatt für die Strichliste")
        parser.add_argument(
            "--adresse", default="", help="Anfang der Adressen im QR-Code, zum Beispiel https://..."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        span = spans.month(options["monat"] or spans.month_of(today), today)
        if span is None:
            raise CommandError(
                "Diesen Monat gibt es nicht, oder er liegt zu weit entfernt. Beispiel: --monat 2026-12"
            )
        if not press.available():
            raise CommandError("typst ist nicht installiert: pip install -r requirements/pdf.txt")
        start = (options["adresse"] or default_address()).rstrip("/")
        folder: pathlib.Path = options["ordner"]
        folder.mkdir(parents=True, exist_ok=True)
        took, failed = [], 0
        begun = time.perf_counter()
        for venue in venues():
            at = time.perf_counter()
            attach_venue(venue)
            found = sheet(scopes.of_venue(venue, span), span, today, start + venue.get_absolute_url())
            pages = {f"{venue.slug}-{span.key}-{options['form']}": ("programme", found)}
            if options["strichlisten"]:
                pages[f"{venue.slug}-{span.key}-strichliste"] = ("tally", found)
            for name, (template, made) in pages.items():
                data = (
                    labels.of_programme(made, FORMS[options["form"]])
                    if template == "programme"
                    else labels.of_tally(tally(venue, made))
                )
                try:
                    (folder / f"{name}.pdf").write_bytes(press.printed_here(template, data))
                except press.Broken as error:
                    failed += 1
                    self.stderr.write(f"{name}: {error}")
            took.append(time.perf_counter() - at)
        self.stdout.write(summary(took, time.perf_counter() - begun, folder))
        if failed:
            self.stderr.write(f"{failed} Dateien sind nicht gelungen.")
            sys.exit(1)


def venues() -> list[Venue]:
    """One statement: every place with a programme, with all that paper says about it."""
    today = timezone.localdate()
    return [
        venue
        for area in AREAS
        for venue in visible(PUBLIC, Right.SEE, scopes.place_rows(area).active_on(today))  # type: ignore[attr-defined]
    ]


def default_address() -> str:
    if settings.DEMO:
        return "http://127.0.0.1:8000"
    host = next((host for host in settings.ALLOWED_HOSTS if not host.startswith((".", "*"))), "")
    if not host:
        raise CommandError("Bitte nennen Sie die Adresse des Portals: --adresse https://...")
    return f"https://{host}"


def summary(took: list[float], total: float, folder: pathlib.Path) -> str:
    if not took:
        return "Es gibt kein Haus mit einem Programm."
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return (
        f"{len(took)} Häuser in {folder}: {total:.1f} s, je Haus {statistics.median(took) * 1000:.0f} ms (Median),"
        f" höchstens {max(took) * 1000:.0f} ms; Speicher höchstens {peak} MB."
    )
