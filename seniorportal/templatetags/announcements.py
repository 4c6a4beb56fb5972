"""What is closed, at the top of the pages: the whole city on all of them, a carrier or a district on home and lists,
and on the page of a venue and of what takes place there whatever closes it."""

from typing import Any

from django import template
from django.utils import timezone

from seniorportal import announcing
from seniorportal.models import Offering, Venue

register = template.Library()

LISTS = {
    "public:home",
    "public:offerings",
    "public:calendar",
    "public:calendar_day",
    "begegnung:venues",
}


@register.inclusion_tag("public/_announcements.html", takes_context=True)
def announcements(context: template.Context) -> dict[str, Any]:
    """Nothing on pages that are rendered without a request: those have to do without the database."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    if match is None:
        return {"announcements": []}
    today = timezone.localdate()
    found = announcing.for_lists(today) if match.view_name in LISTS else announcing.for_everybody(today)
    offering, venue = context.get("offering"), context.get("venue")
    if isinstance(offering, Offering):
        here = (
            announcing.for_venue(offering.venue_id, today)
            if offering.venue_id
            else announcing.for_outside(offering.district_id, today)
        )
        found = [*here, *found]
    elif isinstance(venue, Venue) and venue.pk:
        found = [*announcing.for_venue(venue.pk, today), *found]
    return {"announcements": list(dict.fromkeys(found)), "today": today}
