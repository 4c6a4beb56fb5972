"""What people type finds what they mean; what nobody means finds nothing."""

import pytest
from django.utils import timezone

from seniorportal import search
from seniorportal.models import Card
from seniorportal.text import fold
from tests.search.town import make_programme, rows

pytestmark = pytest.mark.django_db


def found(q: str) -> list[str]:
    """Titles and summaries of what a search finds."""
    expansion = search.expand(q)
    if expansion.blank:
        return []
    cards = Card.objects.in_german().coming(timezone.localtime())
    hits = cards.extra(where=["words @@ %s::tsquery"], params=[expansion.tsquery])
    return [fold(f"{title} {summary}") for title, summary in hits.values_list("title", "summary")]


def missed(name: str) -> tuple[int, list[str]]:
    wanted = rows(name)
    return len(wanted), [
        row["getippt"]
        for row in wanted
        if not any(fold(one) in hit for hit in found(row["getippt"]) for one in row["gemeint"].split("|"))
    ]


def test_the_whole_programme_is_found_by_what_people_type():
    make_programme()
    words, lost = missed("words.csv")
    assert words >= 60
    assert len(lost) <= 0.1 * words, lost

    tuned, lost = missed("tuning.csv")
    assert tuned >= 50
    assert lost == [], "words that the search was built with"

    nonsense = rows("nonsense.csv")
    assert len(nonsense) >= 30
    assert [row["getippt"] for row in nonsense if found(row["getippt"])] == []

    everything = Card.objects.in_german().count()
    for row in rows("words.csv"):
        assert len(found(row["getippt"])) <= 0.4 * everything, row["getippt"]


def test_two_thirds_are_found_before_an_editor_wrote_one_synonym():
    make_programme(synonyms=False)
    words, lost = missed("words.csv")
    assert len(lost) <= words / 3, lost
