import argparse
import time
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from seniorportal import reference
from seniorportal.demo import accounts, build
from seniorportal.demo.bulk import cards_at_the_end, prepare
from seniorportal.demo.remove import remove


def positive(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 200:
        raise argparse.ArgumentTypeError("Bitte eine ganze Zahl von 1 bis 200 angeben.")
    return int(text)


class Command(BaseCommand):
    help = "Lädt die wirklichen Orte und Angebote und füllt sie mit Beispielen auf. Darf wiederholt werden."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--scale", type=positive, default=1, metavar="N", help="N-mal so viele Beispielzeilen."
        )
        parser.add_argument("--remove", action="store_true", help="Alle Beispielzeilen löschen.")

    def handle(self, *args: Any, **options: Any) -> None:
        self.quiet = options["verbosity"] < 1
        began = time.monotonic()
        with transaction.atomic():
            prepare("demo_data")
            if options["remove"]:
                self.remove()
            else:
                self.load(options["scale"])
        self.say(f"Fertig nach {time.monotonic() - began:.1f} Sekunden.".replace(".", ",", 1))

    def load(self, scale: int) -> None:
        today = timezone.localdate()
        made_on = build.stand()
        if made_on and (made_on, build.scale()) == (today, scale):
            self.say("Die Beispieldaten sind von heute. Es gibt nichts zu tun.")
            if accounts.renew_password():
                self.say("Die Beispielkonten haben jetzt das Kennwort aus PORTAL_DEMO_PASSWORD.")
            return
        for part in reference.load():
            self.say(f"{part.title}: {build.grouped(part.rows)}, davon neu {build.grouped(part.written)}")
        if warning := reference.school_holidays_warning(today):
            self.stderr.write(self.style.WARNING(warning))
        if made_on:
            self.say(f"Es gibt Beispieldaten vom {made_on:%d.%m.%Y}. Sie werden ersetzt.")
            self.remove()
        for line in build.build(today, scale):
            self.say(line)

    def remove(self) -> None:
        number = 0
        with cards_at_the_end():
            for model, rows in remove():
                number += rows
                if not model._meta.auto_created:
                    self.say(f"Gelöscht: {model._meta.verbose_name_plural}: {build.grouped(rows)}")
        self.say(f"{build.grouped(number)} Zeilen gelöscht, mit ihrem Verlauf.")

    def say(self, line: str) -> None:
        if not self.quiet:
            self.stdout.write(line)
