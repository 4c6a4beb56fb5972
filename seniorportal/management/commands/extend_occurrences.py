from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from seniorportal.models import Offering
from seniorportal.programme import MONTHS_AHEAD, regenerate

BATCH = 500


class Command(BaseCommand):
    help = f"Führt die Termine aller Angebote {MONTHS_AHEAD} Monate voraus fort. Täglich, nach Mitternacht."

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        keys = list(
            Offering.objects.filter(first_date__isnull=False).order_by("pk").values_list("pk", flat=True)
        )
        made = removed = 0
        for at in range(0, len(keys), BATCH):
            new, old = regenerate(Offering.objects.filter(pk__in=keys[at : at + BATCH]), today)
            made, removed = made + new, removed + old
        self.stdout.write(f"{len(keys)} Angebote fortgeführt: {made} Termine neu, {removed} entfernt.")
