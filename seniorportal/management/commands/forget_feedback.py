from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from seniorportal.feedback import forget
from seniorportal.models import Feedback


class Command(BaseCommand):
    help = (
        f"Löscht Rückmeldungen, die seit {Feedback.KEPT_DAYS} Tagen erledigt sind. Täglich, nach Mitternacht."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done, counts = forget(timezone.localdate())
        self.stdout.write(f"{done} erledigte Rückmeldungen gelöscht, {counts} Zählungen von gestern.")
