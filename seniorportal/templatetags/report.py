"""Numbers and sentences of the Kurzbericht in templates. No query."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from seniorportal.figures.base import Reading
from seniorportal.figures.wording import german
from seniorportal.report import words

register = template.Library()

register.filter("german", german)
register.filter("time_of", words.time_of)
register.filter("exactly", words.exactly)
register.filter("total_words", words.total)
register.filter("state_words", words.state)
register.filter("share_words", words.share)
register.filter("coverage_words", words.coverage)


@register.filter
def year_rows(reading: Reading) -> list[tuple[str, int, SafeString]]:
    most = max(reading.by_year.values())
    return [(year, number, bar(number, most)) for year, number in reading.by_year.items()]


@register.filter
def district_rows(reading: Reading) -> list[tuple[str, str, SafeString]]:
    """Name, number in words and bar; a hidden number has no bar."""
    shown = reading.by_district
    most = max(_known(shown.values()), default=0)
    rows = []
    for district in reading.districts:
        number = shown[district["slug"]]
        said = words.undisclosed(reading, district["slug"]) if number is None else german(number)
        rows.append((district["name"], said, bar(number or 0, most)))
    return rows


def bar(number: int, most: int) -> SafeString:
    """A line that says the same as the number beside it, for the eye alone."""
    width = round(100 * number / most) if most else 0
    return format_html(
        '<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect width="{}" height="8"/></svg>',
        width,
    )


def _known(numbers: Iterable[Any]) -> list[int]:
    return [number for number in numbers if number is not None]
