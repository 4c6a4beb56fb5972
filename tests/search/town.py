"""Everything that the real sources and the examples offer, as one running programme."""

import csv
from pathlib import Path

from django.conf import settings

from seniorportal import reference, search
from seniorportal.demo.titles import HOUSE, IDEAS
from seniorportal.models import Category, Language, Offering, TargetGroup, Venue
from seniorportal.search import reference as words
from tests.public.town import make_district, make_office, make_venue

HERE = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def make_programme(*, synonyms: bool = True) -> Venue:
    """Each title once, in one house in Hörde; nobody knows when, so that each is running."""
    make_reference(synonyms=synonyms)
    house = make_venue("Haus der Begegnung", district=make_district("Hörde"))
    categories = {one.slug: one for one in Category.objects.all()}
    groups = {one.slug: one for one in TargetGroup.objects.all()}
    languages = {one.code: one for one in Language.objects.all()}
    titles = {row["titel"] for row in real_offerings()} | {title for title, *_ in HOUSE}
    made = Offering.objects.bulk_create(
        Offering(title=title, venue=house) for title in sorted(titles - {idea.title for idea in IDEAS})
    )
    ideas = Offering.objects.bulk_create(
        Offering(title=idea.title.format(q="Hörde"), summary=idea.summary, venue=house, form=idea.form)
        for idea in IDEAS
    )
    for offering, idea in zip(ideas, IDEAS, strict=True):
        offering.categories.set(categories[one] for one in idea.categories)
        offering.target_groups.set(groups[one] for one in idea.groups)
        offering.languages.set(languages[one] for one in idea.languages)
    assert len(made) + len(ideas) > 150
    search.forget()
    return house


def make_reference(*, synonyms: bool = True) -> None:
    reference.load_territory()
    reference.load_vocabularies()
    words.load_topics()
    if synonyms:
        words.load_words()
    for district, phone in (("Hörde", "0231 50-23311"), ("Aplerbeck", "0231 50-29390")):
        make_office(district, phone)
    search.forget()


def real_offerings() -> list[dict[str, str]]:
    with (settings.BASE_DIR / "data" / "angebote.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))
