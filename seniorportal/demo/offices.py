"""The Seniorenbüros as the other nouns need them: the twelve in the order of their districts, and who carries them."""

from dataclasses import dataclass

from seniorportal.models import ReportArea, Venue


@dataclass(frozen=True)
class OfficeOf:
    pk: int
    district: int
    name: str
    code: str  # letters for numbers of cases and helpers
    bodies: tuple[int, ...]  # keys of its carriers
    weight: float  # how much of the city's work it does


WEIGHTS = (1.05, 0.95, 1.0, 0.9, 1.2, 1.1, 0.85, 1.15, 1.05, 0.95, 0.85, 0.95)


def load() -> list[OfficeOf]:
    venues = Venue.objects.in_area(ReportArea.OFFICES).filter(example=False)
    rows = venues.select_related("district").prefetch_related("carriers").order_by("slug")
    return [
        OfficeOf(
            venue.pk,
            district.pk,
            district.name,
            "".join(part[:3].upper() for part in venue.slug.split("-")[1:]),
            tuple(carrier.pk for carrier in venue.carriers.all()),
            weight,
        )
        for venue, weight in zip(rows, WEIGHTS, strict=False)
        if (district := venue.district)
    ]
