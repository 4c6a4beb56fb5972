"""The calendar of North Rhine-Westphalia as a table, so that no request computes a holiday."""

from django.db import models


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
