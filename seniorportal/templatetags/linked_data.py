"""One line at the end of a page: the same for machines, from what the page has loaded."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from seniorportal.models import Offering, ReportArea, Venue
from seniorportal.public import linked_data as words

register = template.Library()


@register.simple_tag(takes_context=True)
def linked_data(context: dict[str, Any], entry: Any, dates: Any = ()) -> SafeString:
    """For an offering with its coming dates, a place, a Seniorenbüro or a page of advice."""
    request = context["request"]
    url = f"{request.scheme}://{request.get_host()}{request.path}"
    if isinstance(entry, Offering):
        return words.script(words.of_offering(entry, dates, url))
    if not isinstance(entry, Venue):
        return words.script(words.of_topic(entry, url))
    of_place = words.of_office if entry.report_area == ReportArea.OFFICES else words.of_venue
    return words.script(of_place(entry, url))
