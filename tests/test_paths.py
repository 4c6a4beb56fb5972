"""Words of the portal's own paths are no name of a venue."""

import pytest
from django.urls import get_resolver, resolve, reverse

from begegnung.manage.urls import urlpatterns as pages_of_staff
from seniorportal.models import ReportArea, Venue
from seniorportal.paths import words_where_a_venue_stands


def test_every_first_word_of_the_pages_of_staff_is_kept():
    first = {str(page.pattern).split("/")[0] for page in pages_of_staff}
    own = {word for word in first if word and "<" not in word}
    assert {"zaehlen", "faellt-aus", "stimmt-noch", "programme", "ehrenamt", "vorlagen"} <= own
    assert own <= words_where_a_venue_stands()
    # Beside a venue deeper down as well: /begegnung/verwalten/meldungen/2026/<ort>/ and .../bogen/.
    assert {"verwalten", "bogen"} <= words_where_a_venue_stands()


@pytest.mark.django_db
def test_a_venue_called_like_a_page_still_has_pages_of_its_own():
    for word in sorted(words_where_a_venue_stands()):
        venue = Venue.objects.create(name=word.title(), report_area=ReportArea.MEETING_PLACES)
        typed = Venue.objects.create(
            name="Haus am Rand", slug=word, report_area=ReportArea.MEETING_PLACES, published=False
        )
        assert venue.slug == f"{word}-2" and typed.slug.startswith("haus-am-rand")
        for name in ("begegnung:venue", "begegnung:manage:venue"):
            found = resolve(reverse(name, args=[venue.slug]))
            assert found.view_name == name, word


def test_no_path_of_ours_hides_behind_a_converter():
    """Each fixed path leads to its own page, not to one that takes the word for somebody's name."""
    for name in ("houses", "count", "sheets", "returns_now", "called_off", "closings", "points", "templates"):
        assert resolve(reverse(f"begegnung:manage:{name}")).view_name == f"begegnung:manage:{name}"
    assert get_resolver().check() == []
