"""The rules of the shared model, one family a file; each app brings its own in its ``access.py``."""

from seniorportal.rules import (
    city,
    concerns,
    consultations,
    imports,
    partners,
    places,
    programme,
    taking_part,
)
from seniorportal.rules.paths import Paths, at_office, of_office, of_venue
from seniorportal.rules.programme import CALLED_OFF_AHEAD, DAYS_ON_THE_WALL

__all__ = [
    "CALLED_OFF_AHEAD",
    "DAYS_ON_THE_WALL",
    "Paths",
    "at_office",
    "city",
    "concerns",
    "consultations",
    "imports",
    "of_office",
    "of_venue",
    "partners",
    "places",
    "programme",
    "taking_part",
]
