from argparse import ArgumentParser
from typing import Any

from seniorportal import jobs
from seniorportal.management.jobs import JobCommand


class Command(JobCommand):
    help = "Führt die Aufgaben des Portals aus: nightly (jede Nacht), minutely (jede Minute) oder einzelne."

    def add_arguments(self, parser: ArgumentParser) -> None:
        names = [*jobs.RHYTHMS, *jobs.JOBS]
        parser.add_argument("names", nargs="+", choices=names, metavar="AUFGABE", help=", ".join(names))

    def handle(self, *args: Any, names: list[str], **options: Any) -> None:
        self.perform(
            job
            for job in jobs.JOBS.values()
            if any(job.key == n or job.every == jobs.RHYTHMS.get(n) for n in names)
        )
