"""Chapter 2 of the Kurzbericht: Stadtteilzentrum Eugen-Krautscheid-Haus, and further houses of its kind."""

from django.db import models

from seniorportal.models import Record, ReportArea, Venue


class Centre(Record):
    """What a venue is as a professionally run house with everything under one roof."""

    venue = models.OneToOneField(
        Venue,
        on_delete=models.CASCADE,
        related_name="centre",
        verbose_name="Ort",
        limit_choices_to={"report_area": ReportArea.CENTRE},
    )
    opened_year = models.PositiveSmallIntegerField("eröffnet im Jahr", null=True, blank=True)
    motto = models.CharField("Motto", max_length=120, blank=True)

    class Meta:
        verbose_name = "Stadtteilzentrum"
        verbose_name_plural = "Stadtteilzentren"
        ordering = ["venue"]

    def __str__(self) -> str:
        return str(self.venue)


class HouseService(Record):
    """One of the services under the roof: Tagespflege, Seniorenbüro, outside advice."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="services", verbose_name="Haus")
    name = models.CharField("Was im Haus ist", max_length=120)
    note = models.CharField("Hinweis", max_length=240, blank=True)
    position = models.PositiveSmallIntegerField("Reihenfolge", default=0)

    class Meta:
        verbose_name = "Dienst im Haus"
        verbose_name_plural = "Dienste im Haus"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name
