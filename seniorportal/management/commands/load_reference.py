from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from seniorportal import reference


class Command(BaseCommand):
    help = "Lädt Stadtbezirke, Quartiere, Adressen, Auswahllisten und den Kalender. Darf wiederholt werden."

    def handle(self, *args: Any, **options: Any) -> None:
        for part in reference.load():
            if options["verbosity"] > 0:
                what = f"{grouped(part.written)} neu geladen" if part.written else "unverändert"
                self.stdout.write(f"{part.title}: {grouped(part.rows)} vorhanden, {what}.")
        if warning := reference.school_holidays_warning(timezone.localdate()):
            self.stderr.write(self.style.WARNING(warning))


def grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")
