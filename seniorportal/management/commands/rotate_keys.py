import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import ProgrammingError

from seniorportal import keys, rotation


def thousands(number: int) -> str:
    return f"{number:,}".replace(",", ".")


class Command(BaseCommand):
    help = "Versiegelt alle Notizen neu mit dem letzten Schlüssel des Schlüsselbunds. Unterbrochen, geht es weiter."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--new", action="store_true", help="zuerst einen neuen Schlüssel anlegen")
        parser.add_argument(
            "--status", action="store_true", help="nur sagen, welcher Schlüssel was versiegelt"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.work(**options)
        except keys.Unusable as why:
            raise CommandError(str(why)) from None
        except ProgrammingError:
            raise CommandError("Die Tabellen fehlen noch. Bitte zuerst: manage.py migrate") from None
        except KeyboardInterrupt:
            self.stderr.write(
                "Unterbrochen. Was neu versiegelt ist, bleibt so; weiter geht es mit: manage.py rotate_keys"
            )
            sys.exit(130)

    def work(self, *, new: bool, status: bool, **options: Any) -> None:
        if status:
            self.say_usage()
            return
        with rotation.alone() as alone:
            if not alone:
                raise CommandError(
                    "Ein anderer Lauf versiegelt gerade neu. Bitte warten Sie, bis er fertig ist."
                )
            if new:
                self.add_key()
            ring = keys.ring()
            self.stdout.write(f"Es versiegelt der Schlüssel {ring.active}.")
            done, complaints = rotation.rotate(self.tell)
        self.stdout.write(f"{thousands(done)} Texte neu versiegelt." if done else "Es war nichts zu tun.")
        for complaint in complaints[:20]:
            self.stderr.write(complaint)
        self.say_usage()
        if complaints:
            raise CommandError(
                f"{thousands(len(complaints))} Texte ließen sich nicht öffnen und blieben, wie sie sind."
            )

    def add_key(self) -> None:
        if keys.file() is None:
            name = keys.ring().next_name()
            raise CommandError(
                "Der Schlüsselbund steht in der Umgebung. Bitte diese Zeile dort ans Ende setzen, das Portal neu "
                f"starten und dann manage.py rotate_keys aufrufen:\n{keys.line(name)}"
            )
        self.stdout.write(f"Neuer Schlüssel {keys.add()} in {keys.file()}.")

    def tell(self, column: rotation.Column, done: int, total: int) -> None:
        self.stdout.write(f"{column.label}: {thousands(done)} von {thousands(total)}")

    def say_usage(self) -> None:
        ring, used = keys.ring(), rotation.usage()
        for name in [*ring.keys, *(used.keys() - ring.keys.keys())]:
            count = used.get(name, 0)
            if name not in ring.keys:
                said = f"fehlt im Schlüsselbund; {thousands(count)} Texte bleiben ohne ihn zu"
            elif name == ring.active:
                said = f"versiegelt {thousands(count)} Texte und alles Neue"
            elif count:
                said = f"wird noch gebraucht, für {thousands(count)} Texte"
            else:
                said = (
                    "versiegelt nichts mehr und kann aus dem Schlüsselbund, sobald keine Sicherung mehr gebraucht "
                    "wird, die vor diesem Lauf entstand"
                )
            self.stdout.write(f"  {name}: {said}")
