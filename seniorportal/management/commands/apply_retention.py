from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from seniorportal import jobs
from seniorportal.management.jobs import JobCommand
from seniorportal.privacy import retention


class Command(JobCommand):
    help = "Löscht oder anonymisiert, was über seine Frist ist. Jede Nacht; mit --dry-run nur als Vorschau."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Zeigt, was ginge, und ändert nichts.")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        if not dry_run:
            self.perform([jobs.JOBS["apply_retention"]])
            return
        for declared, rule, number in retention.plan(timezone.localdate()):
            deed = "verlieren ihre Nummer oder ihren Namen" if rule.blank else "würden gelöscht"
            self.stdout.write(f"{number:>8}  {declared.title}, {rule.when}: {deed}")
        self.stdout.write("Vorschau: nichts wurde geändert.")
