"""Closed lists that people choose from: themes, target groups, languages."""

from django.db import models

from seniorportal.text import sort_field


class Word(models.Model):
    name = models.CharField("Name", max_length=80, unique=True)
    slug = models.SlugField("Kurzname", max_length=80, unique=True)
    position = models.PositiveSmallIntegerField("Reihenfolge", default=0)
    sort = sort_field()

    class Meta:
        abstract = True
        ordering = ["position", "sort"]

    def __str__(self) -> str:
        return self.name


class Category(Word):
    class Meta(Word.Meta):
        verbose_name = "Thema"
        verbose_name_plural = "Themen"


class TargetGroup(Word):
    class Meta(Word.Meta):
        verbose_name = "Zielgruppe"
        verbose_name_plural = "Zielgruppen"


class Language(Word):
    code = models.CharField("Sprachcode", max_length=12, unique=True, help_text="BCP 47, zum Beispiel tr")

    class Meta(Word.Meta):
        verbose_name = "Sprache"
        verbose_name_plural = "Sprachen"
