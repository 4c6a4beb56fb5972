"""The address register: 109,700 addresses without persons (data/dortmund_adressen.csv.gz)."""

from django.db import models

from .district import Quarter


class Street(models.Model):
    key = models.CharField("Straßenschlüssel", max_length=8, unique=True)
    name = models.CharField("Name", max_length=80)
    folded = models.CharField("gefaltet", max_length=80, db_index=True, help_text="text.fold_street(name)")

    class Meta:
        verbose_name = "Straße"
        verbose_name_plural = "Straßen"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Address(models.Model):
    street = models.ForeignKey(
        Street, on_delete=models.CASCADE, related_name="addresses", verbose_name="Straße"
    )
    number = models.PositiveSmallIntegerField("Hausnummer")
    suffix = models.CharField("Zusatz", max_length=8, blank=True)
    latitude = models.FloatField("Breite", help_text="WGS84")
    longitude = models.FloatField("Länge", help_text="WGS84")
    subdistrict = models.CharField("Unterbezirk", max_length=3, help_text="dreistellige Nummer")
    quarter = models.ForeignKey(Quarter, on_delete=models.PROTECT, related_name="+", verbose_name="Quartier")

    class Meta:
        verbose_name = "Adresse"
        verbose_name_plural = "Adressen"
        ordering = ["street", "number", "suffix"]
        indexes = [models.Index(fields=["street", "number", "suffix"])]

    def __str__(self) -> str:
        return f"{self.street} {self.number}{self.suffix}"
