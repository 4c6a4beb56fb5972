import pathlib
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from seniorportal import safekeeping


class Command(BaseCommand):
    help = "Sichert die Datenbank in einen Ordner und zählt nach, ob alle geschützten Zeilen darin sind."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=pathlib.Path)

    def handle(self, *args: Any, folder: pathlib.Path, **options: Any) -> None:
        self.stdout.write("Sichere die Datenbank …")
        try:
            path, copy = safekeeping.save(folder.absolute())
        except safekeeping.Refused as why:
            raise CommandError(str(why)) from None
        except OSError as error:
            raise CommandError(f"{folder} lässt sich nicht beschreiben: {error.strerror}.") from None
        size = f"{path.stat().st_size / 1024 / 1024:.1f}".replace(".", ",")
        self.stdout.write(f"{path} ({size} MB), nur für ihren Besitzer lesbar.")
        for table, count in copy.walled.items():
            self.stdout.write(f"  {table}: {count} geschützte Zeilen, alle darin")
        used = ", ".join(copy.keys) or "noch keiner"
        self.stdout.write(
            f"Die Schlüssel der Notizen ({used}) sind nicht darin. Bitte an einem anderen Ort aufbewahren: Ohne sie "
            "bleiben die Notizen zu."
        )
