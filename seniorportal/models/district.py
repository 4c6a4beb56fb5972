"""The city's territory: 12 Stadtbezirke and 62 statistical Bezirke (data/dortmund_gebietsgliederung.csv)."""

from django.db import models
from django.urls import reverse

from seniorportal.text import sort_field


class District(models.Model):
    name = models.CharField("Name", max_length=60, unique=True)
    slug = models.SlugField("Kurzname", max_length=60, unique=True)
    sort = sort_field()

    class Meta:
        verbose_name = "Stadtbezirk"
        verbose_name_plural = "Stadtbezirke"
        ordering = ["sort", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("seniorenbuero:office", args=[self.slug])


class Quarter(models.Model):
    """A statistical Bezirk; what people call their Stadtteil."""

    code = models.CharField("Nummer", max_length=2, unique=True)
    name = models.CharField("Name", max_length=60)
    slug = models.SlugField("Kurzname", max_length=60, unique=True)
    district = models.ForeignKey(
        District, on_delete=models.PROTECT, related_name="quarters", verbose_name="Stadtbezirk"
    )
    sort = sort_field()

    class Meta:
        verbose_name = "Quartier"
        verbose_name_plural = "Quartiere"
        ordering = ["sort", "name"]

    def __str__(self) -> str:
        return self.name
