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
    rows = written = 0
    known = ever(Synonym, "word")
    for row in table(DATA / "suchwoerter.csv"):
        rows += 1
        if row["gesucht"] not in known:
            Synonym.objects.create(word=row["gesucht"], means=row["gemeint"])
            written += 1
    districts = {district.name: district for district in District.objects.all()}
    quarters = {quarter.name: quarter for quarter in Quarter.objects.all()}
    there = ever(PlaceAlias, "name", "district_id", "quarter_id")
    for row in table(DATA / "ortsnamen.csv"):
        rows += 1
        district = districts[row["stadtbezirk"]]
        quarter = quarters[row["quartier"]] if row["quartier"] else None
        if (row["name"], district.pk, quarter.pk if quarter else None) not in there:
            PlaceAlias.objects.create(
                name=row["name"], district=district, quarter=quarter, source=row["beleg"]
            )
            written += 1
    return rows, written


def load_topics() -> tuple[int, int]:
    """Pages, numbers and needs of data/beratung.toml; the consultation topics must be there."""
    content: dict[str, list[dict[str, Any]]] = tomllib.loads((DATA / "beratung.toml").read_text("utf-8"))
    topics = {topic.code: topic for topic in ConsultationTopic.objects.filter(parent__isnull=True)}
    written = 0
    paged, numbered, needed = ever(TopicPage, "topic_id"), ever(EmergencyNumber, "name"), ever(Need, "name")
    for one in content["seite"]:
        topic = topics.get(one["thema"])
        if topic is None or topic.pk in paged:
            continue
        page = TopicPage.objects.create(
            topic=topic,
            title=one["titel"],
            lead=one["einleitung"],
            does=one["tut"].strip(),
            bring=one["mitbringen"].strip(),
            note=one["hinweis"],
        )
        page.categories.set(Category.objects.filter(name__in=one["angebote"]))
        written += 1
    for position, one in enumerate(content["nummer"], start=1):
        if one["name"] in numbered:
            continue
        number = EmergencyNumber.objects.create(
            name=one["name"],
            number=one["nummer"],
            note=one["wann"],
            urgent=one.get("notruf", False),
            source=one["quelle"],
            position=position * 10,
        )
        number.topics.set(topics[code] for code in one["themen"] if code in topics)
        written += 1
    for one in content["anliegen"]:
        if one["name"] in needed or one["thema"] not in topics:
            continue
        Need.objects.create(
            name=one["name"],
            phrases=one["woerter"].strip(),
            sentence=one["antwort"],
            topic=topics[one["thema"]],
            finds=one["findet"],
            position=one["position"],
        )
        written += 1
    return sum(map(len, content.values())), written


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
