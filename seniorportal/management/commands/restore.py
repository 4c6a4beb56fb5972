import pathlib
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from seniorportal import safekeeping


class Command(BaseCommand):
    help = (
        "Holt die letzte Sicherung eines Ordners (oder eine bestimmte Datei) in eine leere Datenbank zurück."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=pathlib.Path)

    def handle(self, *args: Any, folder: pathlib.Path, **options: Any) -> None:
        try:
            path = safekeeping.newest(folder.absolute())
            self.stdout.write(f"Hole {path.name} zurück …")
            copy, sentences = safekeeping.bring_back(path)
        except safekeeping.Refused as why:
            raise CommandError(str(why)) from None
        except OSError as error:
            raise CommandError(f"{folder} lässt sich nicht lesen: {error.strerror}.") from None
        for table, count in copy.walled.items():
            self.stdout.write(f"  {table}: {count} geschützte Zeilen, wie gesichert")
        for sentence in sentences:
            self.stdout.write(sentence)
        self.stdout.write("Die Datenbank ist wieder da. Bitte danach: manage.py migrate")
