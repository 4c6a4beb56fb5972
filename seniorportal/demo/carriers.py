"""The real Träger: six associations and their branches, the city, and who else carries a venue of ``data/``."""

from seniorportal.importing.carriers import CARRIERS
from seniorportal.models import Carrier


def load() -> tuple[dict[str, Carrier], int]:
    """Carriers by slug, and how many of them are new; what is there already stays as somebody edited it."""
    carriers = {carrier.slug: carrier for carrier in Carrier.objects.all()}
    before = len(carriers)
    for key, name, short_name, kind, parent, _ in CARRIERS:
        if key not in carriers:
            carriers[key] = Carrier.objects.create(
                slug=key, name=name, short_name=short_name, kind=kind, parent=carriers.get(parent)
            )
    return carriers, len(carriers) - before
