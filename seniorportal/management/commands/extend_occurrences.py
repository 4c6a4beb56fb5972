from seniorportal.management.jobs import OneJob
from seniorportal.programme import MONTHS_AHEAD


class Command(OneJob):
    help = f"Führt die Termine aller Angebote {MONTHS_AHEAD} Monate voraus fort. Täglich, nach Mitternacht."
    key = "extend_occurrences"
