from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from seniorportal import search


class Command(BaseCommand):
    help = "Löscht, was vor mehr als 90 Tagen vergeblich gesucht wurde. Für jede Nacht gedacht."

    def handle(self, *args: Any, **options: Any) -> None:
        number = search.forget_before(timezone.localdate())
        self.stdout.write(f"{number} {'Zeile' if number == 1 else 'Zeilen'} gelöscht.")
