"""What an office does for you: one short page a consultation topic, and numbers for the moment that cannot wait."""

import pghistory
from django.db import models
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse

from .base import Record
from .consultation import ConsultationTopic
from .nested import nested
from .search import MAIN_TOPICS
from .vocabulary import Category


class TopicPageQuerySet(models.QuerySet):
    def for_list(self) -> "TopicPageQuerySet":
        return self.select_related("topic").order_by("topic__position")

    def for_page(self, numbers: models.QuerySet) -> "TopicPageQuerySet":
        """With its numbers in one statement; ``attached`` is for ``attach(page.topic, ...)``."""
        own = numbers.filter(topics=OuterRef("topic"))
        fields = ("name", "number", "note", "urgent", "checked_on")
        return self.select_related("topic").annotate(
            attached=JSONObject(emergency_numbers=nested(own, *fields))
        )


@pghistory.track()
class TopicPage(Record):
    """The page /beratung/<thema>/; its path is the slug of the topic."""

    topic = models.OneToOneField(
        ConsultationTopic,
        on_delete=models.PROTECT,
        related_name="page",
        verbose_name="Beratungsthema",
        limit_choices_to=MAIN_TOPICS,
    )
    title = models.CharField("Überschrift", max_length=80)
    lead = models.CharField("Einleitung", max_length=300)
    does = models.TextField("Das tut ein Seniorenbüro", help_text="Ein Satz je Zeile.")
    bring = models.TextField("Das hilft beim Gespräch", blank=True, help_text="Ein Punkt je Zeile.")
    note = models.CharField("Hinweis", max_length=300, blank=True)
    categories = models.ManyToManyField(
        Category,
        blank=True,
        related_name="+",
        verbose_name="passende Angebote",
        help_text="Termine dieser Themen stehen auf der Seite.",
    )
    published = models.BooleanField("öffentlich", default=True)

    objects = TopicPageQuerySet.as_manager()

    class Meta:
        verbose_name = "Seite zur Beratung"
        verbose_name_plural = "Seiten zur Beratung"
        ordering = ["topic"]

    def __str__(self) -> str:
        return self.title

    @property
    def does_lines(self) -> list[str]:
        return [line.strip() for line in self.does.splitlines() if line.strip()]

    @property
    def bring_lines(self) -> list[str]:
        return [line.strip() for line in self.bring.splitlines() if line.strip()]

    def get_absolute_url(self) -> str:
        return reverse("public:topic", args=[self.topic.slug])


@pghistory.track()
class EmergencyNumber(Record):
    """A nationally known number; ``checked_on`` empty means that nobody here has rung it yet."""

    name = models.CharField("Name", max_length=80, unique=True)
    number = models.CharField("Nummer", max_length=40)
    note = models.CharField("Wann und für wen", max_length=160, blank=True)
    topics = models.ManyToManyField(
        ConsultationTopic,
        blank=True,
        related_name="emergency_numbers",
        verbose_name="Seiten",
        limit_choices_to=MAIN_TOPICS,
    )
    urgent = models.BooleanField(
        "Notruf", default=False, help_text="Steht auf jeder Seite mit Nummern zuerst."
    )
    source = models.CharField("Quelle", max_length=200, blank=True)
    checked_on = models.DateField(
        "geprüft am", null=True, blank=True, help_text="Leer: bitte prüfen, ob die Nummer noch stimmt."
    )
    published = models.BooleanField("öffentlich", default=True)
    position = models.PositiveSmallIntegerField("Reihenfolge", default=100)

    class Meta:
        verbose_name = "Notfallnummer"
        verbose_name_plural = "Notfallnummern"
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return f"{self.name}: {self.number}"
