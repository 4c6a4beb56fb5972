from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from seniorportal.models import User
from seniorportal.privacy import documents, export


class Command(BaseCommand):
    help = "Schreibt docs/datenschutz/ neu, oder gibt alles aus, was zu einem Konto gespeichert ist."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--konto", metavar="ANMELDENAME", help="alles zu diesem Konto, als JSON")

    def handle(self, *args: Any, konto: str | None, **options: Any) -> None:
        if konto is None:
            documents.write()
            self.stdout.write(f"Geschrieben: {', '.join(documents.pages())} in docs/datenschutz/.")
            return
        user = User.objects.filter(username=konto).first()
        if user is None:
            raise CommandError(f"Ein Konto „{konto}“ gibt es nicht.")
        self.stdout.write(export.as_json(user).decode())
