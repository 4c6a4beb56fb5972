"""What the commands of single jobs have in common."""

import sys
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand

from seniorportal import jobs
from seniorportal.models import JobRun


class JobCommand(BaseCommand):
    """Runs jobs one after the other, each whatever became of the others. Ends with 1 when one of them failed."""

    def perform(self, chosen: Iterable[jobs.Job]) -> None:
        failed = False
        for job in chosen:
            row = jobs.run(job)
            if row is None:
                self.stdout.write(f"{job.title}: läuft gerade an anderer Stelle.")
            elif row.outcome == JobRun.Outcome.FAILED:
                failed = True
                self.stderr.write(f"{job.title}: {row.said}")
            else:
                self.stdout.write(f"{job.title}: {row.said or 'nichts zu tun.'}")
        if failed:
            sys.exit(1)


class OneJob(JobCommand):
    key = ""

    def handle(self, *args: Any, **options: Any) -> None:
        self.perform([jobs.JOBS[self.key]])
