"""What the search and the topic pages know before an editor wrote a word.

Adds what was never there. A row that the Redaktion changed, renamed or removed stays as she left it: the history knows
every first name, so that nothing comes back under it.
"""

import csv
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models

from seniorportal.models import (
    Category,
    ConsultationTopic,
    District,
    EmergencyNumber,
    Need,
    PlaceAlias,
    Quarter,
    Synonym,
    TopicPage,
)

DATA = settings.BASE_DIR / "data"


def load_words() -> tuple[int, int]:
    """Synonyms and village names; how many there are in data/ and how many of them were added now."""
    known = ever(Synonym, "word")
    listed = list(table(DATA / "suchwoerter.csv"))
    synonyms = [
        Synonym(word=row["gesucht"], means=row["gemeint"]) for row in listed if row["gesucht"] not in known
    ]
    districts = {district.name: district for district in District.objects.all()}
    quarters = {quarter.name: quarter for quarter in Quarter.objects.all()}
    there = ever(PlaceAlias, "name", "district_id", "quarter_id")
    villages = list(table(DATA / "ortsnamen.csv"))
    aliases = [
        PlaceAlias(
            name=row["name"],
            district=districts[row["stadtbezirk"]],
            quarter=quarters.get(row["quartier"]),
            source=row["beleg"],
        )
        for row in villages
    ]
    aliases = [one for one in aliases if (one.name, one.district_id, one.quarter_id) not in there]
    Synonym.objects.bulk_create(synonyms)
    PlaceAlias.objects.bulk_create(aliases)
    return len(listed) + len(villages), len(synonyms) + len(aliases)


def load_topics() -> tuple[int, int]:
    """Pages, numbers and needs of data/beratung.toml; the consultation topics must be there."""
    content: dict[str, list[dict[str, Any]]] = tomllib.loads((DATA / "beratung.toml").read_text("utf-8"))
    topics = {topic.code: topic for topic in ConsultationTopic.objects.filter(parent__isnull=True)}
    categories = {category.name: category for category in Category.objects.all()}
    paged, numbered, needed = ever(TopicPage, "topic_id"), ever(EmergencyNumber, "name"), ever(Need, "name")
    pages = [
        (
            TopicPage(
                topic=topics[one["thema"]],
                title=one["titel"],
                lead=one["einleitung"],
                does=one["tut"].strip(),
                bring=one["mitbringen"].strip(),
                note=one["hinweis"],
            ),
            [categories[name] for name in one["angebote"] if name in categories],
        )
        for one in content["seite"]
        if one["thema"] in topics and topics[one["thema"]].pk not in paged
    ]
    TopicPage.objects.bulk_create(page for page, _ in pages)
    shown = TopicPage.categories.through
    shown.objects.bulk_create(shown(topicpage=page, category=one) for page, many in pages for one in many)
    numbers = [
        (
            EmergencyNumber(
                name=one["name"],
                number=one["nummer"],
                note=one["wann"],
                urgent=one.get("notruf", False),
                source=one["quelle"],
                position=position * 10,
            ),
            [topics[code] for code in one["themen"] if code in topics],
        )
        for position, one in enumerate(content["nummer"], start=1)
        if one["name"] not in numbered
    ]
    EmergencyNumber.objects.bulk_create(number for number, _ in numbers)
    standing = EmergencyNumber.topics.through
    standing.objects.bulk_create(
        standing(emergencynumber=number, consultationtopic=one) for number, many in numbers for one in many
    )
    needs = [
        Need(
            name=one["name"],
            phrases=one["woerter"].strip(),
            sentence=one["antwort"],
            topic=topics[one["thema"]],
            finds=one["findet"],
            position=one["position"],
        )
        for one in content["anliegen"]
        if one["name"] not in needed and one["thema"] in topics
    ]
    Need.objects.bulk_create(needs)
    return sum(map(len, content.values())), len(pages) + len(numbers) + len(needs)


def table(path: Path) -> Iterable[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter=";")


def ever(model: type[models.Model], *fields: str) -> set[Any]:
    """The keys of every row that is or was there."""
    history: Any = model.pgh_event_model  # type: ignore[attr-defined]
    flat = len(fields) == 1
    rows = [
        source.values_list(*fields, flat=flat)
        for source in (model._default_manager, history._default_manager)
    ]
    return {key for found in rows for key in found}
