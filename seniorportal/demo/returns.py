"""Jahresmeldungen: gathered from hours, visits and volunteers, written at the end."""

from collections import defaultdict
from typing import Any

from seniorportal.demo.bulk import fill
from seniorportal.demo.halls import Hall
from seniorportal.demo.tables import AnnualReturn
from seniorportal.demo.years import Years, spread

State = AnnualReturn.State


class Returns:
    def __init__(self) -> None:
        self.rows: dict[tuple[int, int], dict[str, Any]] = defaultdict(dict)

    def declare(self, hall: Hall, year: int, **figures: int) -> None:
        self.rows[hall.pk, year].update(figures)

    def spread(self, year: int, halls: list[Hall], weights: list[float], field: str, total: int) -> None:
        """Shares ``total`` out among halls, by their weight."""
        if halls:
            for hall, number in zip(halls, spread(max(total, 0), weights), strict=True):
                self.declare(hall, year, **{field: number})

    def write(self, years: Years, halls: list[Hall]) -> int:
        """Checked by the association, the newest only reported; a few drafts, whose numbers must count nowhere."""
        newest = years.full[-1] if years.full else 0
        rows = [
            {
                "venue_id": venue,
                "year": year,
                "state": State.REPORTED if year == newest else State.CHECKED,
                **figures,
            }
            for (venue, year), figures in self.rows.items()
        ]
        silent = (
            [hall for hall in halls if (hall.pk, 2017) not in self.rows][:3] if 2017 in years.full else []
        )
        rows += [
            {
                "venue_id": hall.pk,
                "year": 2017,
                "state": State.DRAFT,
                "opening_hours": 999,
                "visits": 9999,
                "volunteers": 99,
            }
            for hall in silent
        ]
        return len(fill(AnnualReturn, rows, example=True))
