"""The calendar of North Rhine-Westphalia as a table, so that no request computes a holiday; and what now means."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import models


@dataclass(frozen=True)
class Moment:
    """The clock as statements about dates ask for it: days and times, or the expressions that stand for them.

    A date without an end that started before ``begun`` is taken to be over.
    """

    today: Any
    time: Any
    begun: Any

    @classmethod
    def of(cls, now: "dt.datetime | Moment") -> "Moment":
        if isinstance(now, Moment):
            return now
        earlier = now - dt.timedelta(hours=2)
        return cls(now.date(), now.time(), earlier.time() if earlier.date() == now.date() else dt.time.min)


class CalendarDay(models.Model):
    """One day; empty text means neither. Filled by ``load_reference`` from the package holidays."""

    date = models.DateField("Tag", primary_key=True)
    public_holiday = models.CharField("Feiertag", max_length=60, blank=True)
    school_holiday = models.CharField("Schulferien", max_length=60, blank=True)

    class Meta:
        verbose_name = "Kalendertag"
        verbose_name_plural = "Kalendertage"
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date:%d.%m.%Y}"
