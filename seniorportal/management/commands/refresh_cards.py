from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from seniorportal import cards


class Command(BaseCommand):
    help = "Macht alle Karten der Angebotslisten und ihre Zahlen neu. Nötig nur, wenn check_cards Abweichungen meldet."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        number = cards.refresh()
        if cards.wrong_numbers():
            cards.count_anew()
        self.stdout.write(f"Karten: {number}")
