"""Which themes of the programme, target groups and kinds of partners help with a topic: ``data/beratung-angebote.csv``.

A part of a topic has a line of its own or that of its main topic.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.conf import settings

from seniorportal.models import ConsultationTopic

FILE = settings.BASE_DIR / "data" / "beratung-angebote.csv"


@dataclass(frozen=True)
class Way:
    """Slugs of themes and target groups, codes of kinds of partners; each in the order of the file."""

    categories: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()

    def __or__(self, other: "Way") -> "Way":
        return Way(
            _once(self.categories + other.categories),
            _once(self.groups + other.groups),
            _once(self.partners + other.partners),
        )

    def __bool__(self) -> bool:
        return bool(self.categories or self.groups or self.partners)


@cache
def lines() -> dict[str, Way]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return {
            row["kuerzel"]: Way(*(tuple(row[name].split()) for name in ("themen", "zielgruppen", "partner")))
            for row in csv.DictReader(file, delimiter=";")
        }


def of(topics: Iterable[ConsultationTopic]) -> Way:
    """All that helps with any of the topics. No statement for topics with their ``parent``."""
    known, found = lines(), Way()
    for topic in topics:
        main = topic.parent.code if topic.parent else topic.code
        found |= known.get(topic.code) or known.get(main) or Way()
    return found


def _once(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
