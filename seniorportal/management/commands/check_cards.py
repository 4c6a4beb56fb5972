import sys
from typing import Any

from django.core.management.base import BaseCommand

from seniorportal import cards

SHOWN = 10


class Command(BaseCommand):
    help = "Vergleicht die Karten der Angebotslisten und ihre Zahlen mit den Angeboten. Ende mit 1, wenn sie abweichen."

    def handle(self, *args: Any, **options: Any) -> None:
        wrong, numbers = cards.differences(), cards.wrong_numbers()
        if not wrong and not numbers:
            self.stdout.write("Alle Karten stimmen mit den Angeboten überein, und ihre Zahlen auch.")
            return
        if numbers:
            self.stderr.write(
                f"{numbers} Zahlen neben den Filtern stimmen nicht. Bitte: manage.py refresh_cards"
            )
        if not wrong:
            sys.exit(1)
        some = ", ".join(map(str, wrong[:SHOWN])) + (" …" if len(wrong) > SHOWN else "")
        self.stderr.write(
            f"Die Karten von {len(wrong)} Angeboten stimmen nicht (Nummern: {some}). Bitte: manage.py refresh_cards"
        )
        sys.exit(1)
